"""Two psychologists, two patients, and what has been signed for them: the model that the state machine keeps."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from uuid import UUID, uuid4

from django.test import Client

from clinic.actor import Actor
from clinic.clock import now
from clinic.keys import Ring
from clinic.models.clinic import Clinic
from clinic.models.observation import CheckIn
from clinic.models.patient import Patient
from recommendations import pipeline
from recommendations.models.intervention import TextSignature
from recommendations.models.publication import Publication, PublicationStop
from recommendations.models.suggestion import Suggestion
from recommendations.publications import Published
from recommendations.words import PlanWords
from tests.cast import administrator, patient_of, psychologist, sign_texts
from tests.factories import check_ins, screened
from tests.integration.locks import promise
from tests.integration.locks.promise import PromiseBroken, marks_in
from tests.signing import Page

START = dt.timedelta(days=60)
DAY = dt.timedelta(days=1)

_numbers = count(1)


@dataclass(frozen=True)
class SignedText:
    """One text that somebody signed: the model's own record of it, made from what the signer was shown."""

    publication_id: UUID
    review_id: UUID
    kind: str
    words: PlanWords | None
    visible_from: dt.datetime
    valid_until: dt.datetime

    def can_be_read(self) -> bool:
        """By the clock of this machine, which is the database's."""
        return self.visible_from <= now() < self.valid_until


@dataclass
class Person:
    """One patient in care, with everything that the model knows of what they may read."""

    patient: Patient
    ring: Ring
    psychologist: Actor
    browser: Client | None
    diary: set[str] = field(default_factory=set)
    texts: dict[UUID, SignedText] = field(default_factory=dict)
    stopped: set[UUID] = field(default_factory=set)

    def open_drafts(self) -> list[Suggestion]:
        """The drafts that wait for this patient's psychologist."""
        rows = Suggestion.objects.filter(patient=self.patient, state="open").order_by("code")
        return list(rows.select_related("patient", "reading__release", "release", "intervention"))

    def standing(self) -> list[SignedText]:
        """What was signed and not stopped, readable or not."""
        return [text for text in self.texts.values() if text.publication_id not in self.stopped]

    def signed(self, page: Page, publications: Iterable[Publication]) -> None:
        """Note what the signer was shown for each publication that came of it."""
        for each in publications:
            assert each.valid_until is not None
            self.texts[each.pk] = SignedText(
                publication_id=each.pk,
                review_id=each.signature.review_id,
                kind=each.kind,
                words=page.words if each.kind == "plan_item" else None,
                visible_from=each.visible_from,
                valid_until=each.valid_until,
            )

    def signed_together(self, text: SignedText) -> set[UUID]:
        """All that the same signature released."""
        return {each.publication_id for each in self.texts.values() if each.review_id == text.review_id}

    def allowed(self) -> frozenset[str]:
        """The marks that may reach this patient now: of their signed words and of their own diary."""
        readable = [text.words for text in self.standing() if text.words and text.can_be_read()]
        return marks_in(repr([*readable, *self._taken_out()])) | self.diary

    def _taken_out(self) -> list[PlanWords | None]:
        """Signed words that this patient could read before they were stopped: those stay theirs (ADR 29)."""
        stops = PublicationStop.objects.filter(publication__in=self.stopped)
        moments = dict(stops.values_list("publication_id", "stopped_at"))
        return [
            text.words for pk, text in self.texts.items() if pk in moments and text.visible_from < moments[pk]
        ]

    def answers(self, published: Published, *, pages: bool) -> Iterator[promise.Answer]:
        """Everything that this patient can get: what the reader gives, every message, every page if wanted."""
        yield promise.Answer("the reader", repr(published))
        yield from promise.from_the_mail()
        if pages and self.browser:
            newest = CheckIn.objects.filter(patient=self.patient).latest("happened_at")
            step = next(iter(self.texts), uuid4())
            values: dict[str, object] = {
                **{"check_in": newest.pk, "appointment": uuid4(), "publication": step},
                **{"instrument": "phq9", "section": "coping", "response": uuid4()},
            }
            yield from promise.from_the_pages(self.browser, values=values)

    def check(self, *, pages: bool) -> int:
        """Raises PromiseBroken where a word too many, or another one, or one too few reaches this patient.

        Returns how many signed texts could be read.
        """
        published = promise.read_by(self.patient)
        answers = self.answers(published, pages=pages)
        promise.check(answers, allowed=self.allowed(), who=self.patient.pk)
        shown = {step.publication_id: step for step in published.plan}
        expected = {
            text.publication_id: text.words for text in self.standing() if text.words and text.can_be_read()
        }
        if shown.keys() != expected.keys():
            raise PromiseBroken(f"The plan shows {shown.keys()}; signed and standing are {expected.keys()}.")
        for publication_id, words in expected.items():
            step = shown[publication_id]
            if PlanWords(step.language, step.title, step.words, step.dose, step.stop_rule) != words:
                raise PromiseBroken(f"{publication_id} shows other words than those that were signed.")
        self._check_estimate(published.estimate.publication_id if published.estimate else None)
        return len(expected)

    def _check_estimate(self, shown: UUID | None) -> None:
        estimates = [t for t in self.standing() if t.kind == "mood_estimate" and t.can_be_read()]
        newest = max(estimates, key=lambda text: (text.visible_from, text.publication_id), default=None)
        if shown != (newest.publication_id if newest else None):
            raise PromiseBroken(f"The estimate {shown} is shown; signed and standing is {newest}.")


@dataclass
class ClinicInUse:
    """Everybody, and the moment `at` which the acts pass on; it lies some weeks before the database's clock."""

    clinic: Clinic
    people: list[Person]
    administrator: Actor
    at: dt.datetime

    def tick(self, step: dt.timedelta = dt.timedelta(minutes=1)) -> dt.datetime:
        """The next moment."""
        self.at = min(self.at + step, now() - 2 * DAY)
        return self.at


def open_clinic(*, browsers: bool) -> ClinicInUse:
    """A clinic with two new patients whose mood fell, each with drafts that wait."""
    at = (now() - START).replace(hour=12, minute=0, second=0, microsecond=0)
    clinic, _made = Clinic.objects.update_or_create(
        pk=1,
        defaults={
            "name": "Northside",
            "country": "GB",
            "zone": "Europe/London",
            "publication_delay": DAY,
            "waiting_aim_hours": 72,
        },
    )
    people = [_person(at=at, browsers=browsers) for _ in range(2)]
    if not TextSignature.objects.exists():  # the clinic's texts are signed once, whatever clinics came before
        sign_texts(people[0].psychologist, at=at)
    pipeline.score([person.patient.pk for person in people], at=at, history=True)
    return ClinicInUse(clinic, people, administrator(f"administrator-{next(_numbers)}", at=at), at)


def _person(*, at: dt.datetime, browsers: bool) -> Person:
    number = next(_numbers)
    by = psychologist(f"psychologist-{number}", f"Dr {number}", at=at)
    patient, ring = patient_of(by, f"Patient {number}", sign_in_name=f"patient-{number}", at=at)
    check_ins(patient, last=at)
    screened(patient, by, at=at)
    return Person(patient, ring, by, promise.browser_of(patient) if browsers else None)
