"""A form that comes back with other words of danger: their card is shown, and the clinic is told them."""

from uuid import uuid4

from django.test import Client

from clinic.models.safety import SafetyAlert
from tests.cast import Cast
from tests.database import ROLLED_BACK
from tests.integration.dashboard.portal.pages import CHECK_IN, text_of

pytestmark = ROLLED_BACK

WISH = "I'd like to be with my mum again soon. She died in March."
VIOLENCE = "He put his hands round my throat last night until I blacked out."


def test_other_danger_in_a_check_in_that_is_filled_in_again_has_its_card_and_is_told(
    portal: Client, cast: Cast
) -> None:
    form = {"submission": str(uuid4())}
    portal.post(CHECK_IN, form | {"mood": "", "note": WISH})
    answer = portal.post(CHECK_IN, form | {"mood": "3", "note": VIOLENCE}, follow=True)
    words = [alert.unseal(cast.ring, "words") for alert in SafetyAlert.objects.order_by("recorded_at")]
    assert len(words) == 2
    assert "round my throat" in words[1]
    assert "round my throat" in text_of(answer)


def test_a_message_that_was_too_long_and_says_more_when_it_is_shortened_is_told_whole(
    portal: Client, cast: Cast
) -> None:
    form = {"submission": str(uuid4())}
    more = "I will kill myself tonight and I take the children with me, the gun is in the boot."
    portal.post("/my/messages/", form | {"words": "I will kill myself tonight. " + "x " * 3000})
    portal.post("/my/messages/", form | {"words": more})
    assert any("in the boot" in each.unseal(cast.ring, "words") for each in SafetyAlert.objects.all())
