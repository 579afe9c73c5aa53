"""The people at the console: each test has its own, in the one browser of all."""

from __future__ import annotations

import os
import pathlib
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, StorageState, expect
from support.console import Person
from support.platform import Platform

@pytest.fixture(scope="session")
def admins_cookies(browser: Browser, platform: Platform) -> StorageState:
    """The platform admin's session, gained once through the pages that people see."""
    person = Person(browser, platform.base_url)
    person.open("/console/")
    person.sign_in(platform.credentials["EXAONE_ADMIN_USER"], platform.credentials["EXAONE_ADMIN_PASSWORD"])
    person.page.wait_for_url(re.compile("/console/"))
    expect(person.page.get_by_role("navigation", name="Main")).to_be_visible()
    cookies = person.context.storage_state()
    person.leave()
    return cookies


@pytest.fixture
def somebody(request: pytest.FixtureRequest, browser: Browser, platform: Platform) -> Iterator[Callable[..., Person]]:
    """Brings people before browsers; at the end none of their pages may have misbehaved."""
    people: list[Person] = []

    def bring(language: str = "en-US", **options: object) -> Person:
        people.append(Person(browser, platform.base_url, language, **options))
        return people[-1]

    yield bring
    keep_screenshots(request, people)
    for person in people:
        person.leave()
    assert [misdeed for person in people for misdeed in person.misdeeds] == []


@pytest.fixture
def person(somebody: Callable[..., Person], admins_cookies: StorageState) -> Person:
    """The platform admin, signed in, in a context of this test's own."""
    return somebody(storage_state=admins_cookies)


def keep_screenshots(request: pytest.FixtureRequest, people: list[Person]) -> None:
    """What everybody saw at the test's end, in the folder that EXAONE_E2E_SCREENSHOTS names."""
    folder = os.environ.get("EXAONE_E2E_SCREENSHOTS")
    if folder:
        for number, person in enumerate(people):
            person.page.screenshot(path=pathlib.Path(folder) / f"{request.node.name}-{number}.png")
