"""The form that closes an alert."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.models.safety import AlertOutcome

LONGEST_NOTE = 4_000
"""Characters of a closing note: two pages."""


class CloseForm(forms.Form):
    """How the alert ended, and a note for those who care for this person."""

    outcome = forms.ChoiceField(
        label=_("How did it end?"),
        choices=AlertOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it ended."), "invalid_choice": _("Choose how it ended.")},
    )
    note = forms.CharField(
        label=_("What was done and agreed"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"class": "input", "rows": 6}),
        help_text=_("The care team can read it on this page. It is encrypted under this person’s key."),
        error_messages={
            "required": _("Write in a sentence what was done."),
            "max_length": _("At most 4,000 characters."),
        },
    )
