"""OpenAI's Responses API and text completions, with the official SDK, unchanged, against the embedded engine."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator

import openai
import pytest
import requests
from pydantic import BaseModel
from support.browserless import Session
from support.callers import bearer
from support.platform import PATIENCE_SECONDS, Platform

WEATHER = {
    "type": "function",
    "name": "get_weather",
    "description": "Current weather of a city.",
    "parameters": {
        "type": "object",
        "properties": {"city": {"type": "string", "enum": ["Seoul", "Busan"]}},
        "required": ["city"],
        "additionalProperties": False,
    },
    "strict": True,
}


class Weather(BaseModel):
    city: str
    sunny: bool


@pytest.fixture(scope="module")
def client(platform: Platform) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(
        base_url=f"{platform.base_url}/v1", api_key=platform.key, max_retries=0, timeout=180
    ) as connected:
        yield connected


def test_a_response_is_answered_kept_read_and_deleted(client: openai.OpenAI, model: str) -> None:
    response = client.responses.create(
        model=model,
        instructions="Answer in one short sentence.",
        input="Say hello.",
        max_output_tokens=24, temperature=0,
        metadata={"case": "7"},
    )
    assert response.output_text and response.status in ("completed", "incomplete")
    assert response.usage and response.usage.input_tokens > 0 and 0 < response.usage.output_tokens <= 24
    assert response.metadata == {"case": "7"} and response.store

    assert client.responses.retrieve(response.id).model_dump() == response.model_dump()
    items = client.responses.input_items.list(response.id).data
    assert [part.text for item in items for part in item.content] == ["Say hello."]
    client.responses.delete(response.id)
    with pytest.raises(openai.NotFoundError) as refusal:
        client.responses.retrieve(response.id)
    assert refusal.value.code == "response_not_found"


def test_reading_a_response_costs_nothing(platform: Platform, client: openai.OpenAI, model: str) -> None:
    response = client.responses.create(model=model, input="Say hello.", max_output_tokens=8, temperature=0)
    read = client.responses.with_raw_response.retrieve(response.id)
    assert read.parse().output_text == response.output_text
    assert "x-ratelimit-remaining-requests" not in read.headers


def test_a_conversation_goes_on(client: openai.OpenAI, model: str) -> None:
    first = client.responses.create(model=model, input="My name is Jiwoo. Say hello.", max_output_tokens=16, temperature=0)
    second = client.responses.create(
        model=model, input="What is my name?", previous_response_id=first.id, max_output_tokens=16, temperature=0
    )
    assert second.previous_response_id == first.id
    # The earlier turn is read again: it makes the input longer.
    assert second.usage.input_tokens > first.usage.input_tokens + 10
    client.responses.delete(first.id)
    with pytest.raises(openai.NotFoundError):
        client.responses.create(model=model, input="And now?", previous_response_id=second.id)


def test_what_is_not_to_be_kept_is_not(client: openai.OpenAI, model: str) -> None:
    response = client.responses.create(model=model, input="Say hello.", max_output_tokens=8, temperature=0, store=False)
    assert not response.store
    with pytest.raises(openai.NotFoundError):
        client.responses.retrieve(response.id)


def test_a_streams_events_add_up(client: openai.OpenAI, model: str) -> None:
    events = list(client.responses.create(model=model, input="Count to five.", max_output_tokens=24, temperature=0, stream=True))
    assert [event.sequence_number for event in events] == list(range(len(events)))
    assert [events[0].type, events[1].type] == ["response.created", "response.in_progress"]
    last = events[-1]
    assert last.type in ("response.completed", "response.incomplete")
    text = "".join(event.delta for event in events if event.type == "response.output_text.delta")
    assert text and text == last.response.output_text
    assert last.response.usage.output_tokens <= 24
    assert client.responses.retrieve(last.response.id).output_text == text


def test_the_sdks_own_stream_helper_follows(client: openai.OpenAI, model: str) -> None:
    # The helper knows no answer but a complete one, and drawn at random a small model's goes on and on now and then.
    with client.responses.stream(model=model, input="Say hello.", temperature=0, max_output_tokens=512) as stream:
        text = "".join(event.delta for event in stream if event.type == "response.output_text.delta")
        assert stream.get_final_response().output_text == text


@pytest.mark.parametrize("choice", ["required", {"type": "function", "name": "get_weather"}])
def test_a_function_is_called_and_its_result_answered(client: openai.OpenAI, model: str, choice: object) -> None:
    asked = "What is the weather in Seoul?"
    response = client.responses.create(
        model=model, input=asked, tools=[WEATHER], tool_choice=choice, max_output_tokens=128, temperature=0
    )
    call = next(item for item in response.output if item.type == "function_call")
    assert call.name == "get_weather" and json.loads(call.arguments)["city"] in ("Seoul", "Busan")
    result = {"type": "function_call_output", "call_id": call.call_id, "output": '{"sky":"clear"}'}
    continued = {"previous_response_id": response.id, "input": [result]}
    repeated = {"input": [{"role": "user", "content": asked}, *response.output, result]}
    for history in (continued, repeated):
        answer = client.responses.create(
            model=model, tools=[WEATHER], tool_choice="none", max_output_tokens=32, temperature=0, **history
        )
        assert answer.output_text


def test_a_streamed_call_adds_up(client: openai.OpenAI, model: str) -> None:
    with client.responses.stream(
        model=model,
        input="What is the weather in Busan?",
        tools=[WEATHER],
        tool_choice="required",
        max_output_tokens=256, temperature=0,
    ) as stream:
        pieces = "".join(event.delta for event in stream if event.type == "response.function_call_arguments.delta")
        calls = [item for item in stream.get_final_response().output if item.type == "function_call"]
    assert "".join(call.arguments for call in calls) == pieces
    assert all(json.loads(call.arguments)["city"] in ("Seoul", "Busan") for call in calls)


def test_an_answer_is_parsed_by_its_schema(client: openai.OpenAI, model: str) -> None:
    response = client.responses.parse(
        model=model, input="Weather in Seoul?", text_format=Weather, max_output_tokens=64, temperature=0
    )
    assert isinstance(response.output_parsed, Weather)


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"background": True}, "background"),
        ({"conversation": "conv_1"}, "conversation"),
        ({"tools": [{"type": "web_search"}]}, "tools[0].type"),
        ({"tools": [{"type": "file_search", "vector_store_ids": ["vs_1"]}]}, "tools[0].type"),
        ({"tools": [{"type": "computer_use_preview"}]}, "tools[0].type"),
        ({"truncation": "auto"}, "truncation"),
        ({"no_such_field": 1}, "no_such_field"),
        ({"reasoning": {"effort": "high"}}, "reasoning_effort"),
    ],
)
def test_what_is_not_offered_is_named(platform: Platform, model: str, fields: dict, param: str) -> None:
    answer = requests.post(
        f"{platform.base_url}/v1/responses",
        headers=bearer(platform),
        json={"model": model, "input": "x", **fields},
        timeout=PATIENCE_SECONDS,
    )
    error = answer.json()["error"]
    assert (answer.status_code, error["param"]) == (400, param), answer.text


def test_a_response_of_another_id_is_not_found(platform: Platform) -> None:
    for path in ("resp_00000000000000000000000000", "x", "resp_00000000000000000000000000/input_items"):
        answer = requests.get(f"{platform.base_url}/v1/responses/{path}", headers=bearer(platform), timeout=PATIENCE_SECONDS)
        assert answer.status_code == 404, answer.text


def test_a_response_is_found_in_its_own_project_only(
    platform: Platform, admin: Session, client: openai.OpenAI, model: str
) -> None:
    tenant = admin.post("/tenants", {"name": f"x{uuid.uuid4().hex[:12]}"})["tenant"]["tenantId"]
    keys = []
    for name in ("one", "two"):
        project = admin.post(f"/tenants/{tenant}/projects", {"name": name})["project"]["projectId"]
        keys.append(admin.post(f"/tenants/{tenant}/projects/{project}/api-keys", {"displayName": "k"})["secret"])
    one, two = (client.with_options(api_key=key) for key in keys)
    response = one.responses.create(model=model, input="x", max_output_tokens=4, temperature=0)
    for stranger in (two, client):
        for attempt in (
            lambda by=stranger: by.responses.retrieve(response.id),
            lambda by=stranger: by.responses.delete(response.id),
            lambda by=stranger: by.responses.input_items.list(response.id),
            lambda by=stranger: by.responses.create(model=model, input="x", previous_response_id=response.id),
        ):
            with pytest.raises(openai.NotFoundError):
                attempt()
    assert one.responses.retrieve(response.id).id == response.id


def test_text_is_completed(client: openai.OpenAI, model: str) -> None:
    whole = client.completions.create(
        model=model, prompt="Once upon a time", max_tokens=8, seed=7, temperature=0, logprobs=2, stop=["\n\n\n"]
    )
    assert whole.choices[0].text and whole.usage.completion_tokens <= 8
    assert whole.choices[0].logprobs is not None
    parts = list(
        client.completions.create(model=model, prompt="Once upon a time", max_tokens=8, temperature=0, stream=True)
    )
    assert "".join(part.choices[0].text for part in parts)
    several = client.completions.create(model=model, prompt=["One", "Two"], max_tokens=4)
    assert sorted(choice.index for choice in several.choices) == [0, 1]


def test_a_model_that_does_something_else_says_so(platform: Platform, client: openai.OpenAI, model: str) -> None:
    rerank = requests.post(
        f"{platform.base_url}/v1/rerank",
        headers=bearer(platform),
        json={"model": model, "query": "x", "documents": ["y"]},
        timeout=PATIENCE_SECONDS,
    )
    assert rerank.status_code == 400
    assert rerank.json()["error"]["message"] == f"The model '{model}' does not answer /v1/rerank."
    embedding = next(entry.id for entry in client.models.list() if "e5" in entry.id)
    with pytest.raises(openai.BadRequestError) as refusal:
        client.completions.create(model=embedding, prompt="x")
    assert f"The model '{embedding}' does not answer /v1/completions." in str(refusal.value)


def test_choices_seeds_and_probabilities_go_through(client: openai.OpenAI, model: str) -> None:
    asked = [{"role": "user", "content": "Say hello."}]
    answers = [
        client.chat.completions.create(
            model=model,
            messages=asked,
            max_tokens=8,
            seed=7,
            logprobs=True,
            top_logprobs=2,
            user="u-1",
            metadata={"case": "7"},
            reasoning_effort="none",
        )
        for _ in range(2)
    ]
    assert answers[0].choices[0].message.content == answers[1].choices[0].message.content
    assert len(answers[0].choices[0].logprobs.content[0].top_logprobs) == 2


@pytest.mark.parametrize("field", ["chat_template", "id_slot", "lora"])
def test_fields_that_reach_past_a_request_are_refused(platform: Platform, model: str, field: str) -> None:
    for path, body in (
        ("chat/completions", {"messages": [{"role": "user", "content": "x"}]}),
        ("completions", {"prompt": "x"}),
    ):
        answer = requests.post(
            f"{platform.base_url}/v1/{path}",
            headers=bearer(platform),
            json={"model": model, field: 0, **body},
            timeout=PATIENCE_SECONDS,
        )
        assert (answer.status_code, answer.json()["error"]["param"]) == (400, field)


def test_a_model_that_cannot_think_says_so(client: openai.OpenAI, model: str) -> None:
    with pytest.raises(openai.BadRequestError) as refusal:
        client.chat.completions.create(
            model=model, messages=[{"role": "user", "content": "x"}], reasoning_effort="high"
        )
    assert refusal.value.param == "reasoning_effort" and refusal.value.code == "unsupported_parameter"


def test_media_is_sent_inline_only(platform: Platform, model: str) -> None:
    for url in ("https://example.com/cat.png", "http://127.0.0.1/cat.png", "file:///etc/passwd"):
        image = {"type": "image_url", "image_url": {"url": url}}
        answer = requests.post(
            f"{platform.base_url}/v1/chat/completions",
            headers=bearer(platform),
            json={"model": model, "messages": [{"role": "user", "content": [image]}]},
            timeout=PATIENCE_SECONDS,
        )
        error = answer.json()["error"]
        assert (answer.status_code, error["param"]) == (400, "messages[0].content[0].image_url.url")
