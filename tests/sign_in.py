"""Signing in with Django's test client, in a role."""

from django.test import Client

from clinic.actor import Actor
from clinic.reauth import ROLE_KEY


def signed_in(client: Client, actor: Actor) -> Client:
    """The client with a session of this person in this role."""
    assert actor.user is not None
    client.force_login(actor.user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[ROLE_KEY] = str(actor.role)
    session.save()
    return client
