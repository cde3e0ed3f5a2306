"""script/manage: a management command of the project, with the services under it for as long as it runs."""

import sys
import time

from runner import foreground, packages, programs, supervisor
from runner.console import RefusalError, Steps
from runner.services import Services, of_running, start_kept
from runner.state import State, open_state

HELP = """usage: script/manage COMMAND [arguments]

Run a management command of the project with the database and Redis of this checkout: those of script/server
when it runs, else started for as long as the command needs. Standard input, output and the exit status are
the command's own. script/manage help lists the commands, script/manage help COMMAND explains one."""

WAIT_SECONDS = 30.0
"""How long to wait for another script of this checkout that is starting or at work."""


def run(arguments: list[str]) -> int:
    """Run the command; its exit status."""
    if not arguments or arguments[0] in {"-h", "--help"}:
        print(HELP)
        return 0 if arguments else 2
    asked = supervisor.Asked()
    state = open_state()
    services = services_for_one(state)
    try:
        asked.interrupting = False
        environment = programs.surroundings_of_command(arguments, services.environment)
        return foreground.run(programs.manage(*arguments), environment)
    finally:
        services.stop()
        state.release()


def services_for_one(state: State) -> Services:
    """Those of the server that runs here, else new ones. RefusalError when another script keeps them busy."""
    deadline = time.monotonic() + WAIT_SECONDS
    while not state.take():
        if state.announced():
            return of_running(state)
        if time.monotonic() > deadline:
            raise RefusalError("another script of this checkout is at work. Wait for it, or end it first.")
        time.sleep(0.2)
    if not packages.installed("requirements.txt"):
        print("Installing the Python packages first.", file=sys.stderr, flush=True)
        packages.prepare("requirements.txt", state.log("setup"))
    return start_kept(state, Steps(quiet=True))
