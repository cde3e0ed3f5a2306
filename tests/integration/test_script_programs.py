"""Programs that are started: they end with what they started, and never outlive who started them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from runner import supervisor
from runner.child import Child
from runner.console import RefusalError
from runner.paths import SCRIPT
from runner.tasks import FailedError, run

SLEEPER = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)"]
PARENT_OF_ONE = [
    sys.executable,
    "-c",
    "import subprocess, sys; child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
    "print('child', child.pid, flush=True); child.wait()",
]
SUPERVISOR = """
import subprocess, sys, time
from pathlib import Path
sys.path.insert(0, {script!r})
from runner.child import Child
command = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)"]
if {bound}:
    child = Child(name="sleeper", command=command, environment={{}}, log=Path({log!r}), directory=Path("/"))
    child.start()
    child.wait_until(lambda: child.said("up"), seconds=20)
    print(child.pid, flush=True)
else:
    print(subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL).pid, flush=True)
time.sleep(60)
"""


def runs(pid: int) -> bool:
    """Whether the process exists and is no mere entry that nobody has asked about yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def comes_true(condition: Callable[[], bool], seconds: float = 10.0) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def child_of(command: list[str], tmp_path: Path, *, grace: float = 3.0) -> Child:
    log = tmp_path / "log"
    return Child(
        name="the program", command=command, environment={}, log=log, directory=tmp_path, grace=grace
    )


def killed_supervisor_leaves(tmp_path: Path, *, bound: bool) -> int:
    """Start a supervisor with one child, kill -9 the supervisor; the child's process id."""
    text = SUPERVISOR.format(script=str(SCRIPT), bound=bound, log=str(tmp_path / "log"))
    with subprocess.Popen([sys.executable, "-c", text], stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout is not None
        pid = int(started.stdout.readline())
        assert runs(pid)
        started.kill()
    return pid


linux_only = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux tells a child that its parent is gone"
)


@linux_only
def test_a_child_ends_when_its_supervisor_is_killed(tmp_path: Path) -> None:
    pid = killed_supervisor_leaves(tmp_path, bound=True)
    assert comes_true(lambda: not runs(pid))


@linux_only
def test_a_child_that_is_not_bound_is_seen_to_outlive_its_supervisor(tmp_path: Path) -> None:
    """The planted fault: without it the test above could pass for another reason."""
    pid = killed_supervisor_leaves(tmp_path, bound=False)
    assert not comes_true(lambda: not runs(pid), seconds=0.5)
    os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize("how", ["stop", "kill"])
def test_a_child_ends_with_all_that_it_started(tmp_path: Path, how: str) -> None:
    child = child_of(PARENT_OF_ONE, tmp_path)
    child.start()
    child.wait_until(lambda: child.said("\n"), seconds=20)
    grandchild = int(child.log.read_text().split()[1])
    assert runs(grandchild)
    getattr(child, how)()
    assert not child.alive
    assert comes_true(lambda: not runs(grandchild))


def test_a_child_that_does_not_listen_is_killed_after_its_grace(tmp_path: Path) -> None:
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
    child = child_of([sys.executable, "-c", deaf], tmp_path, grace=0)
    child.start()
    child.wait_until(lambda: child.said("up"), seconds=20)
    child.stop()
    assert child.exit_status == -signal.SIGKILL


def test_a_program_that_ends_too_early_is_shown_with_its_last_lines(tmp_path: Path) -> None:
    child = child_of([sys.executable, "-c", "print('no such table'); raise SystemExit(3)"], tmp_path)
    child.start()
    with pytest.raises(RefusalError, match=r"(?s)ended with status 3.*no such table"):
        child.wait_until(lambda: False, seconds=20)


def test_a_program_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(FailedError, match="/no/such/program"):
        run(["/no/such/program"], log=tmp_path / "log")


def test_the_supervisor_names_the_program_that_ended(tmp_path: Path) -> None:
    lasting, brief = child_of(SLEEPER, tmp_path), child_of([sys.executable, "-c", ""], tmp_path)
    before = {number: signal.getsignal(number) for number in supervisor.SIGNALS}
    try:
        asked = supervisor.Asked()
        lasting.start()
        brief.start()
        assert supervisor.watch([lasting, brief], asked) is brief
        supervisor.stop_all([lasting, brief], lambda: None)
        assert not lasting.alive
    finally:
        for number, action in before.items():
            signal.signal(number, action)


def test_a_signal_interrupts_the_preparation_and_only_ends_the_watch_later(tmp_path: Path) -> None:
    before = {number: signal.getsignal(number) for number in supervisor.SIGNALS}
    try:
        asked = supervisor.Asked()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGTERM)
        assert supervisor.watch([], asked) is None
    finally:
        for number, action in before.items():
            signal.signal(number, action)
