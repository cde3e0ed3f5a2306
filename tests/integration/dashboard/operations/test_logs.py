"""The log of a whole walk: every answer has its line, and no line holds a word of a person."""

import json
import logging
import logging.config
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from clinic.logs import CONFIG, JsonLines
from dashboard.entrance import views
from tests.cast import PASSWORD, Cast
from tests.database import COMMITTED
from tests.factories import check_in, invited
from tests.integration.dashboard.governance.desk import full_record
from tests.routes import routes
from tests.sign_in import signed_in

pytestmark = COMMITTED

SAID = "My brother Obinna shouted at me in Kaduna"


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What the programs would write, formatted as they format it."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines())
    root, before = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield written
    root.removeHandler(handler)
    root.setLevel(before)


def walked(cast: Cast, code: str) -> None:
    """Everybody opens and sends to every address, with words in every form and in the address itself."""
    values: dict[str, object] = {"ref": cast.patient.record_number, "code": code}
    typed = {
        "note": SAID,
        "q": SAID,
        "name": SAID,
        "words": SAID,
        "mood": "4",
        "username": SAID,
        "password": SAID,
    }
    for actor in (None, cast.as_patient, cast.treating, cast.administrator):
        for route in routes():
            known: dict[str, object] = dict.fromkeys(route.parameters, cast.patient.pk)
            path = route.path(known | values)
            for method in ("get", "post"):
                client = Client(raise_request_exception=False)
                client = signed_in(client, actor) if actor else client
                getattr(client, method)(path, typed)


def test_no_line_of_a_whole_walk_holds_a_word_of_a_person(
    cast: Cast, log: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = full_record(cast)
    check_in(cast.patient, note=SAID)
    _invitation, code = invited(cast.administrator)

    def broken(*_args: object, **_more: object) -> None:
        raise ValueError(f"cannot read {SAID}")

    monkeypatch.setattr(views, "card_of", broken)
    walked(cast, code)
    text = log.getvalue()
    lines = [json.loads(line) for line in text.splitlines()]
    assert len(lines) > 200
    assert {"ValueError"} <= {line.get("exception") for line in lines}
    worded = [word for word in secrets if not word.isdecimal()]  # digits stand in ids of requests too
    hidden = [*worded, SAID, "Obinna", "Kaduna", "Elias Brandt", cast.patient.record_number, code, PASSWORD]
    assert [word for word in hidden if word in text] == []


def test_every_answer_has_a_line_with_its_route_time_role_and_request(cast: Cast, log: StringIO) -> None:
    client = signed_in(Client(), cast.treating)
    response = client.get(f"/patients/{cast.patient.record_number}/")
    line = json.loads(log.getvalue().splitlines()[-1])
    assert (line["route"], line["status"], line["role"]) == ("patient", 200, "psychologist")
    assert line["request"] == response["X-Request-ID"]
    assert line["milliseconds"] > 0
    assert len(line["record"]) == 12


def test_a_name_that_somebody_logged_would_be_seen(cast: Cast, log: StringIO) -> None:
    logging.getLogger("clinic").warning("opened %s", "Amara Nwosu")
    assert "Amara" in log.getvalue()


def test_the_programs_write_as_the_tests_read() -> None:
    assert CONFIG["formatters"]["json"] == {"()": "clinic.logs.JsonLines"}
    made: Any = logging.config.DictConfigurator(CONFIG).configure_formatter(CONFIG["formatters"]["json"])
    assert isinstance(made, JsonLines)
