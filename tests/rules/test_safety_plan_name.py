"""A safety plan is called a safety plan: nobody's brand name stands in a page, a document or the code (SR-34)."""

import re
import subprocess

from tests.sources import ROOT

BRANDS = re.compile("|".join(("stanley" + "[ -]?brown", "safety planning " + "intervention")), re.IGNORECASE)
READ = (".py", ".html", ".md", ".po", ".toml", ".js", ".json", ".txt")


def branded(text: str) -> list[str]:
    """The brand names in a text."""
    return BRANDS.findall(text)


def test_no_text_calls_the_safety_plan_by_a_brand_name() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    files = [ROOT / name for name in listed if name.endswith(READ)]
    assert len(files) > 500
    named = {
        file.name: found
        for file in files
        if file.is_file() and (found := branded(file.read_text(encoding="utf-8")))
    }
    assert named == {}


def test_a_brand_name_is_found() -> None:
    assert branded("the Stanley" + "–Brown plan".replace("–", "-"))
