"""Until when a licence holds: the same day here and on the administrator's page."""

import datetime as dt

import pytest

from clinic.models.clinic import Clinic
from clinic.models.user import StaffProfile
from recommendations.models.publication import Publication
from recommendations.review import ReviewRefused
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK
from tests.signing import signed, written

pytestmark = ROLLED_BACK


def test_a_licence_ends_with_its_last_day_in_the_clinics_own_zone(cast: Cast) -> None:
    Clinic.objects.update(zone="Asia/Tashkent")
    StaffProfile.objects.filter(user=cast.treating.user).update(licence_valid_until=NOW.date())
    noon, evening = (dt.datetime.combine(NOW.date(), dt.time(hour), dt.UTC) for hour in (12, 20))
    with pytest.raises(ReviewRefused, match="licence"):
        signed(written(cast.patient, cast.treating, at=evening), cast.treating, at=evening)
    assert not Publication.objects.exists()
    signed(written(cast.patient, cast.treating, at=noon), cast.treating, at=noon)
    assert Publication.objects.count() == 1
