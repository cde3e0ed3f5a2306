"""The queue's own query against the raw prepared join and against django-guardian; the first page against the last."""

import datetime as dt
from collections.abc import Callable
from itertools import cycle
from unittest import mock
from uuid import UUID

import psycopg
from django.db import connection
from django.db.models import QuerySet
from guardian.models import UserObjectPermission
from guardian.shortcuts import get_objects_for_user

from bench.network.contest import Line, medians
from bench.network.people import person
from bench.network.scale import Scale
from clinic.models.patient import Patient
from clinic.models.user import User
from recommendations import queue
from recommendations.models.suggestion import Suggestion
from recommendations.queue import Cursor

PAGE = 51

RAW = """
SELECT s.id, s.code, s.waiting_since, s.patient_id, p.record_number
FROM clinic_carerelationship c
JOIN recommendations_suggestion s ON s.patient_id = c.patient_id AND s.state = 'open'
JOIN clinic_patient p ON p.id = c.patient_id
WHERE c.user_id = %s AND c.kind IN ('treating', 'covering') AND c.starts_at <= %s
  AND (c.ends_at IS NULL OR c.ends_at > %s)
ORDER BY s.waiting_since, s.id LIMIT 51
"""


def measure(scale: Scale, *, at: dt.datetime, rounds: int) -> list[Line]:
    """The rows about lists."""
    users = [User.objects.get(pk=person("staff", n)) for n in range(min(scale.psychologists, scale.opened))]
    return [*_against(users, at, rounds), *_paging(users[0], at, rounds)]


def _each(users: list[User], work: Callable[[User], object]) -> Callable[[], object]:
    """The same work for one person after the other, so that no round asks for what the last one read."""
    turns = cycle(users)
    return lambda: work(next(turns))


def _against(users: list[User], at: dt.datetime, rounds: int) -> list[Line]:
    connection.ensure_connection()
    raw_cursor = psycopg.Cursor(connection.connection)  # Django's own cursor prepares nothing

    def raw(user: User) -> object:
        return raw_cursor.execute(RAW, [user.pk, at, at], prepare=True).fetchall()

    works: dict[str, Callable[[User], object]] = {
        "raw": raw,
        "ours": lambda user: queue.page(user, at=at, limit=PAGE),
        "as it comes": guardian_as_it_comes,
        "direct": guardian_direct,
    }
    ms = medians({name: _each(users, work) for name, work in works.items()}, rounds=rounds)
    said = {name: f"{value:.1f} ms" for name, value in ms.items()}
    ours = f"ours, {said['ours']}"
    return [
        Line(
            "queue, the list's query and its rows",
            said["ours"],
            f"raw prepared join, {said['raw']}",
            ms["ours"] / ms["raw"],
            "at most 2.5x",
        ),
        Line(
            "the same drafts by guardian's get_objects_for_user as it comes: generic table, groups",
            said["as it comes"],
            ours,
            ms["as it comes"] / ms["ours"],
            "at least 10x",
        ),
        Line(
            "the same by get_objects_for_user on a table with a direct foreign key, without groups",
            said["direct"],
            ours,
            ms["direct"] / ms["ours"],
        ),
    ]


def guardian_as_it_comes(user: User) -> object:
    """The page by django-guardian's subquery, with the table and the options that it has where nobody chose others."""
    with mock.patch("guardian.shortcuts.get_user_obj_perms_model", return_value=UserObjectPermission):
        return _page_of(get_objects_for_user(user, "clinic.review_drafts", Patient))


def guardian_direct(user: User) -> object:
    """The same with the project's own permission table."""
    return _page_of(get_objects_for_user(user, "clinic.review_drafts", Patient, use_groups=False))


def _page_of(allowed: QuerySet[Patient]) -> list[Suggestion]:
    drafts = Suggestion.objects.filter(state="open", patient__in=allowed)
    return list(drafts.order_by("waiting_since", "id").select_related("patient", "reading")[:PAGE])


def _paging(user: User, at: dt.datetime, rounds: int) -> list[Line]:
    everything = list(queue.drafts_for(user, at=at).values_list("waiting_since", "id"))
    last = Cursor(*_cursor(everything[-PAGE - 1]))
    taken = medians(
        {
            "first": lambda: queue.page(user, at=at, limit=PAGE),
            "last": lambda: queue.page(user, at=at, limit=PAGE, after=last),
        },
        rounds=rounds,
    )
    ratio = taken["last"] / taken["first"]
    first = f"the first, {taken['first']:.1f} ms"
    work = f"queue, the last page of {len(everything)} drafts"
    return [Line(work, f"{taken['last']:.1f} ms", first, ratio, "at most 1.5x")]


def _cursor(row: tuple[dt.datetime, UUID]) -> tuple[dt.datetime, UUID]:
    return row
