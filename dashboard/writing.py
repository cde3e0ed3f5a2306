"""The form of a message, the same for patients and staff: what may be sent, and what is said where it may not."""

from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic.messages import LONGEST_MESSAGE


class MessageForm(forms.Form):
    """One message. It has no `maxlength`: a browser would cut it unseen. Nothing ever fills it in beforehand."""

    words = forms.CharField(
        label=gettext_lazy("Your message"),
        strip=False,
        error_messages={"required": gettext_lazy("Write something first, then send it.")},
    )

    def clean_words(self) -> str:
        """The words with plain line ends. Refused when they are too many: with the count, and with every word kept."""
        words: str = self.cleaned_data["words"].replace("\r\n", "\n").strip()
        if not words:
            raise forms.ValidationError(_("Write something first, then send it."))
        if len(words) > LONGEST_MESSAGE:
            counts = {"count": _grouped(len(words)), "longest": _grouped(LONGEST_MESSAGE)}
            raise forms.ValidationError(
                _(
                    "Your message has %(count)s characters, and %(longest)s can be sent. Your words are all still "
                    "here: shorten them, or send them in parts."
                )
                % counts
            )
        return words


def _grouped(number: int) -> str:
    return number_format(number, force_grouping=True)


def submission_of(posted: QueryDict) -> UUID:
    """The id that the form carries, or a new one where it carries none."""
    try:
        return UUID(posted.get("submission", ""))
    except ValueError:
        return uuid4()
