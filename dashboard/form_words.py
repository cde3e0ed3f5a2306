"""What a form says beside a field that does not fit: the house's sentences in the place of the framework's.

They stand in one place and hold for every form, also for one that is still to come; a field that knows more says so
itself (`error_messages`). Each says what to do, and speaks the language of its page.
"""

from collections.abc import Mapping
from typing import Final

from django import forms
from django.core import validators
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

_NO_FORM: Final = _("This does not have the form that is asked for.")
_NO_FILE: Final = _("Choose a file.")
_NO_DAY: Final = _("Give a day that is in the calendar.")

OF_FIELDS: Final[Mapping[type[forms.Field], dict[str, Promise]]] = {
    forms.Field: {"required": _("Fill this in.")},
    forms.ChoiceField: {"required": _("Choose one."), "invalid_choice": _("Choose one of these.")},
    forms.MultipleChoiceField: {
        "required": _("Choose at least one."),
        "invalid_choice": _("Choose only from these."),
        "invalid_list": _("Choose only from these."),
    },
    forms.BooleanField: {"required": _("Tick this to go on.")},
    forms.IntegerField: {"required": _("Give a whole number."), "invalid": _("Give a whole number.")},
    forms.FloatField: {
        "required": _("Give a number."),
        "invalid": _("Give a number, with a point and not a comma."),
    },
    forms.DecimalField: {
        "required": _("Give a number."),
        "invalid": _("Give a number, with a point and not a comma."),
    },
    forms.DateField: {"required": _("Choose a day."), "invalid": _NO_DAY},
    forms.TimeField: {"required": _("Choose a time."), "invalid": _("Give a time such as 09:30.")},
    forms.DateTimeField: {
        "required": _("Choose a day and a time."),
        "invalid": _("Give a day and a time such as 09:30."),
    },
    forms.FileField: {
        "required": _NO_FILE,
        "invalid": _NO_FILE,
        "missing": _NO_FILE,
        "empty": _("This file is empty. Choose another."),
        "max_length": _("The name of this file is too long. Give it a shorter one."),
        "contradiction": _("Choose a file or clear the field, not both."),
    },
    forms.UUIDField: {"required": _("Choose one."), "invalid": _("Choose one of these.")},
    forms.RegexField: {"invalid": _NO_FORM},
    forms.SlugField: {"invalid": _("Use letters, digits, hyphens and underscores only.")},
}
"""By the kind of field and the fault; a kind has those of its parents too."""

OF_LIMITS: Final[Mapping[type[object], Promise]] = {
    validators.MinValueValidator: _("At least %(limit_value)s."),
    validators.MaxValueValidator: _("At most %(limit_value)s."),
    validators.StepValueValidator: _("In steps of %(limit_value)s."),
    validators.MinLengthValidator: ngettext_lazy(
        "Write at least %(limit_value)d character.",
        "Write at least %(limit_value)d characters.",
        "limit_value",
    ),
    validators.MaxLengthValidator: ngettext_lazy(
        "Shorten this to %(limit_value)d character: it has %(show_value)d.",
        "Shorten this to %(limit_value)d characters: it has %(show_value)d.",
        "limit_value",
    ),
    validators.RegexValidator: _NO_FORM,
    validators.EmailValidator: _("Write an address such as name@example.org."),
    validators.ProhibitNullCharactersValidator: _("This holds a sign that cannot be kept. Type it anew."),
}


def install() -> None:
    """From now on every form says these sentences. Before the first form is made."""
    for field, words in OF_FIELDS.items():
        field.default_error_messages = vars(field).get("default_error_messages", {}) | words
    for validator, sentence in OF_LIMITS.items():
        validator.message = sentence  # type: ignore[attr-defined]
