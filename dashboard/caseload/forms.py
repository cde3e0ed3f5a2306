"""The screening form: each condition present, absent or unknown, and where that is known from."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from clinic.models.screening import ScreeningSource, ScreeningState
from clinic.screening import CONDITION_GROUPS, CONDITIONS, Standing


class ScreeningForm(forms.Form):
    """One question for each known condition. Unknown is an answer of its own."""

    source = forms.ChoiceField(
        label=_("Where do you know this from?"),
        choices=ScreeningSource.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose where you know this from: nothing is taken as asked today by itself.")
        },
    )

    def __init__(self, *args: Any, facts: Mapping[str, Standing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in CONDITIONS.items():
            self.fields[code] = forms.ChoiceField(
                label=label,
                choices=ScreeningState.choices,
                widget=forms.RadioSelect,
                initial=facts[code].state,
            )

    @property
    def groups(self) -> list[tuple[StrOrPromise, list[forms.BoundField]]]:
        """The questions in their groups, in the order of the form."""
        return [(label, [self[code] for code in named]) for label, named in CONDITION_GROUPS]

    @property
    def answers(self) -> dict[str, ScreeningState]:
        """What was answered for each condition; only of a valid form."""
        return {code: ScreeningState(self.cleaned_data[code]) for code in CONDITIONS}
