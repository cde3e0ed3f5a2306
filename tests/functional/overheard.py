"""Everything that one window was ever answered, to look for words that must not be in it."""

import html
import re
from dataclasses import dataclass, field

from playwright.sync_api import APIResponse, BrowserContext, Page, Route


@dataclass
class Overheard:
    """Collects the text and the headers of every answer but the static files, from `listen` on."""

    answers: list[tuple[str, str]] = field(default_factory=list)

    def listen(self, context: BrowserContext) -> None:
        """Collect from every page of this context."""
        context.route(lambda url: "/static/" not in url, self._answer)

    def with_any_of(self, wanted: set[str]) -> list[str]:
        """The addresses of answers that hold one of these sentences, however it is escaped or broken into lines."""
        return [url for url, text in self.answers if any(each in text for each in wanted)]

    def ask(self, page: Page, path: str) -> int:
        """Ask for an address with this window's cookies, without showing it; the answer's status."""
        return self._keep(page.request.get(path)).status

    def _answer(self, route: Route) -> None:
        route.fulfill(response=self._keep(route.fetch(max_redirects=0)))

    def _keep(self, answer: APIResponse) -> APIResponse:
        headers = " ".join(f"{each['name']}: {each['value']}" for each in answer.headers_array)
        self.answers.append((answer.url, plain(f"{answer.text()} {headers}")))
        return answer


def plain(text: str) -> str:
    """The text without escapes, with one space between words, so that wording alone counts."""
    return re.sub(r"\s+", " ", html.unescape(text))


def sentences(*texts: str) -> set[str]:
    """The single sentences of some texts, as `plain` would have them."""
    parts = [re.split(r"(?<=[.?!;:])\s", plain(text)) for text in texts]
    return {each.strip() for found in parts for each in found if each.strip()}
