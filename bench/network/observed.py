"""Observations, readings and drafts of the network: made inside PostgreSQL, in the order in which they would arrive."""

import datetime as dt
import json

import psycopg

from bench.network.people import person
from bench.network.scale import Scale
from clinic.keys import Ring
from recommendations import releases
from recommendations.catalogue import CatalogueEntry, texts
from recommendations.models.reading import MoodReading
from recommendations.models.suggestion import Suggestion
from recommendations.words import PlanWords, seal_draft

SIGNALS = {"sleep": "8", "steps": "9000", "activity": "60", "social": "120", "screen": "5"}
CODES = ("behavioural_activation", "paced_breathing", "planned_walk")

# A check-in arrives day by day, everybody's one after the other: nobody's rows lie together on the disk.
PLAIN = """
INSERT INTO clinic_observation (patient_id, signal, source, value, happened_at, local_date)
SELECT p.id, 'mood', 'check_in', round((3 + 4 * random())::numeric), d + interval '9 h', d::date
FROM generate_series(%(today)s::timestamptz - %(days)s * interval '1 day', %(today)s::timestamptz, '1 day') d
CROSS JOIN clinic_patient p
WHERE right(p.record_number, 6)::int %(rich)s
"""

RICH = """
INSERT INTO clinic_observation (patient_id, signal, source, value, happened_at, local_date)
SELECT p.id, s.signal, s.source, s.middle * (0.5 + random()), d + interval '9 h', d::date
FROM generate_series(%(today)s::timestamptz - %(days)s * interval '1 day', %(today)s::timestamptz, '1 day') d
CROSS JOIN (SELECT * FROM clinic_patient WHERE right(record_number, 6)::int < %(rich)s) p
CROSS JOIN (VALUES {values}) AS s (signal, source, middle)
"""

READINGS = """
INSERT INTO recommendations_moodreading (patient_id, release_id, as_of, level, lower, upper, usual_low, usual_high,
    days_of_evidence, held_back, direction, facts, inputs_digest, digest)
SELECT p.id, r.id, d::date, 4.2, 3.4, 5.0, 4.8, 6.4, 24, '', 'likely_worse', %(facts)s::jsonb,
       sha256((p.id::text || d::text)::bytea), sha256((d::text || p.id::text)::bytea)
FROM generate_series(%(yesterday)s::timestamptz - interval '9 days', %(yesterday)s::timestamptz, '1 day') d
CROSS JOIN clinic_patient p CROSS JOIN recommendations_modelrelease r WHERE r.name = 'mood-1'
"""

DRAFTS = """
INSERT INTO recommendations_suggestion (id, patient_id, intervention_id, code, reading_id, release_id, body, facts,
    digest, waiting_since, happened_at, state, round)
SELECT gen_random_uuid(), p.id, i.id, i.code, m.id, r.id,
       decode(repeat(md5(p.id::text || n), 24), 'hex'), %(pieces)s::jsonb, repeat(md5(p.id::text || n), 2),
       w.since, w.since, CASE WHEN n = 1 OR (n = 2 AND right(p.record_number, 1)::int %% 2 = 0) THEN 'open'
       WHEN n %% 2 = 0 THEN 'approved' ELSE 'rejected' END, 1
FROM clinic_patient p
JOIN recommendations_moodreading m ON m.patient_id = p.id AND m.as_of = %(yesterday)s::timestamptz::date
CROSS JOIN generate_series(1, %(each)s) n
JOIN LATERAL (SELECT * FROM recommendations_intervention ORDER BY code OFFSET n %% 3 LIMIT 1) i ON true
CROSS JOIN LATERAL (SELECT %(today)s::timestamptz - n * interval '5 day' - random() * interval '5 day' AS since) w
CROSS JOIN recommendations_modelrelease r
WHERE r.name = 'suggest-1' AND right(p.record_number, 6)::int %% %(psychologists)s >= %(opened)s
"""

FACTS = {
    **{"below_usual": 6, "recent_days": 14, "recent_lowest": 3, "recent_highest": 6, "usual_middle": 5.6},
    **{"run_below": 4, "swing_recent": 1.2, "swing_usual": 1.1, "longest_gap": 2},
}
PIECES = [
    {"key": key, "side": "for", "weight": "strong", "figures": FACTS}
    for key in ("below_usual", "level", "run_below", "swing", "not_below", "gap")
]


def sealed_drafts(scale: Scale, ring: Ring, *, today: dt.date) -> None:
    """The drafts of the psychologists whose pages are opened: their words can be read."""
    rows, release = texts.standing(), releases.suggest()
    codes = sorted(rows)
    owners = [n for n in range(scale.patients) if n % scale.psychologists < scale.opened]
    ids = [person("patient", n) for n in owners]
    newest = MoodReading.objects.filter(patient__in=ids, as_of=today - dt.timedelta(days=1))
    begin = dt.datetime.combine(today, dt.time(), dt.UTC)
    made = []
    for place, reading in enumerate(newest):
        for number in range(scale.drafts_each):
            code = codes[number % len(codes)]
            since = begin - dt.timedelta(days=5 * number, minutes=place)
            draft = Suggestion(
                patient_id=reading.patient_id,
                intervention=rows[code].row,
                code=code,
                reading=reading,
                release=release,
                facts=PIECES,
                waiting_since=since,
                happened_at=since,
                state=_state(number, place),
            )
            seal_draft(draft, words_of(rows[code].entry), ring)
            made.append(draft)
    Suggestion.objects.bulk_create(made, batch_size=1_000)


def _state(number: int, place: int) -> str:
    """One or two of each patient's drafts wait, half of the rest were signed."""
    waits = number == 0 or (number == 1 and place % 2 == 0)
    return "open" if waits else ("approved" if number % 2 else "rejected")


def words_of(entry: CatalogueEntry) -> PlanWords:
    """The patient's words of a catalogue entry."""
    return PlanWords(
        language="en", title=entry.title, words=entry.words, dose=entry.dose, stop_rule=entry.stop_rule
    )


def observations(cursor: psycopg.Cursor, scale: Scale, *, today: dt.date) -> None:
    """Moods of everybody; six signals of those whose record is rich."""
    limit = f">= {scale.rich}"
    plain = PLAIN.replace("%(rich)s", limit)
    cursor.execute(plain, {"today": today, "days": scale.plain_days - 1})
    pairs = ", ".join(f"('{signal}', 'device', {middle}.0)" for signal, middle in SIGNALS.items())
    rich = RICH.format(values=f"('mood', 'check_in', 5.0), {pairs}").replace("%(rich)s", str(scale.rich))
    cursor.execute(rich, {"today": today, "days": scale.days - 1})


def readings(cursor: psycopg.Cursor, *, today: dt.date) -> None:
    """The last ten days before today, as stored."""
    values = {"yesterday": today - dt.timedelta(days=1), "facts": json.dumps(FACTS)}
    cursor.execute(READINGS, values)


def drafts(cursor: psycopg.Cursor, scale: Scale, *, today: dt.date) -> None:
    """Open and decided drafts of everybody but those whose pages are opened."""
    values = {
        "today": today,
        "yesterday": today - dt.timedelta(days=1),
        "each": scale.drafts_each,
        "psychologists": scale.psychologists,
        "opened": scale.opened,
        "pieces": json.dumps(PIECES),
    }
    cursor.execute(DRAFTS, values)
