"""AI for one patient: one person stops it, two start it again, and nothing signed is touched."""

from django.test import Client

from clinic import ai
from clinic.models.ai_stop import AiStop
from recommendations.models.suggestion import Suggestion
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.factories import approved, open_drafts
from tests.pages import Page, get
from tests.sign_in import signed_in

pytestmark = ROLLED_BACK


def record(client: Client, cast: Cast) -> Page:
    return get(client, f"/patients/{cast.patient.record_number}/")


def act(client: Client, cast: Cast, what: str) -> Page:
    return record(client, cast).send("/ai/", {"act": what}).follow()


def test_one_person_stops_it_and_open_drafts_are_withdrawn(treating: Client, cast: Cast) -> None:
    first, _second = open_drafts(cast.patient, cast.treating)[:2]
    approved(first, cast.treating)
    page = act(treating, cast, "stop")
    assert "AI is switched off for this person." in page.words
    assert "Dr Maya Okonkwo stopped it today" in page.words
    assert not ai.ai_allowed(ai.Function.SUGGESTION, cast.patient)
    assert set(Suggestion.objects.values_list("state", flat=True)) == {"approved", "withdrawn"}
    assert "Signed by Dr Maya Okonkwo" in page.words, "everything signed stays"
    assert "AI estimate" not in page.words


def test_the_same_person_cannot_start_it_again_alone(treating: Client, cast: Cast) -> None:
    act(treating, cast, "stop")
    page = act(treating, cast, "ask")
    assert "It stays off until a second person confirms." in page.words
    assert "Confirm: start it again" not in page.words
    treating.post(f"/patients/{cast.patient.record_number}/ai/", {"act": "confirm"})
    assert "AI stays off: a second person must confirm." in record(treating, cast).words
    assert AiStop.objects.get().restarted_at is None


def test_a_second_person_of_the_care_team_starts_it_again(treating: Client, cast: Cast) -> None:
    from clinic import access
    from clinic.actor import SOFTWARE
    from clinic.models.care import CareKind

    user = cast.other_psychologist.user
    assert user is not None
    access.start_care(patient=cast.patient, user=user, kind=CareKind.COVERING, by=SOFTWARE, at=NOW)
    act(treating, cast, "stop")
    act(treating, cast, "ask")
    page = act(signed_in(Client(), cast.other_psychologist), cast, "confirm")
    assert "AI is on again for this person." in page.words
    assert ai.ai_allowed(ai.Function.SUGGESTION, cast.patient)


def test_somebody_outside_the_care_team_stops_nothing(outsider: Client, cast: Cast) -> None:
    assert outsider.post(f"/patients/{cast.patient.record_number}/ai/", {"act": "stop"}).status_code == 404
    assert not AiStop.objects.exists()


def test_an_unknown_act_changes_nothing(treating: Client, cast: Cast) -> None:
    treating.post(f"/patients/{cast.patient.record_number}/ai/", {"act": "explode"})
    assert not AiStop.objects.exists()
