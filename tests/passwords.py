"""Passwords in the tests: the project's own algorithm at its lowest cost, which saves .15 s a person."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    """Argon2 with 8 kB of memory and one pass. For tests alone."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
