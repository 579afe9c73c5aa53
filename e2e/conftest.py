"""One real platform for all tests: started as a person would start it, ended when the last test is over."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from support.browserless import Session, sign_in
from support.callers import chat_model_of
from support.console import PATIENCE_MILLISECONDS
from support.platform import Platform
from support.site import HeldModel

# Nothing of the browser's own may look for the internet.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="faults/streams in full: every byte, thousands of callers, twenty kills of each part")


@pytest.fixture(scope="session")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """A running platform: the one that EXAONE_E2E_HOME names, else a new one of its own."""
    named = os.environ.get("EXAONE_E2E_HOME")
    if named:
        yield Platform.running(pathlib.Path(named))
        return
    platform = Platform.start(tmp_path_factory.mktemp("exaone-home"))
    try:
        yield platform
    finally:
        platform.down()


@pytest.fixture(scope="session")
def admin(platform: Platform) -> Session:
    """The platform admin, signed in to the console through Keycloak's own pages."""
    credentials = platform.credentials
    return sign_in(platform.base_url, credentials["EXAONE_ADMIN_USER"], credentials["EXAONE_ADMIN_PASSWORD"])


@pytest.fixture(scope="module")
def held_models(admin: Session, tmp_path_factory: pytest.TempPathFactory) -> Iterator[HeldModel]:
    model = HeldModel(admin, tmp_path_factory.mktemp("held"))
    yield model
    model.close()


@pytest.fixture
def held(held_models: HeldModel) -> Iterator[HeldModel]:
    """A model that writes until it is released."""
    held_models.hold()
    yield held_models
    held_models.release()


@pytest.fixture(scope="session")
def model(platform: Platform) -> str:
    """The built-in model that chats."""
    return chat_model_of(platform)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), headless=True, args=FLAGS
        )
        yield chromium
        chromium.close()
