"""Opening the site in Chromium: which windows there are, and signing in through the form."""

from dataclasses import dataclass, field
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize

from tests.cast import PASSWORD
from tests.functional.watch import Watch

Scheme = Literal["light", "dark"]

WIDE: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
SMALL_PHONE: ViewportSize = {"width": 360, "height": 740}

WAIT_MS = 10_000


@dataclass
class Browsing:
    """Opens windows of one browser on one site, each a person's own: with its own cookies, watched all along."""

    browser: Browser
    address: str
    watches: list[Watch] = field(default_factory=list)

    def window(self, *, size: ViewportSize = WIDE, scheme: Scheme = "light", scripts: bool = True) -> Page:
        """A new window of somebody who is not signed in."""
        context = self.browser.new_context(
            base_url=self.address,
            viewport=size,
            color_scheme=scheme,
            java_script_enabled=scripts,
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",
        )
        context.set_default_timeout(WAIT_MS)
        watch = Watch(self.address)
        watch.follow(context)
        self.watches.append(watch)
        return context.new_page()

    def signed_in(
        self,
        name: str,
        *,
        password: str = PASSWORD,
        size: ViewportSize = WIDE,
        scheme: Scheme = "light",
        scripts: bool = True,
    ) -> Page:
        """A window in which this person has signed in through the form."""
        page = self.window(size=size, scheme=scheme, scripts=scripts)
        sign_in(page, name, password=password)
        return page

    def expect(self, *statuses: int) -> None:
        """From now on these statuses are provoked on purpose."""
        for watch in self.watches:
            watch.expected.update(statuses)

    def problems(self) -> list[str]:
        """What went wrong in any window."""
        return [problem for watch in self.watches for problem in watch.problems]

    def close(self) -> None:
        """Close every window."""
        for context in self.browser.contexts:
            context.close()


def sign_in(page: Page, name: str, *, password: str = PASSWORD) -> None:
    """Sign in through the form of this window; on the page where one comes out afterwards."""
    page.goto("/sign-in/")
    page.get_by_label("Sign-in name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)
