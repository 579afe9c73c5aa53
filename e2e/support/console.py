"""People at the console in a real browser: each a browser context of their own, watched for what a page must never do."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Frame, Page, Request, expect

PATIENCE_MILLISECONDS = 120_000
"""For what must be seen and is not promised to be fast: a browser, the platform and its engine share few cores."""
ANSWER_MILLISECONDS = 240_000
"""For what a model has to write first."""
PASSWORD = f"Own-{uuid.uuid4().hex}"


CUT_SHORT = re.compile("Failed to fetch|imported module|preload|AbortError|NetworkError|ERR_ABORTED")
"""What a page says of its requests that ended with it."""


class Person:
    """Somebody before a browser. Pages may neither ask another origin nor fail by their own code: see `misdeeds`.

    A page that is left while it still asks for something may say that this was cut short, until the next page is there.
    """

    def __init__(self, browser: Browser, base_url: str, language: str = "en-US", **options: object) -> None:
        self.base_url = base_url
        self.misdeeds: list[str] = []
        self._leaving = False
        self.context: BrowserContext = browser.new_context(
            locale=language, viewport={"width": 1440, "height": 900}, **options
        )
        self.context.set_default_timeout(PATIENCE_MILLISECONDS)
        self.context.on("request", self._watch_request)
        self.context.on("console", self._watch_console)
        self.context.on("weberror", lambda error: self._note(f"an error: {error.error}"))
        self.page: Page = self.context.new_page()
        self.page.on("framenavigated", self._watch_arrival)

    def _watch_arrival(self, frame: Frame) -> None:
        if frame == self.page.main_frame:
            self._leaving = False

    def _note(self, misdeed: str) -> None:
        if not (self._leaving and CUT_SHORT.search(misdeed)):
            self.misdeeds.append(misdeed)

    def _watch_request(self, request: Request) -> None:
        if request.is_navigation_request():
            self._leaving = True
        if not request.url.startswith((self.base_url + "/", "data:", "blob:")):
            self.misdeeds.append(f"a request to elsewhere: {request.url}")

    def _watch_console(self, message: ConsoleMessage) -> None:
        # A refused call is an answer, and the pages show it; everything else is a mistake of ours.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self._note(f"an error in the log: {message.text}")

    def open(self, path: str) -> Page:
        self.page.goto(f"{self.base_url}{path}")
        return self.page

    def sign_in(self, user: str, password: str) -> None:
        """Fills the platform's sign-in pages, where the console has led."""
        self.page.locator("#username").fill(user)
        self.page.locator("#username").press("Enter")
        self.page.locator("#password").fill(password)
        self.page.locator("#password").press("Enter")

    def choose_password(self, password: str) -> None:
        """A new person's own password, where the sign-in pages ask for it."""
        self.page.locator("#password-new").fill(password)
        self.page.locator("#password-confirm").fill(password)
        self.page.locator("#password-confirm").press("Enter")

    def title(self, title: str) -> None:
        """The page has that title, as its heading and on the browser's tab."""
        expect(self.page.get_by_role("heading", level=1, name=title, exact=True)).to_be_visible()
        expect(self.page).to_have_title(f"{title} · EXAONE")

    def tenants(self) -> list[str]:
        """The names of the tenants that the switcher offers."""
        self.page.get_by_role("button", name=re.compile("^Tenant: ")).click()
        options = self.page.get_by_role("listbox", name="Tenant").get_by_role("option")
        expect(options.first).to_be_visible()
        names = [text.splitlines()[0] for text in options.all_inner_texts()]
        self.page.keyboard.press("Escape")
        return names

    def switch_tenant(self, shown_name: str) -> None:
        self.page.get_by_role("button", name=re.compile("^Tenant: ")).click()
        self.page.get_by_role("option").filter(has_text=shown_name).click()
        expect(self.page.get_by_role("button", name=f"Tenant: {shown_name}", exact=True)).to_be_visible()

    def leave(self) -> None:
        self.context.close()


@dataclass(frozen=True)
class Invited:
    """What an admin passes on to somebody who is invited."""

    email: str
    link: str
    password: str


def invite(admin: Person, tenant_id: str, role: str, email: str | None = None) -> Invited:
    """An admin invites by the members page. The password is empty for somebody whom the platform knows."""
    email = email or f"{uuid.uuid4().hex[:10]}@partner.example"
    page = admin.open(f"/console/t/{tenant_id}/members")
    page.get_by_role("button", name="Invite", exact=True).first.click()
    form = page.get_by_role("dialog", name="Invite a person")
    form.get_by_role("textbox", name="Email").fill(email)
    form.get_by_role("radio", name=role).check()
    form.get_by_role("button", name="Create invitation").click()
    shown = page.get_by_role("dialog", name=f"Invitation for {email}")
    link = shown.get_by_role("status", name="Link").inner_text()
    password = shown.get_by_role("status", name="First password")
    invited = Invited(email, link, password.inner_text() if password.count() else "")
    shown.get_by_role("button", name="Done").click()
    return invited


def accept(person: Person, invited: Invited) -> None:
    """Opens the link, signs in for the first time with a password of one's own, and joins."""
    person.page.goto(invited.link)
    person.sign_in(invited.email, invited.password)
    person.choose_password(PASSWORD)
    person.page.get_by_role("button", name="Join", exact=True).click()
    expect(person.page.get_by_role("navigation", name="Main")).to_be_visible()
