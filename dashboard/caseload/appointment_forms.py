"""The form of an appointment: what the clinic's clocks show is what is agreed."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic.appointments import LONGEST, LONGEST_WORDS, SHORTEST
from clinic.models.appointment import Appointment, Place
from clinic.models.user import User
from clinic.slots import Slot
from dashboard.handing import name_of


class AppointmentForm(forms.Form):
    """When, with whom, how, and a few words if they are needed."""

    day = forms.DateField(
        label=gettext_lazy("Day"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": "input", "type": "date"}),
        error_messages={"required": gettext_lazy("Choose a day.")},
    )
    time = forms.TimeField(
        label=gettext_lazy("Time, by the clinic’s clocks"),
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "input", "type": "time"}),
        error_messages={"required": gettext_lazy("Choose a time.")},
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"),
        min_value=SHORTEST,
        max_value=LONGEST,
        initial=50,
        widget=forms.NumberInput(attrs={"class": "input", "inputmode": "numeric"}),
    )
    held_by = forms.ChoiceField(label=gettext_lazy("With"), widget=forms.Select(attrs={"class": "input"}))
    place = forms.ChoiceField(label=gettext_lazy("How"), choices=Place.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=gettext_lazy("A few words on where or how"),
        help_text=gettext_lazy("The patient reads them: a room, a door, who rings whom."),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, team: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.team = {str(user.pk): user for user in team}
        field = self.fields["held_by"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  the field above
        field.choices = [(pk, name_of(user)) for pk, user in self.team.items()]

    def slot(self, zone: str) -> Slot:
        """What was chosen, by the clocks of `zone`."""
        given = self.cleaned_data
        return Slot(
            day=given["day"],
            time=given["time"],
            zone=zone,
            minutes=given["minutes"],
            held_by=self.team[given["held_by"]],
            place=given["place"],
            words=given["words"],
        )


def filled(appointment: Appointment, words: str) -> dict[str, Any]:
    """What the form begins with where an appointment is changed."""
    return {
        "day": appointment.day,
        "time": appointment.time,
        "minutes": appointment.minutes,
        "held_by": str(appointment.held_by_id),
        "place": appointment.place,
        "words": words,
    }


def spoken(appointment: Appointment, *, today: dt.date) -> str:
    """When it is, by the clocks for which it was agreed: "Thursday 3 December, 14:00"."""
    day = date_format(appointment.day, "l j F" if appointment.day.year == today.year else "l j F Y")
    return _("%(day)s, %(time)s") % {"day": day, "time": f"{appointment.time:%H:%M}"}
