"""OpenAI's files and batches with the official SDK, unchanged, against the embedded engine."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator

import openai
import pytest
from openai.types import Batch
from support.callers import embedding_model_of
from support.platform import Platform

ENDED = ("completed", "failed", "expired", "cancelled")
PATIENCE_SECONDS = 300


@pytest.fixture(scope="module")
def client(platform: Platform) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(
        base_url=f"{platform.base_url}/v1", api_key=platform.key, max_retries=0, timeout=180
    ) as connected:
        yield connected


def lines(endpoint: str, bodies: list[dict]) -> bytes:
    return b"".join(
        json.dumps({"custom_id": f"n{number}", "method": "POST", "url": endpoint, "body": body}).encode() + b"\n"
        for number, body in enumerate(bodies)
    )


def chat(model: str, text: str) -> dict:
    return {"model": model, "messages": [{"role": "user", "content": text}], "max_tokens": 4}


def create(client: openai.OpenAI, endpoint: str, content: bytes) -> Batch:
    file = client.files.create(file=("in.jsonl", content), purpose="batch")
    return client.batches.create(
        input_file_id=file.id,
        endpoint=endpoint,  # type: ignore[arg-type]
        completion_window="24h",
        metadata={"case": "7"},
    )


def ended(client: openai.OpenAI, batch: Batch) -> Batch:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while batch.status not in ENDED:
        assert time.monotonic() < deadline, batch
        time.sleep(0.2)
        batch = client.batches.retrieve(batch.id)
    return batch


def results(client: openai.OpenAI, file_id: str | None) -> dict[str, dict]:
    assert file_id
    read = [json.loads(line) for line in client.files.content(file_id).text.splitlines()]
    found = {result["custom_id"]: result for result in read}
    assert len(found) == len(read)
    return found


def test_a_file_is_uploaded_listed_read_and_deleted(client: openai.OpenAI) -> None:
    content = b'{"x": "' + b"y" * 2_000_000 + b'"}\n'
    file = client.files.create(
        file=("big.jsonl", content),
        purpose="batch",
        expires_after={"anchor": "created_at", "seconds": 3600},
    )
    assert (file.filename, file.bytes, file.purpose) == ("big.jsonl", len(content), "batch")
    assert file.expires_at == file.created_at + 3600
    assert client.files.retrieve(file.id) == file
    assert file.id in [listed.id for listed in client.files.list(purpose="batch")]
    assert client.files.content(file.id).read() == content
    assert client.files.delete(file.id).deleted
    with pytest.raises(openai.NotFoundError):
        client.files.content(file.id)


def test_a_batch_of_chats_has_one_result_for_each_line(client: openai.OpenAI, model: str) -> None:
    bodies = [chat(model, f"Say {number}.") for number in range(8)] + [chat("no-such-model", "Hi")]
    batch = create(client, "/v1/chat/completions", lines("/v1/chat/completions", bodies))
    assert batch.status == "validating" and batch.metadata == {"case": "7"}
    assert batch.id in [listed.id for listed in client.batches.list(limit=3)]

    batch = ended(client, batch)

    assert batch.status == "completed", batch
    assert batch.request_counts and batch.request_counts.model_dump() == {"total": 9, "completed": 8, "failed": 1}
    assert batch.in_progress_at and batch.finalizing_at and batch.completed_at
    done = results(client, batch.output_file_id)
    assert sorted(done) == [f"n{number}" for number in range(8)]
    for result in done.values():
        assert result["error"] is None and result["response"]["status_code"] == 200
        assert result["response"]["request_id"].startswith("req_")
        assert result["response"]["body"]["usage"]["completion_tokens"] > 0
    failed = results(client, batch.error_file_id)
    assert list(failed) == ["n8"]
    assert failed["n8"]["response"]["status_code"] == 404
    assert failed["n8"]["response"]["body"]["error"]["code"] == "model_not_found"


def test_a_batch_of_embeddings(client: openai.OpenAI, platform: Platform) -> None:
    bodies = [{"model": embedding_model_of(platform), "input": f"text {number}"} for number in range(4)]
    batch = ended(client, create(client, "/v1/embeddings", lines("/v1/embeddings", bodies)))
    assert batch.status == "completed" and batch.error_file_id is None
    assert all(
        result["response"]["body"]["data"][0]["embedding"]
        for result in results(client, batch.output_file_id).values()
    )


def test_a_file_and_its_batch_are_made_once_under_a_key(client: openai.OpenAI, model: str) -> None:
    content = lines("/v1/chat/completions", [chat(model, "Hi")])
    named = {"Idempotency-Key": str(uuid.uuid4())}
    # Each upload is another form: the SDK draws its boundary anew.
    files = [client.files.create(file=("in.jsonl", content), purpose="batch", extra_headers=named) for _ in range(2)]
    assert files[0] == files[1]
    with pytest.raises(openai.ConflictError) as refusal:
        client.files.create(file=("in.jsonl", content + content), purpose="batch", extra_headers=named)
    assert refusal.value.code == "idempotency_key_reused"
    named = {"Idempotency-Key": str(uuid.uuid4())}
    made = [
        client.batches.create(
            input_file_id=files[0].id,
            endpoint="/v1/chat/completions",
            completion_window="24h",
            extra_headers=named,
        )
        for _ in range(2)
    ]
    assert made[0] == made[1]
    assert [listed.input_file_id for listed in client.batches.list()].count(files[0].id) == 1
    assert ended(client, made[0]).status == "completed"


def test_an_input_that_is_wrong_fails_whole_and_says_where(client: openai.OpenAI, model: str) -> None:
    right = lines("/v1/chat/completions", [chat(model, "Hi")])
    batch = ended(client, create(client, "/v1/chat/completions", right + b"nonsense\n" + right))
    assert batch.status == "failed" and batch.output_file_id is None
    assert batch.errors and batch.errors.data
    assert [(error.code, error.line) for error in batch.errors.data] == [
        ("invalid_json_line", 2),
        ("duplicate_custom_id", 3),
    ]


def test_a_batch_is_cancelled(client: openai.OpenAI, model: str) -> None:
    long = [chat(model, "Tell a story.") | {"max_tokens": 64} for _ in range(200)]
    batch = create(client, "/v1/chat/completions", lines("/v1/chat/completions", long))
    assert client.batches.cancel(batch.id).status == "cancelling"

    batch = ended(client, batch)

    assert batch.status == "cancelled" and batch.cancelling_at and batch.cancelled_at
    with pytest.raises(openai.ConflictError):
        client.batches.cancel(batch.id)


def test_what_is_wrong_is_refused_by_name(client: openai.OpenAI, model: str) -> None:
    with pytest.raises(openai.BadRequestError, match="purpose"):
        client.files.create(file=("x.jsonl", b"{}"), purpose="fine-tune")
    file = client.files.create(file=("in.jsonl", lines("/v1/chat/completions", [chat(model, "Hi")])), purpose="batch")
    with pytest.raises(openai.BadRequestError, match="endpoint"):
        client.batches.create(input_file_id=file.id, endpoint="/v1/moderations", completion_window="24h")
    with pytest.raises(openai.NotFoundError):
        client.batches.create(input_file_id="file_none", endpoint="/v1/chat/completions", completion_window="24h")
    with pytest.raises(openai.NotFoundError):
        client.batches.retrieve("batch_none")
