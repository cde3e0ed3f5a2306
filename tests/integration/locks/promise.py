"""The promise as something that can be checked: everything a patient can get, searched for words that nobody signed.

Every draft, amendment, note and diary entry of these tests carries a mark of its own, so that a leak is found
exactly and its source is known.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from html import unescape
from itertools import count
from uuid import UUID

import pytest
from django.core import mail
from django.test import Client

from clinic import keys
from clinic.actor import Actor
from clinic.clock import now
from clinic.models.patient import Patient
from clinic.models.user import Role
from dashboard.access import PATIENT
from recommendations import publications, suggest
from recommendations.catalogue import CatalogueEntry
from recommendations.words import PlanWords
from tests.routes import Route, routes
from tests.sign_in import signed_in

MARK = re.compile(r"mark-\d{4,}-end")

_numbers = count(1000)


class PromiseBroken(AssertionError):
    """Words reached a patient that nobody signed for them, or signed words did not."""


def mark() -> str:
    """A word that stands nowhere else."""
    return f"mark-{next(_numbers)}-end"


def marks_in(text: str) -> frozenset[str]:
    """Every mark of a text."""
    return frozenset(MARK.findall(text))


@contextmanager
def marked_drafts() -> Iterator[None]:
    """From here on each draft carries a mark of its own in its title and in its words."""
    original = suggest._words

    def words(entry: CatalogueEntry) -> PlanWords:
        own, drawn = original(entry), mark()
        return replace(own, title=f"{own.title} {drawn}", words=f"{own.words} {drawn}")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(suggest, "_words", words)
        yield


@dataclass(frozen=True)
class Answer:
    """One thing that a patient got: from where, and its text."""

    source: str
    text: str


def read_by(patient: Patient) -> publications.Published:
    """What the only reader gives this patient, with the keys that the portal would fetch."""
    return publications.of_patient(patient, keys.ring([patient.pk]), at=now())


def from_the_mail() -> Iterator[Answer]:
    """Every message that was sent: there is no patient's address in it that would make it harmless."""
    for message in mail.outbox:
        yield Answer("mail", repr(vars(message)))


def from_the_pages(client: Client, *, values: dict[str, object]) -> Iterator[Answer]:
    """Every page that is there for patients, header and body; `client` is signed in as the patient."""
    for route in portal_routes():
        response = client.get(route.path(values))
        yield Answer(route.name, f"{response.headers} {unescape(response.content.decode())}")


def portal_routes() -> list[Route]:
    """The addresses that are there for patients, as their rules say."""
    return [route for route in routes() if route.rule == PATIENT]


def browser_of(patient: Patient) -> Client:
    """A browser in which this patient is signed in."""
    return signed_in(Client(), Actor(user=patient.user, role=Role.PATIENT))


def check(answers: Iterator[Answer], *, allowed: frozenset[str], who: UUID) -> frozenset[str]:
    """Raises PromiseBroken where an answer holds a mark that is not allowed; returns the marks that were seen."""
    seen: frozenset[str] = frozenset()
    for answer in answers:
        found = marks_in(answer.text)
        if leaked := found - allowed:
            raise PromiseBroken(
                f"Words that nobody signed for patient {who} reached them through {answer.source}: {leaked}."
            )
        seen |= found
    return seen
