"""The web server behind nginx: sizes, and numbers that add up over its processes."""

import multiprocessing
import os
from typing import Any

bind = os.environ.get("COUNTERSIGN_BIND", "0.0.0.0:8000")
workers = int(os.environ.get("COUNTERSIGN_WEB_PROCESSES", multiprocessing.cpu_count() + 1))
threads = 4
worker_class = "gthread"
worker_tmp_dir = "/dev/shm"  # noqa: S108  memory, not a disk that may stall
graceful_timeout = 20
max_requests = 20_000
max_requests_jitter = 2_000
# Who may say that a request came over https. The application itself reads from where it came (clinic.proxies).
forwarded_allow_ips = ",".join(["127.0.0.1", "::1", *filter(None, [os.environ.get("TRUSTED_PROXIES")])])
# The addresses of requests are not logged: a link to join holds a code. The application logs each answer itself.
accesslog = None


def child_exit(server: Any, worker: Any) -> None:
    """Forget the numbers that only a living process has."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
