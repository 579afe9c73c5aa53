"""What tests of the public API share: a key's header and the model that chats."""

from __future__ import annotations

import requests

from support.platform import Platform


def bearer(platform: Platform) -> dict[str, str]:
    return {"Authorization": f"Bearer {platform.key}"}


def chat_model_of(platform: Platform) -> str:
    """The model that chats: of the two built-in ones the other makes embeddings."""
    listed = requests.get(f"{platform.base_url}/v1/models", headers=bearer(platform), timeout=30).json()["data"]
    return next(entry["id"] for entry in listed if "e5" not in entry["id"] and not entry["id"].startswith("agent/"))


def embedding_model_of(platform: Platform) -> str:
    """The model that makes embeddings."""
    listed = requests.get(f"{platform.base_url}/v1/models", headers=bearer(platform), timeout=30).json()["data"]
    return next(entry["id"] for entry in listed if "e5" in entry["id"])
