"""A number in the portal's navigation takes no room: the bar above it, with the way to a person, stays uncovered."""

from uuid import uuid4

import pytest
from playwright.sync_api import ViewportSize

from clinic.clock import now
from recommendations import correspondence
from tests.cast import Cast
from tests.database import COMMITTED
from tests.functional.browsing import PHONE, SMALL_PHONE, Browsing

pytestmark = [COMMITTED, pytest.mark.browser]


@pytest.mark.parametrize("size", [PHONE, SMALL_PHONE], ids=["390", "360"])
def test_an_unread_message_makes_the_navigation_no_taller(
    cast: Cast, browsing: Browsing, size: ViewportSize
) -> None:
    page = browsing.signed_in("amara", size=size)
    heights = []
    for _turn in range(2):
        page.goto("/my/")
        nav, bar = (page.locator(name).bounding_box() for name in (".portal-nav", ".help-bar"))
        assert nav
        assert bar
        assert bar["y"] + bar["height"] <= nav["y"] + 1
        heights.append(nav["height"])
        written(cast)
    assert page.locator(".portal-nav .count").count() == 1
    assert heights[0] == heights[1]


def written(cast: Cast) -> None:
    correspondence.send(
        patient=cast.patient, words="How was the week?", submission=uuid4(), by=cast.treating, at=now()
    )
