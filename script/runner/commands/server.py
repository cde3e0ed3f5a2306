"""script/server: Countersign with everything under it, in one command."""

import argparse
import os
import socket

from runner import address, assets, catalogues, frontend, packages, programs, sign_ins, supervisor
from runner.child import Child
from runner.console import RefusalError, Steps, paint, say
from runner.services import Services, own_database, start_kept
from runner.state import VARIABLE, State, open_state
from runner.tasks import FailedError
from runner.tasks import run as run_task

READY_SECONDS = 60.0
EPILOGUE = f"""
It makes what it needs: Python packages in .venv, fonts in node_modules, a PostgreSQL and a Redis of its own.
DATABASE_URL (docs/how-to/own-postgres.md) and REDIS_URL name others to use instead; {VARIABLE} names
another directory for its data, keys and logs. Ctrl-C ends everything.
"""


def options_of(arguments: list[str]) -> argparse.Namespace:
    """The command line of script/server."""
    parser = argparse.ArgumentParser(
        prog="script/server",
        description="Start Countersign with everything that it needs, and the demonstration clinic.",
        epilog=EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    usual = f"usually {address.USUAL_PORT} or the next free one"
    parser.add_argument("--port", type=int, help=f"listen on this port; {usual}")
    parser.add_argument(
        "--host", default="127.0.0.1", help="listen on this address; usually on this machine's own"
    )
    parser.add_argument(
        "--fresh", action="store_true", help="first delete the database and the keys it made before"
    )
    parser.add_argument("--no-demo", action="store_true", help="leave an empty database empty")
    return parser.parse_args(arguments)


def run(arguments: list[str]) -> int:
    """Serve until somebody ends it; 0 then, 1 when something under it failed."""
    options = options_of(arguments)
    asked = supervisor.Asked()
    state = open_state()
    if not state.take():
        raise RefusalError(already_running(state))
    try:
        listening = address.listen(options.host, options.port)
        if options.fresh:
            clear(state)
        say(f"Countersign   logs: {state.trimmed_logs()}")
        return serve(options, state, listening, asked)
    finally:
        state.release()


def already_running(state: State) -> str:
    """The sentence for a second server of one checkout."""
    place = state.announced().get("address")
    if place:
        return f"Countersign runs already, at {place}. End that one first, or use it."
    return "another script of this checkout is starting or at work. Wait for it, or end it first."


def clear(state: State) -> None:
    """Delete what earlier starts made, after saying so. RefusalError beside a database that was given."""
    if own_database():
        raise RefusalError(
            "--fresh deletes only a database made here, and DATABASE_URL names one of your own."
        )
    say(f"Deleting the database, keys and logs that earlier starts made in {state.directory}.")
    state.clear()


def serve(
    options: argparse.Namespace, state: State, listening: socket.socket, asked: supervisor.Asked
) -> int:
    """Prepare, start, watch, and end everything again."""
    services, children = Services(), list[Child]()
    died = None
    try:
        services = prepare(options, state)
        children = start(options, state, services, listening)
        tell(options, state, services, listening)
        asked.interrupting = False
        died = watch(services, children, asked)
    except KeyboardInterrupt:
        say()
    finally:
        asked.interrupting = False
        seconds = supervisor.stop_all(children, services.stop)
    if died is None:
        say(f"Ended after {seconds:.1f} s.")
        return 0
    raise RefusalError(
        f"{died.name} ended with status {died.exit_status}, so all was ended. What was saved is kept: start again, "
        f"and look here if it comes back.\n{died.last_lines()}"
    )


def watch(services: Services, children: list[Child], asked: supervisor.Asked) -> Child | None:
    """Wait until somebody ends it (None), or until something ends that the rest cannot do without."""
    watched = [*services.children(), *children]
    while (died := supervisor.watch(watched, asked)) is not None:
        if services.redis is None or died is not services.redis.child:
            return died
        say(
            f"Redis ended with status {died.exit_status}. Check-ins, help, review and the portal go on without it;"
        )
        say("new readings wait. To have it back, end this and start again.")
        watched.remove(died)
    return None


def prepare(options: argparse.Namespace, state: State) -> Services:
    """Environment, services, database, static files."""
    steps, log = Steps(), state.log("setup")
    with steps.step("Python packages") as note:
        note(packages.prepare("requirements.txt", log))
    with steps.step("translations") as note:
        note(catalogues.prepare(log))
    with steps.step("fonts and charts") as note:
        note(frontend.prepare(log))
    services = start_kept(state, steps)
    try:
        with steps.step("static files") as note:
            note(assets.prepare(services.environment, log))
        with steps.step("migrations"):
            command(["migrate", "--noinput"], services, state)
        if not options.no_demo:
            with steps.step("demonstration clinic", speaks=True):
                command(["seed_demo"], services, state, show=True)
    except BaseException:
        services.stop()
        raise
    return services


def command(words: list[str], services: Services, state: State, *, show: bool = False) -> None:
    """Run a management command. RefusalError when it fails."""
    environment = programs.surroundings_of_command(words, services.environment)
    try:
        run_task(programs.manage(*words), log=state.log("setup"), environment=environment, show=show)
    except FailedError as failure:
        raise RefusalError(f"the command {words[0]} failed.\n{failure}") from failure


def start(
    options: argparse.Namespace, state: State, services: Services, listening: socket.socket
) -> list[Child]:
    """Start the project's programs once the web server answers."""
    named = services.environment | address.allowed_hosts(options.host) | pages(options, state, listening)
    environment = programs.surroundings(named)
    socket_number = listening.fileno()
    children = [
        programs.web(environment, state.log("web"), bind=f"fd://{socket_number}", pass_fds=[socket_number]),
        programs.worker(environment, state.log("worker")),
        programs.beat(environment, state.log("beat"), schedule=state.made("beat") / "schedule"),
        programs.publisher(environment, state.log("publisher")),
    ]
    try:
        # The web server alone first: people wait for it, and the outbox keeps what the others are to do.
        with Steps().step("web server"):
            children[0].start()
            port = listening.getsockname()[1]
            children[0].wait_until(lambda: address.answers(options.host, port), seconds=READY_SECONDS)
        for child in children[1:]:
            child.start()
    except BaseException:
        supervisor.stop_all(children, lambda: None)
        raise
    return children


def pages(options: argparse.Namespace, state: State, listening: socket.socket) -> dict[str, str]:
    """Pages lead here, and without a mail server of one's own they are files of this machine and go nowhere else."""
    here = address.url_of(options.host, listening.getsockname()[1])
    named = {"PUBLIC_URL": os.environ.get("PUBLIC_URL", here)}
    if not {"EMAIL_URL", "EMAIL_URL_FILE", "PAGES_FOLDER"} & set(os.environ):
        named["PAGES_FOLDER"] = str(state.made("pages"))
    return named


def tell(options: argparse.Namespace, state: State, services: Services, listening: socket.socket) -> None:
    """Say where it runs and who may sign in; tell the other scripts of this checkout."""
    port = listening.getsockname()[1]
    place = address.url_of(options.host, port)
    state.announce(address=place, **services.ports())
    if options.port is None and port != address.USUAL_PORT:
        say(f"Port {address.USUAL_PORT} is taken, so port {port} is used.")
    if options.host in address.EVERY_ADDRESS and "ALLOWED_HOSTS" not in os.environ:
        say("Others reach it only under a name that ALLOWED_HOSTS lists.")
    say(f"\n{paint('Ready:', '1')} {paint(place, '1;4')}   (Ctrl-C ends it)")
    rows = sign_ins.read(services.environment)
    if rows or options.no_demo:
        say(sign_ins.told(rows))
