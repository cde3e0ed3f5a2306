"""Ways in which unsigned words could come before a patient, each with the locks that stop it alone."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection
from django.template import Context, Template

from clinic.keys import Ring
from recommendations import review
from recommendations.models.publication import Publication
from recommendations.models.suggestion import Suggestion
from recommendations.words import canonical, draft_words
from tests.cast import NOW, Cast
from tests.factories import approved, open_drafts
from tests.integration.locks.promise import mark
from tests.integration.locks.rogue import confident, drafts_page, mixed_up, second_chance

ESTIMATE_OF_THE_OTHER = mark()


class Lock(StrEnum):
    """The five."""

    SHAPE = "shape"
    DATABASE = "database"
    ROLES = "roles"
    CODE = "code"
    DIGEST = "digest"


@dataclass(frozen=True)
class Clinic:
    """A patient with one signed plan and one draft that waits; another patient with a signed plan."""

    cast: Cast
    ring: Ring
    signed: Publication
    waiting: Suggestion
    others: Publication

    @property
    def forbidden(self) -> tuple[str, ...]:
        """Words that must not reach the patient."""
        return draft_words(self.waiting, self.ring).words, ESTIMATE_OF_THE_OTHER


def clinic_of(cast: Cast) -> Clinic:
    """Made by the real operations."""
    first, waiting = open_drafts(cast.patient, cast.treating)[:2]
    theirs, *_ = open_drafts(cast.other_patient, cast.other_psychologist)
    return Clinic(
        cast=cast,
        ring=cast.ring,
        signed=approved(first, cast.treating),
        waiting=waiting,
        others=approved(theirs, cast.other_psychologist),
    )


@dataclass(frozen=True)
class Attack:
    """What somebody does; `attempt` returns what a page of theirs would show.

    `target` is where the rogue module would stand in the project, with the import contract that refuses it there.
    """

    attempt: Callable[[Clinic], str]
    stopped_by: frozenset[Lock]
    module: str = ""
    target: str = ""
    contract: str = ""


def read_drafts(at: Clinic) -> str:
    return " ".join(drafts_page.soon(at.cast.patient, at.ring))


def publish_what_was_rejected(at: Clinic) -> str:
    decision = review.reject(
        suggestion=at.waiting, reasons=["wrong_time"], note="", by=at.cast.treating, at=NOW
    )
    second_chance.publish(decision, at.ring, at=NOW)
    return ""


def approve_by_itself(at: Clinic) -> str:
    assert at.cast.treating.user is not None
    confident.approve(at.waiting, at.ring, in_the_name_of=at.cast.treating.user, at=NOW)
    return ""


def mix_two_patients_up(at: Clinic) -> str:
    decision = at.others.signature.review
    mixed_up.publish(ESTIMATE_OF_THE_OTHER, decision, at.ring, patient=at.cast.patient, at=NOW)
    return ""


def change_signed_words_in_sql(at: Clinic) -> str:
    words, unsigned = at.signed.words, draft_words(at.waiting, at.ring)
    body = {
        "kind": "plan_item",
        "language": "en",
        "title": unsigned.title,
        "words": unsigned.words,
        "dose": "",
        "stop_rule": "",
        "valid_until": "2999-01-01",
        "attribution": {
            "verdict": "approved",
            "name": "",
            "title": "",
            "drafted_by": None,
            "catalogue": None,
        },
    }
    words.seal(at.ring, body=canonical(body).decode())
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE recommendations_signedwords SET body = %s WHERE id = %s", [bytes(words.body), words.pk]
        )
    return ""


def walk_from_a_template(at: Clinic) -> str:
    template = Template("{% for each in patient.suggestion_set.all %}{{ each.words }}{% endfor %}")
    return template.render(Context({"patient": at.cast.patient}))


ATTACKS: dict[str, Attack] = {
    "a page reads drafts through the portal's door": Attack(
        read_drafts,
        frozenset({Lock.ROLES, Lock.CODE}),
        "drafts_page",
        "dashboard/portal/soon.py",
        "portal",
    ),
    "a template walks from the patient to drafts": Attack(walk_from_a_template, frozenset({Lock.SHAPE})),
    "what was rejected is published": Attack(
        publish_what_was_rejected,
        frozenset({Lock.DATABASE, Lock.ROLES, Lock.CODE}),
        "second_chance",
        "recommendations/second_chance.py",
        "publication",
    ),
    "the software approves by itself": Attack(
        approve_by_itself,
        frozenset({Lock.DIGEST, Lock.CODE}),
        "confident",
        "recommendations/confident.py",
        "publication",
    ),
    "two patients are mixed up": Attack(
        mix_two_patients_up,
        frozenset({Lock.DATABASE, Lock.ROLES, Lock.DIGEST, Lock.CODE}),
        "mixed_up",
        "recommendations/mixed_up.py",
        "publication",
    ),
    "signed words are changed in SQL": Attack(
        change_signed_words_in_sql, frozenset({Lock.DATABASE, Lock.ROLES, Lock.DIGEST})
    ),
}
