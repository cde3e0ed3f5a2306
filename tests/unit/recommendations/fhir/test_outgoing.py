"""Records that nobody thought of: whatever a person says and whoever signs, what leaves is valid FHIR."""

import datetime as dt
import json
from typing import Any
from uuid import uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.keys import Ring
from clinic.models.consent import ConsentGrant, Purpose, Source
from clinic.models.observation import Observation, Signal
from clinic.models.patient import Patient
from clinic.people import Identity
from recommendations.fhir.outgoing import came, consents, numbers, people, signed
from recommendations.fhir.outgoing.bundle import bundle, own
from recommendations.fhir.outgoing.signed import Ended, Leaving
from recommendations.publications import EstimateDay, MoodEstimate, PlanItem, Signed
from tests.fhir.checks import faults

ZONES = ("Europe/London", "Asia/Tashkent", "America/New_York", "Pacific/Chatham", "Asia/Kolkata")
words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=40
).filter(lambda text: text.strip() == text)
moments = st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2100, 1, 1), timezones=st.just(dt.UTC)).map(
    lambda at: at.replace(microsecond=0)
)
figures = st.none() | st.floats(0, 10).map(lambda value: round(value, 1))


@st.composite
def signatures(draw: st.DrawFn) -> Signed:
    with_ai = draw(st.booleans())
    return Signed(
        name=draw(words),
        title=draw(words),
        at=draw(moments),
        with_ai=with_ai,
        changed=with_ai and draw(st.booleans()),
        fingerprint="7f3a 91c2 d04e 55b8",
        drafted_by=draw(st.sampled_from(["suggest-1 1.0.0", "suggest-2 2.1.0"])) if with_ai else "",
        catalogue="planned_walk 1.0.0" if with_ai else "",
        reading_by="mood-1 1.0.0" if with_ai else "",
    )


@st.composite
def plans(draw: st.DrawFn) -> PlanItem:
    start = draw(moments)
    return PlanItem(
        publication_id=uuid4(),
        title=draw(words),
        words=draw(words),
        dose=draw(st.just("") | words),
        stop_rule=draw(st.just("") | words),
        language=draw(st.sampled_from(["en", "uz", "ru"])),
        valid_until=start.date() + dt.timedelta(days=draw(st.integers(1, 300))),
        visible_from=start,
        signed=draw(signatures()),
        stop_signs=tuple((f"sign_{n}", draw(words)) for n in range(draw(st.integers(0, 2)))),
    )


@st.composite
def estimates(draw: st.DrawFn) -> MoodEstimate:
    as_of = draw(moments).date()
    days = sorted(draw(st.sets(st.integers(0, 27), max_size=28)), reverse=True)
    return MoodEstimate(
        publication_id=uuid4(),
        sentence=draw(words),
        as_of=as_of,
        usual_low=draw(figures),
        usual_high=draw(figures),
        days=tuple(
            EstimateDay(as_of - dt.timedelta(days=ago), draw(figures), draw(figures), draw(figures))
            for ago in days
        ),
        signed=draw(signatures()),
    )


endings = st.none() | st.builds(Ended, st.sampled_from(["unsafe", "not_helping"]), moments)
leaving = st.builds(Leaving, plans() | estimates(), st.none(), endings)
patients = st.builds(
    lambda zone, language: Patient(record_number="CS-12345", zone=zone, language=language),
    st.sampled_from(ZONES),
    st.sampled_from(["en", "uz", "ru"]),
)


def person_of(patient: Patient, name: str, phone: str, born: dt.date | None) -> Identity:
    return Identity(patient.pk, patient.record_number, name, "", born, phone, None)


def number_of(patient: Patient, signal: Signal, value: float, at: dt.datetime) -> Observation:
    return Observation(
        pk=int(at.timestamp()) * 10 + list(Signal).index(signal),
        patient=patient,
        signal=signal,
        source=Source.DEVICE,
        value=value,
        happened_at=at,
        local_date=at.date(),
    )


