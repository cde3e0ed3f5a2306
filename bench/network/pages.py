"""What the server takes for the pages that a psychologist opens all day: time and number of queries."""

import datetime as dt
from time import perf_counter

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.network.contest import Line, percentile
from bench.network.people import person
from bench.network.scale import Scale
from clinic.models.patient import Patient
from clinic.models.user import Role, User
from clinic.reauth import ROLE_KEY

AIM_MS = 100.0


def measure(scale: Scale, *, at: dt.datetime, rounds: int) -> list[Line]:
    """The rows about pages, of twenty psychologists each with patients of their own."""
    opened: dict[str, list[float]] = {"queue": [], "patient page": [], "caseload": []}
    queries: dict[str, set[int]] = {name: set() for name in opened}
    for number in range(min(scale.psychologists, scale.opened)):
        client = _signed_in(User.objects.get(pk=person("staff", number)))
        for name, path in _paths(number, scale).items():
            client.get(path)
            for _ in range(max(2, rounds // 5)):
                opened[name].append(_taken(client, path))
            with CaptureQueriesContext(connection) as captured:
                client.get(path)
            queries[name].add(len(captured))
    return [_line(name, times, queries[name]) for name, times in opened.items()]


def _signed_in(user: User) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[ROLE_KEY] = str(Role.PSYCHOLOGIST)
    session.save()
    return client


def _paths(number: int, scale: Scale) -> dict[str, str]:
    patient = Patient.objects.get(pk=person("patient", number))
    return {
        "queue": reverse("queue"),
        "patient page": reverse("patient", args=[patient.record_number]),
        "caseload": reverse("patients"),
    }


def _taken(client: Client, path: str) -> float:
    began = perf_counter()
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return (perf_counter() - began) * 1_000


def _line(name: str, times: list[float], queries: set[int]) -> Line:
    p50, p95 = percentile(times, 0.5), percentile(times, 0.95)
    counted = f"{min(queries)}" if len(queries) == 1 else f"{min(queries)} to {max(queries)}"
    measured = f"{p50:.0f} ms, p95 {p95:.0f} ms; {counted} queries with session and frame"
    return Line(f"{name}, server time", measured, f"{AIM_MS:.0f} ms", p95 / AIM_MS, "p95 at most 1x")
