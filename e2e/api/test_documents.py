"""The commands of README and of the readers' pages do what those say."""

from __future__ import annotations

import os
import pathlib
import re
import shlex
import subprocess
import sys
import uuid

import pytest
from support.browserless import confirm_device
from support.documents import Reader, blocks
from support.platform import ROOT, Platform


@pytest.fixture
def reader(platform: Platform, tmp_path: pathlib.Path) -> Reader:
    return Reader(platform, tmp_path)


def test_the_three_things_to_try(platform: Platform, reader: Reader) -> None:
    printed = reader.paste(*blocks("README.md", "Three things to try"))
    assert "data: [DONE]" in printed
    assert f"{platform.base_url}/console  {platform.credentials['EXAONE_ADMIN_USER']}" in printed
    assert "run started" in printed
    assert "Callers use the model agent/hello." in printed


def test_a_callers_page(reader: Reader) -> None:
    source, *rest = blocks("docs/callers.md")
    printed = reader.paste(source, *rest)
    assert '"usage"' in printed and "data: [DONE]" in printed and '"embedding"' in printed
    for program in blocks("docs/callers.md", language="python"):
        (reader.folder / "program.py").write_text(program)
        assert reader.paste(source, f"'{sys.executable}' program.py").strip()


def test_a_developers_page(reader: Reader) -> None:
    printed = reader.paste(*blocks("docs/developers.md"))
    assert "Callers use the model agent/weather." in printed
    assert "first" in printed and "shorter" in printed and "again." in printed
    assert "name: WEATHER_KEY" in printed and "k-123" not in printed
    assert '"choices"' in printed


def test_an_admins_page(platform: Platform, reader: Reader) -> None:
    name = f"acme-{uuid.uuid4().hex[:8]}"
    sign_in, *rest = (block.replace("acme", name) for block in blocks("docs/admins.md"))
    shell = reader.begin(sign_in)
    confirm_device(platform, shell)
    before = deployments(reader)
    try:
        printed = reader.paste(*rest)
    finally:
        for deployment in deployments(reader) - before:
            reader.paste(f"./exaone deployment stop {deployment}", f"./exaone deployment delete {deployment}")
    assert "accept url: " in printed and "secret: exk_" in printed
    assert "requests-per-minute" in printed and "budget-per-month" in printed
    assert "limit.create" in printed


def test_the_examples(reader: Reader) -> None:
    printed = reader.paste(*blocks("examples/README.md"))
    assert "Callers use the model agent/greeter." in printed and '"choices"' in printed


def test_an_operators_page_dumps_a_database_whole(platform: Platform, reader: Reader) -> None:
    [dump] = blocks("docs/operators.md", "Backup")
    if "EXAONE_CACHE" in os.environ:  # The page names the usual place.
        dump = dump.replace("~/.cache/exaone", os.environ["EXAONE_CACHE"])
    reader.paste(dump)
    dumped = (reader.folder / "identity.sql").read_text()
    assert "CREATE TABLE `tenant`" in dumped and "INSERT INTO `tenant`" in dumped and "Dump completed" in dumped


def test_the_packages_that_the_readme_names_can_be_installed() -> None:
    listed = pathlib.Path("/var/lib/apt/lists")
    if not listed.is_dir() or not list(listed.glob("*_Packages*")):
        pytest.skip("no lists of packages here")
    lines = blocks("README.md", "Run it")[0].splitlines()
    tools, node, jdk = (shlex.split(line, comments=True) for line in lines)
    for words in (tools, node, jdk):
        assert words[:3] == ["sudo", "apt-get", "install"] and len(words) > 3
    for package in (*tools[3:], *node[3:]):
        told = subprocess.run(["apt-cache", "policy", package], capture_output=True, text=True, check=True).stdout
        assert re.search(r"Candidate: \d", told), f"no package {package}: {told}"
    simulated = subprocess.run(["apt-get", "install", "-s", *tools[3:]], capture_output=True, text=True, check=False)
    assert simulated.returncode == 0, simulated.stderr


def test_what_contributors_are_told_to_run_exists() -> None:
    """The commands themselves are this very test run, and the builds before it."""
    usage = subprocess.run([ROOT / "exaone", "help"], capture_output=True, text=True, check=True).stdout
    for line in blocks("CONTRIBUTING.md", "The loop")[0].splitlines():
        program, verb, *_ = shlex.split(line, comments=True)
        assert program == "./exaone"
        assert re.search(rf"^  {verb} ", usage, re.MULTILINE), f"{verb} is not in the usage"


def deployments(reader: Reader) -> set[str]:
    listed = reader.paste("./exaone deployment list")
    return {word for word in listed.split() if word.startswith("dep_")}
