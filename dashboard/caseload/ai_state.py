"""Whether AI is used for one patient, who stopped it, and what may be done about it."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from clinic.models.consent import Purpose
from clinic.models.user import User
from dashboard.safety.context import printed_name
from dashboard.times import said
from recommendations.standing import Standing


@dataclass(frozen=True, slots=True)
class AiState:
    """One sentence and its detail; `act` is what this person may do: "stop", "ask", "confirm" or nothing."""

    on: bool
    stopped: bool
    title: str
    detail: str
    act: str


def ai_state(standing: Standing, *, by: User, at: dt.datetime, zone: str, alone: bool = False) -> AiState:
    """The state of AI for this patient, as the page says it to `by`."""
    if standing.stop_of_all is not None:
        return AiState(
            False, True, _("AI is switched off for everybody."), _("An administrator can say why."), ""
        )
    if standing.stop is not None:
        return _stopped(standing, by=by, at=at, zone=zone, alone=alone)
    if not standing.shared or not standing.agreed(Purpose.AI_READINGS):
        detail = _("The patient has not agreed to AI readings. Care goes on without them.")
        return AiState(False, False, _("AI is not used."), detail, "stop")
    detail = _(
        "It reads the mood numbers of check-ins, and of other sources what the patient agreed to, and drafts "
        "suggestions. Nothing leaves unsigned."
    )
    return AiState(True, False, _("AI is on."), detail, "stop")


def _stopped(standing: Standing, *, by: User, at: dt.datetime, zone: str, alone: bool) -> AiState:
    stop = standing.stop
    assert stop is not None  # noqa: S101  asked by the caller
    who = {"name": printed_name(stop.stopped_by), "when": said(stop.stopped_at, at=at, zone=zone)}
    detail = _("%(name)s stopped it %(when)s. Everything signed stays.") % who
    if stop.restart_asked_by is None or stop.restart_asked_at is None:
        return AiState(False, True, _("AI is switched off for this person."), detail, "ask")
    asked = {
        "name": printed_name(stop.restart_asked_by),
        "when": said(stop.restart_asked_at, at=at, zone=zone),
    }
    detail += (
        " "
        + _("%(name)s asked %(when)s to start it again; a second person in the care team must confirm.")
        % asked
    )
    if alone and stop.restart_asked_by_id == by.pk:
        detail += " " + _(
            "Nobody else is in this care team. Ask an administrator to add a colleague under Care teams; "
            "that colleague confirms on this page."
        )
    act = "" if stop.restart_asked_by_id == by.pk else "confirm"
    return AiState(False, True, _("AI is switched off for this person."), detail, act)
