"""A platform whose services are processes of their own, so that each can be killed alone."""

from __future__ import annotations

import os
import pathlib
import subprocess
from collections.abc import Iterator

import pytest
from support.platform import Platform, runs

SETTINGS = """\
exaone:
  gateway:
    relay:
      models:
        # The model that is asked of engines that fall silent.
        - {model: scripted-impatient, first-byte-timeout: 2s, idle-timeout: 2s}
"""


@pytest.fixture
def apart(installed_apart: Platform) -> Platform:
    """Whichever test was before, it runs: some of them end it."""
    if installed_apart.options and not is_up(installed_apart):
        installed_apart.up_again()
    return installed_apart


def is_up(platform: Platform) -> bool:
    return (platform.home / "run" / "supervisor.pid").exists() and runs(platform.pid("supervisor"))


@pytest.fixture(scope="session")
def installed_apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """Mutual TLS between the services, and a certificate of the operator's own before them.

    EXAONE_E2E_APART names the home of one that runs already, with its certificate in `certificate.pem`.
    """
    named = os.environ.get("EXAONE_E2E_APART")
    if named:
        yield Platform(pathlib.Path(named), pathlib.Path(named) / "certificate.pem")
        return
    home = tmp_path_factory.mktemp("exaone-apart")
    certificate, key = self_signed(home)
    (home / "config.yml").write_text(SETTINGS)
    platform = Platform.start(
        home,
        "--processes",
        f"--tls-cert={certificate}",
        f"--tls-key={key}",
        certificate=certificate,
    )
    yield platform
    if is_up(platform):
        platform.down()


def self_signed(folder: pathlib.Path) -> tuple[pathlib.Path, pathlib.Path]:
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
            *("-days", "2", "-subj", "/CN=exaone", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-out", str(certificate), "-keyout", str(key)),
        ],
        check=True,
        capture_output=True,
    )
    return certificate, key
