"""Reasons as data: the 14 codes for rejecting (SR-61), grouped as the screen shows them, and the 5 for changing."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

REJECTION_GROUPS: tuple[tuple[StrOrPromise, dict[str, StrOrPromise]], ...] = (
    (
        _("Wrong"),
        {
            "wrong_input_data": _("The data behind it are wrong"),
            "severity_too_high": _("It takes things too seriously"),
            "severity_too_low": _("It does not take things seriously enough"),
            "evidence_too_weak": _("The evidence is too weak"),
            "explanation_unclear": _("The explanation is unclear"),
        },
    ),
    (
        _("Unsafe"),
        {
            "contraindicated": _("Something speaks against it for this person"),
            "needs_safety_escalation": _("This needs a safety response instead"),
        },
    ),
    (_("Not now"), {"wrong_time": _("The time is wrong")}),
    (
        _("Not for this person"),
        {
            "patient_declined": _("The person does not want it"),
            "culture_language_unsuitable": _("It does not suit their culture or language"),
            "better_alternative": _("Something else suits them better"),
            "out_of_scope": _("It is outside what we do together"),
        },
    ),
    (_("Duplicate"), {"already_in_place": _("It is in place already")}),
    (_("Other"), {"other": _("Another reason, said below")}),
)

REJECTIONS: dict[str, StrOrPromise] = {
    code: label for _group, reasons in REJECTION_GROUPS for code, label in reasons.items()
}

EDITS: dict[str, StrOrPromise] = {
    "smaller_step": _("Smaller step"),
    "fits_this_life": _("Fits this life"),
    "tone": _("Tone"),
    "clinical": _("Clinical"),
    "fact": _("Fact"),
}
