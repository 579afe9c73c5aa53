"""A developer with a key: the agents and runs of the key's own project, over REST."""

from __future__ import annotations

import json
import uuid

import requests

from support.browserless import answer
from support.platform import PATIENCE_SECONDS, Platform, wait_until

RUN_SECONDS = 300
ENDED = ("RUN_STATE_COMPLETED", "RUN_STATE_FAILED", "RUN_STATE_CANCELLED")


class Developer:
    """The demo key at the management API of its own project."""

    def __init__(self, platform: Platform) -> None:
        self.platform = platform
        self.headers = {"Authorization": f"Bearer {platform.key}"}
        membership = answer(self.request("GET", "/account"))["account"]["memberships"][0]
        self.project = f"/tenants/{membership['tenantId']}/projects/{membership['projectId']}"

    def request(self, method: str, path: str, **options: object) -> requests.Response:
        url, verify = f"{self.platform.base_url}/api/v1{path}", self.platform.verify
        return requests.request(method, url, headers=self.headers, timeout=PATIENCE_SECONDS, verify=verify, **options)

    def agent(self) -> dict:
        name = f"a{uuid.uuid4().hex[:10]}"
        return answer(self.request("POST", f"{self.project}/agents", json={"name": name}))["agent"]

    def release(self, agent: dict, specification: str) -> dict:
        path = f"{self.project}/agents/{agent['agentId']}/releases"
        return answer(self.request("POST", path, json={"specification": specification}))

    def deploy(self, agent: dict, release: dict) -> None:
        path = f"{self.project}/agents/{agent['agentId']}:deploy"
        answer(self.request("POST", path, json={"releaseId": release["release"]["releaseId"]}))

    def run(self, agent: dict, text: str, **fields: object) -> dict:
        path = f"{self.project}/agents/{agent['agentId']}/runs"
        body = {"input": [{"role": "user", "content": text}], **fields}
        return answer(self.request("POST", path, json=body))["run"]

    def sequence(self, run: dict) -> int:
        """The sequence of a run's newest event."""
        found = answer(self.request("GET", f"{self.project}/runs/{run['runId']}"))["run"]
        return int(found["lastSequence"])

    def await_end(self, run: dict) -> dict:
        path = f"{self.project}/runs/{run['runId']}"
        wait_until(
            lambda: answer(self.request("GET", path))["run"]["state"] in ENDED, RUN_SECONDS, f"the end of {run['runId']}"
        )
        return answer(self.request("GET", path))["run"]


def specification(name: str, model: str, **more: object) -> str:
    # JSON is YAML, and needs no indenting.
    return json.dumps(
        {
            "apiVersion": "exaone.ai/v1",
            "kind": "Agent",
            "name": name,
            "model": model,
            "instructions": "Answer in a few words.",
            "parameters": {"temperature": 0, "maxOutputTokens": 48},
            "limits": {"steps": 6},
            **more,
        }
    )


def follow(developer: Developer, run: dict, after: str | None = None) -> list[dict]:
    """A run's events to its end, journalled ones only."""
    headers = {**developer.headers, **({"Last-Event-ID": after} if after else {})}
    events = []
    with requests.get(
        f"{developer.platform.base_url}/api/v1{developer.project}/runs/{run['runId']}/events",
        headers=headers,
        stream=True,
        timeout=RUN_SECONDS,
        verify=developer.platform.verify,
    ) as response:
        assert response.status_code == 200, response.text
        event: dict = {}
        for line in response.iter_lines(decode_unicode=True):
            if not line:
                if event.get("type") == "runEvent":
                    events.append(event)
                event = {}
            elif line.startswith("data:"):
                event["data"] = json.loads(line.removeprefix("data:"))
            elif line.startswith("event:"):
                event["type"] = line.removeprefix("event:").strip()
    return events
