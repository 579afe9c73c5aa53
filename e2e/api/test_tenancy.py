"""No route lets one tenant's admin see or touch another tenant's things. Every route of the contracts is tried."""

from __future__ import annotations

import json
import re
import time
import urllib.parse
import uuid
from typing import Any

import pytest
import requests
from support.browserless import Session, answer, sign_in_first
from support.callers import SEOUL_SECONDS, rfc3339
from support.platform import PATIENCE_SECONDS, ROOT, Platform, wait_until

OPENAPI = json.loads((ROOT / "proto" / "openapi.json").read_text())
PARAMETER = re.compile(r"\{(\w+)}")

# Acts that end what they are about come last; everything else in the order of the contracts.
LAST = (
    "CancelRun",
    "DeleteAgent",
    "DeleteSecret",
    "DeleteLimit",
    "RevokeApiKey",
    "DeleteInvitation",
    "RemoveMember",
    "DeleteProject",
)


def operations() -> list[tuple[str, str, str]]:
    """Every route about a tenant: its operation, method and path."""
    found = []
    for path, item in OPENAPI["paths"].items():
        for method, operation in item.items():
            if "{tenantId}" in path:
                found.append((operation["operationId"], method.upper(), path.removeprefix("/api/v1")))
    return sorted(found, key=lambda each: next((i for i, name in enumerate(LAST) if each[0].endswith(name)), -1))


