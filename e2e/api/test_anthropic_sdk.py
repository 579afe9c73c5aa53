"""The official Anthropic Python SDK, unchanged, against the embedded engine."""

from __future__ import annotations

from collections.abc import Iterator

import anthropic
import pytest
import requests
from support.callers import bearer
from support.platform import Platform

GREETING = [{"role": "user", "content": "Say hello in one short sentence."}]
GREEDY = {"temperature": 0}
"""The SDK leaves sampling to extra fields since its own models take none."""
WEATHER = {
    "name": "get_weather",
    "description": "Current weather of a city.",
    "input_schema": {
        "type": "object",
        "properties": {"city": {"type": "string", "enum": ["Seoul", "Busan"]}},
        "required": ["city"],
        "additionalProperties": False,
    },
}


@pytest.fixture(scope="module")
def client(platform: Platform) -> Iterator[anthropic.Anthropic]:
    with anthropic.Anthropic(
        base_url=platform.base_url, api_key=platform.key, max_retries=0, timeout=180
    ) as connected:
        yield connected


def test_a_message_is_answered_and_counted(client: anthropic.Anthropic, model: str) -> None:
    message = client.messages.create(
        model=model,
        max_tokens=24,
        system="Be kind.",
        messages=GREETING,
        extra_body={"temperature": 0.5, "top_p": 0.9, "top_k": 20},
    )
    assert message.type == "message" and message.role == "assistant" and message.model == model
    assert message.content[0].type == "text" and message.content[0].text
    assert message.stop_reason in ("end_turn", "max_tokens")
    assert message.usage.input_tokens + (message.usage.cache_read_input_tokens or 0) > 0
    assert 0 < message.usage.output_tokens <= 24
    assert message._request_id.startswith("req_")


def test_a_stream_adds_up(client: anthropic.Anthropic, model: str) -> None:
    with client.messages.stream(model=model, max_tokens=24, messages=GREETING, extra_body=GREEDY) as stream:
        kinds = []
        text = ""
        for event in stream:
            kinds.append(event.type)
            if event.type == "text":
                text += event.text
        message = stream.get_final_message()
    assert kinds[0] == "message_start" and kinds[-1] == "message_stop"
    assert text and message.content[0].text == text
    assert message.stop_reason in ("end_turn", "max_tokens")
    assert 0 < message.usage.output_tokens <= 24 and message.usage.input_tokens >= 0


def test_the_same_prompt_has_the_same_usage_on_both_faces(
    platform: Platform, client: anthropic.Anthropic, model: str
) -> None:
    message = client.messages.create(model=model, max_tokens=4, messages=GREETING)
    chat = requests.post(
        f"{platform.base_url}/v1/chat/completions",
        headers=bearer(platform),
        json={"model": model, "max_tokens": 4, "messages": GREETING},
        timeout=180,
    ).json()
    counted = client.messages.count_tokens(model=model, messages=GREETING)
    read = message.usage.input_tokens + (message.usage.cache_read_input_tokens or 0)
    assert read == chat["usage"]["prompt_tokens"] == counted.input_tokens


def test_tokens_are_counted_by_the_engine(platform: Platform, client: anthropic.Anthropic, model: str) -> None:
    short = client.messages.with_raw_response.count_tokens(model=model, messages=GREETING)
    assert short.headers["x-exaone-token-count"] == "exact"
    long = client.messages.count_tokens(model=model, system="Be kind. " * 40, messages=GREETING, tools=[WEATHER])
    assert long.input_tokens > short.parse().input_tokens + 40


@pytest.mark.parametrize("choice", [{"type": "any"}, {"type": "tool", "name": "get_weather"}])
def test_a_tool_is_called_and_its_result_answered(client: anthropic.Anthropic, model: str, choice: dict) -> None:
    asked = [{"role": "user", "content": "What is the weather in Seoul?"}]
    message = client.messages.create(
        model=model, max_tokens=128, messages=asked, tools=[WEATHER], tool_choice=choice, extra_body=GREEDY
    )
    assert message.stop_reason == "tool_use"
    call = next(block for block in message.content if block.type == "tool_use")
    assert call.name == "get_weather" and call.input["city"] in ("Seoul", "Busan")
    result = {"type": "tool_result", "tool_use_id": call.id, "content": [{"type": "text", "text": "clear, 21 C"}]}
    answer = client.messages.create(
        model=model,
        max_tokens=32,
        messages=[*asked, {"role": "assistant", "content": message.content}, {"role": "user", "content": [result]}],
        tools=[WEATHER],
        tool_choice={"type": "none"},
        extra_body=GREEDY,
    )
    assert answer.content[0].type == "text" and answer.stop_reason != "tool_use"


def test_a_streamed_call_adds_up(client: anthropic.Anthropic, model: str) -> None:
    with client.messages.stream(
        model=model,
        max_tokens=128,
        messages=[{"role": "user", "content": "What is the weather in Busan?"}],
        tools=[WEATHER],
        tool_choice={"type": "any", "disable_parallel_tool_use": True},
        extra_body=GREEDY,
    ) as stream:
        message = stream.get_final_message()
    assert [block.type for block in message.content] == ["tool_use"]
    assert message.content[0].input["city"] in ("Seoul", "Busan")


def test_failures_are_anthropics(platform: Platform, client: anthropic.Anthropic, model: str) -> None:
    with pytest.raises(anthropic.NotFoundError) as unknown:
        client.messages.create(model="no-such-model", max_tokens=4, messages=GREETING)
    assert unknown.value.body["error"]["type"] == "not_found_error"
    stranger = anthropic.Anthropic(base_url=platform.base_url, api_key="wrong", max_retries=0)
    with pytest.raises(anthropic.AuthenticationError):
        stranger.messages.create(model=model, max_tokens=4, messages=GREETING)
    with pytest.raises(anthropic.BadRequestError) as remote:
        client.messages.create(
            model=model,
            max_tokens=4,
            messages=[
                {
                    "role": "user",
                    "content": [{"type": "image", "source": {"type": "url", "url": "https://example.com/a.png"}}],
                }
            ],
        )
    assert "messages[0].content[0].source.type" in str(remote.value)
    with pytest.raises(anthropic.BadRequestError) as tool:
        client.messages.create(
            model=model,
            max_tokens=4,
            messages=GREETING,
            tools=[{"type": "web_search_20250305", "name": "web_search"}],
        )
    assert "tools[0].type" in str(tool.value)


def test_a_bearer_works_too(platform: Platform, model: str) -> None:
    client = anthropic.Anthropic(base_url=platform.base_url, auth_token=platform.key, max_retries=0, timeout=180)
    assert client.messages.create(model=model, max_tokens=4, messages=GREETING, extra_body=GREEDY).content
