"""What a deleted project leaves: nothing, also where the platform is killed before anybody has heard of it."""

from __future__ import annotations

import uuid

import openai
import pytest
from support.browserless import Session
from support.developer import Developer, specification
from support.platform import PATIENCE_SECONDS, Platform, wait_until


class Project:
    """A project of the demo tenant with a key, a limit and a deployed agent."""

    def __init__(self, platform: Platform, admin: Session, model: str) -> None:
        self.platform, self.admin = platform, admin
        self.tenant = Developer(platform).project.rsplit("/projects/", 1)[0]
        project = admin.post(f"{self.tenant}/projects", {"name": f"p{uuid.uuid4().hex[:10]}"})["project"]
        self.id = project["projectId"]
        self.path = f"{self.tenant}/projects/{self.id}"
        admin.post(f"{self.tenant}/limits", {"projectId": self.id, "kind": "LIMIT_KIND_TOKENS_PER_DAY", "value": "1000000"})
        self.agent = admin.post(f"{self.path}/agents", {"name": f"a{uuid.uuid4().hex[:10]}"})["agent"]
        text = specification(self.agent["name"], model)
        release = admin.post(f"{self.path}/agents/{self.agent['agentId']}/releases", {"specification": text})["release"]
        admin.post(f"{self.path}/agents/{self.agent['agentId']}:deploy", {"releaseId": release["releaseId"]})

    def key(self, *models: str) -> str:
        wanted = {"displayName": "e2e", "scopes": ["KEY_SCOPE_INFERENCE"], "models": list(models)}
        return self.admin.post(f"{self.path}/api-keys", wanted)["secret"]

    def limits(self) -> list[dict]:
        return self.admin.get(f"{self.tenant}/limits", pageSize=200, projectId=self.id).get("limits", [])


def ask(platform: Platform, key: str, model: str) -> str:
    client = openai.OpenAI(base_url=f"{platform.base_url}/v1", api_key=key, max_retries=0, timeout=180)
    messages = [{"role": "user", "content": "Say hello."}]
    return client.chat.completions.create(model=model, messages=messages).choices[0].message.content or ""


def test_a_key_that_names_an_agent_runs_it_and_nothing_else(platform: Platform, admin: Session, model: str) -> None:
    project = Project(platform, admin, model)
    key = project.key(f"agent/{project.agent['name']}")
    assert ask(platform, key, f"agent/{project.agent['name']}")
    with pytest.raises(openai.NotFoundError):
        ask(platform, key, model)


def test_a_deleted_projects_limits_go_though_the_platform_is_killed(
    platform: Platform, admin: Session, model: str
) -> None:
    project = Project(platform, admin, model)
    key = project.key()
    assert len(project.limits()) == 1
    admin.delete(project.path)
    old = platform.kill("platform")
    wait_until(lambda: platform.restarted("platform", old), PATIENCE_SECONDS, "the platform is started again")
    platform.await_healthy()
    wait_until(lambda: project.limits() == [], PATIENCE_SECONDS, "the limits are gone")
    with pytest.raises(openai.AuthenticationError):
        ask(platform, key, f"agent/{project.agent['name']}")
    answered = admin.request("GET", f"{project.path}/agents")
    assert answered.status_code == 404, answered.text
