"""danger_replay: the product's own reading, from a file to a file, with nothing stored."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from clinic.safety.detect import detect


def replayed(tmp_path: Path, *lines: str) -> list[dict[str, Any]]:
    (tmp_path / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    call_command(
        "danger_replay", f"--in={tmp_path / 'in.jsonl'}", f"--out={tmp_path / 'out.jsonl'}", verbosity=0
    )
    return [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]


def test_each_turn_says_what_the_product_would_have_done(tmp_path: Path) -> None:
    found = replayed(
        tmp_path,
        '{"id": "a", "lang": "en", "turns": ["I want to die", "We had soup."]}',
        "",
        '{"id": 7, "turns": []}',
    )
    seen = detect("I want to die", language="en")
    first, second = found[0]["turns"]
    assert found[1] == {"id": 7, "turns": []}
    assert first == {
        "card": "crisis",
        "level": "urgent",
        "score": round(seen.score, 6),
        "categories": list(seen.categories),
        "alert": True,
        "rules": list(seen.rules),
    }
    assert second["card"] is None
    assert second["level"] == "none"
    assert second["alert"] is False


@pytest.mark.parametrize(
    ("turn", "card"),
    [
        ("I cut my arms again last night", "self_injury"),
        ("Je veux mourir, je ne peux plus continuer et personne ne le sait", "help"),
        ("C'est la vie, said the plumber", None),
    ],
)
def test_the_card_is_the_one_that_the_portal_shows(tmp_path: Path, turn: str, card: str | None) -> None:
    found = replayed(tmp_path, json.dumps({"id": 1, "turns": [turn]}))
    assert found[0]["turns"][0]["card"] == card


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "line 2 is no JSON"),
        ('{"turns": []}', 'line 2 is no object with an "id"'),
        ('{"id": 1, "turns": "I want to die"}', 'line 2: "turns" must be a list of texts'),
        ('{"id": 1, "turns": [], "lang": 3}', 'line 2: "lang" must be a language tag'),
    ],
)
def test_a_bad_line_is_named_and_what_stood_there_before_stays(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "out.jsonl").write_text("kept", encoding="utf-8")
    with pytest.raises(CommandError, match=said):
        replayed(tmp_path, '{"id": 1, "turns": ["fine"]}', line)
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == "kept"
    assert {path.name for path in tmp_path.iterdir()} == {"in.jsonl", "out.jsonl"}


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        call_command("danger_replay", f"--in={tmp_path / 'none'}", f"--out={tmp_path / 'out'}", verbosity=0)
