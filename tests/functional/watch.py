"""What a browser must not meet: an error in the console, a refusal by the content security policy, another origin."""

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

HARMLESS = ("data:", "blob:", "about:")
STATUS_NOTICE = "Failed to load resource"
"""Chromium's line about a status of 400 and more; the answer itself is judged below."""


@dataclass
class Watch:
    """Collects what went wrong in all pages of one context.

    `expected` holds the statuses of 400 and more that a test provokes on purpose.
    """

    origin: str
    problems: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)

    def follow(self, context: BrowserContext) -> None:
        """Watch every page that this context opens."""
        context.on("page", self._follow_page)
        context.on("request", self._request)
        context.on("response", self._response)

    def _follow_page(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.problems.append(f"{page.url}: {error}"))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(STATUS_NOTICE):
            self.problems.append(f"{message.location['url']}: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.origin, *HARMLESS)):
            self.problems.append(f"asked another origin: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.problems.append(f"{response.status} for {response.request.method} {response.url}")
