"""The commands of README and of the readers' pages do what those say."""

from __future__ import annotations

import pathlib
import sys
import uuid

import pytest
from support.browserless import confirm_device
from support.documents import Reader, blocks
from support.platform import Platform


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


def deployments(reader: Reader) -> set[str]:
    listed = reader.paste("./exaone deployment list")
    return {word for word in listed.split() if word.startswith("dep_")}
