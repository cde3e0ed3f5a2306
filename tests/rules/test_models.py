"""What every table keeps to: who with when, names that lead nowhere, words under seal, a grant and a guard."""

from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.models import Model

from audit.append_only import AppendOnly, AppendOnlyError
from clinic.database import checks, grants
from clinic.fields import SealedField
from clinic.models.base import SealedModel
from clinic.models.patient import Patient
from recommendations.models.suggestion import Suggestion
from tests.database import ROLLED_BACK

OURS = ("audit", "clinic", "keystore", "recommendations", "dashboard")
MODELS = [model for label in OURS for model in apps.get_app_config(label).get_models()]
TABLES = [model for model in MODELS if model._meta.managed]

by_model = pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.label)

NAMED_REVERSE = {"clinic.RecordPermission.content_object"}
"""django-guardian finds its permissions through the patient's reverse relations, so this one needs a name."""

UNPAIRED: dict[str, str] = {
    "clinic.Patient.created_at": "the row's own beginning; who began it is in the audit log",
    "clinic.User.created_at": "the row's own beginning; who began it is in the audit log",
    "keystore.PatientKey.made_at": "the row's own beginning, in a store that knows no people",
    "clinic.Invitation.expires_at": "a plan, not an act",
    "clinic.PasswordLink.expires_at": "a plan, not an act",
    "clinic.PasswordLink.used_at": "used by its own person",
    "clinic.OutboxMessage.due_at": "a plan, not an act",
    "clinic.OutboxMessage.sent_at": "what the software did",
    "clinic.AlertAct.retry_at": "a plan, not an act",
    "clinic.SafetyTask.due_at": "a plan, not an act",
    "clinic.Appointment.starts_at": "a plan, not an act",
    "clinic.RoleGrant.starts_at": "granted_by is null for the software that sets a clinic up",
    "clinic.RoleGrant.ends_at": "a planned end has nobody yet",
    "clinic.CareRelationship.starts_at": "started_by is null for the software, as with a safety alert",
    "clinic.CareRelationship.ends_at": "a planned end has nobody yet",
    "clinic.Observation.superseded_at": "by the check-in that supersedes it",
    "clinic.ConsentGrant.given_at": "given_by is null for consent that came with a record",
    "clinic.ConsentGrant.withdrawn_at": "withdrawn_by is null for the software",
    "clinic.Absence.starts_at": "a plan, not an act",
    "clinic.Absence.ends_at": "a plan, not an act",
    "clinic.Page.due_at": "a plan, not an act; what the software did stands in its attempts",
    "clinic.ApiToken.made_at": "made by its own person",
    "clinic.ApiToken.expires_at": "a plan, not an act",
    "clinic.ApiToken.used_at": "used by its own person's program",
    "clinic.DangerReplay.finished_at": "what the software did",
    "recommendations.Review.opened_at": "by the person who decided",
}
"""Times without a person beside them, each with the reason."""


def acts(model: type[Model]) -> dict[str, str]:
    """Each time of an act in a table with the person beside it: `decided_at` with `decided_by`, "" where none is."""
    names = {field.name for field in model._meta.fields}
    moments = [name for name in names if name.endswith("_at") and name not in {"happened_at", "recorded_at"}]
    return {name: by if (by := name.removesuffix("_at") + "_by") in names else "" for name in moments}


def is_paired(model: type[Model], moment: str, person: str) -> bool:
    """Whether both are always set, or a CHECK names both of them."""
    fields = [model._meta.get_field(name) for name in (moment, person)]
    if not any(getattr(field, "null", False) for field in fields):
        return True
    conditions = [
        str(constraint.condition)
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
    ]
    return any(f"'{moment}" in each and f"'{person}" in each for each in conditions)


def test_who_and_when_are_set_together_but_for_the_named_exceptions() -> None:
    unpaired = {
        f"{model._meta.label}.{moment}"
        for model in TABLES
        for moment, person in acts(model).items()
        if not person or not is_paired(model, moment, person)
    }
    assert unpaired == set(UNPAIRED)


class Unpaired(Model):
    """A planted fault: somebody decided at some time, and nothing ties the two."""

    decided_at = models.DateTimeField(null=True)
    decided_by = models.IntegerField(null=True)

    class Meta:
        app_label = "tests"
        managed = False


def test_a_time_that_nothing_ties_to_its_person_is_found() -> None:
    assert acts(Unpaired) == {"decided_at": "decided_by"}
    assert not is_paired(Unpaired, "decided_at", "decided_by")


