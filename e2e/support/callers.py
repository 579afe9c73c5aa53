"""What tests of the public API share: keys' headers, the models to call, and tenants whose books are read."""

from __future__ import annotations

import time
import uuid

import requests

from support.browserless import Session
from support.platform import PATIENCE_SECONDS, Platform, wait_until


DAY_SECONDS = 86_400
SEOUL_SECONDS = 9 * 3_600
"""Tenants' time zone is ahead of UTC by this, unless they say otherwise."""


class Caller:
    """A tenant of its own with one key, so that all that is on its books is what its calls came to."""

    def __init__(self, platform: Platform, admin: Session) -> None:
        self.platform = platform
        self.admin = admin
        tenant = admin.post("/tenants", {"name": f"k{uuid.uuid4().hex[:12]}"})["tenant"]
        self.path = f"/tenants/{tenant['tenantId']}"
        self.project = admin.post(f"{self.path}/projects", {"name": "calls"})["project"]["projectId"]
        self.headers = self.another_key()

    def another_key(self) -> dict[str, str]:
        """The header with a new key of the same project."""
        made = self.admin.post(f"{self.path}/projects/{self.project}/api-keys", {"displayName": "k"})
        return {"Authorization": f"Bearer {made['secret']}"}

    def post(self, path: str, body: dict, key: str, stream: bool = False) -> requests.Response:
        """Calls under an idempotency key."""
        return requests.post(
            f"{self.platform.base_url}{path}",
            headers={**self.headers, "Idempotency-Key": key},
            json=body,
            stream=stream,
            timeout=180,
        )

    def records(self) -> list[dict]:
        return records_of(self.admin, self.path)

    def total(self) -> dict:
        return total_of(self.admin, self.path)


def await_price(platform: Platform, admin: Session, model: str) -> None:
    """Waits until calls of a model are charged: gateways hear of a new price a moment after it was set. Others' books are left alone."""
    caller = Caller(platform, admin)
    body = {"model": model, "messages": [{"role": "user", "content": "Hi"}], "max_tokens": 1}

    def charged() -> bool:
        request_id = caller.post("/v1/chat/completions", body, uuid.uuid4().hex).headers["x-request-id"]
        record = f"{caller.path}/usage-records/{request_id}"
        wait_until(lambda: admin.request("GET", record).ok, PATIENCE_SECONDS, f"the usage record {request_id}")
        return int(admin.get(record)["usageRecord"]["amountMicros"]) > 0

    wait_until(charged, PATIENCE_SECONDS, f"{model} has its price")


def await_next_day_if_near(seconds: float = 240) -> None:
    """Limits and sums by days and months turn at midnight where tenants are. A test that would meet it begins after it."""
    left = DAY_SECONDS - (time.time() + SEOUL_SECONDS) % DAY_SECONDS
    if left < seconds:
        time.sleep(left + 2)


def records_of(admin: Session, tenant: str) -> list[dict]:
    """All usage records of a tenant, as often as each is listed."""
    found, token = [], ""
    while True:
        page = admin.get(f"{tenant}/usage-records", pageSize=200, pageToken=token)
        found += page.get("usageRecords", [])
        token = page.get("nextPageToken", "")
        if not token:
            return found


def total_of(admin: Session, tenant: str) -> dict:
    """What a tenant's calls of the last day come to."""
    now = time.time()
    span = {"startTime": rfc3339(now - DAY_SECONDS), "endTime": rfc3339(now + 60)}
    return admin.get(f"{tenant}/usage:query", **span)["total"]


def rfc3339(seconds: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def bearer(platform: Platform) -> dict[str, str]:
    return {"Authorization": f"Bearer {platform.key}"}


def chat_model_of(platform: Platform, key: str | None = None) -> str:
    """The built-in model that chats, as a key sees it: what else is listed may be another test's."""
    return next(name for name in models_of(platform, key) if name.startswith("SmolLM2"))


def embedding_model_of(platform: Platform) -> str:
    """The model that makes embeddings."""
    return next(name for name in models_of(platform) if "e5" in name)


def models_of(platform: Platform, key: str | None = None) -> list[str]:
    """What a key may call; without one the demo tenant's."""
    listed = requests.get(
        f"{platform.base_url}/v1/models",
        headers={"Authorization": f"Bearer {key or platform.key}"},
        timeout=PATIENCE_SECONDS,
        verify=platform.verify,
    )
    assert listed.ok, f"{listed.status_code} {listed.text}"
    return [entry["id"] for entry in listed.json()["data"]]
