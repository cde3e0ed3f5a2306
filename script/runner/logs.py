"""Reading the end of a log file, to show why something failed."""

from pathlib import Path


def last_lines(log: Path, *, began: int = 0, count: int = 15) -> str:
    """The last `count` lines written after byte `began`, indented, then the place of the whole log."""
    with log.open("rb") as written:
        written.seek(began)
        lines = written.read().decode(errors="replace").splitlines()[-count:]
    return "\n".join([*(f"    {line}" for line in lines), f"    ({log})"])
