"""Handing care over: the form, and in sentences what will happen. The same for a psychologist and an administrator."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clinic.models.user import User
from recommendations.handover import Choice, Outlook

KEEP, CANCEL = "keep", "cancel"
HAND_OVER, STAY = "hand_over", "stay"


class TransferForm(forms.Form):
    """To whom, and what goes along. Questions that this record does not raise are left out."""

    receiver = forms.ChoiceField(
        label=gettext_lazy("Colleague"),
        widget=forms.Select(attrs={"class": "input"}),
        error_messages={"required": gettext_lazy("Choose a colleague.")},
    )
    appointments = forms.ChoiceField(
        label=gettext_lazy("Appointments to come"),
        choices=[
            (KEEP, gettext_lazy("Keep them, with the colleague")),
            (CANCEL, gettext_lazy("Cancel them")),
        ],
        widget=forms.RadioSelect,
        initial=KEEP,
    )
    alerts = forms.ChoiceField(
        label=gettext_lazy("Safety alerts that were taken"),
        choices=[
            (HAND_OVER, gettext_lazy("Hand them over too")),
            (STAY, gettext_lazy("They stay with whoever took them, until they are closed")),
        ],
        widget=forms.RadioSelect,
        initial=HAND_OVER,
    )

    def __init__(self, *args: Any, receivers: list[User], outlook: Outlook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.receivers = {str(user.pk): user for user in receivers}
        names = [(pk, name_of(user)) for pk, user in self.receivers.items()]
        self.fields["receiver"].choices = [("", _("Choose one")), *names]  # type: ignore[attr-defined]
        if not outlook.appointments:
            del self.fields["appointments"]
        if not outlook.alerts:
            del self.fields["alerts"]

    @property
    def colleague(self) -> User:
        """The colleague who was chosen."""
        return self.receivers[self.cleaned_data["receiver"]]

    @property
    def choice(self) -> Choice:
        """What goes along."""
        given = self.cleaned_data
        return Choice(
            keep_appointments=given.get("appointments", KEEP) == KEEP,
            hand_over_alerts=given.get("alerts", HAND_OVER) == HAND_OVER,
        )


def name_of(user: User) -> str:
    """The professional name of a colleague."""
    profile = getattr(user, "staff", None)
    return profile.printed_name if profile else user.sign_in_name


def sentences(outlook: Outlook, choice: Choice, *, giver: str, receiver: str) -> list[str]:
    """What will happen, one sentence for each thing, with the figures of this record."""
    found = [_drafts(outlook), _plans(outlook), _messages(outlook)]
    if outlook.appointments:
        found.append(_appointments(outlook, choice))
    if outlook.questionnaires:
        found.append(_questionnaires(outlook))
    if outlook.alerts:
        found.append(_alerts(outlook, choice))
    if outlook.untaken:
        found.append(_untaken(outlook))
    if outlook.colleagues:
        others = ", ".join(name_of(each) for each in outlook.colleagues if name_of(each) != receiver)
        if others:
            found.append(_("Stay in the care team: %(others)s.") % {"others": others})
    if not outlook.alerts or choice.hand_over_alerts:
        found.append(
            _("%(giver)s can no longer open this record: every page of it answers as if it did not exist.")
        )
    return [sentence.replace("%(giver)s", giver).replace("%(receiver)s", receiver) for sentence in found]


def _drafts(outlook: Outlook) -> str:
    if not outlook.drafts:
        return _("No draft is waiting.")
    words = ngettext(
        "%(count)d draft goes to %%(receiver)s and keeps its waiting time.",
        "%(count)d drafts go to %%(receiver)s and keep their waiting time.",
        outlook.drafts,
    ) % {"count": outlook.drafts}
    if not outlook.aside:
        return words
    aside = ngettext(
        "%(count)d of them was put aside and is open again.",
        "%(count)d of them were put aside and are open again.",
        outlook.aside,
    )
    return words + " " + aside % {"count": outlook.aside}


def _plans(outlook: Outlook) -> str:
    if not outlook.plans:
        return _("No signed plan stands.")
    return ngettext(
        "%(count)d signed text stands on under the name of whoever signed it; %%(receiver)s confirms or stops it.",
        "%(count)d signed texts stand on under the name of whoever signed them; %%(receiver)s confirms or stops them.",
        outlook.plans,
    ) % {"count": outlook.plans}


def _messages(outlook: Outlook) -> str:
    words = _("The conversation goes with the record.")
    if not outlook.unread:
        return words
    unread = ngettext(
        "%(count)d message has not been read yet.",
        "%(count)d messages have not been read yet.",
        outlook.unread,
    )
    return words + " " + unread % {"count": outlook.unread}


def _appointments(outlook: Outlook, choice: Choice) -> str:
    if choice.keep_appointments:
        words = ngettext(
            "%(count)d appointment to come is kept, and with %%(giver)s it becomes one with %%(receiver)s.",
            "%(count)d appointments to come are kept, and those with %%(giver)s become ones with %%(receiver)s.",
            outlook.appointments,
        )
    else:
        words = ngettext(
            "%(count)d appointment to come: it is cancelled if it is with %%(giver)s.",
            "%(count)d appointments to come: those with %%(giver)s are cancelled.",
            outlook.appointments,
        )
    return words % {"count": outlook.appointments}


def _questionnaires(outlook: Outlook) -> str:
    words = ngettext(
        "%(count)d assigned questionnaire goes on as it is.",
        "%(count)d assigned questionnaires go on as they are.",
        outlook.questionnaires,
    )
    return words % {"count": outlook.questionnaires}


def _untaken(outlook: Outlook) -> str:
    words = ngettext(
        "%(count)d more safety alert of this person is open. It stays in the safety list of the clinic.",
        "%(count)d more safety alerts of this person are open. They stay in the safety list of the clinic.",
        outlook.untaken,
    )
    return words % {"count": outlook.untaken}


def _alerts(outlook: Outlook, choice: Choice) -> str:
    if choice.hand_over_alerts:
        words = ngettext(
            "%(count)d open safety alert goes to %%(receiver)s.",
            "%(count)d open safety alerts go to %%(receiver)s.",
            outlook.alerts,
        )
    else:
        words = ngettext(
            "%(count)d open safety alert stays with %%(giver)s, who can open the record until it is closed.",
            "%(count)d open safety alerts stay with %%(giver)s, who can open the record until they are closed.",
            outlook.alerts,
        )
    return words % {"count": outlook.alerts}
