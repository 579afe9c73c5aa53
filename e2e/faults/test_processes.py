"""The five services as five processes over mutual TLS, behind a certificate of the operator's own: the same answers, and
none of them is missed for long."""

from __future__ import annotations

import os
import pathlib
import re
import signal
import ssl

import openai
import pytest
import requests
from playwright.sync_api import Browser, expect
from support.callers import chat_model_of
from support.console import ANSWER_MILLISECONDS, Person
from support.developer import Developer, specification
from support.platform import PATIENCE_SECONDS, STARTING_SECONDS, Platform, free_port, runs, started, wait_until

SERVICES = ("identity", "quota", "serving", "agents", "gateway")


def test_a_chat_and_an_agent_cross_every_process(apart: Platform) -> None:
    model = chat_model_of(apart)
    assert chat(apart, model) == 200
    assert len({apart.pid(service) for service in SERVICES}) == len(SERVICES)
    developer = Developer(apart)
    agent = developer.agent()
    developer.deploy(agent, developer.release(agent, specification(agent["name"], model)))
    assert chat(apart, f"agent/{agent['name']}") == 200


def test_the_openai_sdk_trusts_the_certificate_and_streams(apart: Platform) -> None:
    trusting = openai.DefaultHttpxClient(verify=ssl.create_default_context(cafile=str(apart.verify)))
    client = openai.OpenAI(base_url=f"{apart.base_url}/v1", api_key=apart.key, http_client=trusting, max_retries=0)
    assert apart.base_url.startswith("https://")
    chunks = client.chat.completions.create(
        model=chat_model_of(apart), messages=[{"role": "user", "content": "Hello"}], max_tokens=8, stream=True
    )
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)


def test_nobody_is_answered_without_tls(apart: Platform) -> None:
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(f"{apart.base_url}/health", timeout=PATIENCE_SECONDS)
    with pytest.raises(requests.exceptions.RequestException):
        requests.get(apart.base_url.replace("https:", "http:") + "/health", timeout=PATIENCE_SECONDS)


def test_the_command_line_trusts_an_authority_that_is_named(apart: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    command = ("agent", "list", "--url", apart.base_url, "--key", apart.key)
    unknown = apart.cli(*command, check=False)
    assert unknown.returncode != 0
    assert "export SSL_CERT_FILE=FILE" in unknown.stderr
    monkeypatch.setenv("SSL_CERT_FILE", str(apart.verify))
    assert apart.cli(*command).returncode == 0


def test_people_sign_in_by_tls_and_their_cookies_stay_in_it(apart: Platform, browser: Browser) -> None:
    person = Person(browser, apart.base_url, ignore_https_errors=True)
    person.open("/console/")
    person.sign_in(apart.credentials["EXAONE_ADMIN_USER"], apart.credentials["EXAONE_ADMIN_PASSWORD"])
    person.page.wait_for_url(re.compile("/console/t/"))
    expect(person.page).to_have_title("Home · EXAONE")
    session = next(cookie for cookie in person.context.cookies() if cookie["name"].endswith("exaone_session"))
    assert session["secure"] and session["httpOnly"] and session["sameSite"] == "Lax"
    assert [cookie["name"] for cookie in person.context.cookies() if not cookie["secure"]] == []
    person.page.get_by_role("textbox", name="Your message").fill("Hello.")
    person.page.get_by_role("textbox", name="Your message").press("Enter")
    expect(person.page.get_by_text(re.compile(r"\d+ → \d+ tokens"))).to_be_visible(timeout=ANSWER_MILLISECONDS)
    assert person.misdeeds == []
    person.leave()


def test_each_service_may_be_killed(apart: Platform) -> None:
    model = chat_model_of(apart)
    for service in SERVICES:
        old = apart.kill(service)
        wait_until(lambda service=service, old=old: restarted(apart, service, old), PATIENCE_SECONDS, f"{service} is started again")
        wait_until(lambda: chat(apart, model) == 200, PATIENCE_SECONDS, f"answers after {service} was killed")


def test_nothing_is_left_after_down(apart: Platform) -> None:
    processes = apart.processes()
    apart.down()
    assert [process for process in processes if runs(process)] == []


def test_nothing_is_left_after_ctrl_c(installed_apart: Platform) -> None:
    apart = installed_apart
    if (apart.home / "run" / "supervisor.pid").exists():
        apart.down()
    # All services in one process, and no TLS: the same data by another layout.
    with started(apart.home, "up", "--port", str(free_port())) as foreground:
        again = Platform.running(apart.home)
        wait_until(lambda: again.parts().count("keycloak") == 1 and signed_in_by(apart.home), STARTING_SECONDS, "all is up")
        processes = again.processes()
        # As a terminal does: to the whole group that has it.
        os.killpg(foreground.pid, signal.SIGINT)
        foreground.wait(timeout=PATIENCE_SECONDS)
    assert [process for process in processes if runs(process)] == []
    assert again.parts() == []


def signed_in_by(home: pathlib.Path) -> bool:
    """Whether the supervisor says that people can sign in: the last thing that comes up."""
    state = home / "run" / "supervisor.state"
    return state.exists() and "state=READY" in state.read_text()


def restarted(platform: Platform, part: str, old: int) -> bool:
    try:
        return platform.pid(part) != old
    except (FileNotFoundError, ValueError):
        return False


def chat(platform: Platform, model: str) -> int:
    try:
        return requests.post(
            f"{platform.base_url}/v1/chat/completions",
            headers={"Authorization": f"Bearer {platform.key}"},
            json={"model": model, "messages": [{"role": "user", "content": "hi"}], "max_tokens": 2},
            timeout=PATIENCE_SECONDS,
            verify=platform.verify,
        ).status_code
    except requests.RequestException:
        return 0
