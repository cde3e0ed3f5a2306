"""Fonts and the chart library: found where their packages installed them, never committed.

npm's packages are preferred. Where npm was missing, pages use system fonts and the plotly.js inside the Python wheel.
"""

import importlib.util
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import FileSystemFinder
from django.core.files.storage import FileSystemStorage

FONTS = ("source-sans-3", "source-serif-4", "source-code-pro")


class VendorFinder(FileSystemFinder):
    """Serves `vendor/<font>/…` and `vendor/plotly/…` from the installed packages."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        self.locations = locations()
        self.storages = {}
        for prefix, root in self.locations:
            storage = FileSystemStorage(location=root)
            storage.prefix = prefix  # type: ignore[attr-defined]
            self.storages[root] = storage

    def check(self, **kwargs: Any) -> list[Any]:
        """Nothing to configure, so nothing to check."""
        return []


def locations() -> list[tuple[str, str]]:
    """Prefix and folder of each package that is installed."""
    modules = Path(settings.BASE_DIR) / "node_modules"
    found = [("", Path(settings.BASE_DIR) / "dashboard" / "static-fonts")] if has_fonts() else []
    found += [(f"vendor/{font}", modules / "@fontsource-variable" / font / "files") for font in FONTS]
    found.append(("vendor/plotly", plotly_file().parent))
    return [(prefix, str(folder)) for prefix, folder in found if folder.is_dir()]


def plotly_file() -> Path:
    """The chart library's file: npm's basic build (395 kB compressed), or the whole one in the Python wheel."""
    basic = Path(settings.BASE_DIR) / "node_modules" / "plotly.js-basic-dist-min" / "plotly-basic.min.js"
    if basic.is_file():
        return basic
    spec = importlib.util.find_spec("plotly")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("plotly is not installed; run ./script/manage once to install it.")
    return Path(spec.origin).parent / "package_data" / "plotly.min.js"


def has_fonts() -> bool:
    """Whether our own fonts are installed; without them pages use the system's."""
    modules = Path(settings.BASE_DIR) / "node_modules" / "@fontsource-variable"
    return all((modules / font).is_dir() for font in FONTS)


def plotly_static() -> str:
    """The chart library's path below STATIC_URL."""
    return f"vendor/plotly/{plotly_file().name}"
