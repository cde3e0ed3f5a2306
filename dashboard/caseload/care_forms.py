"""Ending care: the form, and in sentences what will happen."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clinic.models.patient import DischargeReason, TurnTo
from recommendations.handover import Ending, Outlook

KEEP, STOP = "keep", "stop"


class DischargeForm(forms.Form):
    """Why care ends, to whom the person can turn, and what becomes of signed plans: nothing is chosen beforehand."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why care ends"),
        choices=[("", gettext_lazy("Choose one")), *DischargeReason.choices],
        widget=forms.Select(attrs={"class": "input"}),
        error_messages={"required": gettext_lazy("Choose why care ends.")},
    )
    turn_to = forms.ChoiceField(
        label=gettext_lazy("To whom the person can turn"),
        help_text=gettext_lazy("They read this sentence in their portal."),
        choices=[("", gettext_lazy("Choose one")), *TurnTo.choices],
        widget=forms.Select(attrs={"class": "input"}),
        error_messages={"required": gettext_lazy("Choose to whom they can turn.")},
    )
    plans = forms.ChoiceField(
        label=gettext_lazy("What is signed"),
        choices=[
            (KEEP, gettext_lazy("Stands until its date")),
            (STOP, gettext_lazy("Stops now, with a sentence to the person")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what becomes of what is signed.")},
    )

    def __init__(self, *args: Any, plans: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not plans:
            del self.fields["plans"]

    @property
    def ending(self) -> Ending:
        """What was chosen."""
        given = self.cleaned_data
        return Ending(
            reason=DischargeReason(given["reason"]),
            turn_to=TurnTo(given["turn_to"]),
            stop_plans=given.get("plans", KEEP) == STOP,
        )


def consequences(outlook: Outlook, ending: Ending, *, number: str) -> list[str]:
    """What will happen, one sentence for each thing, with the figures of this record."""
    drafts = ngettext("%(count)d draft is withdrawn.", "%(count)d drafts are withdrawn.", outlook.drafts) % {
        "count": outlook.drafts
    }
    visits = ngettext(
        "%(count)d appointment to come is cancelled.",
        "%(count)d appointments to come are cancelled.",
        outlook.appointments,
    ) % {"count": outlook.appointments}
    return [
        drafts if outlook.drafts else _("No draft is waiting."),
        *([_plans(outlook, ending)] if outlook.plans else []),
        *([visits] if outlook.appointments else []),
        *([_questionnaires(outlook)] if outlook.questionnaires else []),
        _("AI is no longer used for this person, because nobody would read what it makes."),
        _(
            "They keep their portal, their own check-ins and Get help. Nobody at the clinic reads what they write."
        ),
        _("Words that suggest danger still open a safety alert."),
        _("Their portal says to whom they can turn: %(whom)s.") % {"whom": str(ending.turn_to.label)},
        _(
            "Nobody of the care team can open %(number)s any more. "
            "An administrator can take the person into care again."
        )
        % {"number": number},
    ]


def _questionnaires(outlook: Outlook) -> str:
    words = ngettext(
        "%(count)d assigned questionnaire ends: nothing more is asked of the person. What was answered stays.",
        "%(count)d assigned questionnaires end: nothing more is asked of the person. What was answered stays.",
        outlook.questionnaires,
    )
    return words % {"count": outlook.questionnaires}


def _plans(outlook: Outlook, ending: Ending) -> str:
    if ending.stop_plans:
        words = ngettext(
            "%(count)d signed text stops now, and the person reads that it did.",
            "%(count)d signed texts stop now, and the person reads that they did.",
            outlook.plans,
        )
    else:
        words = ngettext(
            "%(count)d signed text stands until its date.",
            "%(count)d signed texts stand until their date.",
            outlook.plans,
        )
    return words % {"count": outlook.plans}
