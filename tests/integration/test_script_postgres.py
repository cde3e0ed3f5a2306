"""The embedded PostgreSQL: its roles, its doors, what survives kill -9, how it is made on a server of your own."""

from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from runner import cluster, roles
from runner.commands import database
from runner.console import RefusalError
from runner.installation import find_postgres
from runner.postgres_server import PostgresServer

ATTRIBUTES = "rolcanlogin, rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls"


def ask(url: str, question: str, *values: object) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True, connect_timeout=5) as connection:
        return list(connection.execute(question, values).fetchall())


@pytest.mark.parametrize(
    ("role", "may_create_databases"), [("owner", True), ("app", False), ("portal", False), ("keys", True)]
)
def test_each_role_may_sign_in_and_nothing_more(
    private_postgres: PostgresServer, role: str, may_create_databases: bool
) -> None:
    found = ask(
        private_postgres.superuser_url(), f"SELECT {ATTRIBUTES} FROM pg_roles WHERE rolname = %s", role
    )
    assert found == [(True, False, may_create_databases, False, False, False)]


def test_no_role_is_a_member_of_another_and_app_and_portal_own_nothing(
    private_postgres: PostgresServer,
) -> None:
    admin = private_postgres.superuser_url()
    ours = list(roles.ATTRIBUTES)
    members = ask(
        admin, "SELECT member::regrole::text FROM pg_auth_members WHERE member::regrole::text = ANY(%s)", ours
    )
    assert members == []
    owners = ask(
        admin, "SELECT datname, datdba::regrole::text FROM pg_database WHERE datname LIKE 'countersign%%'"
    )
    assert sorted(owners) == [("countersign", "owner"), ("countersign_keys", "keys")]


def test_names_sort_by_code_point_on_every_machine(private_postgres: PostgresServer) -> None:
    url = private_postgres.environment()["DATABASE_URL"]
    found = ask(url, "SELECT datlocprovider, datlocale FROM pg_database WHERE datname = current_database()")
    assert [(str(provider), name) for provider, name in found] == [("b", "C.UTF-8")]


def test_each_url_leads_its_role_to_its_database(private_postgres: PostgresServer) -> None:
    reached = {
        variable: ask(url, "SELECT session_user::text, current_database()::text")[0]
        for variable, url in private_postgres.environment().items()
    }
    assert reached == roles.VARIABLES


def test_nobody_comes_in_without_the_right_password(private_postgres: PostgresServer) -> None:
    url = private_postgres.environment()["DATABASE_URL"]
    wrong = url.replace(private_postgres.passwords["app"], private_postgres.passwords["portal"])
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        ask(wrong, "SELECT 1")


def test_the_server_listens_on_this_machine_alone(private_postgres: PostgresServer) -> None:
    url = private_postgres.superuser_url()
    assert ask(url, "SHOW listen_addresses") == [("127.0.0.1",)]
    assert ask(url, "SHOW unix_socket_directories") == [("",)]


def test_every_committed_row_is_there_after_kill_9(private_postgres: PostgresServer) -> None:
    url = private_postgres.environment()["DATABASE_OWNER_URL"]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (number integer)")
        for number in range(50):
            connection.execute("INSERT INTO kept VALUES (%s)", [number])
        private_postgres.kill()
    with pytest.raises(psycopg.OperationalError):
        ask(url, "SELECT 1")
    private_postgres.start()
    assert ask(url, "SELECT count(*), max(number) FROM kept") == [(50, 49)]


def test_it_is_made_in_a_directory_with_spaces(passable_directory: Path) -> None:
    server = PostgresServer(
        directory=passable_directory / "one of  several",
        installation=find_postgres(),
        passwords=cluster.new_passwords(),
        log=passable_directory / "its log.txt",
        throwaway=True,
    )
    passable_directory.joinpath("one of  several").mkdir()
    server.start()
    try:
        assert ask(server.environment()["KEYSTORE_URL"], "SELECT 1") == [(1,)]
    finally:
        server.stop()


