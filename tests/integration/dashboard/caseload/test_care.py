"""The pages on which care changes: everything is said beforehand, and nothing happens before it is confirmed."""

from django.test import Client

from clinic import access
from clinic.actor import SOFTWARE
from clinic.models.care import CareKind, CareRelationship
from clinic.models.handover import HandedPlan, Handover
from clinic.safety import alerts
from recommendations.models.suggestion import Suggestion
from tests.cast import NOW, PASSWORD, Cast
from tests.database import ROLLED_BACK
from tests.factories import approved, check_in, handed_plan, open_drafts, wrote
from tests.forms import assigned
from tests.integration.dashboard.queries import counted
from tests.pages import get, post

pytestmark = ROLLED_BACK


def path(cast: Cast, page: str = "") -> str:
    return f"/patients/{cast.patient.record_number}/care/{page}"


def receiver(cast: Cast) -> dict[str, str]:
    assert cast.other_psychologist.user
    return {"receiver": str(cast.other_psychologist.user.pk)}


def test_what_will_happen_is_said_in_figures_before_it_is_confirmed(treating: Client, cast: Cast) -> None:
    drafts = open_drafts(cast.patient, cast.treating)
    approved(drafts[0], cast.treating)
    wrote(cast.patient)
    assigned(cast.patient, cast.treating)
    summary = get(treating, path(cast, "transfer/")).send("/transfer/", receiver(cast))
    waiting = Suggestion.objects.filter(state="open").count()
    goes = "draft goes" if waiting == 1 else "drafts go"
    for sentence in (
        f"{waiting} {goes} to Dr Elias Ruiz",
        "1 signed text stands on under the name of whoever signed it; Dr Elias Ruiz confirms or stops it.",
        "The conversation goes with the record. 1 message has not been read yet.",
        "1 assigned questionnaire goes on as it is.",
        "Dr Maya Okonkwo can no longer open this record",
    ):
        assert sentence in summary.words
    assert not Handover.objects.exists()
    after = summary.send("/transfer/").follow()
    assert f"{cast.patient.record_number} is in the care of Dr Elias Ruiz now." in after.words
    assert get(treating, path(cast)).status == 404


def test_without_a_colleague_nothing_goes_on(treating: Client, cast: Cast) -> None:
    answer = get(treating, path(cast, "transfer/")).send("/transfer/")
    assert answer.status == 422
    assert "Choose a colleague." in answer.words


def test_somebody_who_is_no_psychologist_cannot_be_chosen(treating: Client, cast: Cast) -> None:
    assert cast.administrator.user
    answer = post(
        treating, path(cast, "transfer/"), {"receiver": cast.administrator.user.pk, "step": "confirm"}
    )
    assert answer.status == 422
    assert not Handover.objects.exists()


def test_plans_that_came_along_are_counted_shown_and_confirmed(treating: Client, cast: Cast) -> None:
    approved(open_drafts(cast.patient, cast.treating)[0], cast.treating)
    handed_plan(cast)
    page = get(treating, path(cast))
    assert "Care 1" in page.words
    after = page.send("/confirm/").follow()
    assert "It stands on, under the name of whoever signed it." in after.words
    assert HandedPlan.objects.get().confirmed_by == cast.treating.user
    assert "Care 1" not in after.words


def test_ending_care_says_what_happens_and_to_whom_the_person_can_turn(treating: Client, cast: Cast) -> None:
    open_drafts(cast.patient, cast.treating)
    assigned(cast.patient, cast.treating)
    form = get(treating, path(cast, "discharge/"))
    refused = form.send("/discharge/")
    assert refused.status == 422
    assert "Choose why care ends." in refused.words
    summary = refused.send("/discharge/", {"reason": "completed", "turn_to": "family_doctor"})
    assert "drafts are withdrawn." in summary.words
    assert "1 assigned questionnaire ends: nothing more is asked of the person." in summary.words
    assert "Their portal says to whom they can turn: Their family doctor." in summary.words
    after = summary.send("/discharge/").follow()
    assert f"Care has ended for {cast.patient.record_number}." in after.words
    assert get(treating, path(cast)).status == 404


def test_with_an_open_alert_care_does_not_end_and_the_page_says_why(treating: Client, cast: Cast) -> None:
    check_in(cast.patient, note="I want to kill myself")
    form = {"reason": "completed", "turn_to": "family_doctor", "step": "confirm"}
    answer = post(treating, path(cast, "discharge/"), form)
    assert answer.status == 422
    assert "1 safety alert of this person is open." in answer.words
    assert "End care now" not in answer.words
    assert "1 safety alert of this person is open." in get(treating, path(cast, "discharge/")).words
    assert CareRelationship.objects.get(patient=cast.patient).ends_at is None


def test_after_the_session_ended_what_was_chosen_comes_back(treating: Client, cast: Cast) -> None:
    page = get(treating, path(cast, "transfer/"))
    treating.logout()
    asked = page.send("/transfer/", receiver(cast))
    assert asked.status == 401
    back = asked.send("/sign-in/", {"username": "treating", "password": PASSWORD}).follow()
    assert back.field("/transfer/", "receiver") == receiver(cast)["receiver"]


def test_who_covers_reads_the_page_and_changes_nothing(outsider: Client, cast: Cast) -> None:
    assert get(outsider, path(cast)).status == 404
    assert cast.other_psychologist.user
    access.start_care(
        patient=cast.patient, user=cast.other_psychologist.user, kind=CareKind.COVERING, by=SOFTWARE, at=NOW
    )
    page = get(outsider, path(cast))
    assert page.status == 200
    assert "Hand over to a colleague" not in page.words
    assert get(outsider, path(cast, "transfer/")).status == 404
    assert post(outsider, path(cast, "discharge/"), {}).status == 404


def test_the_page_makes_few_queries(treating: Client, cast: Cast) -> None:
    approved(open_drafts(cast.patient, cast.treating)[0], cast.treating)
    handed_plan(cast)
    assert counted(treating, path(cast), cast.treating).own <= 12


def test_handing_over_counts_the_alerts_that_nobody_has_taken_too(treating: Client, cast: Cast) -> None:
    found = check_in(cast.patient, note="I want to kill myself").notice.alert
    assert found is not None
    alerts.take(alert=found, by=cast.treating, at=NOW)
    for _ in range(2):
        check_in(cast.patient, note="I want to kill myself")
    summary = get(treating, path(cast, "transfer/")).send("/transfer/", receiver(cast))
    assert "1 open safety alert goes to" in summary.words
    assert "2 more safety alerts of this person are open." in summary.words
