"""Calls that are promised once: the same idempotency key again, another body, one that still runs, and many at once."""

from __future__ import annotations

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from support.browserless import Session
from support.callers import Caller, embedding_model_of
from support.platform import PATIENCE_SECONDS, Platform, wait_until

CHAT = "/v1/chat/completions"


@pytest.fixture
def caller(platform: Platform, admin: Session) -> Caller:
    return Caller(platform, admin)


@pytest.fixture
def name() -> str:
    return str(uuid.uuid4())


def chat(model: str, **fields: object) -> dict:
    return {"model": model, "messages": [{"role": "user", "content": "Say hello."}], "max_tokens": 12, **fields}


def assert_booked(caller: Caller, model: str, *answers: requests.Response) -> None:
    """These were charged and nothing else was, up to a call that follows them all and is on the books."""
    last = caller.post(CHAT, chat(model, max_tokens=1), uuid.uuid4().hex)
    expected = sorted(answer.headers["x-request-id"] for answer in (*answers, last))
    wait_until(lambda: expected == booked(caller), PATIENCE_SECONDS, f"{expected} are on the books")


def booked(caller: Caller) -> list[str]:
    """What was charged. Refusals are on the books, too, and came to nothing."""
    return sorted(record["requestId"] for record in caller.records() if record["outcome"] != "OUTCOME_REFUSED")


def assert_replayed(first: requests.Response, again: requests.Response) -> None:
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.headers["idempotency-replayed"] == "true"
    assert again.headers["x-exaone-first-request-id"] == first.headers["x-request-id"]
    assert again.headers["x-request-id"] != first.headers["x-request-id"]
    assert again.headers["content-type"] == first.headers["content-type"]


@pytest.mark.parametrize("streamed", [False, True])
def test_the_same_again_is_answered_the_same_and_charged_once(
    caller: Caller, model: str, name: str, streamed: bool
) -> None:
    body = chat(model, stream=streamed, temperature=1.0)
    first = caller.post(CHAT, body, name)
    assert first.status_code == 200 and "idempotency-replayed" not in first.headers, first.text
    assert_replayed(first, caller.post(CHAT, body, name))
    assert_replayed(first, caller.post(CHAT, body, f'"{name}"'))
    assert_booked(caller, model, first)


def test_every_api_keeps_the_promise(platform: Platform, caller: Caller, model: str) -> None:
    told = []
    for path, body in (
        ("/v1/completions", {"model": model, "prompt": "Once", "max_tokens": 4}),
        ("/v1/embeddings", {"model": embedding_model_of(platform), "input": "query: hello"}),
        ("/v1/responses", {"model": model, "input": "Say hello.", "max_output_tokens": 16}),
        ("/v1/messages", {"model": model, "messages": [{"role": "user", "content": "Hi"}], "max_tokens": 8}),
    ):
        name = str(uuid.uuid4())
        first = caller.post(path, body, name)
        assert first.status_code == 200, first.text
        assert_replayed(first, caller.post(path, body, name))
        told.append(first)
    assert_booked(caller, model, *told)


def test_another_request_with_the_key_is_refused(caller: Caller, model: str, name: str) -> None:
    first = caller.post(CHAT, chat(model), name)
    for path, body in ((CHAT, chat(model, max_tokens=11)), ("/v1/completions", chat(model))):
        refused = caller.post(path, body, name)
        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "idempotency_key_reused")
        assert refused.headers["x-should-retry"] == "false"
    assert_booked(caller, model, first)


def test_many_at_once_are_one_call(caller: Caller, model: str, name: str) -> None:
    together = threading.Barrier(6)

    def call() -> requests.Response:
        together.wait()
        return caller.post(CHAT, chat(model, max_tokens=48), name)

    with ThreadPoolExecutor(6) as callers:
        answers = [future.result() for future in [callers.submit(call) for _ in range(6)]]
    [first] = [answer for answer in answers if "idempotency-replayed" not in answer.headers]
    for answer in answers:
        if answer is not first:
            assert_replayed(first, answer)
    assert_booked(caller, model, first)


def test_whoever_left_is_answered_when_asking_again(caller: Caller, model: str, name: str) -> None:
    body = chat(model, max_tokens=64, stream=True)
    with caller.post(CHAT, body, name, stream=True) as left:
        next(left.iter_content(1))
    again = caller.post(CHAT, body, name)
    assert again.status_code == 200, again.text
    assert again.text.rstrip().endswith("data: [DONE]")
    assert again.headers["x-exaone-first-request-id"] == left.headers["x-request-id"]
    assert_booked(caller, model, left)


def test_what_was_refused_leaves_the_key_free(caller: Caller, model: str, name: str) -> None:
    assert caller.post(CHAT, {"model": model}, name).status_code == 400
    assert caller.post(CHAT, chat("no-such-model"), name).status_code == 404
    first = caller.post(CHAT, chat(model), name)
    assert first.status_code == 200 and "idempotency-replayed" not in first.headers
    assert_booked(caller, model, first)


def test_a_key_is_its_callers_own(caller: Caller, model: str, name: str) -> None:
    mine = caller.post(CHAT, chat(model), name)
    caller.headers = caller.another_key()
    theirs = caller.post(CHAT, chat(model, max_tokens=3), name)
    assert mine.status_code == theirs.status_code == 200
    assert "idempotency-replayed" not in theirs.headers
    assert_booked(caller, model, mine, theirs)


@pytest.mark.parametrize("malformed", ["a b", "x" * 256, '"'])
def test_what_is_no_key_is_refused(caller: Caller, model: str, malformed: str) -> None:
    refused = caller.post(CHAT, chat(model), malformed)
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "idempotency_key_malformed")
