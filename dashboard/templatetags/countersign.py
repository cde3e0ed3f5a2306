"""Template tags of the project."""

from django import template
from django.contrib.messages.storage.base import Message
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from dashboard.entrance.resume import OWNER_FIELD, owner_token
from dashboard.figures.fold import folded_script
from dashboard.languages import SAID_IN
from dashboard.telephone import linked

register = template.Library()


@register.simple_tag(takes_context=True)
def form_owner(context: Context) -> SafeString:
    """The hidden field that says whose form this is, so that typed words survive the end of the session."""
    request = context["request"]
    token = owner_token(request.person, session_key=request.session.session_key or "")
    return format_html('<input type="hidden" name="{}" value="{}">', OWNER_FIELD, token)


@register.filter
def said_in(message: Message) -> str:
    """The language of a message that was said in the reader's own; "" for the page's."""
    tags = str(message.extra_tags or "").split()
    return next((tag.removeprefix(SAID_IN) for tag in tags if tag.startswith(SAID_IN)), "")


@register.filter
def is_plain(cell: object) -> bool:
    """Whether a cell of a table is its own text. Asking each cell for words that it has not takes a template long."""
    return not hasattr(cell, "words")


register.filter("folded_script", folded_script)
register.filter("dialled", linked)
