"""A developer's first agent: over REST, as a model, and from the command line."""

from __future__ import annotations

import http.server
import os
import pathlib
import subprocess
import threading
import uuid
from collections.abc import Iterator

import openai
import pytest
from support.browserless import Session, answer
from support.developer import Developer, follow, specification
from support.platform import PATIENCE_SECONDS, ROOT, Platform, wait_until


@pytest.fixture(scope="module")
def developer(platform: Platform) -> Developer:
    return Developer(platform)


def test_a_release_is_its_content_and_rollback_is_pointing_back(developer: Developer, model: str) -> None:
    agent = developer.agent()
    first = developer.release(agent, specification(agent["name"], model))
    again = developer.release(agent, specification(agent["name"], model))
    assert not first["existed"] and again["existed"]
    assert first["release"]["releaseId"] == again["release"]["releaseId"]
    second = developer.release(agent, specification(agent["name"], model, description="other"))
    for release in (first, second):
        developer.deploy(agent, release)
    path = f"{developer.project}/agents/{agent['agentId']}"
    assert answer(developer.request("GET", path))["agent"]["deployedReleaseId"] == second["release"]["releaseId"]
    back = answer(developer.request("POST", f"{path}:rollback", json={}))["deployment"]
    assert back["releaseId"] == first["release"]["releaseId"]


def test_every_mistake_of_a_specification_is_named(developer: Developer, model: str) -> None:
    agent = developer.agent()
    wrong = f"apiVersion: exaone.ai/v1\nkind: Agent\nname: {agent['name']}\nmodle: {model}\ninstructions: x\n"
    path = f"{developer.project}/agents/{agent['agentId']}/releases"
    response = developer.request("POST", path, json={"specification": wrong})
    assert response.status_code == 400
    assert "modle" in response.text and "4" in response.text


def test_a_run_is_followed_and_resumed(developer: Developer, model: str) -> None:
    agent = developer.agent()
    developer.deploy(agent, developer.release(agent, specification(agent["name"], model)))
    run = developer.run(agent, "Say hello.")
    events = follow(developer, run)
    assert events[0]["data"]["runEvent"]["runStarted"]
    assert events[-1]["data"]["runEvent"]["runCompleted"]["output"]
    sequences = [event["data"]["runEvent"]["sequence"] for event in events if "runEvent" in event["data"]]
    assert [int(sequence) for sequence in sequences] == list(range(1, len(sequences) + 1))
    rest = follow(developer, run, after="2")
    assert [event["data"]["runEvent"]["sequence"] for event in rest][0] == "3"
    ended = developer.await_end(run)
    assert ended["state"] == "RUN_STATE_COMPLETED" and int(ended["outputTokens"]) > 0


def test_a_limit_on_an_agent_refuses_its_runs_and_nobody_else(
    platform: Platform, developer: Developer, admin: Session, model: str
) -> None:
    agent = developer.agent()
    developer.deploy(agent, developer.release(agent, specification(agent["name"], model)))
    other = developer.agent()
    developer.deploy(other, developer.release(other, specification(other["name"], model)))
    tenant, project_id = developer.project.split("/projects/")
    subject = {"projectId": project_id, "agentId": agent["agentId"]}
    body = {"kind": "LIMIT_KIND_TOKENS_PER_DAY", "value": "0", **subject}
    path = f"{tenant}/limits/{admin.post(f'{tenant}/limits', body)['limit']['limitId']}"
    refused = developer.await_end(developer.run(agent, "Say hello."))
    assert refused["state"] == "RUN_STATE_FAILED" and agent["agentId"] in refused["failureDetail"]
    assert developer.await_end(developer.run(other, "Say hello."))["state"] == "RUN_STATE_COMPLETED"
    admin.patch(path, {"value": "1000000"})
    run = developer.await_end(developer.run(agent, "Say hello."))
    assert run["state"] == "RUN_STATE_COMPLETED"
    tokens = int(run["inputTokens"]) + int(run["outputTokens"])
    wait_until(lambda: int(admin.get(path)["limit"]["used"]) == tokens, PATIENCE_SECONDS, f"{tokens} are used")
    admin.delete(path)


