"""The official OpenAI SDKs of other languages, unchanged, against the embedded engines."""

from __future__ import annotations

import os
import pathlib
import shutil
import subprocess

import pytest
from support.callers import chat_model_of, embedding_model_of
from support.platform import Platform

ATTEMPTS = 3
SDKS = pathlib.Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def environment(platform: Platform) -> dict[str, str]:
    return {
        **os.environ,
        "EXAONE_BASE_URL": platform.base_url,
        "OPENAI_API_KEY": platform.key,
        "MODEL": chat_model_of(platform),
        "EMBEDDING_MODEL": embedding_model_of(platform),
    }


def test_node(environment: dict[str, str], tmp_path: pathlib.Path) -> None:
    for file in ("package.json", "package-lock.json", "openai.test.mjs"):
        shutil.copy(SDKS / "sdk-node" / file, tmp_path)
    fetched(["npm", "ci", "--no-audit", "--no-fund", "--prefer-offline"], tmp_path, environment)
    run(["node", "--test", "openai.test.mjs"], tmp_path, environment)


def test_java(environment: dict[str, str]) -> None:
    maven = ["mvn", "--batch-mode", "--quiet", "--file", str(SDKS / "sdk-java" / "pom.xml")]
    fetched([*maven, "test-compile"], SDKS, environment)
    run([*maven, "test"], SDKS, environment)


def fetched(command: list[str], folder: pathlib.Path, environment: dict[str, str]) -> None:
    """Runs what downloads the SDK, again where a server of packages was away."""
    for attempt in range(ATTEMPTS):
        try:
            run(command, folder, environment)
            return
        except AssertionError:
            if attempt == ATTEMPTS - 1:
                raise


def run(command: list[str], folder: pathlib.Path, environment: dict[str, str]) -> None:
    """Runs a program; fails with everything that it printed."""
    result = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=540, check=False
    )
    assert result.returncode == 0, f"{' '.join(command)}\n{result.stdout}\n{result.stderr}"
