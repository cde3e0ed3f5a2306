"""How many wrong passwords came in a session since the last right one."""

from django.db import models


class PasswordTries(models.Model):
    """One session that was asked for its person's password, by a digest that opens nothing.

    It stands beside the session and not in it: requests of one session overwrite each other's session.
    """

    session_digest = models.CharField(max_length=64, primary_key=True)
    tries = models.PositiveSmallIntegerField(default=0)
    happened_at = models.DateTimeField()
