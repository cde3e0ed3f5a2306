"""One form makes one act, however often and with whatever else in it it is sent."""

from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from clinic.actor import Actor
from clinic.database.turns import take_turn
from clinic.models.alert_act import ActKind, AlertAct
from clinic.models.safety import SafetyAlert
from clinic.safety.alerts import AlertRefused


class SentBefore(AlertRefused):
    """The same form was stored once, and something has happened since that it cannot undo."""

    def __init__(self) -> None:
        super().__init__(_("This form was stored before. Nothing was changed: load the page again."))


def of_form(
    alert: SafetyAlert, kind: ActKind, submission: UUID, *, by: Actor
) -> tuple[UUID, AlertAct | None]:
    """The id that an act of this form bears, and the act where it was stored before; others of this form wait.

    An id that another act bears already, as in a copied form, is followed by one made of both: what was typed is
    neither lost nor stored twice.
    """
    whose = by.user.pk if by.user else None
    take_turn(f"act {submission}")
    for form in (submission, uuid5(submission, f"{alert.pk} {kind} {whose}")):
        standing = AlertAct.objects.filter(pk=form).first()
        if standing is None:
            return form, None
        if (standing.alert_id, standing.kind, standing.acted_by_id) == (alert.pk, kind, whose):
            return form, standing
    raise SentBefore
