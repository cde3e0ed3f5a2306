"""What a reviewer had before them, as digests that travel with the form.

A signature in the making is void when any part changed since the page was read: the draft's words or standing, a
screening fact, a safety alert, a check-in behind the evidence, or whether AI may be used. Newer check-ins and later
scores only warn. The form carries one digest per part, so that the answer can say which one changed.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from clinic import ai
from clinic.activities import SYSTEM
from clinic.keys import Ring
from clinic.models.observation import Observation
from clinic.models.patient import Patient
from clinic.models.profile import ProfileFact
from clinic.models.safety import SafetyAlert
from clinic.models.screening import ScreeningFact
from recommendations.models.suggestion import Suggestion
from recommendations.words import canonical
from recommendations.workflow import UNDECIDED, State

PARTS: dict[str, StrOrPromise] = {
    "draft": _("The draft was changed, replaced or decided."),
    "screening": _("A screening fact was recorded."),
    "profile": _("What the profile says of an activity changed."),
    "alerts": _("A safety alert was opened or closed."),
    "evidence": _("A check-in behind the evidence was corrected."),
    "permission": _("Whether AI may be used for this person changed."),
}

DIGITS = 32


class SituationChanged(Exception):
    """Something changed since the page was read; nothing was signed. `sentences` say what."""

    def __init__(self, sentences: list[StrOrPromise]) -> None:
        super().__init__(" ".join(str(sentence) for sentence in sentences))
        self.sentences = sentences


@dataclass(frozen=True, slots=True)
class Situation:
    """One keyed digest per part; `token` is what a form carries."""

    digests: tuple[str, ...]

    @property
    def token(self) -> str:
        """The digests as one string of hexadecimal digits and points."""
        return ".".join(self.digests)


def of_draft(
    suggestion: Suggestion, patient: Patient, ring: Ring, *, ai_allowed: bool | None = None
) -> Situation:
    """The situation around a draft now: one query, and two more unless the caller asked whether AI is allowed."""
    state = State.OPEN if suggestion.state in UNDECIDED else suggestion.state  # put aside is not changed
    draft = [suggestion.digest, state, suggestion.round]
    allowed = ai.ai_allowed(ai.Function.SUGGESTION, patient) if ai_allowed is None else ai_allowed
    corrected = Observation.objects.filter(
        patient=OuterRef("pk"), local_date__lte=suggestion.reading.as_of, superseded_at__isnull=False
    )
    *of_patient, count = _asked(patient, corrected=corrected)
    return _digested([draft, *of_patient, count or 0, allowed], patient, ring)


def of_patient(patient: Patient, ring: Ring) -> Situation:
    """The situation in which a psychologist writes a plan without a draft: one query."""
    *of_patient, _count = _asked(patient, corrected=Observation.objects.none())
    return _digested([[], *of_patient, 0, True], patient, ring)


def _asked(
    patient: Patient, *, corrected: QuerySet[Observation]
) -> tuple[list[str], list[str], list[str], int | None]:
    """The newest screening fact, the newest fact that is marked with an activity, the open alerts with the number of
    all, and how many check-ins were corrected.

    The number of all: an alert that was opened and closed while the page was read voids the signature too.
    """
    facts = ScreeningFact.objects.filter(patient=OuterRef("pk")).order_by("-recorded_at")
    alerts = SafetyAlert.objects.filter(patient=OuterRef("pk"))
    marked = ProfileFact.objects.filter(patient=OuterRef("pk"), code__startswith=SYSTEM).order_by(
        "-recorded_at"
    )
    newest, said, opened, alerts_ever, corrections = Patient.objects.values_list(
        Subquery(facts.values("recorded_at")[:1]),
        Subquery(marked.values("recorded_at")[:1]),
        ArraySubquery(alerts.filter(closed_at=None).order_by("pk").values("pk")),
        _counted(alerts),
        _counted(corrected),
    ).get(pk=patient.pk)
    return [str(newest)], [str(said)], [*(str(pk) for pk in opened), str(alerts_ever)], corrections


def _counted(rows: QuerySet[Any]) -> Subquery:
    return Subquery(rows.order_by().values("patient").annotate(count=Count("pk")).values("count"))


def _digested(parts: list[object], patient: Patient, ring: Ring) -> Situation:
    digests = [
        ring.digest(canonical({name: part}), patient_id=patient.pk, purpose="situation")[:DIGITS]
        for name, part in zip(PARTS, parts, strict=True)
    ]
    return Situation(tuple(digests))


def check_unchanged(now: Situation, seen: str) -> None:
    """Raises SituationChanged, naming each part that differs from the token `seen` with the page."""
    before = seen.split(".")
    if len(before) != len(now.digests):
        raise SituationChanged(list(PARTS.values())[:1])
    changed = [
        sentence for sentence, old, new in zip(PARTS.values(), before, now.digests, strict=True) if old != new
    ]
    if changed:
        raise SituationChanged(changed)
