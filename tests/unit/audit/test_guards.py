"""Guards as SQL. That PostgreSQL agrees is for the integration tests."""

from dataclasses import replace

import pytest

from audit.guards import GUARDS, SEARCH_PATH, Guard, append_only, append_only_guard, guard_sql

WATCH = Guard(
    "visit", "visit_watch", "visit_watch", body="BEGIN RETURN NEW; END", events="INSERT", each="ROW"
)


@pytest.mark.parametrize("guard", [*GUARDS, WATCH], ids=lambda guard: guard.trigger)
def test_a_guard_is_made_always_enabled_with_a_fixed_search_path_and_full_names(guard: Guard) -> None:
    make, remove = guard_sql(guard)
    assert f"ENABLE ALWAYS TRIGGER {guard.trigger}" in make
    assert f"SET search_path = {SEARCH_PATH}" in make
    assert f"CREATE FUNCTION public.{guard.function}()" in make
    assert f"ON public.{guard.table}" in make
    assert f"DROP TRIGGER {guard.trigger} ON public.{guard.table}" in remove


def test_append_only_refuses_update_delete_and_truncate() -> None:
    assert append_only("visit") == guard_sql(append_only_guard("visit"))
    assert append_only_guard("visit").definition == (
        "CREATE TRIGGER visit_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.visit "
        "FOR EACH STATEMENT EXECUTE FUNCTION public.visit_append_only()"
    )


def test_a_deferred_guard_is_a_constraint_trigger() -> None:
    assert replace(WATCH, timing="AFTER", deferred=True).definition == (
        "CREATE CONSTRAINT TRIGGER visit_watch AFTER INSERT ON public.visit DEFERRABLE INITIALLY DEFERRED "
        "FOR EACH ROW EXECUTE FUNCTION public.visit_watch()"
    )


def test_both_tables_of_the_log_are_append_only() -> None:
    assert {append_only_guard("audit_entry"), append_only_guard("audit_sequence")} <= set(GUARDS)
