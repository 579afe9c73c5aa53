"""The command line as a person uses it: signed in through a browser, and told what is wrong."""

from __future__ import annotations

import pathlib

import pytest
from support.browserless import confirm_device
from support.documents import Reader
from support.platform import PATIENCE_SECONDS, Platform, free_port


@pytest.fixture
def reader(platform: Platform, tmp_path: pathlib.Path) -> Reader:
    return Reader(platform, tmp_path)


def failing(reader: Reader, command: str) -> str:
    """What a command that fails says."""
    shell = reader.begin(command)
    printed, _ = shell.communicate(timeout=PATIENCE_SECONDS)
    assert shell.returncode == 1, printed
    assert "Exception" not in printed and "\tat " not in printed
    return printed


def test_a_person_signs_in_and_out(platform: Platform, reader: Reader) -> None:
    url = f"--url {platform.base_url}"
    assert "You are not signed in" in failing(reader, f"./exaone account get {url}")
    said = confirm_device(platform, reader.begin(f"./exaone login {url}"))
    assert f"Signed in at {platform.base_url}." in said
    # The installation is remembered with the sign-in.
    assert "platform.tenant.write" in reader.paste("./exaone account get")
    assert "Commands are about the tenant" in reader.paste("./exaone use --tenant demo --project demo")
    assert '"apiKeys":[' in reader.paste("./exaone api-key list --json")
    profile = reader.folder.parent / "config" / "exaone" / "profile.properties"
    assert profile.stat().st_mode & 0o077 == 0
    assert "Signed out" in reader.paste("./exaone logout")
    assert "You are not signed in" in failing(reader, "./exaone account get")


def test_what_is_wrong_is_said(platform: Platform, reader: Reader) -> None:
    key = f"--url {platform.base_url} --key {platform.key}"
    assert "The API key is not valid." in failing(reader, f"./exaone agent list --url {platform.base_url} --key exk_wrong")
    assert "nothing listens there" in failing(reader, f"./exaone agent list --key x --url http://127.0.0.1:{free_port()}")
    assert "does not know that name" in failing(reader, "./exaone agent list --key x --url http://exaone.invalid")
    assert "is no URL" in failing(reader, "./exaone agent list --key x --url exaone.example")
    assert "no tenant 'globex'" in failing(reader, f"./exaone agent list {key} --tenant globex")
    assert "no project 'none'" in failing(reader, f"./exaone agent list {key} --project none")
    assert "needs the permission platform.tenant.write" in failing(reader, f"./exaone tenant create --name x1 {key}")


def test_a_mistake_in_a_file_is_found_by_its_place(platform: Platform, reader: Reader) -> None:
    key = f"--url {platform.base_url} --key {platform.key}"
    file = reader.folder / "agent.yaml"
    file.write_text("apiVersion: exaone.ai/v1\nkind: Agent\nname: misplaced\nmodel: [\n")
    assert "agent.yaml, line 5, column 1: not valid YAML" in failing(reader, f"./exaone agent deploy {key}")
    file.write_text("apiVersion: exaone.ai/v1\nkind: Agent\nname: misplaced\nmodle: m\ninstructions: x\n")
    said = failing(reader, f"./exaone agent deploy {key}")
    assert "4:1" in said or "line 4" in said
    assert "modle" in said
