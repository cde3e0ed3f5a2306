"""What the triggers of `clinic.guards` do, as SQL.

"Logged" is an entry of the audit log that this very transaction wrote: its `xid` is set by a trigger and its seal is
made with a key that the database has not, so whoever forges one past the application leaves what the check of the
log finds. Act and entry are therefore written before the row that they account for.
"""

from typing import Final

_LOGGED: Final = """EXISTS (
            SELECT FROM public.audit_entry e
            WHERE e.xid = pg_catalog.pg_current_xact_id() AND e.subject_kind = '{kind}'
                AND e.subject_id = {subject}::pg_catalog.text AND e.actor_id = {actor} AND {action}
        )"""

_ACTED: Final = """EXISTS (
            SELECT FROM public.clinic_alertact a
            WHERE a.alert_id = NEW.id AND a.recorded_at >= pg_catalog.transaction_timestamp() AND {act}
        )"""

BEGINS_OPEN: Final = """
BEGIN
    IF NEW.taken_by_id IS NOT NULL OR NEW.closed_by_id IS NOT NULL OR NEW.closing_note IS NOT NULL THEN
        RAISE EXCEPTION 'clinic_safetyalert: an alert begins open, and nobody has it'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
"""

_TAKEN: Final = _LOGGED.format(
    kind="safetyalert",
    subject="NEW.id",
    actor="e.actor_id",
    action="""(
                (e.action = 'safety_alert_taken' AND e.actor_id = NEW.taken_by_id)
                OR (e.action = 'safety_alert_handed_over'
                    AND e.facts ->> 'to' = NEW.taken_by_id::pg_catalog.text
                    AND e.facts ->> 'from' = OLD.taken_by_id::pg_catalog.text)
            )""",
)
_PUT_BACK: Final = """EXISTS (
            SELECT FROM public.audit_entry e
            WHERE e.xid = pg_catalog.pg_current_xact_id() AND e.action = 'safety_alert_put_back'
                AND e.subject_kind = 'safetyalert' AND e.subject_id = NEW.id::pg_catalog.text
                AND e.facts ->> 'from' = OLD.taken_by_id::pg_catalog.text
        )"""
_CAN_ACT: Final = """EXISTS (
            SELECT FROM public.clinic_user u
            JOIN public.clinic_rolegrant r ON r.user_id = u.id AND r.role = 'psychologist' AND r.ends_at IS NULL
            WHERE u.id = OLD.taken_by_id AND u.is_active
        )"""
_CLOSED: Final = _ACTED.format(
    act="a.kind = 'closed' AND a.acted_by_id = NEW.closed_by_id AND a.reason = NEW.outcome"
)
_REOPENED: Final = _ACTED.format(act="a.kind = 'reopened'")

# A time ahead of this server's clock becomes the server's: refusing it would let nobody take an alert on a machine
# whose clock runs ahead, and a time that lies ahead would keep what is counted from it from ever beginning.
CHANGES_BY_ACTS: Final = f"""
DECLARE
    latest CONSTANT pg_catalog.timestamptz := pg_catalog.clock_timestamp() + '5 minutes'::pg_catalog.interval;
    fault pg_catalog.text;
BEGIN
    IF OLD.taken_at IS DISTINCT FROM NEW.taken_at AND NEW.taken_at > latest THEN
        NEW.taken_at := pg_catalog.clock_timestamp();
    END IF;
    IF OLD.closed_at IS DISTINCT FROM NEW.closed_at AND NEW.closed_at > latest THEN
        NEW.closed_at := GREATEST(pg_catalog.clock_timestamp(), NEW.taken_at);
    END IF;
    IF OLD.closed_at IS NOT NULL AND NEW.closed_at IS NOT NULL THEN
        IF NEW IS DISTINCT FROM OLD THEN
            fault := 'how a closed alert ended stays as it is';
        END IF;
    ELSIF NEW.closed_at IS NOT NULL THEN
        IF NEW.closed_by_id IS DISTINCT FROM OLD.taken_by_id OR NEW.taken_by_id IS DISTINCT FROM OLD.taken_by_id
            OR NEW.taken_at IS DISTINCT FROM OLD.taken_at THEN
            fault := 'only whoever has an alert closes it';
        ELSIF NOT {_CLOSED} THEN
            fault := 'an alert is closed by an act';
        END IF;
    ELSIF OLD.closed_at IS NOT NULL THEN
        IF NEW.taken_by_id IS NOT NULL OR NEW.closing_note IS NOT NULL OR NOT {_REOPENED} THEN
            fault := 'an alert is opened again by an act, and nobody has it then';
        END IF;
    ELSIF NEW.closing_note IS NOT NULL THEN
        fault := 'an open alert has no closing note';
    ELSIF NEW.taken_by_id IS DISTINCT FROM OLD.taken_by_id OR NEW.taken_at IS DISTINCT FROM OLD.taken_at THEN
        IF NEW.taken_by_id IS NULL THEN
            IF {_CAN_ACT} OR NOT {_PUT_BACK} THEN
                fault := 'an alert goes back when its owner can no longer act, and that is logged';
            END IF;
        ELSIF NOT {_TAKEN} THEN
            fault := 'whoever takes an alert or hands it over is logged';
        END IF;
    END IF;
    IF fault IS NOT NULL THEN
        RAISE EXCEPTION 'clinic_safetyalert: %', fault USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
"""

_ACT_LOGGED: Final = _LOGGED.format(
    kind="safetyalert",
    subject="NEW.alert_id",
    actor="NEW.acted_by_id",
    action="""e.action = CASE NEW.kind
                WHEN 'closed' THEN 'safety_alert_closed'
                WHEN 'reopened' THEN 'safety_alert_reopened'
                ELSE 'safety_alert_acted'
            END""",
)

ACTED_BY_OWNER: Final = f"""
BEGIN
    NEW.recorded_at := pg_catalog.clock_timestamp();
    IF NOT EXISTS (
        SELECT FROM public.clinic_safetyalert s
        WHERE s.id = NEW.alert_id AND s.patient_id = NEW.patient_id
            AND CASE NEW.kind
                WHEN 'reopened' THEN s.closed_at IS NOT NULL
                ELSE s.closed_at IS NULL AND s.taken_by_id = NEW.acted_by_id
            END
    ) THEN
        RAISE EXCEPTION 'clinic_alertact: only whoever has an open alert acts on it'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NOT {_ACT_LOGGED} THEN
        RAISE EXCEPTION 'clinic_alertact: an act on an alert is logged'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
"""

_RELEASE_LOGGED: Final = _LOGGED.format(
    kind="dangerrelease",
    subject="NEW.id",
    actor="NEW.signed_by_id",
    action="e.action = 'danger_release_signed'",
)

SIGNED_AS_TRIED: Final = f"""
BEGIN
    IF NEW.number <> 1 + (SELECT COALESCE(max(r.number), 0) FROM public.clinic_dangerrelease r) THEN
        RAISE EXCEPTION 'clinic_dangerrelease: a release follows the one before it'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NOT EXISTS (
        SELECT FROM public.clinic_dangerreplay t
        WHERE t.id = NEW.replay_id AND t.finished_at IS NOT NULL AND t.digest = NEW.replay_digest
            AND t.thresholds = NEW.thresholds AND t.rule_set = NEW.rule_set AND t.classifier = NEW.classifier
    ) THEN
        RAISE EXCEPTION 'clinic_dangerrelease: what is signed is what was tried'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NOT {_RELEASE_LOGGED} THEN
        RAISE EXCEPTION 'clinic_dangerrelease: a signature is logged'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
"""  # noqa: S608  only what stands above is put in