def test_an_agent_is_called_as_a_model(platform: Platform, developer: Developer, model: str) -> None:
    agent = developer.agent()
    developer.deploy(agent, developer.release(agent, specification(agent["name"], model)))
    client = openai.OpenAI(base_url=f"{platform.base_url}/v1", api_key=platform.key, max_retries=0, timeout=180)
    name = f"agent/{agent['name']}"
    assert name in [entry.id for entry in client.models.list()]
    messages = [{"role": "user", "content": "Say hello."}]
    whole = client.chat.completions.create(model=name, messages=messages)
    assert whole.choices[0].message.content and whole.usage.completion_tokens > 0
    streamed = "".join(
        chunk.choices[0].delta.content or ""
        for chunk in client.chat.completions.create(model=name, messages=messages, stream=True)
        if chunk.choices
    )
    assert streamed
    with pytest.raises(openai.NotFoundError):
        client.chat.completions.create(model="agent/nobody", messages=messages)


def test_a_tool_reaches_only_what_is_allowed(developer: Developer, model: str, counting_tool: CountingTool) -> None:
    agent = developer.agent()
    tool = {
        "http": {
            "name": "look_up",
            "description": "Looks something up.",
            "method": "GET",
            "url": counting_tool.url,
            "parameters": {"type": "object", "properties": {}, "additionalProperties": False},
        }
    }
    developer.deploy(agent, developer.release(agent, specification(agent["name"], model, tools=[tool])))
    ended = developer.await_end(developer.run(agent, "Use the tool look_up and tell what it says."))
    assert ended["state"] in ("RUN_STATE_COMPLETED", "RUN_STATE_FAILED")
    # Loopback is a private address, and no admin has allowed it: whatever the model does, nothing arrives there.
    assert counting_tool.calls == 0


def test_the_command_line_writes_tries_deploys_and_watches(
    platform: Platform, model: str, tmp_path: pathlib.Path
) -> None:
    name = f"c{uuid.uuid4().hex[:10]}"
    home = {"XDG_CONFIG_HOME": str(tmp_path / "config")}

    def exaone(*arguments: str, stdin: str = "") -> str:
        environment = {
            **os.environ,
            **home,
            "EXAONE_HOME": str(platform.home),
            "EXAONE_BASE_URL": platform.base_url,
            "EXAONE_API_KEY": platform.key,
        }
        done = subprocess.run(
            [str(ROOT / "exaone"), *arguments],
            cwd=tmp_path,
            env=environment,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
        assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
        return done.stdout

    exaone("agent", "init", name, "--model", model)
    assert f"name: {name}" in (tmp_path / "agent.yaml").read_text()
    assert "run started" in exaone("agent", "dev", "--once", "--input", "Say hello.")
    assert f"agent/{name}" in exaone("agent", "deploy", "--note", "first")
    assert "first" in exaone("agent", "releases")
    run = next(word for word in exaone("agent", "runs", name).split() if word.startswith("run_"))
    assert "run started" in exaone("agent", "logs", run, "--follow")
    exaone("secret", "set", "E2E_SECRET", stdin="canary-7f3a\n")
    listed = exaone("secret", "list")
    assert "E2E_SECRET" in listed and "canary" not in listed
    exaone("secret", "delete", "E2E_SECRET")


class CountingTool:
    """A tool's server that counts its calls."""

    def __init__(self) -> None:
        self.calls = 0
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.calls += 1
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"42")

            def log_message(self, *_: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/look-up"


@pytest.fixture
def counting_tool() -> Iterator[CountingTool]:
    tool = CountingTool()
    yield tool
    tool.server.shutdown()