def leads_to_a_patient_or_a_draft(field: Any) -> bool:
    to = field.related_model
    return to is not None and (to is Patient or to._meta.app_label == "recommendations")


@by_model
def test_no_template_can_walk_from_a_patient_or_a_draft_to_what_hangs_on_it(model: type[Model]) -> None:
    named = {
        f"{model._meta.label}.{field.name}"
        for field in model._meta.fields
        if leads_to_a_patient_or_a_draft(field)
        and field.remote_field
        and field.remote_field.related_name != "+"
    }
    assert named <= NAMED_REVERSE


def test_a_patient_leads_to_nothing_but_the_permissions() -> None:
    leading = {
        relation.get_accessor_name() for relation in Patient._meta.related_objects if not relation.hidden
    }
    assert leading == {"record_permissions"}


@by_model
def test_words_about_people_are_sealed_or_the_column_is_known_to_hold_none(model: type[Model]) -> None:
    """A text column that is long enough for a sentence is sealed, unless it is listed with what it holds."""
    open_text = {
        f"{model._meta.label}.{field.name}"
        for field in model._meta.fields
        if isinstance(field, models.TextField)
        or (isinstance(field, models.CharField) and (field.max_length or 0) > 80)
        or type(field) is models.BinaryField
    }
    assert open_text <= set(OPEN_TEXT)


OPEN_TEXT = {
    "clinic.User.password": "a hash",
    "clinic.StaffProfile.printed_name": "public: it stands under every signature",
    "clinic.StaffProfile.title": "public: it stands under every signature",
    "clinic.StaffProfile.work_phone": "encrypted under a key of the clinic: staff have no key of their own",
    "clinic.Invitation.printed_name": "public: it will stand under every signature",
    "clinic.Invitation.title": "public: it will stand under every signature",
    "clinic.Clinic.name": "public",
    "clinic.PagingAddress.address": "encrypted under a key of the clinic: staff have no key of their own",
    "clinic.Clinic.welfare_route": "whom the clinic asks to look in; about nobody",
    "recommendations.Signature.printed_name": "public: as it stood under this signature",
    "recommendations.Signature.title": "public: as it stood under this signature",
    "recommendations.TextSignature.printed_name": "public: as it stood under this signature",
    "recommendations.TextSignature.title": "public: as it stood under this signature",
    "recommendations.MoodReading.inputs_digest": "a digest",
    "recommendations.MoodReading.digest": "a digest",
    "keystore.PatientKey.wrapped": "a key under the key-encryption key",
    "audit.AuditEntry.salt": "random",
    "audit.AuditEntry.mac": "a MAC",
    "audit.SequencedEntry.leaf": "a digest",
    "audit.SequencedEntry.running": "a digest",
    "audit.SequencedEntry.seal": "a MAC",
}


def test_every_sealed_field_has_a_label_of_its_own_in_a_model_that_knows_whose_key_it_is() -> None:
    sealed = [
        (model, field) for model in MODELS for field in model._meta.fields if isinstance(field, SealedField)
    ]
    assert len(sealed) > 8
    assert all(issubclass(model, SealedModel) and field.label for model, field in sealed)
    managed = [field.label for model, field in sealed if model._meta.managed]
    assert len(set(managed)) == len(managed)


def test_every_table_has_a_grant_and_only_tables_that_exist_have_one() -> None:
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    in_the_other_database = {"keystore_patientkey"}
    assert set(grants.declared()) == tables - in_the_other_database | {"django_migrations"}


@ROLLED_BACK
def test_every_table_of_the_database_is_one_of_ours_or_of_a_library_that_is_installed() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v')"
        )
        assert {row[0] for row in cursor.fetchall()} == set(grants.declared())


@by_model
def test_rows_that_are_written_once_have_their_guard_and_refuse_in_our_own_code_too(
    model: type[Model],
) -> None:
    guarded = {guard.table for guard in checks.guards() if guard.trigger.endswith("_append_only")}
    assert issubclass(model, AppendOnly) == (model._meta.db_table in guarded)
    if issubclass(model, AppendOnly):
        row = model()
        row._state.adding = False
        for attempt in (row.save, row.delete, model.objects.all().delete, model.objects.all().update):
            with pytest.raises(AppendOnlyError):
                attempt()


@by_model
def test_what_is_not_written_once_says_so_by_its_grant(model: type[Model]) -> None:
    grant = grants.declared().get(model._meta.db_table)
    if grant and not issubclass(model, AppendOnly) and model is not Suggestion:
        assert grant.update or grant.delete or model._meta.label in {"recommendations.Opening"}
