"""Which way imports go: the contracts hold, and each sees the bad import that is planted for it."""

from pathlib import Path

import pytest

from tests.contracts import contract_ids, copy_of_the_tree, judged, plant

FAULTS: dict[str, list[tuple[str, str]]] = {
    "layers": [
        ("clinic/clock.py", "from recommendations import words"),
        ("audit/record.py", "def late():\n    from clinic import clock"),
        ("recommendations/words.py", "import dashboard.access"),
    ],
    "product": [("clinic/clock.py", "import tests.cast"), ("recommendations/words.py", "import bench")],
    "recommendations": [
        ("recommendations/review/stop.py", "from recommendations import tasks"),
        ("recommendations/models/reading.py", "from recommendations import words"),
        ("recommendations/workflow.py", "from recommendations.models.suggestion import Suggestion"),
        ("recommendations/newcomer.py", '"""A module that nobody gave its place."""'),
    ],
    "scoring": [
        ("recommendations/scoring/mood.py", "from django.conf import settings"),
        ("recommendations/scoring/series.py", "import redis"),
        ("recommendations/scoring/usual.py", "from clinic import clock"),
    ],
    "publication": [
        ("recommendations/suggest.py", "from recommendations.models.publication import Publication"),
        ("recommendations/tasks.py", "import recommendations.models.publication as p"),
        ("dashboard/review/sign.py", "from recommendations.models.publication import Publication"),
        ("dashboard/portal/today.py", "from recommendations.models import publication"),
    ],
    "portal": [
        ("dashboard/portal/today.py", "from recommendations.models.suggestion import Suggestion"),
        ("dashboard/portal/plan.py", "from recommendations import review"),
        ("dashboard/portal/mood.py", "def late():\n    from recommendations.readings import latest"),
        ("dashboard/figures/portal.py", "from recommendations import queue"),
        ("dashboard/access.py", "def late():\n    from recommendations.models.suggestion import Suggestion"),
        ("dashboard/api/mine.py", "from recommendations import queue"),
    ],
    "guardian": [
        ("dashboard/caseload/record.py", "from guardian.shortcuts import get_perms"),
        ("recommendations/queue.py", "from guardian.shortcuts import get_objects_for_user"),
    ],
    "pages": [
        ("dashboard/safety/alert.py", "from dashboard.review import sign"),
        ("dashboard/governance/log.py", "from dashboard.portal import today"),
        ("dashboard/access.py", "from dashboard.entrance import views"),
        ("dashboard/newcomer.py", '"""A module that nobody gave its place."""'),
    ],
    "apart": [
        ("dashboard/portal/today.py", "from dashboard.caseload import record"),
        ("dashboard/governance/log.py", "from dashboard.review import sign"),
        ("dashboard/figures/portal.py", "from dashboard.safety import alert"),
    ],
    "messages": [
        ("recommendations/suggest.py", "from clinic import staff_messages"),
        ("dashboard/caseload/record.py", "from clinic.staff_messages import send"),
        ("clinic/clock.py", "from clinic import message_rows"),
        ("recommendations/pipeline.py", "from clinic.message_rows import store"),
    ],
    "appointments": [
        ("dashboard/caseload/visits.py", "from clinic import staff_appointments"),
        ("recommendations/handover/transfer.py", "from clinic.appointment_rows import store"),
    ],
    "plans": [
        ("dashboard/caseload/visits.py", "from clinic import staff_safety_plan"),
        ("dashboard/portal/plan.py", "from clinic.safety_plan_rows import put"),
    ],
}


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree as it stands."""
    return copy_of_the_tree(tmp_path_factory.mktemp("tree"))


def test_there_is_a_planted_fault_for_every_contract() -> None:
    assert list(FAULTS) == contract_ids()


@pytest.mark.parametrize("contract", FAULTS)
def test_the_tree_keeps_the_contract(tree: Path, contract: str) -> None:
    assert judged(tree, contract=contract).broken == frozenset()


@pytest.mark.parametrize(
    ("contract", "path", "text"),
    [(contract, path, text) for contract, faults in FAULTS.items() for path, text in faults],
)
def test_a_bad_import_breaks_the_contract(tree: Path, contract: str, path: str, text: str) -> None:
    target = tree / path
    before = target.read_text(encoding="utf-8") if target.exists() else None
    plant(tree, {path: text})
    try:
        verdict = judged(tree, contract=contract)
    finally:
        target.write_text(before, encoding="utf-8") if before is not None else target.unlink()
    assert verdict.broken == {contract}, verdict.output