def test_data_of_another_version_is_refused_in_a_sentence(private_postgres: PostgresServer) -> None:
    private_postgres.stop()
    (private_postgres.data / "PG_VERSION").write_text("12\n", encoding="utf-8")
    with pytest.raises(RefusalError, match="was made by PostgreSQL 12"):
        private_postgres.start()


@pytest.fixture
def server_of_your_own(private_postgres: PostgresServer) -> PostgresServer:
    """A server on which somebody else's administrator works: none of our roles and databases exist."""
    with psycopg.connect(private_postgres.superuser_url(), autocommit=True) as connection:
        for name in roles.OWNERS:
            connection.execute(f"DROP DATABASE {name}")
        for role in roles.ATTRIBUTES:
            connection.execute(f"DROP ROLE {role}")
        connection.execute("CREATE ROLE admin LOGIN CREATEROLE CREATEDB PASSWORD 'administers'")
    return private_postgres


@pytest.mark.parametrize("administrator", ["postgres", "admin"])
def test_an_administrator_makes_roles_and_databases_with_one_command(
    server_of_your_own: PostgresServer, administrator: str
) -> None:
    admin_url = server_of_your_own.superuser_url()
    if administrator == "admin":
        admin_url = f"postgres://admin:administers@127.0.0.1:{server_of_your_own.port}/postgres"
    passwords = roles.new_passwords()
    database.make(admin_url, passwords)
    for variable, url in roles.urls(passwords, admin_url).items():
        assert ask(url, "SELECT session_user::text, current_database()::text") == [roles.VARIABLES[variable]]
    members = ask(
        server_of_your_own.superuser_url(),
        "SELECT roleid::regrole::text FROM pg_auth_members WHERE member = 'admin'::regrole AND set_option",
    )
    assert members == []


def test_made_again_the_roles_get_new_passwords_and_the_data_stays(private_postgres: PostgresServer) -> None:
    before = private_postgres.environment()
    with psycopg.connect(before["DATABASE_OWNER_URL"], autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS number")
    passwords = roles.new_passwords()
    database.make(private_postgres.superuser_url(), passwords)
    after = roles.urls(passwords, private_postgres.superuser_url())
    assert ask(after["DATABASE_OWNER_URL"], "SELECT number FROM kept") == [(1,)]
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        ask(before["DATABASE_OWNER_URL"], "SELECT 1")


def test_a_server_that_cannot_be_reached_is_named_in_a_sentence() -> None:
    with pytest.raises(RefusalError, match="the server refused"):
        database.make("postgres://admin:administers@127.0.0.1:1/postgres", roles.new_passwords())


def test_urls_keep_the_place_and_the_options_of_the_server() -> None:
    made = roles.urls(
        dict.fromkeys(roles.ATTRIBUTES, "pw"), "postgres://admin:x@db.example:6432/postgres?sslmode=require"
    )
    assert made["KEYSTORE_URL"] == "postgres://keys:pw@db.example:6432/countersign_keys?sslmode=require"


def test_the_servers_own_log_holds_no_value_of_a_statement_that_fails(
    private_postgres: PostgresServer,
) -> None:
    with psycopg.connect(private_postgres.superuser_url(), autocommit=True) as connection:
        connection.execute("CREATE TABLE people (name text UNIQUE, password text)")
        for _try in range(2):
            with suppress(psycopg.errors.UniqueViolation):
                connection.execute("INSERT INTO people VALUES ('amara-77', 'argon2$secret')")
        connection.execute("DROP TABLE people")
    said = private_postgres.log.read_text(encoding="utf-8")
    assert "duplicate key value" in said
    assert [word for word in ("amara-77", "argon2", "STATEMENT", "DETAIL") if word in said] == []


@pytest.mark.parametrize("role", ["app", "portal"])
def test_neither_role_enters_the_key_store_or_makes_large_objects(
    private_postgres: PostgresServer, role: str
) -> None:
    found = ask(
        private_postgres.superuser_url("countersign"),
        "SELECT has_database_privilege(%s, 'countersign_keys', 'CONNECT, TEMP'),"
        " has_function_privilege(%s, 'lo_create(oid)', 'EXECUTE')",
        role,
        role,
    )
    assert found == [(False, False)]
