"""kill -9 of each process in turn, under traffic: the platform recovers by itself and no usage record is lost."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator

import psutil
import pytest
import requests
from support.browserless import Session, sign_in
from support.callers import Caller
from support.developer import Developer, follow, specification
from support.platform import PATIENCE_SECONDS, Platform, runs, wait_until
from support.site import HeldModel

TOKENS = ("inputTokens", "outputTokens")


class Traffic:
    """Calls that never stop, plain and streamed, and what each was told: its request id and the tokens it used."""

    def __init__(self, caller: Caller, model: str, callers: int = 2) -> None:
        self.caller = caller
        self.model = model
        self.answered: dict[str, tuple[int, int]] = {}
        self.failures: list[str] = []
        self.untyped: list[str] = []
        self.broken: list[str] = []
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._calls, args=(n % 2 == 1,), daemon=True) for n in range(callers)]

    def __enter__(self) -> Traffic:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, failed: object, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(timeout=PATIENCE_SECONDS + 20)
        if failed is None:
            assert self.broken == []
            assert not any(thread.is_alive() for thread in self._threads), "a caller has no answer"

    def count(self) -> int:
        with self._lock:
            return len(self.answered)

    def _calls(self, streamed: bool) -> None:
        session = requests.Session()
        while not self._stop.is_set():
            try:
                self._call(session, streamed)
            except (requests.RequestException, CutError) as failure:
                with self._lock:
                    self.failures.append(type(failure).__name__)
                time.sleep(0.2)
            except Exception as broken:
                # What no caller expects ends its thread: it is told at the end.
                self.broken.append(repr(broken))
                raise

    def _call(self, session: requests.Session, streamed: bool) -> None:
        body = {"model": self.model, "messages": [{"role": "user", "content": "Hi"}], "max_tokens": 3}
        if streamed:
            body |= {"stream": True, "stream_options": {"include_usage": True}}
        with session.post(
            f"{self.caller.platform.base_url}/v1/chat/completions",
            headers=self.caller.headers,
            json=body,
            stream=streamed,
            timeout=PATIENCE_SECONDS,
        ) as response:
            if response.status_code == 200:
                usage = streamed_usage(response) if streamed else response.json()["usage"]
                with self._lock:
                    assert response.headers["x-request-id"] not in self.answered
                    tokens = (usage["prompt_tokens"], usage["completion_tokens"])
                    self.answered[response.headers["x-request-id"]] = tokens
                return
            with self._lock:
                self.failures.append(str(response.status_code))
                if not typed(response):
                    self.untyped.append(response.text)
        time.sleep(0.2)

    def assert_booked_once(self) -> None:
        """Every answer is on the books once, with the tokens that its caller was told; the sums are those of the records."""
        wait_until(
            lambda: self.answered.keys() <= {record["requestId"] for record in self.caller.records()},
            PATIENCE_SECONDS,
            "the usage records of all answers",
        )
        # Calls that were cut are booked too, by what was spooled of them: the books come to rest with them.
        wait_until(lambda: agree(self.caller.records(), self.caller.total()), PATIENCE_SECONDS, "the sums agree with the records")
        records = self.caller.records()
        booked = {record["requestId"]: record for record in records}
        assert len(booked) == len(records)
        for request_id, tokens in self.answered.items():
            record = booked[request_id]
            assert record["outcome"] == "OUTCOME_COMPLETED", record
            assert (int(record["inputTokens"]), int(record["outputTokens"])) == tokens, record


class CutError(Exception):
    """A stream that ended before its end."""


def streamed_usage(response: requests.Response) -> dict:
    usage: dict = {}
    for line in response.iter_lines(decode_unicode=True):
        data = line.removeprefix("data: ") if line else ""
        if data == "[DONE]":
            return usage
        if data:
            event = json.loads(data)
            if "error" in event:
                raise CutError(event["error"]["type"])
            usage = event.get("usage") or usage
    raise CutError("the stream broke off")


def typed(response: requests.Response) -> bool:
    """Whether a refusal is one that callers' libraries understand."""
    try:
        return bool(response.json()["error"]["type"])
    except (ValueError, KeyError, TypeError):
        return False


def agree(records: list[dict], total: dict) -> bool:
    sums = [len(records)] + [sum(int(record.get(field, 0)) for record in records) for field in TOKENS]
    return sums == [int(total.get(field, 0)) for field in ("requests", *TOKENS)]


@pytest.fixture
def caller(platform: Platform, admin: Session) -> Caller:
    return Caller(platform, admin)


@pytest.fixture(autouse=True)
def healthy_before(platform: Platform) -> Iterator[None]:
    platform.await_healthy()
    yield


