"""Publications: the only thing of ours that a patient may read, and the views through which the portal reads them.

Import this module from `recommendations.review` (the only writer) and `recommendations.publications` (the only
reader) and from nowhere else; an import contract holds that.
"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from audit.append_only import AppendOnly
from clinic.fields import SealedField
from clinic.models.base import SealedModel
from clinic.models.patient import Patient
from clinic.models.user import User
from recommendations.models.signature import Kind, Signature, SignedWords


class Publication(AppendOnly):
    """Signed words on their way to the patient: visible from a moment, valid until a moment.

    The database refuses a row whose signature is not of the same patient, words and digest.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    signature = models.OneToOneField(Signature, on_delete=models.PROTECT, related_name="+")
    words = models.OneToOneField(SignedWords, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=20, choices=Kind)
    visible_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("visible_from")),
                name="publication_valid_after_it_is_visible",
            ),
            models.UniqueConstraint(fields=["id", "patient"], name="publication_of_a_patient"),
        ]
        indexes = [
            models.Index(fields=["patient", "kind", "-visible_from"], name="publications_of_a_patient")
        ]


class StopReason(models.TextChoices):
    """Why signed words no longer reach the patient."""

    TAKEN_BACK = "taken_back", _("Taken back by the person who signed it")
    NOT_NEEDED = "not_needed", _("No longer needed")
    NOT_HELPING = "not_helping", _("It does not help")
    UNSAFE = "unsafe", _("Not safe for this person now")
    REPLACED = "replaced", _("Replaced by a newer step")
    STOP_RULE = "stop_rule", _("The person reported that something bad happened")
    NEW_FACT = "new_fact", _("A screening fact speaks against it now")
    TEXT_UNSAFE = "text_unsafe", _("The clinic withdrew its text as unsafe")


class PublicationStop(AppendOnly):
    """The end of a publication, as a row of its own. Nothing starts it again but a new signature."""

    publication = models.OneToOneField(
        Publication, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    reason = models.CharField(max_length=20, choices=StopReason)
    stopped_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    stopped_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(reason__in=StopReason.values), name="stop_reason_is_known"),
        ]


class PublishedWords(SealedModel):
    """The view `portal_publication`: what stands published at this moment by the database's clock."""

    id = models.UUIDField(primary_key=True)
    patient_id = models.UUIDField()
    words_id = models.UUIDField()
    kind = models.CharField(max_length=20)
    body = SealedField(label="signed-words.body")
    digest = models.CharField(max_length=64)
    printed_name = models.CharField(max_length=120)
    title = models.CharField(max_length=120)
    signed_at = models.DateTimeField()
    visible_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "portal_publication"

    @property
    def sealed_row(self) -> uuid.UUID:
        """The ciphertext is bound to the signed words, not to the publication."""
        return self.words_id


class StoppedPublication(SealedModel):
    """The view `portal_stop`: that something the patient could read was stopped, by whom and when, and what it was."""

    id = models.UUIDField(primary_key=True)
    patient_id = models.UUIDField()
    words_id = models.UUIDField()
    kind = models.CharField(max_length=20)
    body = SealedField(label="signed-words.body")
    digest = models.CharField(max_length=64)
    printed_name = models.CharField(max_length=120)
    title = models.CharField(max_length=120)
    reason = models.CharField(max_length=20)
    signed_at = models.DateTimeField()
    visible_from = models.DateTimeField()
    stopped_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "portal_stop"

    @property
    def sealed_row(self) -> uuid.UUID:
        """The ciphertext is bound to the signed words, not to the publication."""
        return self.words_id