@settings(max_examples=30)
@given(
    patient=patients,
    name=words,
    phone=st.just("") | words,
    born=st.none() | st.dates(dt.date(1900, 1, 1), dt.date(2026, 1, 1)),
    items=st.lists(leaving, max_size=4),
    taken=st.lists(st.tuples(st.sampled_from(Signal), st.floats(0, 10), moments), max_size=6),
    agreed=st.lists(st.tuples(st.sampled_from(Source), st.sampled_from(Purpose), moments), max_size=4),
    at=moments,
)
def test_whatever_a_record_holds_leaves_valid(
    patient: Patient,
    name: str,
    phone: str,
    born: dt.date | None,
    items: Any,
    taken: Any,
    agreed: Any,
    at: Any,
) -> None:
    subject = str(patient.pk)
    ours = [people.patient(person_of(patient, name, phone, born), patient)]
    ours += [
        numbers.observation(number_of(patient, *each), Ring({}), patient=patient, subject=subject)
        for each in taken
    ]
    ours += [
        consents.consent(
            ConsentGrant(
                patient=patient,
                source=source,
                purpose=purpose,
                text_version="2026-11",
                text_language="en",
                text_digest="0" * 64,
                given_at=given_at,
                withdrawn_at=given_at + dt.timedelta(days=1) if given_at < at else None,
            ),
            patient=patient,
            subject=subject,
        )
        for source, purpose, given_at in agreed
    ]
    ours += signed.resources(items, patient=patient, subject=subject, at=at)
    made = bundle(map(own, ours), number=patient.pk, at=at, synthetic=False)
    assert faults(json.loads("".join(made.chunks()))) == []


@given(name=words, kind=st.sampled_from(["Practitioner", "Organization", "Patient"]))
def test_a_reference_that_leads_nowhere_says_so_as_an_identifier(name: str, kind: str) -> None:
    resource = {"resourceType": "Observation", "id": "a", "performer": [{"reference": f"{kind}/{name}"}]}
    (entry,) = came.entries([resource], held=[], subject="b")
    (performer,) = entry.resource["performer"]
    assert performer["identifier"]["value"] == f"{kind}/{name}"
    assert "reference" not in performer
    assert performer["type"] == kind


def test_references_of_every_writing_lead_to_the_same_resource() -> None:
    number = str(uuid4())
    target = {"resourceType": "Observation", "id": number}
    for written in (f"urn:uuid:{number}", f"Observation/{number}", f"Observation/{number}/_history/2"):
        pointing = {"resourceType": "Provenance", "id": "p", "target": [{"reference": written}]}
        entries = came.entries([target, pointing], held=[], subject="x")
        assert entries[1].resource["target"] == [{"reference": f"urn:uuid:{number}"}]


def test_what_leads_to_a_server_or_is_contained_stays_as_it_is() -> None:
    for written in ("#inside", "https://elsewhere.example/Observation/1"):
        pointing = {"resourceType": "Provenance", "id": "p", "target": [{"reference": written}]}
        (entry,) = came.entries([pointing], held=[], subject="x")
        assert entry.resource["target"] == [{"reference": written}]


def test_a_patient_from_elsewhere_keeps_what_came_and_takes_the_name_that_stands_here() -> None:
    patient = Patient(record_number="CS-12345", zone="Asia/Tashkent", language="uz")
    before = {
        "resourceType": "Patient",
        "id": "patient-7",
        "identifier": [{"system": "http://hospital.example", "value": "7"}],
        "name": [{"given": ["Ada"], "family": "Lind"}],
        "gender": "female",
        "birthDate": "1990-02",
    }
    same = people.patient(person_of(patient, "Ada Lind", "", dt.date(1990, 2, 3)), patient, came_as=before)
    assert (same["id"], same["name"], same["gender"], same["birthDate"]) == (
        "patient-7",
        before["name"],
        "female",
        "1990-02",
    )
    assert len(same["identifier"]) == 2
    renamed = people.patient(person_of(patient, "Ada Berg", "", None), patient, came_as=before)
    assert renamed["name"] == [{"use": "official", "text": "Ada Berg"}]
