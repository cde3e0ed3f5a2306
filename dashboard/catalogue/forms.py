"""The forms of the catalogue: a new version of a text with all its fields, and what goes with its signature."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.activities import ACTIVITIES
from clinic.screening import CONDITION_GROUPS, CONDITIONS
from dashboard.review.forms import LONGEST_NOTE, PlainText, WordsForm
from recommendations.catalogue import CARDS, KINDS, LEVELS, CatalogueEntry, texts, write
from recommendations.catalogue.activities import activities_of
from recommendations.rule_wording import INDICATIONS

MOST_SIGNS = 6
RULES = {
    "": _("No rule"),
    "blocks": _("Blocks when present"),
    "known": _("Blocks when present or not known"),
    "care": _("Take care, does not block"),
}
RANKS = {"1": _("Gentle: comes first"), "2": _("Middle"), "3": _("Demanding: comes last")}


def _area(label: Any, rows: int, *, required: bool = True, hint: Any = "") -> PlainText:
    widget = forms.Textarea(attrs={"class": "input", "rows": rows})
    return PlainText(label=label, required=required, widget=widget, max_length=LONGEST_NOTE, help_text=hint)


def _choice(label: Any, choices: dict[str, Any]) -> forms.ChoiceField:
    widget = forms.Select(attrs={"class": "input"})
    return forms.ChoiceField(label=label, choices=list(choices.items()), widget=widget)


class VersionForm(WordsForm):
    """Every field of a text. What a patient reads comes first; then whom it is for and what speaks against it."""

    kind = _choice(_("Kind"), KINDS)
    indication = _choice(_("Suggested when"), INDICATIONS)
    rank = _choice(_("Among steps for the same reason"), RANKS)
    ask_after_use = forms.BooleanField(
        label=_("Ask after each use whether anything bad happened"), required=False
    )
    caution = _area(_("Caution, for psychologists"), 2)
    outcome = _area(_("How one sees that it helps"), 2)
    sources = _area(_("Sources"), 3, hint=_("One on each line."))
    licence = PlainText(
        label=_("Licence of these words"),
        widget=forms.TextInput(attrs={"class": "input"}),
        max_length=200,
        help_text=_("Only words that the clinic may use."),
    )
    activities = forms.MultipleChoiceField(
        label=_("Which activity it is"),
        choices=list(ACTIVITIES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Facts about this activity raise it or leave it out. Each activity has rules that always block."
        ),
    )
    based_on = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dose"].required = self.fields["stop_rule"].required = True
        for number in range(MOST_SIGNS):
            self.fields[f"sign_{number}_code"] = forms.SlugField(
                required=False, max_length=40, widget=forms.HiddenInput
            )
            self.fields[f"sign_{number}_words"] = PlainText(
                label=_("The person’s words"),
                required=False,
                max_length=160,
                widget=forms.TextInput(attrs={"class": "input input--words"}),
            )
            level, card = _choice(_("Opens"), LEVELS), _choice(_("Help card"), CARDS)
            level.required = card.required = False
            self.fields[f"sign_{number}_level"], self.fields[f"sign_{number}_card"] = level, card
        for code, label in CONDITIONS.items():
            rule = _choice(label, RULES)
            rule.required = False
            self.fields[f"rule_{code}"] = rule

    @property
    def signs(self) -> list[dict[str, forms.BoundField]]:
        """The rows of the stop signs."""
        parts = ("code", "words", "level", "card")
        return [{part: self[f"sign_{number}_{part}"] for part in parts} for number in range(MOST_SIGNS)]

    @property
    def rules(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The conditions in their groups."""
        return [(group, [self[f"rule_{code}"] for code in named]) for group, named in CONDITION_GROUPS]

    def clean(self) -> dict[str, Any]:
        """At least one stop sign: somebody must be able to say that something bad happened."""
        entered = super().clean() or self.cleaned_data
        if not any(entered.get(f"sign_{number}_words") for number in range(MOST_SIGNS)):
            self.add_error("sign_0_words", _("Name at least one sign on which the step stops."))
        return entered

    def body(self, *, code: str, language: str) -> dict[str, Any]:
        """The text as the catalogue stores it; its number is given when it is stored. Only of a valid form."""
        said, rules = self.cleaned_data, {code: self.cleaned_data[f"rule_{code}"] for code in CONDITIONS}
        plain = ("title", "words", "dose", "stop_rule", "kind", "indication", "caution", "outcome", "licence")
        return {name: said[name] for name in plain} | {
            "code": code,
            "version": "",
            "language": language,
            "rank": int(said["rank"]),
            "ask_after_use": said["ask_after_use"],
            "stop_signs": [sign for number in range(MOST_SIGNS) if (sign := self._sign(number))],
            "contraindications": [
                {"condition": condition, "must_be_known": rule == "known"}
                for condition, rule in rules.items()
                if rule in {"blocks", "known"}
            ],
            "cautions": [condition for condition, rule in rules.items() if rule == "care"],
            "activities": sorted(said["activities"]),
            "sources": [line.strip() for line in said["sources"].splitlines() if line.strip()],
        }

    def _sign(self, number: int) -> dict[str, str] | None:
        part = {
            name: self.cleaned_data[f"sign_{number}_{name}"] for name in ("code", "words", "level", "card")
        }
        if not part["words"]:
            return None
        return part | {"code": part["code"] or f"sign_{number + 1}", "level": part["level"] or "concern"}


class NewStepForm(VersionForm):
    """The same for a step that the catalogue does not have yet: its code comes first and stays for good."""

    code = forms.RegexField(
        write.CODE,
        label=_("Code"),
        max_length=40,
        help_text=_(
            "What the record calls it, for good: 3 to 40 small letters and underscores, like time_outdoors."
        ),
        error_messages={"invalid": _("Use 3 to 40 small letters and underscores, beginning with a letter.")},
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["based_on"].required = False

    def clean_code(self) -> str:
        """A code that no step has."""
        code: str = self.cleaned_data["code"]
        if texts.of_code(code):
            raise forms.ValidationError(_("There is a step with this code. Open it to write a new version."))
        return code


def initial_of(entry: CatalogueEntry) -> dict[str, Any]:
    """The fields of the form from a version."""
    plain = ("title", "words", "dose", "stop_rule", "kind", "indication", "caution", "outcome", "licence")
    found: dict[str, Any] = {name: getattr(entry, name) for name in plain}
    found |= {"rank": str(entry.rank), "ask_after_use": entry.ask_after_use, "based_on": entry.digest}
    found["activities"] = list(activities_of(entry))
    found["sources"] = "\n".join(entry.sources)
    for number, sign in enumerate(entry.stop_signs[:MOST_SIGNS]):
        for name in ("code", "words", "level", "card"):
            found[f"sign_{number}_{name}"] = getattr(sign, name)
    for each in entry.contraindications:
        found[f"rule_{each.condition}"] = "known" if each.must_be_known else "blocks"
    return found | {f"rule_{code}": "care" for code in entry.cautions}


class TextSignForm(forms.Form):
    """What goes with a signature under a text. The hidden fields say what the signer was shown."""

    statement = forms.BooleanField(
        label=_("I approve this text for use in this clinic."),
        error_messages={"required": _("Tick this to sign: it is what your signature says.")},
    )
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"class": "input", "autocomplete": "current-password"}),
        error_messages={"required": _("Your password is asked for each signature.")},
    )
    version = forms.CharField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput)