class Tenant:
    """A tenant with an admin of its own, who is nobody elsewhere, and one of each thing that a tenant can have."""

    def __init__(self, platform: Platform, platform_admin: Session) -> None:
        self.platform = platform
        tenant = platform_admin.post("/tenants", {"name": f"x{uuid.uuid4().hex[:12]}"})["tenant"]
        self.ids: dict[str, str] = {"tenantId": tenant["tenantId"]}
        self.path = f"/tenants/{tenant['tenantId']}"
        self.admin = self.join(platform_admin, "ROLE_TENANT_ADMIN")[0]

    def join(self, inviting: Session, role: str) -> tuple[Session, str]:
        """Somebody new is invited, signs in for the first time and accepts."""
        email = f"{uuid.uuid4().hex[:12]}@acme.example"
        invited = inviting.post(f"{self.path}/invitations", {"email": email, "role": role})
        person = sign_in_first(
            self.platform.base_url, email, invited["temporaryPassword"], f"Own-{uuid.uuid4().hex}"
        )
        token = urllib.parse.parse_qs(urllib.parse.urlsplit(invited["acceptUrl"]).query)["token"][0]
        member = person.post("/invitations:accept", {"token": token})["member"]
        assert member["role"] == role
        return person, member["userId"]

    def furnish(self, model: str) -> None:
        admin, ids = self.admin, self.ids
        ids["projectId"] = admin.post(f"{self.path}/projects", {"name": "default"})["project"]["projectId"]
        project = f"{self.path}/projects/{ids['projectId']}"
        key = admin.post(f"{project}/api-keys", {"displayName": "k"})
        ids["keyId"] = key["apiKey"]["keyId"]
        limit = {"kind": "LIMIT_KIND_TOKENS_PER_DAY", "value": "1000000", "projectId": ids["projectId"]}
        ids["limitId"] = admin.post(f"{self.path}/limits", limit)["limit"]["limitId"]
        ids["userId"] = self.join(admin, "ROLE_VIEWER")[1]
        invitation = admin.post(f"{self.path}/invitations", {"email": "open@acme.example", "role": "ROLE_VIEWER"})
        ids["invitationId"] = invitation["invitation"]["invitationId"]
        ids["name"] = "A_SECRET"
        # The one that is open, where the tenant is.
        ids["month"] = time.strftime("%Y-%m", time.gmtime(time.time() + SEOUL_SECONDS))
        admin.put(f"{project}/secrets/A_SECRET", {"value": "v"})
        ids["requestId"] = self.call(key["secret"], model)
        agent = admin.post(f"{project}/agents", {"name": "helper"})["agent"]
        ids["agentId"] = agent["agentId"]
        self.specification = json.dumps(
            {"apiVersion": "exaone.ai/v1", "kind": "Agent", "name": "helper", "model": model, "instructions": "x"}
        )
        agents = f"{project}/agents/{ids['agentId']}"
        admin.put(f"{agents}/draft", {"specification": self.specification})
        releases = [
            admin.post(f"{agents}/releases", {"specification": text})["release"]["releaseId"]
            for text in (self.specification, self.specification.replace('"x"', '"y"'))
        ]
        for release in releases:
            admin.post(f"{agents}:deploy", {"releaseId": release})
        ids["releaseId"] = releases[0]
        run = {"input": [{"role": "user", "content": "hello"}]}
        ids["runId"] = admin.post(f"{agents}/runs", run)["run"]["runId"]

    def call(self, key: str, model: str) -> str:
        response = requests.post(
            f"{self.platform.base_url}/v1/chat/completions",
            headers={"Authorization": f"Bearer {key}"},
            json={"model": model, "messages": [{"role": "user", "content": "hi"}], "max_tokens": 2},
            timeout=PATIENCE_SECONDS,
        )
        assert response.status_code == 200, response.text
        request_id = response.headers["x-request-id"]
        record = f"{self.path}/usage-records/{request_id}"
        wait_until(lambda: self.admin.request("GET", record).ok, PATIENCE_SECONDS, "the usage record")
        return request_id

    def body(self, operation: str) -> Any:
        """What a call of an operation sends. An operation that is new and writes must be told here."""
        bodies = {
            "UpdateTenant": {"displayName": "Other"},
            "SuspendTenant": {},
            "ResumeTenant": {},
            "CreateProject": {"name": f"p{uuid.uuid4().hex[:8]}"},
            "UpdateProject": {"displayName": "Other"},
            "UpdateMember": {"role": "ROLE_DEVELOPER"},
            "CreateInvitation": {"email": f"{uuid.uuid4().hex[:8]}@acme.example", "role": "ROLE_VIEWER"},
            "CreateApiKey": {"displayName": "other"},
            "UpdateApiKey": {"displayName": "other"},
            "RevokeApiKey": {},
            "SetSecret": {"value": "w"},
            "CreateLimit": {
                "kind": "LIMIT_KIND_TOKENS_PER_MONTH",
                "value": "1000000",
                "projectId": self.ids["projectId"],
            },
            "UpdateLimit": {"value": "2000000"},
            "RaiseLimit": {"value": "3000000", "until": "2099-01-01T00:00:00Z", "reason": "more for a time"},
            "LowerLimit": {},
            "CreateAgent": {"name": f"a{uuid.uuid4().hex[:8]}"},
            "UpdateAgent": {"description": "other"},
            "SetDraft": {"specification": self.specification},
            "CreateRelease": {"specification": self.specification},
            "DeployRelease": {"releaseId": self.ids["releaseId"]},
            "RollbackDeployment": {},
            "CreateRun": {"input": [{"role": "user", "content": "hello"}]},
            "CancelRun": {},
        }
        return bodies[operation.split("_")[1]]

    def send(self, person: Session, operation: str, method: str, path: str) -> requests.Response:
        filled = PARAMETER.sub(lambda name: self.ids[name.group(1)], path)
        options: dict[str, Any] = {"stream": True, "timeout": PATIENCE_SECONDS}
        if method in ("POST", "PUT", "PATCH"):
            options["json"] = self.body(operation)
        if operation.endswith("QueryUsage"):
            now = time.time()
            options["params"] = {"startTime": rfc3339(now - 3600), "endTime": rfc3339(now)}
        return person.request(method, filled, **options)


