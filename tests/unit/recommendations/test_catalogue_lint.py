"""What a version is refused for before it is kept, and what its signer is shown of a change."""

from typing import Any

from dashboard.catalogue.changes import changes_of
from recommendations.catalogue import CatalogueEntry, entries, lint, of_body


def changed(code: str, **parts: Any) -> CatalogueEntry:
    return of_body(entries()[code].body | parts)


def test_every_text_that_the_program_brings_passes_but_for_words_that_are_harder() -> None:
    assert {code: found for code, entry in entries().items() if (found := lint._never_stops(entry))} == {}


def test_a_text_without_a_stop_rule_is_refused() -> None:
    assert "Say when to stop. A step without that is not signed." in lint.findings(
        changed("worry_time", stop_rule=" ")
    )


def test_the_sentence_about_the_emergency_number_cannot_be_left_out() -> None:
    without = (
        "Stop if you feel faint, your chest hurts, or you feel that you must walk. Tell your psychologist."
    )
    (found,) = lint._never_stops(changed("planned_walk", stop_rule=without))
    assert "“My chest hurt or felt tight” is an emergency" in found


def test_a_fixed_time_in_bed_is_true_without_any_times() -> None:
    words = entries()["sleep_window"].words
    assert "choose a time" in words
    assert "Together we chose" not in words
    assert "Until then, sleep as you do now." in words


def test_rules_in_another_order_are_no_change() -> None:
    before = entries()["planned_walk"]
    other = changed("planned_walk", contraindications=before.body["contraindications"][::-1])
    assert changes_of(before, other) == ()


def test_a_rule_that_was_dropped_stands_alone_as_removed() -> None:
    before = entries()["planned_walk"]
    fewer = [each for each in before.body["contraindications"] if each["condition"] != "underweight"]
    (change,) = changes_of(before, changed("planned_walk", contraindications=fewer[::-1]))
    told = [(part.kind, part.text.strip()) for part in change.parts if part.kind != "same"]
    assert told == [("removed", "Very low weight: blocks when present.")]
