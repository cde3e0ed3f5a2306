"""The application `keystore`."""

from django.apps import AppConfig


class KeystoreConfig(AppConfig):
    """One wrapped key per patient, in a database of its own."""

    name = "clinic.keystore"
    label = "keystore"
