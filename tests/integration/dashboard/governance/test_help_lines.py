"""Lines of help on the page of health: an overdue one is hidden from patients and named to the administrator."""

import datetime as dt
from dataclasses import replace

from clinic.safety.help import card_for
from clinic.safety.resources import RESOURCES
from dashboard.governance.context.help_lines import help_lines
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.unit.clinic.safety.test_help import CHECKED

pytestmark = ROLLED_BACK

LINE = replace(
    CHECKED, verified_on=NOW.date() - dt.timedelta(days=20), review_due=NOW.date() + dt.timedelta(days=100)
)


def states(*resources: object) -> list[tuple[str, str]]:
    return [(words, state) for _name, words, state, _note in help_lines(at=NOW, resources=resources)]  # type: ignore[arg-type]


def test_an_overdue_line_is_hidden_from_the_card_and_named_here(cast: Cast) -> None:
    assert states(LINE) == [("1 line is shown", "ok")]
    overdue = replace(LINE, review_due=NOW.date() - dt.timedelta(days=1))
    (none, problem) = states(overdue)
    assert none == ("none is checked: cards say “your local emergency number”", "ok")
    assert problem[0].startswith("Example Line, GB: its check has been due since")
    assert problem[1] == "late"
    card = card_for(
        "crisis", country="GB", language="en", demonstration=False, today=NOW.date(), resources=[overdue]
    )
    assert not any("Example Line" in action.label for action in card.actions)
    assert "local emergency number" in card.actions[0].label


def test_a_rejected_number_is_named_and_shown_nowhere(cast: Cast) -> None:
    cast.clinic.country = "TR"
    cast.clinic.save()
    (none, problem) = states(replace(LINE, country="TR", number="182"))
    assert none[0].startswith("none is checked")
    assert "rejected" in problem[0]


def test_every_country_has_a_line_or_falls_back_to_the_words_that_are_always_right(cast: Cast) -> None:
    for country in ("GB", "UZ", "KZ", "RU", "TR", "DE", "US"):
        card = card_for("crisis", country=country, language="en", demonstration=False, today=NOW.date())
        assert any(action.href or "local emergency number" in action.label for action in card.actions)


def test_the_demonstration_counts_its_made_up_lines_and_has_nothing_to_mend(cast: Cast) -> None:
    cast.clinic.is_demonstration = True
    cast.clinic.save()
    ((words, state),) = states(*RESOURCES)
    assert (words, state) == (f"{len(RESOURCES)} lines are shown", "ok")
