"""A small classifier beside the rules: it may raise what they found and never lower it."""
