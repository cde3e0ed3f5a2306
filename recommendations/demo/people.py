"""The fictional people of the demonstration clinic, as data."""

import datetime as dt
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from clinic.models.user import Role

PASSWORD = "only-a-demonstration"  # noqa: S105  fictional people, printed on the sign-in page itself


@dataclass(frozen=True, slots=True)
class SignIn:
    """A sign-in that is shown to whoever tries the demonstration."""

    role: Role
    sign_in_name: str
    password: str
    try_this: StrOrPromise


@dataclass(frozen=True, slots=True)
class Staff:
    """A fictional member of staff."""

    sign_in_name: str
    role: Role
    printed_name: str
    title: str


@dataclass(frozen=True, slots=True)
class Person:
    """A fictional patient: who, in whose care, and which story the check-ins tell.

    `waiting_hours` is how long ago the last scoring before today ran, so how long a draft has waited.
    """

    record_number: str
    sign_in_name: str
    name: str
    pronouns: str
    born: dt.date
    language: str
    zone: str
    treating: str
    story: str
    days: int = 120
    waiting_hours: int = 12
    conditions: dict[str, str] = field(default_factory=dict)


MAYA, ELIAS, INES = "maya", "elias", "ines"

STAFF = (
    Staff(MAYA, Role.PSYCHOLOGIST, "Dr Maya Okonkwo", "Clinical psychologist"),
    Staff(ELIAS, Role.PSYCHOLOGIST, "Dr Elias Ruiz", "Clinical psychologist"),
    Staff(INES, Role.ADMINISTRATOR, "Ines Carvalho", "Access administrator"),
)

SHOWN = (
    SignIn(Role.PSYCHOLOGIST, MAYA, PASSWORD, _("Start with the oldest draft, change a word, sign it")),
    SignIn(Role.PATIENT, "river-4821", PASSWORD, _("Read the signed plan; the draft that waits is nowhere")),
    SignIn(Role.ADMINISTRATOR, INES, PASSWORD, _("Follow the signature in the audit log, by record number")),
)


def _person(record: int, sign_in_name: str, name: str, born: str, story: str, **more: object) -> Person:
    fields = {"pronouns": "", "language": "en", "zone": "Europe/London", "treating": MAYA} | more
    return Person(
        record_number=f"CS-{record}",
        sign_in_name=sign_in_name,
        name=name,
        born=dt.date.fromisoformat(born),
        story=story,
        **fields,  # type: ignore[arg-type]
    )


PATIENTS = (
    _person(
        20418,
        "river-4821",
        "Amara Nwosu",
        "1992-03-12",
        "slow_fall_with_gap",
        pronouns="she/her",
        waiting_hours=51,
    ),
    _person(
        19977, "cedar-1190", "Henrik Solberg", "1968-05-30", "swings", pronouns="he/him", waiting_hours=46
    ),
    _person(
        20902, "lake-7715", "Leila Haddad", "2004-01-21", "sudden_fall", pronouns="she/her", waiting_hours=30
    ),
    _person(20133, "stone-6402", "Marcus Obi", "1980-08-02", "steady", pronouns="he/him", days=180),
    _person(20655, "cloud-3381", "Priya Raman", "1997-10-11", "recovery", pronouns="she/her", days=150),
    _person(
        18840, "birch-9014", "Wen Jie Tan", "1975-02-17", "slow_fall", pronouns="he/him", waiting_hours=15
    ),
    _person(20247, "heron-2258", "Callum Reid", "1989-06-06", "too_little", pronouns="he/him", days=40),
    _person(
        19204,
        "maple-5507",
        "Sofia Marchetti",
        "1963-12-01",
        "sudden_fall",
        zone="Europe/Rome",
        waiting_hours=9,
    ),
    _person(
        20771,
        "ember-6630",
        "Tomasz Wieczorek",
        "1985-04-25",
        "alert_open",
        pronouns="he/him",
        waiting_hours=20,
    ),
    _person(
        20590, "willow-1147", "Grace Adeyemi", "1999-09-09", "alert_taken", pronouns="she/her", treating=ELIAS
    ),
    _person(
        20311,
        "harbour-8093",
        "Dilnoza Yusupova",
        "1994-07-14",
        "blocked",
        language="uz",
        zone="Asia/Tashkent",
    ),
    _person(
        19765,
        "meadow-4456",
        "Aleksei Morozov",
        "1971-11-19",
        "steady",
        language="ru",
        zone="Europe/Riga",
        days=150,
    ),
    _person(20822, "quartz-7721", "Ngozi Eze", "1990-02-02", "recovery", pronouns="she/her", days=160),
    _person(20060, "sparrow-3904", "Jonas Lindgren", "1958-03-28", "gap_now", pronouns="he/him"),
    _person(20489, "tide-5163", "Mina Park", "2001-05-15", "swings", pronouns="they/them", waiting_hours=27),
    _person(19532, "fern-8842", "Ruth Abramov", "1949-08-23", "ai_withdrawn", pronouns="she/her", days=90),
    _person(
        20715, "pebble-2037", "Samir Khoury", "1983-10-30", "rejected", pronouns="he/him", waiting_hours=33
    ),
    _person(
        20174,
        "aspen-6918",
        "Elif Demir",
        "1996-01-08",
        "slow_fall",
        zone="Europe/Istanbul",
        treating=ELIAS,
        waiting_hours=60,
    ),
    _person(20836, "brook-3375", "Diego Fuentes", "1977-04-04", "steady", treating=ELIAS, days=180),
    _person(
        19891,
        "otter-7209",
        "Hannah Schmidt",
        "1988-12-12",
        "swings",
        zone="Europe/Berlin",
        treating=ELIAS,
        waiting_hours=18,
    ),
    _person(
        20554,
        "comet-1582",
        "Yuki Tanaka",
        "2003-03-03",
        "too_little",
        pronouns="she/her",
        treating=ELIAS,
        days=21,
    ),
    _person(20690, "thistle-9446", "Obinna Chukwu", "1966-06-21", "recovery", treating=ELIAS, days=170),
    _person(
        20029,
        "dune-4013",
        "Lucía Ortega",
        "1992-09-27",
        "not_shared",
        zone="Europe/Madrid",
        treating=ELIAS,
        days=90,
    ),
    _person(20397, "ivy-8870", "Peter Novák", "1979-07-07", "ai_stopped", zone="Europe/Prague", days=120),
)
