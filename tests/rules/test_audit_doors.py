"""The log has three doors for administrators, page, file and API, and none says more than the others."""

import re
from collections.abc import Iterable
from html import unescape
from typing import Any, cast

import pytest
from django.db import transaction
from django.test import Client

from audit import outcomes
from audit.actions import ACTIONS
from clinic import tokens
from clinic.actor import log
from clinic.clock import now
from clinic.models.token import Scope
from clinic.models.user import Role
from dashboard.governance.context import disclosed
from tests.cast import Cast
from tests.database import ROLLED_BACK
from tests.factories import open_drafts
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK

CLINICAL = "psychosis"
FACTS = {
    **dict.fromkeys(("code", "state", "topic", "instrument", "source", "kind", "turn_to"), CLINICAL),
    **dict.fromkeys(set(disclosed.FACTS) - {"user"}, CLINICAL),
    "scopes": [CLINICAL],
    "level": 3,
    "signs": 7,
}
"""What no administrator may read, also under the names of what they may."""


def doors(cast: Cast) -> dict[str, str]:
    """All that the three doors send, each as text."""
    desk, at = signed_in(Client(), cast.administrator), now()
    _token, secret = tokens.make(
        label="log", scopes=[Scope.AUDIT], lasts=tokens.LONGEST, by=cast.administrator, at=at
    )
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    file = cast_file(desk.get("/manage/audit/download/"))
    pages = "".join(walk(desk))
    return {"page": pages, "file": file, "api": "\n".join(results(program))}


def walk(desk: Client) -> Iterable[str]:
    """Every page of the log, without its form."""
    asked: str | None = "/manage/audit/"
    while asked:
        html = unescape(desk.get(asked).content.decode())
        yield html.split("<tbody>")[1].split("</tbody>")[0]
        older = re.search(r'href="([^"]*)" rel="next"', html)
        asked = older[1] if older else None


def results(program: Client) -> Iterable[str]:
    """Every entry that the API sends."""
    cursor: str | None = ""
    while cursor is not None:
        answer = program.get("/api/v1/audit/", {"cursor": cursor} if cursor else {}).json()
        yield from map(str, answer["results"])
        cursor = answer["next"]


def cast_file(response: Any) -> str:
    return b"".join(cast(Iterable[bytes], response.streaming_content)).decode()


def written(cast: Cast) -> None:
    """One entry of every kind but a check of the log, which the page itself reads; reason and facts are clinical."""
    with transaction.atomic():
        for action in set(ACTIONS) - {outcomes.ACTION}:
            log(action, by=cast.treating, at=now(), patient=cast.patient, reason=CLINICAL, facts=FACTS)


def test_no_door_says_why_or_what_of_any_kind_of_entry(cast: Cast) -> None:
    written(cast)
    for name, text in doors(cast).items():
        assert CLINICAL not in text, name
        assert "'level'" not in text, name


def test_what_the_program_itself_wrote_about_treatment_is_at_no_door(cast: Cast) -> None:
    draft, *_others = open_drafts(cast.patient, cast.treating)
    for name, text in doors(cast).items():
        assert [word for word in ("mania", "psychosis", "phq9", draft.code) if word in text] == [], name


def test_a_role_is_at_every_door_and_comes_from_one_list(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted fault: a clinical reason in the list is seen at all three doors, so all read this one."""
    with transaction.atomic():
        log("role_granted", by=cast.administrator, at=now(), reason=Role.PSYCHOLOGIST)
        log("screening_fact_recorded", by=cast.treating, at=now(), reason=CLINICAL)
    assert all("sychologist" in text for text in doors(cast).values())
    monkeypatch.setitem(disclosed.REASONS, CLINICAL, CLINICAL)
    assert all(CLINICAL in text for text in doors(cast).values())
