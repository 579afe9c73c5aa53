"""The streams' fault suite: a short form for every run of the tests, and with `--long` the whole of it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator

import pytest
from support.platform import Platform
from support.site import SecondGateway, Site, Tenant

REPORT = pytest.StashKey[list[str]]()


@pytest.fixture(scope="session")
def site_before_it(installed_apart: Platform, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(installed_apart, tmp_path_factory.mktemp("site"))
    yield site
    site.close()


@pytest.fixture
def site(apart: Platform, site_before_it: Site) -> Site:
    return site_before_it


@pytest.fixture
def tenant(site: Site) -> Tenant:
    site.platform.await_healthy()
    return Tenant(site)


@pytest.fixture(scope="module")
def second_gateway(site_before_it: Site) -> Iterator[SecondGateway]:
    second = SecondGateway(site_before_it)
    try:
        second.start()
        yield second
    finally:
        second.end()


@pytest.fixture
def long(request: pytest.FixtureRequest) -> bool:
    return request.config.getoption("--long")


@pytest.fixture
def progress(request: pytest.FixtureRequest, long: bool) -> Callable[[str], None]:
    """Prints how far the long form is, whatever pytest keeps back."""
    captured = request.config.pluginmanager.getplugin("capturemanager")
    terminal = request.config.pluginmanager.getplugin("terminalreporter")

    def say(line: str) -> None:
        if long:
            with captured.global_and_fixture_disabled():
                terminal.ensure_newline()
                terminal.write_line(f"{time.strftime('%H:%M:%S')} {request.node.name}: {line}", flush=True)

    return say


@pytest.fixture
def report(request: pytest.FixtureRequest, progress: Callable[[str], None]) -> Callable[[str], None]:
    """Says a line of what came out; all are printed at the end, as rows of a table, and each at once in the file EXAONE_E2E_REPORT.

    In the long form each is printed at once as well: it takes an hour."""

    def say(line: str) -> None:
        row = f"| {request.node.name} | {line} |"
        request.config.stash.setdefault(REPORT, []).append(row)
        progress(line)
        if "EXAONE_E2E_REPORT" in os.environ:
            with open(os.environ["EXAONE_E2E_REPORT"], "a") as file:
                file.write(row + "\n")

    return say


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    lines = config.stash.get(REPORT, [])
    if lines:
        terminalreporter.section("what came out")
        for line in lines:
            terminalreporter.write_line(line)
