"""How long a stranger waits: clean clone to a signed-in queue page, second start, Ctrl-C; real processes, real pages.

The anchor is the least that any start from a clean clone must do: a virtual environment with the packages of
requirements.txt, installed by the same installer from the same warm cache.

    python bench/bench_start.py [--port 8765]
"""

import argparse
import http.cookiejar
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from pathlib import Path
from time import monotonic, sleep

PROJECT = Path(__file__).resolve().parent.parent
LONGEST = 180.0
SIGN_IN_NAME, PASSWORD = "maya", "only-a-demonstration"


def queue_page(port: int) -> bool:
    """Whether a psychologist who signs in now gets the queue page."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    address = f"http://127.0.0.1:{port}/sign-in/"
    try:
        page = opener.open(address, timeout=5).read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        fields = {
            "username": SIGN_IN_NAME,
            "password": PASSWORD,
            "csrfmiddlewaretoken": token[1] if token else "",
        }
        answer = opener.open(address, urllib.parse.urlencode(fields).encode(), timeout=10)
    except OSError:
        return False
    return bool(answer.geturl().endswith("/queue/") and answer.status == 200)


def started(clone: Path, port: int, environment: dict[str, str]) -> tuple[subprocess.Popen[bytes], float]:
    """script/server, and the seconds until the queue page came."""
    began = monotonic()
    server = subprocess.Popen(
        [clone / "script" / "server", "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=sys.stderr,
    )
    while not queue_page(port):
        if server.poll() is not None or monotonic() - began > LONGEST:
            server.terminate()
            raise SystemExit("script/server did not come up")
        sleep(0.1)
    return server, monotonic() - began


def stopped(server: subprocess.Popen[bytes]) -> float:
    """Ctrl-C, and the seconds until every process has ended."""
    began = monotonic()
    server.send_signal(signal.SIGINT)
    server.wait(30)
    return monotonic() - began


def installed(folder: Path) -> float:
    """The anchor: an environment with the packages alone."""
    began = monotonic()
    uv = shutil.which("uv")
    venv = folder / "anchor"
    if uv:
        subprocess.run([uv, "venv", "-q", venv], check=True)
        command: list[str | Path] = [uv, "pip", "install", "-q", "--python", venv / "bin" / "python"]
    else:
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        command = [venv / "bin" / "python", "-m", "pip", "install", "-q"]
    subprocess.run([*command, "-r", PROJECT / "requirements.txt"], check=True)
    return monotonic() - began


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--port", type=int, default=8765)
    port = parser.parse_args().port
    with tempfile.TemporaryDirectory(prefix="countersign bench ") as name:
        folder = Path(name)
        folder.chmod(0o755)
        clone = folder / "a clean clone"
        subprocess.run(["git", "clone", "-q", PROJECT, clone], check=True)
        environment = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
        environment["COUNTERSIGN_STATE"] = str(folder / "state")
        anchor = installed(folder)
        server, first = started(clone, port, environment)
        first_stop = stopped(server)
        server, second = started(clone, port, environment)
        second_stop = stopped(server)
    rows = {
        "packages alone, warm cache (anchor)": anchor,
        "clean clone to the signed-in queue page": first,
        "second start to the signed-in queue page": second,
        "Ctrl-C until nothing is left, first and second": max(first_stop, second_stop),
    }
    print("| start | seconds | against the packages alone |\n|---|---|---|")
    for what, seconds in rows.items():
        print(f"| {what} | {seconds:.1f} | {seconds / anchor:.1f}x |")


if __name__ == "__main__":
    main()
