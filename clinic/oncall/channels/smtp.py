"""E-mail over SMTP, by Django's own backend; in the demonstration into files of this machine and nowhere else."""

import smtplib
import socket
import ssl
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import DNS_NAME, EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from clinic.models.page import Outcome
from clinic.oncall.channels.deadline import Deadline
from clinic.oncall.wording import PageText
from clinic.outside import Mail

WHOLE_SECONDS = 10.0
"""For everything, from asking for the server's name to its last answer: less than a claim holds, and enough for a
server that greets late."""

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
        try:
            with Deadline(WHOLE_SECONDS) as until:
                _letter(message, address, mail, until).send()
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


def _letter(message: PageText, address: str, mail: Mail, until: Deadline) -> EmailMessage:
    """The clinic's name stands in the subject: whatever is in it, that stays one line."""
    headers = {"Auto-Submitted": "auto-generated", "X-Priority": "1", "Importance": "high"}
    return EmailMessage(
        " ".join(message.subject.split()),
        message.text,
        mail.sender,
        [address],
        headers=headers,
        connection=_connection(mail, until),
    )


def _connection(mail: Mail, until: Deadline) -> Any:
    if mail.folder is not None and not mail.host:
        return get_connection(FILES, file_path=mail.folder)
    return _Backend(
        until,
        host=mail.host,
        port=mail.port,
        username=mail.user,
        password=mail.password,
        use_tls=mail.security == "smtp",
        use_ssl=mail.security == "smtps",
    )


class _Plain(smtplib.SMTP):
    """Connects within the time that is left."""

    def __init__(self, until: Deadline, host: str, port: int, **more: Any) -> None:
        self._until = until
        super().__init__(host, port, **more)

    def _get_socket(self, host: str, port: int, _timeout: float) -> socket.socket:
        return self._until.connected(self._until.looked_up(host, port), port)


class _Tls(smtplib.SMTP_SSL):
    """The same, with TLS from the first byte."""

    def __init__(self, until: Deadline, host: str, port: int, **more: Any) -> None:
        self._until = until
        super().__init__(host, port, **more)

    def _get_socket(self, host: str, port: int, _timeout: float) -> socket.socket:
        plain = self._until.connected(self._until.looked_up(host, port), port)
        return self.context.wrap_socket(plain, server_hostname=host)


class _Backend(EmailBackend):
    """Django's own, but for its connection, which ends with the time."""

    def __init__(self, until: Deadline, **server: Any) -> None:
        super().__init__(**server)
        self._until = until

    def open(self) -> bool:
        """Connect, speak TLS and sign in."""
        name = self._own_name()
        if self.use_ssl:
            talk: smtplib.SMTP = _Tls(
                self._until, self.host, self.port, local_hostname=name, context=self.ssl_context
            )
        else:
            talk = _Plain(self._until, self.host, self.port, local_hostname=name)
        try:
            if self.use_tls:
                talk.starttls(context=self.ssl_context)
            if self.username and self.password:
                talk.login(self.username, self.password)
        except BaseException:
            talk.close()
            raise
        self.connection = talk
        return True

    def _own_name(self) -> str:
        """As this machine calls itself; a name server that does not answer costs two seconds and no mail."""
        try:
            return str(self._until.asked(DNS_NAME.get_fqdn, at_most=2.0))
        except (TimeoutError, UnicodeError):
            return socket.gethostname()

    def close(self) -> None:
        """Say goodbye. A server that has taken the mail and does not answer this has taken it all the same."""
        talk, self.connection = self.connection, None
        if talk is None:
            return
        try:
            talk.quit()
        except OSError:
            talk.close()
