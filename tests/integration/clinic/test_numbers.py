"""Numbers of the other signals on their way in: with consent, once, and corrected without a trace being lost."""

import datetime as dt

import pytest

from audit.models import AuditEntry
from clinic import consent, intake
from clinic.intake import Kept, NewNumber, NotKept, NotTaken
from clinic.models.consent import Purpose, Source
from clinic.models.observation import Observation, Signal
from tests.cast import NOW, Cast
from tests.database import ROLLED_BACK


def nights(*hours: float, signal: Signal = Signal.SLEEP, last: dt.datetime = NOW) -> list[NewNumber]:
    days = range(len(hours) - 1, -1, -1)
    return [
        NewNumber(signal, value, last - dt.timedelta(days=ago))
        for ago, value in zip(days, hours, strict=True)
    ]


def kept(cast: Cast, numbers: list[NewNumber], *, source: Source = Source.DEVICE) -> Kept:
    return intake.record_observations(
        patient=cast.patient, numbers=numbers, source=source, by=cast.as_patient, at=NOW
    )


@ROLLED_BACK
def test_numbers_are_kept_with_their_source_and_local_day(cast: Cast) -> None:
    assert kept(cast, nights(7.5, 6)) == Kept(new=2, replaced=0, known=0, not_kept=None)
    rows = Observation.objects.order_by("local_date").values_list("signal", "source", "value", "local_date")
    assert list(rows) == [
        ("sleep", "device", 7.5, NOW.date() - dt.timedelta(days=1)),
        ("sleep", "device", 6.0, NOW.date()),
    ]


@ROLLED_BACK
def test_a_day_that_is_given_wins_over_the_day_of_the_moment(cast: Cast) -> None:
    day = NOW.date() - dt.timedelta(days=3)
    kept(cast, [NewNumber(Signal.STEPS, 4_000, NOW, day=day)])
    assert Observation.objects.get().local_date == day


@ROLLED_BACK
def test_nothing_is_kept_without_consent_for_that_very_source(cast: Cast) -> None:
    consent.withdraw(
        patient=cast.patient, source=Source.DEVICE, purpose=Purpose.KEEP, by=cast.as_patient, at=NOW
    )
    assert kept(cast, nights(7)).not_kept is NotKept.NO_CONSENT
    assert not Observation.objects.exists()
    assert kept(cast, nights(7), source=Source.IMPORTED).new == 1


@ROLLED_BACK
def test_the_same_numbers_again_change_nothing(cast: Cast) -> None:
    kept(cast, nights(7, 6, 5))
    assert kept(cast, nights(7, 6, 5)) == Kept(new=0, replaced=0, known=3, not_kept=None)
    assert AuditEntry.objects.filter(action="numbers_saved").count() == 1


@ROLLED_BACK
def test_another_value_for_the_same_moment_replaces_the_older_one_which_stays(cast: Cast) -> None:
    kept(cast, nights(7, 6))
    assert kept(cast, nights(7, 8)) == Kept(new=1, replaced=1, known=1, not_kept=None)
    standing = Observation.objects.filter(superseded_at=None).order_by("local_date")
    assert [row.value for row in standing] == [7, 8]
    assert Observation.objects.get(superseded_at=NOW).value == 6


@ROLLED_BACK
@pytest.mark.parametrize("value", [-1, 25, float("nan"), float("inf")])
def test_a_value_that_a_signal_cannot_have_is_refused_with_all_that_came_with_it(
    cast: Cast, value: float
) -> None:
    with pytest.raises(NotTaken):
        kept(cast, nights(7, value))
    assert not Observation.objects.exists()


@ROLLED_BACK
def test_mood_does_not_come_this_way(cast: Cast) -> None:
    with pytest.raises(NotTaken):
        kept(cast, nights(7, signal=Signal.MOOD))


@ROLLED_BACK
def test_one_audit_entry_says_how_many_of_what(cast: Cast) -> None:
    kept(cast, [*nights(7, 6), *nights(4_000, signal=Signal.STEPS)])
    entry = AuditEntry.objects.get(action="numbers_saved")
    assert entry.patient_id == cast.patient.pk
    assert entry.facts == {"source": "device", "signals": ["sleep", "steps"], "new": 3, "replaced": 0}


@ROLLED_BACK
def test_the_queries_do_not_grow_with_the_numbers(cast: Cast, django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        kept(cast, nights(*([7.0] * 200)))
