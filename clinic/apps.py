"""The application `clinic`."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ClinicConfig(AppConfig):
    """Who is in care, who may see them, what was observed."""

    name = "clinic"

    def ready(self) -> None:
        """Grants are healed after every migrate; the guards' check and the lookup for many ids are registered."""
        from clinic import lookups, proxies  # noqa: F401  registers its check
        from clinic.database import advice, checks, grants  # noqa: F401  registers the checks
        from clinic.oncall import gate  # noqa: F401  registers its check
        from clinic.safety import readers  # noqa: F401  registers its check

        lookups.register()
        post_migrate.connect(grants.after_migrate, sender=self)