def parts(platform: Platform) -> list[str]:
    """Those without which no chat is answered, engines first."""
    engines = [part for part in platform.parts() if part.startswith("engine-")]
    services = [part for part in platform.parts() if part in ("platform", "gateway", "identity", "quota", "serving", "agents")]
    return [*engines, *services, "database"]


def test_each_process_may_be_killed_and_no_usage_record_is_lost(
    platform: Platform, caller: Caller, model: str
) -> None:
    with Traffic(caller, model) as traffic:
        wait_until(lambda: traffic.count() >= 2, PATIENCE_SECONDS, "the first answers")
        for part in parts(platform):
            old = platform.kill(part)
            wait_until(lambda part=part, old=old: platform.restarted(part, old), PATIENCE_SECONDS, f"{part} is started again")
            before = traffic.count()
            wait_until(lambda before=before: traffic.count() >= before + 4, PATIENCE_SECONDS, f"answers after {part} was killed")
    assert traffic.untyped == []
    traffic.assert_booked_once()


def test_a_run_goes_on_where_it_was(platform: Platform, held: HeldModel) -> None:
    developer = Developer(platform)
    agent = developer.agent()
    developer.deploy(agent, developer.release(agent, specification(agent["name"], held.name)))
    run = developer.run(agent, "Tell a very long story about a lighthouse.")
    wait_until(lambda: developer.sequence(run) >= 2, PATIENCE_SECONDS, "the model is called")
    old = platform.kill("platform")
    wait_until(lambda: platform.restarted("platform", old), PATIENCE_SECONDS, "the platform is started again")
    platform.await_healthy()
    held.release()
    ended = developer.await_end(run)
    assert ended["state"] == "RUN_STATE_COMPLETED", ended
    events = [event["data"]["runEvent"] for event in follow(developer, run)]
    assert [int(event["sequence"]) for event in events] == list(range(1, len(events) + 1))
    attempts = [event["modelCallStarted"]["attempt"] for event in events if "modelCallStarted" in event]
    assert attempts == list(range(1, len(attempts) + 1)) and len(attempts) >= 2
    assert len([event for event in events if "modelCallCompleted" in event]) == 1


def test_a_call_with_a_key_is_carried_out_once_whatever_is_killed(
    platform: Platform, caller: Caller, model: str
) -> None:
    before = {record["requestId"] for record in caller.records()}
    body = {"model": model, "messages": [{"role": "user", "content": "Tell a long story."}], "max_tokens": 24}
    long = {**body, "max_tokens": 600, "stream": True, "ignore_eos": True}
    first = caller.post("/v1/chat/completions", body, key="answered")
    assert first.status_code == 200, first.text
    with caller.post("/v1/chat/completions", long, key="cut", stream=True) as cut:
        assert cut.status_code == 200, cut.text
        next(cut.iter_content(1))
        old = platform.kill("platform")
        wait_until(lambda: platform.restarted("platform", old), PATIENCE_SECONDS, "the platform is started again")
    platform.await_healthy()

    again = caller.post("/v1/chat/completions", body, key="answered")
    assert again.headers["idempotency-replayed"] == "true" and again.content == first.content
    refused = caller.post("/v1/chat/completions", long, key="cut")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "idempotent_call_interrupted")
    expected = {answer.headers["x-request-id"] for answer in (first, cut)}
    wait_until(lambda: {record["requestId"] for record in caller.records()} - before >= expected, PATIENCE_SECONDS, "both are booked")
    wait_until(lambda: agree(caller.records(), caller.total()), PATIENCE_SECONDS, "the sums agree with the records")
    assert {record["requestId"] for record in caller.records()} - before == expected


def test_a_batch_goes_on_where_it_was_and_each_line_is_charged_once(
    platform: Platform, caller: Caller, model: str
) -> None:
    count = 60
    before = {record["requestId"] for record in caller.records()}
    batch = batch_of(caller, model, count)
    wait_until(lambda: 5 <= done(caller, batch) < count, PATIENCE_SECONDS, "some lines are done")
    old = platform.kill("platform")
    wait_until(lambda: platform.restarted("platform", old), PATIENCE_SECONDS, "the platform is started again")
    platform.await_healthy()
    wait_until(lambda: state(caller, batch)["status"] == "completed", 600, "the batch is completed")

    counts = state(caller, batch)["request_counts"]
    assert counts == {"total": count, "completed": count, "failed": 0}
    content = get(caller, f"/v1/files/{state(caller, batch)['output_file_id']}/content").text
    results = [json.loads(line) for line in content.splitlines()]
    assert sorted(result["custom_id"] for result in results) == sorted(f"n{number}" for number in range(count))

    def booked() -> dict[str, dict]:
        return {record["requestId"]: record for record in caller.records() if record["requestId"] not in before}

    expected = {result["response"]["request_id"] for result in results}
    wait_until(lambda: expected <= booked().keys(), PATIENCE_SECONDS, "the usage records of all lines")
    wait_until(lambda: agree(caller.records(), caller.total()), PATIENCE_SECONDS, "the sums agree with the records")
    for result in results:
        record = booked()[result["response"]["request_id"]]
        usage = result["response"]["body"]["usage"]
        assert record["outcome"] == "OUTCOME_COMPLETED", record
        assert int(record["outputTokens"]) == usage["completion_tokens"], record
    # Calls that were refused while the platform was away are on the books too, and came to nothing.
    assert all(
        int(record.get("outputTokens", 0)) == 0 for name, record in booked().items() if name not in expected
    )


