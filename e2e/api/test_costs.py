"""What calls cost, as callers are told it: the official SDKs, unchanged, find what the ledger charges."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from decimal import Decimal

import anthropic
import openai
import pytest
from support.browserless import Session
from support.callers import Caller, await_price
from support.platform import PATIENCE_SECONDS, Platform, wait_until

GREETING = [{"role": "user", "content": "Say hello in one short sentence."}]
MICROS = 1_000_000
COUNTED = {"stream": True, "stream_options": {"include_usage": True}}


@pytest.fixture(scope="module")
def caller(platform: Platform, admin: Session, model: str) -> Iterator[Caller]:
    """One who calls a model that has a price, in whose sums no digits are zero."""
    admin.post("/prices", {"model": model, "inputMicros": "1234567", "cachedInputMicros": "34567", "outputMicros": "7654321"})
    try:
        await_price(platform, admin, model)
        caller = Caller(platform, admin)
        wait_until(lambda: says_its_cost(caller, model), PATIENCE_SECONDS, "the price has been in force for a while")
        yield caller
    finally:
        admin.post("/prices", {"model": model, "inputMicros": "0", "outputMicros": "0"})


def says_its_cost(caller: Caller, model: str) -> bool:
    """Of calls that no limit holds up only the ledger knows by which price they go while that has just begun."""
    body = {"model": model, "messages": GREETING, "max_tokens": 1}
    return "x-exaone-cost-krw" in caller.post("/v1/chat/completions", body, uuid.uuid4().hex).headers


@pytest.fixture(scope="module")
def key(caller: Caller) -> str:
    return caller.headers["Authorization"].removeprefix("Bearer ")


@pytest.fixture(scope="module")
def client(platform: Platform, key: str) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{platform.base_url}/v1", api_key=key, max_retries=0, timeout=180) as connected:
        yield connected


@pytest.fixture(scope="module")
def claude(platform: Platform, key: str) -> Iterator[anthropic.Anthropic]:
    with anthropic.Anthropic(base_url=platform.base_url, api_key=key, max_retries=0, timeout=180) as connected:
        yield connected


def charged(caller: Caller, request_id: str) -> Decimal:
    """What the ledger charges for a call, in KRW, once the spool has been drained."""
    path = f"{caller.path}/usage-records/{request_id}"
    wait_until(lambda: caller.admin.request("GET", path).ok, PATIENCE_SECONDS, f"the usage record {request_id}")
    amount = Decimal(caller.admin.get(path)["usageRecord"]["amountMicros"]) / MICROS
    assert amount > 0
    return amount


def test_a_whole_answer_says_it_in_a_header(caller: Caller, client: openai.OpenAI, model: str) -> None:
    raw = client.chat.completions.with_raw_response.create(model=model, messages=GREETING, max_tokens=8, temperature=0)
    assert Decimal(raw.headers["x-exaone-cost-krw"]) == charged(caller, raw.headers["x-request-id"])


def test_a_stream_says_it_in_the_usage_that_is_asked_for(caller: Caller, client: openai.OpenAI, model: str) -> None:
    fields = {"model": model, "messages": GREETING, "max_tokens": 16, "temperature": 0}
    raw = client.chat.completions.with_raw_response.create(**fields, **COUNTED)
    chunks = list(raw.parse())
    assert "x-exaone-cost-krw" not in raw.headers
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks[:-1])
    assert chunks[-1].choices == [] and chunks[-1].usage.completion_tokens > 0
    assert Decimal(chunks[-1].usage.cost_krw) == charged(caller, raw.headers["x-request-id"])
    plain = client.chat.completions.with_raw_response.create(**fields, stream=True)
    assert all(chunk.usage is None for chunk in plain.parse())
    charged(caller, plain.headers["x-request-id"])


def test_a_stream_of_text_says_it(caller: Caller, client: openai.OpenAI, model: str) -> None:
    raw = client.completions.with_raw_response.create(
        model=model, prompt="Once upon", max_tokens=8, temperature=0, **COUNTED
    )
    chunks = list(raw.parse())
    assert Decimal(chunks[-1].usage.cost_krw) == charged(caller, raw.headers["x-request-id"])


def test_a_response_says_it_at_its_end_and_when_it_is_read(caller: Caller, client: openai.OpenAI, model: str) -> None:
    raw = client.responses.with_raw_response.create(
        model=model, input="Say hello.", max_output_tokens=16, temperature=0, stream=True
    )
    events = list(raw.parse())
    assert events[-1].type in ("response.completed", "response.incomplete")
    assert Decimal(events[-1].response.usage.cost_krw) == charged(caller, raw.headers["x-request-id"])
    read = client.responses.retrieve(events[-1].response.id)
    assert read.usage.model_dump() == events[-1].response.usage.model_dump()


def test_a_message_says_it_at_its_end(caller: Caller, claude: anthropic.Anthropic, model: str) -> None:
    raw = claude.messages.with_raw_response.create(
        model=model, max_tokens=16, messages=GREETING, extra_body={"temperature": 0}, stream=True
    )
    deltas = [event for event in raw.parse() if event.type == "message_delta"]
    assert Decimal(deltas[-1].usage.cost_krw) == charged(caller, raw.headers["x-request-id"])
    # The SDK's own way to add a stream up takes it too.
    with claude.messages.stream(model=model, max_tokens=8, messages=GREETING, extra_body={"temperature": 0}) as stream:
        assert stream.get_final_message().usage.output_tokens > 0
