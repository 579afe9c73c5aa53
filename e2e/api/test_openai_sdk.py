"""The official OpenAI Python SDK, unchanged, against the embedded engines."""

from __future__ import annotations

import base64
import json
import struct

import openai
import pytest
import requests
from support.callers import embedding_model_of
from support.platform import PATIENCE_SECONDS, Platform

WEATHER = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "description": "Current weather of a city.",
        "parameters": {
            "type": "object",
            "properties": {"city": {"type": "string", "enum": ["Seoul", "Busan"]}},
            "required": ["city"],
            "additionalProperties": False,
        },
    },
}
CLOCK = {
    "type": "function",
    "function": {
        "name": "get_time",
        "description": "Current time.",
        "parameters": {"type": "object", "properties": {}, "additionalProperties": False},
    },
}
GREETING = [{"role": "user", "content": "Say hello in one short sentence."}]


@pytest.fixture(scope="module")
def client(platform: Platform) -> openai.OpenAI:
    return openai.OpenAI(base_url=f"{platform.base_url}/v1", api_key=platform.key, max_retries=0, timeout=180)


@pytest.fixture(scope="module")
def embedding_model(platform: Platform) -> str:
    return embedding_model_of(platform)


def test_models_are_listed_and_found(client: openai.OpenAI, model: str) -> None:
    listed = {entry.id: entry for entry in client.models.list()}
    assert listed[model].object == "model"
    assert client.models.retrieve(model).id == model
    with pytest.raises(openai.NotFoundError) as refusal:
        client.models.retrieve("no-such-model")
    assert refusal.value.code == "model_not_found"


def test_a_chat_is_answered_and_counted(client: openai.OpenAI, model: str) -> None:
    raw = client.chat.completions.with_raw_response.create(model=model, messages=GREETING, max_tokens=24, temperature=0)
    answer = raw.parse()
    assert answer.choices[0].message.content
    assert answer.model == model
    assert answer.usage and answer.usage.prompt_tokens > 0 and 0 < answer.usage.completion_tokens <= 24
    assert raw.headers["x-request-id"].startswith("req_")
    assert "x-ratelimit-limit-requests" in raw.headers


def test_a_stream_has_its_end_and_its_usage_only_when_asked(client: openai.OpenAI, model: str) -> None:
    plain = list(client.chat.completions.create(model=model, messages=GREETING, max_tokens=16, temperature=0, stream=True))
    assert "".join(chunk.choices[0].delta.content or "" for chunk in plain)
    assert all(chunk.usage is None for chunk in plain)
    assert plain[-1].choices[0].finish_reason in ("stop", "length")
    counted = list(
        client.chat.completions.create(
            model=model,
            messages=GREETING,
            max_completion_tokens=16,
            temperature=0,
            stream=True,
            stream_options={"include_usage": True},
        )
    )
    assert counted[-1].choices == []
    assert counted[-1].usage and 0 < counted[-1].usage.completion_tokens <= 16


def test_a_stream_ends_with_done(platform: Platform, model: str) -> None:
    with requests.post(
        f"{platform.base_url}/v1/chat/completions",
        headers={"Authorization": f"Bearer {platform.key}"},
        json={"model": model, "messages": GREETING, "max_tokens": 8, "stream": True},
        stream=True,
        timeout=180,
    ) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        lines = [line for line in response.iter_lines(decode_unicode=True) if line]
    assert lines[-1] == "data: [DONE]"


def test_embeddings_are_the_same_in_both_encodings(client: openai.OpenAI, embedding_model: str) -> None:
    texts = ["휴가 신청은 어떻게 하나요?", "How do I ask for leave?"]
    floats = client.embeddings.create(model=embedding_model, input=texts, encoding_format="float")
    packed = client.embeddings.create(model=embedding_model, input=texts, encoding_format="base64")
    assert len(floats.data) == len(packed.data) == 2
    for plain, encoded in zip(floats.data, packed.data, strict=True):
        raw = base64.b64decode(str(encoded.embedding))
        assert list(struct.unpack(f"<{len(raw) // 4}f", raw)) == pytest.approx(plain.embedding, abs=1e-5)
    # The SDK asks for base64 by itself and decodes it.
    assert len(client.embeddings.create(model=embedding_model, input="x").data[0].embedding) == len(
        floats.data[0].embedding
    )


def test_an_answer_follows_a_json_schema(client: openai.OpenAI, model: str) -> None:
    schema = {
        "type": "object",
        "properties": {"city": {"type": "string", "enum": ["Seoul", "Busan"]}, "sunny": {"type": "boolean"}},
        "required": ["city", "sunny"],
        "additionalProperties": False,
    }
    answer = client.chat.completions.create(
        model=model,
        messages=[{"role": "user", "content": "Weather in Seoul?"}],
        response_format={"type": "json_schema", "json_schema": {"name": "weather", "schema": schema, "strict": True}},
        max_tokens=64,
        temperature=0,
    )
    value = json.loads(answer.choices[0].message.content or "")
    assert value["city"] in ("Seoul", "Busan") and isinstance(value["sunny"], bool)


