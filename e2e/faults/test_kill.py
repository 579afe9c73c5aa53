"""kill -9 of each process in turn, under traffic: the platform recovers by itself and no usage record is lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
import requests
from support.browserless import Session
from support.developer import Developer, follow, specification
from support.platform import Platform, wait_until


class Traffic:
    """Callers that never stop asking, and remember what they were told."""

    def __init__(self, platform: Platform, model: str, callers: int = 2) -> None:
        self.platform = platform
        self.model = model
        self.answered: list[str] = []
        self.failures: list[str] = []
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._call, daemon=True) for _ in range(callers)]

    def __enter__(self) -> Traffic:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(timeout=200)

    def count(self) -> int:
        with self._lock:
            return len(self.answered)

    def _call(self) -> None:
        session = requests.Session()
        while not self._stop.is_set():
            try:
                response = session.post(
                    f"{self.platform.base_url}/v1/chat/completions",
                    headers={"Authorization": f"Bearer {self.platform.key}"},
                    json={
                        "model": self.model,
                        "messages": [{"role": "user", "content": "Hi"}],
                        "max_tokens": 3,
                    },
                    timeout=120,
                )
            except requests.RequestException as failure:
                self._note(self.failures, type(failure).__name__)
                time.sleep(0.2)
                continue
            if response.status_code == 200:
                self._note(self.answered, response.headers["x-request-id"])
            else:
                self._note(self.failures, str(response.status_code))
                # A refusal is typed and says when to come back; nothing else may be seen.
                assert response.json()["error"]["type"], response.text
                time.sleep(0.2)

    def _note(self, where: list[str], what: str) -> None:
        with self._lock:
            where.append(what)


@pytest.fixture(scope="module")
def model(platform: Platform) -> str:
    listed = requests.get(
        f"{platform.base_url}/v1/models", headers={"Authorization": f"Bearer {platform.key}"}, timeout=30
    ).json()["data"]
    return next(entry["id"] for entry in listed if "e5" not in entry["id"] and "/" not in entry["id"])


@pytest.fixture(scope="module")
def demo(admin: Session) -> str:
    tenants = admin.get("/tenants", pageSize=200)["tenants"]
    return next(f"/tenants/{tenant['tenantId']}" for tenant in tenants if tenant["name"] == "demo")


@pytest.fixture(autouse=True)
def healthy_before(platform: Platform) -> Iterator[None]:
    platform.await_healthy()
    yield


def parts(platform: Platform) -> list[str]:
    engines = [part for part in platform.parts() if part.startswith("engine-")]
    services = [part for part in platform.parts() if part in ("platform", "gateway", "identity", "quota", "serving", "agents")]
    return [*engines, *services, "database"]


def test_each_process_may_be_killed_and_no_usage_record_is_lost(
    platform: Platform, admin: Session, demo: str, model: str
) -> None:
    with Traffic(platform, model) as traffic:
        wait_until(lambda: traffic.count() >= 2, 120, "the first answers")
        for part in parts(platform):
            before = traffic.count()
            old = platform.kill(part)
            wait_until(lambda part=part, old=old: new_process(platform, part, old), 120, f"{part} is started again")
            wait_until(lambda before=before: traffic.count() >= before + 3, 180, f"answers after {part} was killed")
    answered = list(traffic.answered)
    assert len(answered) == len(set(answered))
    for request_id in answered:
        await_record(admin, demo, request_id)


def test_a_run_goes_on_where_it_was(platform: Platform, model: str) -> None:
    developer = Developer(platform)
    agent = developer.agent()
    long = {"parameters": {"temperature": 0.8, "maxOutputTokens": 600}, "instructions": "Tell long stories."}
    developer.deploy(agent, developer.release(agent, specification(agent["name"], model, **long)))
    run = developer.run(agent, "Tell a very long story about a lighthouse.")
    wait_until(lambda: developer.sequence(run) >= 2, 30, "the model is called")
    old = platform.kill("platform")
    wait_until(lambda: new_process(platform, "platform", old), 120, "the platform is started again")
    platform.await_healthy()
    ended = developer.await_end(run)
    assert ended["state"] == "RUN_STATE_COMPLETED", ended
    events = [event["data"]["runEvent"] for event in follow(developer, run)]
    assert [int(event["sequence"]) for event in events] == list(range(1, len(events) + 1))
    attempts = [event["modelCallStarted"]["attempt"] for event in events if "modelCallStarted" in event]
    assert attempts == list(range(1, len(attempts) + 1)) and len(attempts) >= 2
    assert len([event for event in events if "modelCallCompleted" in event]) == 1


def test_a_killed_supervisor_is_mended_by_the_next_up(platform: Platform) -> None:
    platform.kill("supervisor")
    port = platform.base_url.rsplit(":", 1)[1]
    platform.cli("up", "--detach", "--port", port)
    platform.await_healthy()
    assert platform.cli("status").returncode == 0


def test_keycloak_may_be_killed_while_callers_notice_nothing(platform: Platform, model: str) -> None:
    with Traffic(platform, model, callers=1) as traffic:
        wait_until(lambda: traffic.count() >= 1, 60, "the first answer")
        old = platform.kill("keycloak")
        before = traffic.count()
        wait_until(lambda: traffic.count() >= before + 3, 120, "answers without the sign-in server")
        wait_until(lambda: new_process(platform, "keycloak", old), 180, "keycloak is started again")
    assert traffic.failures == []


def new_process(platform: Platform, part: str, old: int) -> bool:
    try:
        return platform.pid(part) != old
    except (FileNotFoundError, ValueError):
        return False


def await_record(admin: Session, tenant: str, request_id: str) -> None:
    wait_until(
        lambda: admin.request("GET", f"{tenant}/usage-records/{request_id}").status_code == 200,
        60,
        f"the usage record of {request_id}",
    )
