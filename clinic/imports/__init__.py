"""Taking in records from elsewhere: who they are about, what is kept of them, on whose consent. Knows no format."""