@pytest.mark.parametrize("choice", ["required", {"type": "function", "function": {"name": "get_weather"}}])
def test_a_tool_is_called_where_one_must_be(client: openai.OpenAI, model: str, choice: object) -> None:
    tools = [WEATHER] if choice == "required" else [CLOCK, WEATHER]
    answer = client.chat.completions.create(
        model=model,
        messages=[{"role": "user", "content": "What is the weather in Seoul?"}],
        tools=tools,
        tool_choice=choice,
        max_tokens=128,
        temperature=0,
    )
    assert answer.choices[0].finish_reason == "tool_calls"
    call = answer.choices[0].message.tool_calls[0]
    assert call.id and call.function.name == "get_weather"
    assert json.loads(call.function.arguments)["city"] in ("Seoul", "Busan")


def test_a_streamed_tool_call_adds_up(client: openai.OpenAI, model: str) -> None:
    names: dict[int, str] = {}
    arguments: dict[int, str] = {}
    finish = None
    for chunk in client.chat.completions.create(
        model=model,
        messages=[{"role": "user", "content": "What is the weather in Busan?"}],
        tools=[WEATHER],
        tool_choice="required",
        max_tokens=128,
        temperature=0,
        stream=True,
    ):
        for delta in chunk.choices[0].delta.tool_calls or []:
            names[delta.index] = names.get(delta.index, "") + (delta.function.name or "")
            arguments[delta.index] = arguments.get(delta.index, "") + (delta.function.arguments or "")
        finish = chunk.choices[0].finish_reason or finish
    assert finish == "tool_calls" and list(names) == list(range(len(names)))
    for index, name in names.items():
        assert name == "get_weather"
        assert json.loads(arguments[index])["city"] in ("Seoul", "Busan")


def test_a_tools_result_can_be_answered_about(client: openai.OpenAI, model: str) -> None:
    answer = client.chat.completions.create(
        model=model,
        messages=[
            {"role": "user", "content": "What is the weather in Seoul?"},
            {
                "role": "assistant",
                "content": None,
                "tool_calls": [
                    {
                        "id": "call_1",
                        "type": "function",
                        "function": {"name": "get_weather", "arguments": '{"city":"Seoul"}'},
                    }
                ],
            },
            {"role": "tool", "tool_call_id": "call_1", "content": '{"sky":"clear","celsius":21}'},
        ],
        tools=[WEATHER],
        tool_choice="none",
        max_tokens=32,
        temperature=0,
    )
    assert answer.choices[0].message.content
    assert not answer.choices[0].message.tool_calls


def test_a_wrong_key_is_refused(platform: Platform, model: str) -> None:
    for key in ("wrong", platform.key[:-1] + ("0" if platform.key[-1] != "0" else "1")):
        stranger = openai.OpenAI(base_url=f"{platform.base_url}/v1", api_key=key, max_retries=0)
        with pytest.raises(openai.AuthenticationError) as refusal:
            stranger.chat.completions.create(model=model, messages=GREETING)
        assert refusal.value.code == "invalid_api_key"


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ({"messages": GREETING}, "model"),
        ({"model": 7, "messages": GREETING}, "model"),
        ({"messages": "hello"}, "messages"),
        ({"messages": GREETING, "stream": "yes"}, "stream"),
        ({"messages": GREETING, "max_tokens": -1}, "max_tokens"),
        ({"messages": GREETING, "temperature": "hot"}, "temperature"),
        ({"messages": GREETING, "n": 0}, "n"),
    ],
)
def test_a_wrong_field_is_named(platform: Platform, model: str, body: dict, param: str) -> None:
    if param != "model":
        body = {"model": model, **body}
    response = post(platform, "/v1/chat/completions", json=body)
    error = response.json()["error"]
    assert (response.status_code, error["type"], error["param"]) == (400, "invalid_request_error", param)
    assert param in error["message"]


def test_everything_under_v1_fails_in_openais_shape(platform: Platform, model: str) -> None:
    cases = [
        (post(platform, "/v1/chat/completions", data="{"), 400),
        (post(platform, "/v1/chat/completions", json={"model": "no-such", "messages": GREETING}), 404),
        (post(platform, "/v1/no/such/path", json={}), 404),
        (requests.get(f"{platform.base_url}/v1/chat/completions", headers=bearer(platform), timeout=PATIENCE_SECONDS), 405),
        (requests.get(f"{platform.base_url}/v1/models", timeout=PATIENCE_SECONDS), 401),
    ]
    for response, status in cases:
        assert response.status_code == status, response.text
        error = response.json()["error"]
        assert error["message"] and error["type"] and "param" in error and "code" in error
        assert response.headers["x-request-id"].startswith("req_")


def bearer(platform: Platform) -> dict[str, str]:
    return {"Authorization": f"Bearer {platform.key}"}


def post(platform: Platform, path: str, **body: object) -> requests.Response:
    headers = {**bearer(platform), "Content-Type": "application/json"}
    return requests.post(f"{platform.base_url}{path}", headers=headers, timeout=180, **body)
