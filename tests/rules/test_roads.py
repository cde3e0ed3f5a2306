"""Words that a patient reads: where each comes from, and that those of staff are stored by the guarded road alone."""

import ast
import re

from tests.sources import PRODUCT, ROOT, python, tree

MADE_IN = {"Message": "clinic/message_rows.py", "Appointment": "clinic/appointment_rows.py"}
"""The rows that hold free words of staff for a patient; import contracts say who may call these modules."""

OPENED_FOR_PATIENTS = {
    ("dashboard/portal/appointment.py", "words"): "staff, through recommendations.correspondence",
    ("dashboard/portal/asked/loader.py", "answers"): "the patient",
    ("dashboard/portal/conversation.py", "words"): "the patient, this form a moment ago",
    ("dashboard/portal/copied.py", "answers"): "the patient",
    ("dashboard/portal/danger.py", "words"): "the patient",
    ("dashboard/portal/diary.py", "feelings"): "the patient",
    ("dashboard/portal/diary.py", "note"): "the patient",
    ("dashboard/portal/letters.py", "words"): "the patient, or staff through recommendations.correspondence",
    ("dashboard/portal/profile.py", "words"): "the patient: facts of staff are not listed there",
    ("dashboard/portal/reading.py", "name"): "the patient, when joining",
}
"""Every sealed word that a page of the portal opens, and who wrote it. What is signed comes as a publication."""

OPENING = re.compile(r"\.unseal\([^\"\n]+\"(\w+)\"\)")


def makers(name: str, module: ast.Module) -> list[ast.Call]:
    """Calls that make a row of this model."""
    calls = [node for node in ast.walk(module) if isinstance(node, ast.Call)]
    made = (f"{name}(", f"{name}.objects.create(", f"{name}.objects.bulk_create(")
    return [call for call in calls if f"{ast.unparse(call.func)}(" in made]


def test_words_of_staff_are_stored_by_one_road() -> None:
    for name, where in MADE_IN.items():
        found = {str(path) for path in python(*PRODUCT) if makers(name, tree(path))}
        assert found == {where}, name


def test_every_word_that_the_portal_opens_has_a_known_writer() -> None:
    opened = {
        (str(path), field)
        for path in python("dashboard")
        if path.parts[1] == "portal"
        for field in OPENING.findall((ROOT / path).read_text(encoding="utf-8"))
    }
    assert opened == set(OPENED_FOR_PATIENTS)


def test_a_row_that_is_made_elsewhere_is_found() -> None:
    planted = (
        "def quick(patient):\n    return Message(patient=patient)\nAppointment.objects.create(words='x')\n"
    )
    module = ast.parse(planted)
    assert len(makers("Message", module)) == len(makers("Appointment", module)) == 1
    assert OPENING.findall('fact.unseal(keys.ring([pk]), "words")') == ["words"]
