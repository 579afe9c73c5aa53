"""The five services as five processes over mutual TLS: the same answers, and none of them is missed for long."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

import psutil
import pytest
import requests
from support.platform import Platform, wait_until

SERVICES = ("identity", "quota", "serving", "agents", "gateway")


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    platform = Platform.start(tmp_path_factory.mktemp("exaone-apart"), "--processes")
    yield platform
    if (platform.home / "run" / "supervisor.pid").exists():
        platform.down()


def test_a_chat_and_an_agent_cross_every_process(apart: Platform) -> None:
    assert chat(apart, first_model(apart)) == 200
    assert len({apart.pid(service) for service in SERVICES}) == len(SERVICES)
    example = pathlib.Path(__file__).resolve().parents[2] / "examples" / "greeter" / "agent.yaml"
    apart.cli("agent", "deploy", "--file", str(example), "--url", apart.base_url, "--key", apart.key)
    assert chat(apart, "agent/greeter") == 200


def test_each_service_may_be_killed(apart: Platform) -> None:
    model = first_model(apart)
    for service in SERVICES:
        old = apart.kill(service)
        wait_until(lambda service=service, old=old: restarted(apart, service, old), 60, f"{service} is started again")
        wait_until(lambda: chat(apart, model) == 200, 120, f"answers after {service} was killed")


def test_nothing_is_left_after_down(apart: Platform) -> None:
    ids = [apart.pid(part) for part in apart.parts()]
    apart.down()
    # An engine that its launcher has told to end may take a moment longer than the launcher.
    wait_until(lambda: not any(psutil.pid_exists(process) for process in ids), 10, "every process has ended")


def restarted(platform: Platform, part: str, old: int) -> bool:
    try:
        return platform.pid(part) != old
    except (FileNotFoundError, ValueError):
        return False


def first_model(platform: Platform) -> str:
    headers = {"Authorization": f"Bearer {platform.key}"}
    listed = requests.get(f"{platform.base_url}/v1/models", headers=headers, timeout=30).json()["data"]
    return next(entry["id"] for entry in listed if "e5" not in entry["id"] and "/" not in entry["id"])


def chat(platform: Platform, model: str) -> int:
    try:
        return requests.post(
            f"{platform.base_url}/v1/chat/completions",
            headers={"Authorization": f"Bearer {platform.key}"},
            json={"model": model, "messages": [{"role": "user", "content": "hi"}], "max_tokens": 2},
            timeout=60,
        ).status_code
    except requests.RequestException:
        return 0
