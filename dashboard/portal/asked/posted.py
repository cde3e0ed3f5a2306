"""Reading a posted form of answers: leniently, so that whatever was typed is read for danger and comes back."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import QueryDict

from clinic.models.questionnaire import Instrument
from clinic.questionnaires import catalogue
from clinic.questionnaires.definition import Definition
from dashboard.portal.forms import submission_of

SEND, LATER, AUTOSAVE = "send", "later", "autosave"
KEEP_FIELD, SHARE_FIELD = "agree_keep", "agree_share"


@dataclass(frozen=True, slots=True)
class Posted:
    """A form as it arrived; `wrong` names the questions whose answer is none that is offered."""

    instrument: Instrument
    submission: UUID
    answers: Mapping[str, int | None]
    wrong: frozenset[str]
    step: str
    agreed: frozenset[str]

    @property
    def definition(self) -> Definition:
        """The version that was filled in."""
        return catalogue.of_row(self.instrument)

    @property
    def is_blank(self) -> bool:
        """Whether no question was answered."""
        return all(value is None for value in self.answers.values())


def field_of(code: str) -> str:
    """The name of the field of a question."""
    return f"q-{code}"


def read(posted: QueryDict, key: str) -> Posted | None:
    """The form of the instrument `key`, in the version that was shown; None where there is no such form."""
    instrument = _version(posted.get("instrument", ""), key)
    if instrument is None:
        return None
    definition = catalogue.of_row(instrument)
    values = {str(option.value): option.value for option in definition.options}
    typed = {each.code: posted.get(field_of(each.code), "") for each in definition.questions}
    return Posted(
        instrument=instrument,
        submission=submission_of(posted),
        answers={code: values.get(text) for code, text in typed.items()},
        wrong=frozenset(code for code, text in typed.items() if text and text not in values),
        step=posted.get("step", SEND),
        agreed=frozenset(name for name in (KEEP_FIELD, SHARE_FIELD) if posted.get(name)),
    )


def version_of(key: str) -> Instrument | None:
    """The version of an instrument that is filled in today; None for one that is unknown or has no questions here."""
    rows = Instrument.objects.filter(key=key).order_by("-recorded_at", "-version")
    row = rows.first() or catalogue.register().get(key)
    return row if row is not None and catalogue.of_row(row).questions else None


def _version(shown: str, key: str) -> Instrument | None:
    try:
        found = Instrument.objects.filter(pk=UUID(shown), key=key).first()
    except ValueError:
        found = None
    return found or version_of(key)
