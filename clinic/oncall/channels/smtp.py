"""E-mail over SMTP, by Django's own backend; in the demonstration into files of this machine and nowhere else."""

import smtplib
import ssl
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from clinic.models.page import Outcome
from clinic.oncall.wording import PageText
from clinic.outside import Mail

SECONDS = 3.0
"""For each answer of the mail server. What all of them may take together is bounded by whoever claims a page."""

SMTP = "django.core.mail.backends.smtp.EmailBackend"
FILES = "django.core.mail.backends.filebased.EmailBackend"


class Smtp:
    """The mail server that EMAIL_URL names."""

    def is_set_up(self) -> bool:
        """Whether EMAIL_URL, or a folder, is set."""
        mail: Mail = settings.OUTSIDE.mail
        return mail.is_set_up

    def wrong_with(self, address: str) -> str:
        """Whether it reads like one address."""
        try:
            validate_email(address)
        except ValidationError:
            return _("This is no e-mail address.")
        return ""

    def send(self, message: PageText, address: str) -> Outcome:
        """One mail to one person: nobody reads who else was paged."""
        mail: Mail = settings.OUTSIDE.mail
        if not mail.is_set_up:
            return Outcome.NOT_SET_UP
        headers = {"Auto-Submitted": "auto-generated", "X-Priority": "1", "Importance": "high"}
        letter = EmailMessage(
            message.subject,
            message.text,
            mail.sender,
            [address],
            headers=headers,
            connection=_connection(mail),
        )
        try:
            letter.send()
        except TimeoutError:
            return Outcome.TIMEOUT
        except smtplib.SMTPServerDisconnected as error:
            waited = isinstance(error.__context__, TimeoutError)
            return Outcome.TIMEOUT if waited else Outcome.UNREACHABLE
        except smtplib.SMTPException:
            return Outcome.REFUSED
        except (OSError, ssl.SSLError):
            return Outcome.UNREACHABLE
        return Outcome.SENT


def _connection(mail: Mail) -> Any:
    if mail.folder is not None and not mail.host:
        return get_connection(FILES, file_path=mail.folder)
    return get_connection(
        SMTP,
        host=mail.host,
        port=mail.port,
        username=mail.user,
        password=mail.password,
        use_tls=mail.security == "smtp",
        use_ssl=mail.security == "smtps",
        timeout=SECONDS,
    )
