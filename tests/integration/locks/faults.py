"""Faults that break the promise, planted one at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from django.core import mail
from django.test import override_settings

from clinic import keys
from clinic.clock import now
from clinic.models.patient import Patient
from recommendations import publications, suggest
from recommendations.models.publication import Publication, StopReason
from recommendations.models.suggestion import Suggestion
from recommendations.publications import PlanItem, Published, Signed
from recommendations.review import decide, stop
from recommendations.words import draft_words
from tests import database
from tests.integration.locks import clones
from tests.integration.recommendations.faults import careless_prepare


@contextmanager
def _reader(faulty: Any) -> Iterator[None]:
    """`faulty(published, patient)` has the last word over what the reader gives."""
    original = publications.of_patient

    def of_patient(patient: Patient, ring: keys.Ring, *, at: Any) -> Published:
        return faulty(original(patient, ring, at=at), patient)  # type: ignore[no-any-return]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publications, "of_patient", of_patient)
        yield


@contextmanager
def a_reader_that_shows_drafts() -> Iterator[None]:
    """It forgot that a draft is no plan."""

    def faulty(published: Published, patient: Patient) -> Published:
        ring, drafts = keys.ring([patient.pk]), Suggestion.objects.filter(patient=patient, state="open")
        return replace(published, plan=(*published.plan, *(as_plan(draft, ring) for draft in drafts)))

    with _reader(faulty):
        yield


def as_plan(draft: Suggestion, ring: keys.Ring) -> PlanItem:
    """A draft dressed up as a signed step."""
    words = draft_words(draft, ring)
    return PlanItem(
        publication_id=draft.pk,
        title=words.title,
        words=words.words,
        dose=words.dose,
        stop_rule=words.stop_rule,
        language=words.language,
        valid_until=now().date(),
        visible_from=now(),
        signed=Signed("", "", now(), True, False, "", "", "", ""),
    )


@contextmanager
def a_reader_that_reads_everybody() -> Iterator[None]:
    """It forgot whose plan it reads."""
    original = publications.of_patient

    def faulty(published: Published, patient: Patient) -> Published:
        others = Patient.objects.exclude(pk=patient.pk).order_by("-created_at")[:1]
        plans = [original(other, keys.ring([other.pk]), at=now()).plan for other in others]
        return replace(published, plan=(*published.plan, *sum(plans, ())))

    with _reader(faulty):
        yield


@contextmanager
def a_reader_that_changes_words() -> Iterator[None]:
    """It means well and shortens what was signed."""

    def faulty(published: Published, patient: Patient) -> Published:
        return replace(published, plan=tuple(replace(step, dose="As you like.") for step in published.plan))

    with _reader(faulty):
        yield


@contextmanager
def a_view_that_ignores_stops() -> Iterator[None]:
    """The portal's view shows what was taken back or withdrawn."""
    with clones.copied() as copy:
        with database.owner_cursor(database=copy) as cursor:
            clones.lift_view(cursor, heeding_stops=False)
        yield


@contextmanager
def no_guards_and_a_view_that_asks_nothing() -> Iterator[None]:
    """Whatever is written as a publication is shown."""
    with clones.copied() as copy:
        with database.owner_cursor(database=copy) as cursor:
            clones.lift_guards(cursor)
            clones.lift_view(cursor)
        yield


@contextmanager
def signing_that_does_not_compare() -> Iterator[None]:
    """What is signed need not be what was shown."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decide, "prepare", careless_prepare)
        yield


@contextmanager
def taking_back_that_forgets_the_estimate() -> Iterator[None]:
    """Of what one signature released, only the plan is stopped."""
    original = stop._stop

    def forgetful(publication: Publication, reason: StopReason, **more: Any) -> bool:
        forgotten = reason is StopReason.TAKEN_BACK and publication.kind == "mood_estimate"
        return not forgotten and original(publication, reason, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stop, "_stop", forgetful)
        yield


@contextmanager
def a_message_about_new_drafts() -> Iterator[None]:
    """Somebody lets patients know what is being prepared for them."""
    original = suggest.draft

    def draft(patients: Any, readings: Any, *, at: Any) -> list[Suggestion]:
        made = original(patients, readings, at=at)
        for each in made:
            words = draft_words(each, keys.ring([each.patient_id]))
            mail.send_mail("In preparation", words.title, None, ["patient@example.org"])
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(suggest, "draft", draft)
        yield
    mail.outbox.clear()


@contextmanager
def a_page_that_shows_drafts() -> Iterator[None]:
    """One address more in the portal."""
    with override_settings(ROOT_URLCONF="tests.integration.locks.leaky_urls"):
        yield
