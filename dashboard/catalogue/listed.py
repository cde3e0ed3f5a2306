"""The list of the clinic's texts: what is in use, what nobody has signed, what was withdrawn."""

from collections import Counter
from dataclasses import dataclass

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET
from django_stubs_ext import StrOrPromise

from clinic.actor import log
from dashboard.access import PSYCHOLOGIST, ActingRequest, allow
from dashboard.catalogue.context import TAGS
from recommendations.catalogue import KINDS, texts
from recommendations.catalogue.texts import STATES, Text, TextState
from recommendations.rule_wording import INDICATIONS


@dataclass(frozen=True, slots=True)
class TextLine:
    """One step in the list: the version in use, or the newest where none is; `newer` is an unsigned one above it."""

    title: str
    kind: StrOrPromise
    url: str
    indicated: StrOrPromise
    version: str
    state: StrOrPromise
    tag: str
    signed: str
    newer: str


@allow(PSYCHOLOGIST)
@require_GET
def catalogue(request: ActingRequest) -> HttpResponse:
    """Every step with where its text stands, those that need somebody first."""
    shown = [_shown(versions) for versions in texts.everything().values()]
    lines = [_line(text, versions[0]) for text, versions in shown]
    with transaction.atomic():
        log("catalogue_opened", by=request.actor, at=request.at)
    states = Counter(text.state for text, _versions in shown)
    context = {
        "groups": [
            (_("Not in use"), [each for each in lines if each.state != STATES[TextState.STANDS]]),
            (_("In use"), [each for each in lines if each.state == STATES[TextState.STANDS]]),
        ],
        "unsigned": _unsigned(states[TextState.UNSIGNED]),
        "none_signed": not states[TextState.STANDS],
    }
    return render(request, "catalogue/list.html", context)


def _shown(versions: list[Text]) -> tuple[Text, list[Text]]:
    standing = [text for text in versions if text.state is TextState.STANDS]
    return (standing or versions)[0], versions


def _line(text: Text, newest: Text) -> TextLine:
    entry, signature = text.entry, text.signature
    newer = newest.entry.version if newest.entry.version != entry.version else ""
    return TextLine(
        title=entry.title,
        kind=KINDS.get(entry.kind, entry.kind),
        url=reverse("catalogue-text", args=[entry.code]),
        indicated=INDICATIONS[entry.indication],
        version=entry.version,
        state=STATES[text.state],
        tag=TAGS[text.state],
        signed=signature.printed_name if signature else "",
        newer=_("%(version)s waits for a signature") % {"version": newer} if newer else "",
    )


def _unsigned(count: int) -> str:
    if not count:
        return ""
    words = ngettext(
        "%(count)d text is not signed. Nothing is suggested from it until a psychologist of this clinic has read and "
        "signed it.",
        "%(count)d texts are not signed. Nothing is suggested from them until a psychologist of this clinic has read "
        "and signed them.",
        count,
    )
    return words % {"count": count}