@pytest.fixture(scope="module")
def tenants(platform: Platform, admin: Session, model: str) -> tuple[Tenant, Tenant]:
    own, other = Tenant(platform, admin), Tenant(platform, admin)
    own.furnish(model)
    return own, other


def test_a_stranger_finds_nothing_anywhere(tenants: tuple[Tenant, Tenant]) -> None:
    own, other = tenants
    for operation, method, path in operations():
        response = own.send(other.admin, operation, method, path)
        expected = 403 if operation.endswith(("SuspendTenant", "ResumeTenant")) else 404
        assert response.status_code == expected, f"{operation}: {response.status_code} {response.text}"


def test_ids_of_another_tenant_are_unknown_in_ones_own(tenants: tuple[Tenant, Tenant]) -> None:
    """The stranger names its own tenant, then also a project of its own, and somebody else's things."""
    own, other = tenants
    project = other.admin.post(f"{other.path}/projects", {"name": "own"})["project"]["projectId"]
    for operation, method, path in operations():
        # A month is nobody's: of one's own tenant it is one's own.
        below_tenant = path.replace("{tenantId}", other.ids["tenantId"]).replace("{month}", own.ids["month"])
        below_project = below_tenant.replace("{projectId}", project)
        for mixed in {below_tenant, below_project}:
            if PARAMETER.search(mixed) and not (mixed == below_project and named_by_callers(operation)):
                response = own.send(other.admin, operation, method, mixed)
                assert response.status_code == 404, f"{operation}: {response.status_code} {response.text}"


def named_by_callers(operation: str) -> bool:
    """A secret is made by naming it: in one's own project any name is fine."""
    return operation.endswith("SetSecret")


def test_nobody_gets_anywhere(tenants: tuple[Tenant, Tenant]) -> None:
    own, _ = tenants
    nobody = Session(own.platform.base_url, requests.Session())
    for operation, method, path in operations():
        assert own.send(nobody, operation, method, path).status_code == 401, operation


def test_a_viewer_reads_and_changes_nothing(tenants: tuple[Tenant, Tenant]) -> None:
    own, _ = tenants
    viewer, _ = own.join(own.admin, "ROLE_VIEWER")
    for operation, method, path in operations():
        response = own.send(viewer, operation, method, path)
        if method == "GET":
            assert response.status_code in (200, 403), f"{operation}: {response.status_code} {response.text}"
        else:
            assert response.status_code == 403, f"{operation}: {response.status_code} {response.text}"
        response.close()


def test_the_owner_is_answered_everywhere(platform: Platform, admin: Session, model: str) -> None:
    # A tenant of this test's own: nothing is left of it.
    own = Tenant(platform, admin)
    own.furnish(model)
    for operation, method, path in operations():
        if operation.endswith(("SuspendTenant", "ResumeTenant")):
            continue
        response = own.send(own.admin, operation, method, path)
        assert response.status_code == 200, f"{operation}: {response.status_code} {response.text}"
        response.close()


def test_a_suspended_tenant_is_refused_until_it_is_resumed(
    platform: Platform, admin: Session, tenants: tuple[Tenant, Tenant]
) -> None:
    _, other = tenants
    project = other.admin.post(f"{other.path}/projects", {"name": "p-one"})["project"]["projectId"]
    secret = other.admin.post(f"{other.path}/projects/{project}/api-keys", {"displayName": "k"})["secret"]
    headers = {"Authorization": f"Bearer {secret}"}

    def status() -> int:
        return requests.get(f"{platform.base_url}/v1/models", headers=headers, timeout=PATIENCE_SECONDS).status_code

    assert status() == 200
    admin.post(f"{other.path}:suspend")
    wait_until(lambda: status() in (401, 403), PATIENCE_SECONDS, "the key of a suspended tenant is refused")
    admin.post(f"{other.path}:resume")
    wait_until(lambda: status() == 200, PATIENCE_SECONDS, "the key is accepted again")
    answer(other.admin.request("GET", other.path))