def batch_of(caller: Caller, model: str, count: int) -> str:
    url = caller.platform.base_url
    body = {"model": model, "messages": [{"role": "user", "content": "Hi"}], "max_tokens": 16, "ignore_eos": True}
    lines = [
        json.dumps({"custom_id": f"n{number}", "method": "POST", "url": "/v1/chat/completions", "body": body})
        for number in range(count)
    ]
    form = {"file": ("in.jsonl", "\n".join(lines)), "purpose": (None, "batch")}
    file = requests.post(f"{url}/v1/files", headers=caller.headers, files=form, timeout=PATIENCE_SECONDS).json()
    asked = {"input_file_id": file["id"], "endpoint": "/v1/chat/completions", "completion_window": "24h"}
    return requests.post(f"{url}/v1/batches", headers=caller.headers, json=asked, timeout=PATIENCE_SECONDS).json()["id"]


def get(caller: Caller, path: str) -> requests.Response:
    return requests.get(f"{caller.platform.base_url}{path}", headers=caller.headers, timeout=PATIENCE_SECONDS)


def state(caller: Caller, batch: str) -> dict:
    return get(caller, f"/v1/batches/{batch}").json()


def done(caller: Caller, batch: str) -> int:
    return state(caller, batch)["request_counts"]["completed"]


def test_a_killed_supervisor_is_missed_by_nobody_and_mended_by_the_next_up(
    platform: Platform, caller: Caller, model: str
) -> None:
    with Traffic(caller, model) as traffic:
        wait_until(lambda: traffic.count() >= 2, PATIENCE_SECONDS, "the first answers")
        platform.kill("supervisor")
        alone = traffic.count()
        wait_until(lambda: traffic.count() >= alone + 4, PATIENCE_SECONDS, "answers without a supervisor")
        assert traffic.failures == []
        before = platform.processes()
        port = platform.base_url.rsplit(":", 1)[1]
        platform.cli("up", "--detach", "--port", port)
        again = traffic.count()
        wait_until(lambda: traffic.count() >= again + 4, PATIENCE_SECONDS, "answers after the next up")
    assert traffic.untyped == []
    traffic.assert_booked_once()
    platform.await_healthy()
    wait_until(lambda: platform.cli("status", check=False).returncode == 0, PATIENCE_SECONDS, "all parts are ready")
    # What the killed one left was ended, and what runs is under a supervisor again.
    supervisor = psutil.Process(platform.pid("supervisor"))
    children = {child.pid for child in supervisor.children()}
    assert {platform.pid(part) for part in ("platform", "database", "keycloak")} <= children
    assert [process for process in before if runs(process) and process not in platform.processes()] == []


def test_keycloak_may_be_killed_while_callers_notice_nothing(platform: Platform, caller: Caller, model: str) -> None:
    with Traffic(caller, model, callers=2) as traffic:
        wait_until(lambda: traffic.count() >= 1, PATIENCE_SECONDS, "the first answer")
        old = platform.kill("keycloak")
        before = traffic.count()
        wait_until(lambda: traffic.count() >= before + 4, PATIENCE_SECONDS, "answers without the sign-in server")
        wait_until(lambda: platform.restarted("keycloak", old), PATIENCE_SECONDS, "keycloak is started again")
    assert traffic.failures == []
    traffic.assert_booked_once()
    # People come in again as well, by themselves.
    wait_until(lambda: signs_in(platform), PATIENCE_SECONDS, "people sign in after keycloak was killed")


def signs_in(platform: Platform) -> bool:
    credentials = platform.credentials
    try:
        sign_in(platform.base_url, credentials["EXAONE_ADMIN_USER"], credentials["EXAONE_ADMIN_PASSWORD"])
        return True
    except (AssertionError, requests.RequestException):
        return False
