"""Guards of rows that stand, end or go only where the log tells of it in the same transaction.

What "logged" is worth stands in `clinic.guard_bodies`. They ask at the end of the transaction: a program of the version
before, which writes the entry after the row, goes on opening alerts while the new ones are installed. The entries of a
transaction are found by its own id, which stands first in an index of the log: one look into it for each row.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from audit.guards import Guard

_REFUSED: Final = """
        RAISE EXCEPTION '{table}: {fault}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;"""

_LOGGED: Final = """
    IF NOT EXISTS (
        SELECT FROM public.audit_entry e
        WHERE e.xid = pg_catalog.pg_current_xact_id() AND {conditions}
    ) THEN"""

STAYS: Final = """
BEGIN
    RAISE EXCEPTION '% is replaced and never changed: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """The entry that must be there. `actor` is who it must be of, None for anybody who is signed in.

    `facts` and `patient` are what of the row it must tell. `subject` is the row itself, unless None.
    """

    actions: tuple[str, ...]
    actor: str | None
    facts: Mapping[str, str] = field(default_factory=dict)
    subject: str | None = "NEW.id"
    patient: str | None = None

    def conditions(self, table: str) -> str:
        """As SQL over the entry `e`."""
        actions = ", ".join(f"'{each}'" for each in self.actions)
        asked = [f"e.action IN ({actions})"]
        asked += [f"e.actor_id IS NOT DISTINCT FROM {self.actor}" if self.actor else "e.actor_id IS NOT NULL"]
        if self.subject:
            kind = table.removeprefix("clinic_")
            asked += [f"e.subject_kind = '{kind}'", f"e.subject_id = {self.subject}::pg_catalog.text"]
        if self.patient:
            asked += [f"e.patient_id = {self.patient}"]
        for name, value in self.facts.items():
            asked += [f"e.facts ->> '{name}' IS NOT DISTINCT FROM {value}"]
        return "\n            AND ".join(asked)


def only_by_entry(
    table: str, event: Literal["INSERT", "UPDATE", "DELETE"], entry: Entry, *, empty: str | None = None
) -> Guard:
    """A guard that refuses a row's change without its entry; a row that is added has nothing in `empty` yet."""
    how = {"INSERT": "added", "UPDATE": "ended", "DELETE": "taken away"}[event]
    body = "\nBEGIN"
    if empty:
        body += f"\n    IF NEW.{empty} IS NOT NULL THEN"
        body += _REFUSED.format(table=table, fault="what is added has not ended")
    body += _LOGGED.format(conditions=entry.conditions(table))
    body += _REFUSED.format(table=table, fault=f"whatever is {how} is logged")
    body += f"\n    RETURN {'OLD' if event == 'DELETE' else 'NEW'};\nEND\n"
    name = f"{table}_told_when_{how.split()[0]}"
    return Guard(
        table=table,
        trigger=name,
        function=name,
        body=body,
        timing="AFTER",
        events=event,
        each="ROW",
        deferred=True,
    )


def stays(table: str) -> Guard:
    """A guard that refuses UPDATE and TRUNCATE of rows that are added and taken away one by one."""
    name = f"{table}_stays"
    return Guard(table=table, trigger=name, function=name, body=STAYS, events="UPDATE OR TRUNCATE")


BY_ENTRIES: tuple[Guard, ...] = (
    only_by_entry(
        "clinic_riskassessment",
        "INSERT",
        Entry(
            ("risk_assessed",),
            "NEW.assessed_by_id",
            {"level": "NEW.level::pg_catalog.text", "before": "NEW.before::pg_catalog.text"},
            patient="NEW.patient_id",
        ),
    ),
    only_by_entry(
        "clinic_safetytask",
        "INSERT",
        Entry(("safety_task_raised",), "NEW.raised_by_id", patient="NEW.patient_id"),
        empty="done_at",
    ),
    only_by_entry(
        "clinic_safetytask",
        "UPDATE",
        Entry(("safety_task_done",), "NEW.done_by_id", patient="NEW.patient_id"),
    ),
    only_by_entry(
        "clinic_rotaslot",
        "INSERT",
        Entry(
            ("rota_slot_added",),
            "NEW.added_by_id",
            {
                "user": "NEW.user_id::pg_catalog.text",
                "position": "NEW.position",
                "weekday": "NEW.weekday::pg_catalog.text",
                "starts": "pg_catalog.to_char(NEW.starts::pg_catalog.interval, 'HH24:MI')",
                "ends": "pg_catalog.to_char(NEW.ends::pg_catalog.interval, 'HH24:MI')",
            },
        ),
        empty="removed_at",
    ),
    only_by_entry("clinic_rotaslot", "UPDATE", Entry(("rota_slot_removed",), "NEW.removed_by_id")),
    only_by_entry(
        "clinic_absence",
        "INSERT",
        Entry(
            ("absence_added",),
            "NEW.added_by_id",
            {
                "user": "NEW.user_id::pg_catalog.text",
                "is_covered": "(NEW.cover_id IS NOT NULL)::pg_catalog.text",
            },
        ),
        empty="removed_at",
    ),
    only_by_entry("clinic_absence", "UPDATE", Entry(("absence_removed",), "NEW.removed_by_id")),
    only_by_entry(
        "clinic_pagingaddress",
        "INSERT",
        Entry(
            ("paging_address_set",),
            "NEW.added_by_id",
            {"channel": "NEW.channel", "user": "NEW.user_id::pg_catalog.text"},
        ),
    ),
    only_by_entry(
        "clinic_pagingaddress",
        "DELETE",
        Entry(
            ("paging_address_set", "paging_address_removed"),
            None,
            {"channel": "OLD.channel", "user": "OLD.user_id::pg_catalog.text"},
            subject=None,
        ),
    ),
    stays("clinic_pagingaddress"),
)
