"""What the tests of questionnaires in the portal share."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from dashboard.portal.asked.posted import field_of
from tests.forms import adding_up_to

LIST = "/my/questionnaires/"
PHQ9 = "/my/questionnaires/phq9/"
GAD7 = "/my/questionnaires/gad7/"
TOLD = "The clinic was told this answer:"
QUESTION_9 = "Thoughts that you would be better off dead, or of hurting yourself in some way"


def form(given: Mapping[str, int | None] | None = None, **more: Any) -> dict[str, Any]:
    """The form of a questionnaire as a browser sends it; a PHQ-9 of 4 points where nothing is said."""
    answers = adding_up_to("phq9", 4) if given is None else given
    fields = {field_of(code): "" if value is None else str(value) for code, value in answers.items()}
    return fields | {"submission": str(uuid4()), "step": "send"} | more
