"""Compiling the translators' files for gettext, without a program of the machine: `python -m clinic.catalogues`.

`locale/*/LC_MESSAGES/django.po` is what people write and what is kept; `django.mo` beside it is made at install.
"""

import sys
from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def compile_all(place: Path = LOCALE) -> int:
    """Make every .mo that is missing or differs from its .po; how many were written. An empty entry stays English."""
    return sum(_compile(source) for source in sorted(place.glob("*/LC_MESSAGES/*.po")))


def _compile(source: Path) -> bool:
    made, wanted = source.with_suffix(".mo"), polib.pofile(str(source)).to_binary()
    if made.exists() and made.read_bytes() == wanted:
        return False
    fresh = source.with_suffix(".mo.new")
    fresh.write_bytes(wanted)
    fresh.replace(made)  # whoever reads it meanwhile reads the old one whole
    return True


if __name__ == "__main__":
    sys.stdout.write(f"{compile_all()} catalogues compiled\n")
