"""Each lock alone, with all the others lifted, stops what it is there for; with all of them lifted nothing does."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError

from clinic import keys
from clinic.keys import CannotOpen, Ring
from clinic.models.patient import Patient
from recommendations import publications
from recommendations.models.suggestion import Suggestion
from recommendations.publications import portal
from recommendations.words import draft_words
from tests import database
from tests.cast import NOW, assemble
from tests.contracts import copy_of_the_tree, judged, plant
from tests.database import COMMITTED
from tests.integration.locks import clones, rogue
from tests.integration.locks.attacks import ATTACKS, Attack, Clinic, Lock, clinic_of
from tests.integration.locks.promise import PromiseBroken

pytestmark = COMMITTED

ALL, NONE = frozenset(Lock), frozenset[Lock]()
ALONE = [(name, lock) for name, attack in ATTACKS.items() for lock in sorted(attack.stopped_by)]


class RefusedByContract(Exception):
    """The code was never merged: an import contract is broken by it."""


@pytest.fixture(scope="module")
def refused_modules(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """Those rogue modules that break their import contract where they would stand in the project."""
    tree, folder = copy_of_the_tree(tmp_path_factory.mktemp("tree")), Path(str(rogue.__file__)).parent
    refused = set()
    for attack in (attack for attack in ATTACKS.values() if attack.module):
        plant(tree, {attack.target: (folder / f"{attack.module}.py").read_text(encoding="utf-8")})
        if judged(tree, contract=attack.contract).broken:
            refused.add(attack.module)
        (tree / attack.target).unlink()
    return frozenset(refused)


def test_every_lock_is_tried_alone() -> None:
    assert {lock for _name, lock in ALONE} == ALL


@pytest.mark.parametrize(("name", "lock"), ALONE)
def test_a_lock_alone_holds_with_the_others_lifted(
    refused_modules: frozenset[str], name: str, lock: Lock
) -> None:
    run(ATTACKS[name], frozenset({lock}), refused_modules)


@pytest.mark.parametrize("name", ATTACKS)
def test_with_every_lock_in_place_the_promise_holds(refused_modules: frozenset[str], name: str) -> None:
    run(ATTACKS[name], ALL, refused_modules)


@pytest.mark.parametrize("name", ATTACKS)
def test_with_every_lock_lifted_the_promise_is_broken(refused_modules: frozenset[str], name: str) -> None:
    with pytest.raises(PromiseBroken, match="words that nobody signed reached the patient"):
        run(ATTACKS[name], NONE, refused_modules)


@pytest.mark.parametrize("name", ATTACKS)
def test_the_locks_that_are_not_named_for_an_attack_do_not_stop_it(
    refused_modules: frozenset[str], name: str
) -> None:
    """So the table says exactly what each lock is worth."""
    attack = ATTACKS[name]
    with pytest.raises(PromiseBroken):
        run(attack, ALL - attack.stopped_by, refused_modules)


def run(attack: Attack, standing: frozenset[Lock], refused_modules: frozenset[str]) -> None:
    """The attack on a copy in which only the `standing` locks are in place. Raises PromiseBroken."""
    with clones.copied() as copy, lifted(ALL - standing, copy):
        at = clinic_of(assemble())
        own_words = draft_words(at.signed.signature.review.suggestion, at.ring).words  # type: ignore[arg-type]
        assert own_words in answer(at, standing), "the patient reads what was signed for them"
        said = ""
        try:
            if Lock.CODE in standing and attack.module in refused_modules:
                raise RefusedByContract(attack.module)
            said = attack.attempt(at)
        except (DatabaseError, RefusedByContract):
            pass
        for words in at.forbidden:
            if words in said + answer(at, standing):
                raise PromiseBroken("words that nobody signed reached the patient")


def answer(at: Clinic, standing: frozenset[Lock]) -> str:
    """What the reader gives; a careless portal hands it more keys than the patient's own."""
    ring = keys.ring([at.cast.patient.pk]) if Lock.DIGEST in standing else at.ring
    return repr(publications.of_patient(at.cast.patient, ring, at=NOW))


@contextmanager
def lifted(locks: frozenset[Lock], copy: str) -> Iterator[None]:
    """These locks lifted. The import contracts stand outside the program, so there is nothing to lift for them."""
    with ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        cursor = stack.enter_context(database.owner_cursor(database=copy))
        if Lock.DATABASE in locks:
            clones.lift_guards(cursor)
        if Lock.ROLES in locks:
            clones.lift_view(cursor)
            stack.enter_context(clones.doors_of_the_owner())
        if Lock.DIGEST in locks:
            patch.setattr(portal, "_body", body_that_is_never_compared)
        if Lock.SHAPE in locks:
            patch.setattr(Patient, "suggestion_set", property(a_way_to_drafts), raising=False)
        yield


def body_that_is_never_compared(row: Any, patient: Patient, ring: Ring) -> Any:
    """Whatever any key at hand opens."""
    for owner in ring._keys:
        try:
            return json.loads(
                ring.open(bytes(row.body), patient_id=owner, label="signed-words.body", row_id=row.words_id)
            )
        except CannotOpen:
            continue
    return None


def a_way_to_drafts(patient: Patient) -> Any:
    """What Django's default `related_name` would have made, with words in the clear."""
    ring, drafts = keys.ring([patient.pk]), Suggestion.objects.filter(patient=patient)
    opened = [SimpleNamespace(words=draft_words(draft, ring).words) for draft in drafts]
    return SimpleNamespace(all=lambda: opened)
