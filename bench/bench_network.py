"""A clinic network of 100,000 patients: lists, pages and scoring on it, each beside its anchor.

Made up by the benchmark: 500 psychologists of 200 patients, a million drafts, ten million observations. Contestants
take turns, so that a noisy machine hits all of them; figures are medians.

    python bench/bench_network.py [--patients 100000] [--rounds 15] [--parts lists reads pages scored]
"""

import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.network.server import PROJECT, network_environment


def main() -> int:
    """Start services, make and measure the network in a process of its own, throw everything away."""
    places = ":".join(str(PROJECT / place) for place in (".", "script"))
    command = [sys.executable, "-m", "bench.network.run", *sys.argv[1:]]
    if {"-h", "--help"} & set(sys.argv[1:]):
        return subprocess.run(command, check=False, cwd=PROJECT).returncode
    with network_environment() as environment:
        own = {"DJANGO_SETTINGS_MODULE": "clinic.settings", "PYTHONPATH": places}
        return subprocess.run(command, check=False, cwd=PROJECT, env=environment | own).returncode


if __name__ == "__main__":
    raise SystemExit(main())
