"""One real platform for all tests: started as a person would start it, ended when the last test is over."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Iterator

import pytest

from support.browserless import Session, sign_in
from support.platform import Platform


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
