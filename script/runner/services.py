"""PostgreSQL, Redis and the secrets: what the environment gives is used, what it lacks is started here."""

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from runner import cluster, keys, roles
from runner.child import Child
from runner.console import RefusalError, Steps
from runner.installation import find_postgres
from runner.paths import temporary_directory
from runner.postgres_server import PostgresServer
from runner.redis_server import RedisServer, url_of
from runner.state import State


@dataclass(kw_only=True)
class Services:
    """What was started, the variables that lead to it, and the directory to throw away with it."""

    environment: dict[str, str] = field(default_factory=dict)
    postgres: PostgresServer | None = None
    redis: RedisServer | None = None
    directory: Path | None = None

    def place(self) -> Path:
        """The directory that is thrown away with the services, made when it is first needed."""
        self.directory = self.directory or temporary_directory()
        return self.directory

    def ports(self) -> dict[str, int]:
        """The port of each server that was started here."""
        servers = {"postgres_port": self.postgres, "redis_port": self.redis}
        return {name: server.port for name, server in servers.items() if server is not None}

    def children(self) -> list[Child]:
        """The servers that were started here, to be watched."""
        return [server.child for server in (self.postgres, self.redis) if server is not None and server.child]

    def stop(self) -> None:
        """End what was started and delete what was to be thrown away."""
        for server in (self.redis, self.postgres):
            if server is not None:
                server.stop()
        if self.directory is not None:
            shutil.rmtree(self.directory, ignore_errors=True)


def own_database() -> bool:
    """Whether a database was given; RefusalError when it was given only in part."""
    if "DATABASE_URL" not in os.environ:
        return False
    missing = [variable for variable in roles.VARIABLES if variable not in os.environ]
    if missing:
        raise RefusalError(
            f"DATABASE_URL is given, and {' and '.join(missing)} must be given with it: "
            "docs/how-to/own-postgres.md says how to make all four."
        )
    return True


def start_kept(state: State, steps: Steps) -> Services:
    """The services of a checkout, their data kept in its state directory."""
    services = Services()
    try:
        given = own_database()
        with steps.step("PostgreSQL") as note:
            note(_given("DATABASE_URL") if given else _start_postgres(services, state))
        with steps.step("Redis") as note:
            note(_given("REDIS_URL") if "REDIS_URL" in os.environ else _start_redis(services, state))
        services.environment |= keys.kept(state, own_database=given)
    except BaseException:
        services.stop()
        raise
    return services


def of_running(state: State) -> Services:
    """The services of this checkout's server that runs now, which ends them itself."""
    given, facts = own_database(), state.announced()
    services = Services()
    if not given and "postgres_port" not in facts:
        raise RefusalError("script/server runs here with the database of DATABASE_URL: give it here too.")
    if not given:
        server = f"postgres://127.0.0.1:{facts['postgres_port']}/"
        services.environment |= roles.urls(keys.passwords(state), server)
    if "REDIS_URL" not in os.environ and "redis_port" in facts:
        services.environment["REDIS_URL"] = url_of(int(facts["redis_port"]), keys.redis_password(state))
    services.environment |= keys.kept(state, own_database=given)
    return services


def start_throwaway(*, everything: bool = True) -> Services:
    """Services for tests: new, empty, on ports of their own, in a directory that goes with them.

    With `everything` False only what the environment does not give is started.
    """
    services = Services()
    try:
        if everything or not own_database():
            services.postgres = private_postgres(services.place())
            services.postgres.start()
            services.environment |= services.postgres.environment()
        if everything or "REDIS_URL" not in os.environ:
            services.redis = private_redis(services.place())
            services.redis.start()
            services.environment["REDIS_URL"] = services.redis.url
        for name, value in keys.fresh().items():
            if everything or not (name in os.environ or f"{name}_FILE" in os.environ):
                services.environment[name] = value
    except BaseException:
        services.stop()
        raise
    return services


def private_postgres(directory: Path) -> PostgresServer:
    """A PostgreSQL for one test, not yet started, to stop, kill and start again; empty but for its roles.

    `directory` must be passable by every user, as those of `paths.temporary_directory` are.
    """
    return PostgresServer(
        directory=directory / "postgres",
        installation=find_postgres(),
        passwords=cluster.new_passwords(),
        log=directory / "postgres.log",
        throwaway=True,
    )


def private_redis(directory: Path) -> RedisServer:
    """A Redis for one test, not yet started, to stop, kill, pause and start again."""
    return RedisServer(directory=directory / "redis", password=keys.token(), log=directory / "redis.log")


def _start_postgres(services: Services, state: State) -> str:
    installation = find_postgres()
    services.postgres = PostgresServer(
        directory=state.path("postgres"),
        installation=installation,
        passwords=keys.passwords(state),
        log=state.log("postgres"),
    )
    services.postgres.start()
    services.environment |= services.postgres.environment()
    return f"{installation.version}, on port {services.postgres.port}"


def _start_redis(services: Services, state: State) -> str:
    services.redis = RedisServer(
        directory=state.path("redis"),
        password=keys.redis_password(state),
        log=state.log("redis"),
        durable=True,
    )
    services.redis.start()
    services.environment["REDIS_URL"] = services.redis.url
    return f"on port {services.redis.port}"


def _given(variable: str) -> str:
    return f"the one that {variable} names"
