"""Sealed words never show themselves, and their label stays what it was when tables are renamed."""

from django.apps import apps

from clinic.fields import Sealed, SealedField

LABELS = {
    "clinic.AlertAct.note": "alert-act.note",
    "clinic.AnswersDraft.answers": "answers-draft.answers",
    "clinic.Appointment.words": "appointment.words",
    "clinic.CheckIn.feelings": "check-in.feelings",
    "clinic.CheckIn.note": "check-in.note",
    "clinic.ImportConsent.reference": "import-consent.reference",
    "clinic.ImportedResource.body": "imported-resource.body",
    "clinic.Message.words": "message.words",
    "clinic.Patient.birth_date": "patient.birth-date",
    "clinic.Patient.name": "patient.name",
    "clinic.Patient.phone": "patient.phone",
    "clinic.Patient.pronouns": "patient.pronouns",
    "clinic.ProfileFact.words": "profile-fact.words",
    "clinic.QuestionnaireResponse.answers": "questionnaire-response.answers",
    "clinic.RiskAssessment.note": "risk-assessment.note",
    "clinic.SafetyAlert.closing_note": "safety-alert.closing-note",
    "clinic.SafetyAlert.words": "safety-alert.words",
    "clinic.SafetyPlanEntry.words": "safety-plan.words",
    "clinic.SafetyTask.note": "safety-task.note",
    "recommendations.Answer.words": "answer.words",
    "recommendations.EffectReport.words": "effect-report.words",
    "recommendations.Pause.question": "pause.question",
    "recommendations.PublishedWords.body": "signed-words.body",
    "recommendations.StoppedPublication.body": "signed-words.body",
    "recommendations.Review.note": "review.note",
    "recommendations.SignedWords.body": "signed-words.body",
    "recommendations.Suggestion.body": "suggestion.body",
}
"""For ever: what was sealed under a label can be opened under no other."""


def test_no_way_of_printing_shows_the_ciphertext() -> None:
    sealed = Sealed(b"\x01\x00\x01secret")
    shown = (str(sealed), repr(sealed), f"{sealed}", f"{sealed!r}", f"{[sealed]}")
    assert not any("secret" in text for text in shown)
    assert bytes(sealed) == b"\x01\x00\x01secret"


def test_labels_stay_as_they_are() -> None:
    found = {
        f"{model._meta.label}.{field.name}": field.label
        for model in apps.get_models()
        for field in model._meta.fields
        if isinstance(field, SealedField)
    }
    assert found == LABELS


def test_the_label_belongs_to_the_fields_definition() -> None:
    _name, path, _args, kwargs = SealedField(label="a.b", null=True).deconstruct()
    assert (path, kwargs) == ("clinic.fields.SealedField", {"label": "a.b", "null": True})
