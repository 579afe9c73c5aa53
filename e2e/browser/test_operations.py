"""What the installation's administrator does: deployments with their live state, prices and what they come to."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, time
from urllib.parse import parse_qs, urlparse
from zoneinfo import ZoneInfo

import pytest
import requests
from playwright.sync_api import Locator, Page, StorageState, expect
from support.browserless import Session
from support.callers import await_next_day_if_near, await_price
from support.console import Person, accept, invite
from support.platform import PATIENCE_SECONDS, Platform, wait_until

EMBEDDINGS = "multilingual-e5-small"
CHAT = "SmolLM2-135M-Instruct"


def card(page: Page, model: str) -> Locator:
    return page.get_by_role("article", name=model, exact=True)


def embed(platform: Platform) -> requests.Response:
    return requests.post(
        f"{platform.base_url}/v1/embeddings",
        headers={"Authorization": f"Bearer {platform.key}"},
        json={"model": EMBEDDINGS, "input": "query: hello"},
        timeout=PATIENCE_SECONDS,
    )


@pytest.fixture
def started_again(admin: Session, platform: Platform) -> Iterator[None]:
    """Others need the model that a test stops."""
    yield
    [stopped] = [one for one in admin.get("/deployments", pageSize=200)["deployments"] if one["model"] == EMBEDDINGS]
    admin.request("POST", f"/deployments/{stopped['deploymentId']}:start", json={})
    wait_until(lambda: embed(platform).status_code == 200, PATIENCE_SECONDS, "embeddings are answered again")


def test_a_deployment_is_stopped_and_started_and_everybody_sees_it_live(
    person: Person,
    somebody: Callable[..., Person],
    admins_cookies: StorageState,
    platform: Platform,
    started_again: None,
) -> None:
    onlooker = somebody(storage_state=admins_cookies)
    for each in (person, onlooker):
        each.open("/console/platform/deployments")
        each.title("Deployments")
        expect(each.page.get_by_role("status").filter(has_text="Live")).to_be_visible()
        expect(card(each.page, EMBEDDINGS).get_by_text("Ready").first).to_be_visible()
    assert embed(platform).status_code == 200

    card(person.page, EMBEDDINGS).get_by_role("button", name="Stop", exact=True).click()
    question = person.page.get_by_role("dialog", name=f"Stop {EMBEDDINGS}?")
    question.get_by_role("button", name="Stop", exact=True).click()
    expect(question).to_be_hidden()
    for each in (person, onlooker):
        expect(card(each.page, EMBEDDINGS).get_by_text("Stopped", exact=True)).to_be_visible()
        expect(card(each.page, EMBEDDINGS).get_by_text("No replicas now.")).to_be_visible()
    # Pages and gateways are told of it each by themselves.
    wait_until(lambda: embed(platform).status_code == 503, PATIENCE_SECONDS, "embeddings are refused")
    refused = embed(platform)
    assert refused.status_code == 503 and refused.json()["error"]["type"]

    card(onlooker.page, EMBEDDINGS).get_by_role("button", name="Start", exact=True).click()
    for each in (person, onlooker):
        expect(card(each.page, EMBEDDINGS).get_by_text("Ready", exact=True)).to_have_count(2)
        expect(card(each.page, EMBEDDINGS).get_by_role("button", name="Stop", exact=True)).to_be_visible()
    wait_until(lambda: embed(platform).status_code == 200, PATIENCE_SECONDS, "embeddings are answered again")


@pytest.fixture
def free_again(admin: Session) -> Iterator[None]:
    """What a test lets the model cost, others do not pay."""
    yield
    admin.post("/prices", {"model": CHAT, "inputMicros": "0", "cachedInputMicros": "0", "outputMicros": "0"})


def test_a_price_is_set_and_the_cost_is_seen_in_usage_and_in_each_request(
    person: Person,
    somebody: Callable[..., Person],
    admins_cookies: StorageState,
    admin: Session,
    platform: Platform,
    free_again: None,
) -> None:
    await_next_day_if_near()
    name = f"c{uuid.uuid4().hex[:10]}"
    tenant = admin.post("/tenants", {"name": name, "displayName": f"Cost {name}"})["tenant"]["tenantId"]
    project = admin.post(f"/tenants/{tenant}/projects", {"name": "web"})["project"]["projectId"]
    secret = admin.post(f"/tenants/{tenant}/projects/{project}/api-keys", {"displayName": "k"})["secret"]

    page = person.open("/console/platform/prices")
    person.title("Prices")
    page.get_by_role("button", name="Set price").first.click()
    form = page.get_by_role("dialog", name="Set a model's price")
    form.get_by_label("Model").first.fill(CHAT)
    form.get_by_role("textbox", name=re.compile("^Input")).fill("1000")
    form.get_by_role("textbox", name=re.compile("^Output")).fill("2000")
    form.get_by_role("button", name="Set price").click()
    expect(form).to_be_hidden()
    current = page.get_by_role("row").filter(has_text=CHAT).filter(has_text="In force")
    expect(current).to_contain_text("₩1,000")
    expect(current).to_contain_text("₩2,000")

    await_price(platform, admin, CHAT)
    answer = requests.post(
        f"{platform.base_url}/v1/chat/completions",
        headers={"Authorization": f"Bearer {secret}"},
        json={"model": CHAT, "messages": [{"role": "user", "content": "Count."}], "max_tokens": 5},
        timeout=PATIENCE_SECONDS,
    )
    assert answer.status_code == 200, answer.text
    usage = answer.json()["usage"]
    cached = usage.get("prompt_tokens_details", {}).get("cached_tokens", 0)
    assert cached <= usage["prompt_tokens"]
    # Cached input costs as much as other input unless something else is said: one won and two won a token.
    won = usage["prompt_tokens"] + 2 * usage["completion_tokens"]
    request_id = answer.headers["x-request-id"]
    wait_until(
        lambda: admin.request("GET", f"/tenants/{tenant}/usage-records/{request_id}").status_code == 200,
        PATIENCE_SECONDS,
        "the usage record",
    )

    page = person.open(f"/console/t/{tenant}/usage")
    person.title("Usage")
    row = page.get_by_role("table", name="Usage by group").get_by_role("row").filter(has_text=CHAT)
    expect(row).to_contain_text(f"₩{won:,}")
    expect(page.get_by_text(f"₩{won:,}", exact=True).first).to_be_visible()
    sees_the_tenants_days(somebody(storage_state=admins_cookies, timezone_id="America/Los_Angeles"), tenant)

    page = person.open(f"/console/t/{tenant}/requests")
    person.title("Requests")
    page.get_by_role("button", name=request_id).click()
    detail = page.get_by_role("dialog", name="Request")
    expect(detail.get_by_text(f"₩{won:,}", exact=True)).to_be_visible()
    expect(detail.get_by_text(request_id)).to_be_visible()


def sees_the_tenants_days(traveller: Person, tenant: str) -> None:
    """Usage is by the days of the tenant, which is in Seoul, wherever somebody looks at it."""
    page = traveller.page
    with page.expect_request(lambda request: "usage:query" in request.url) as asked:
        traveller.open(f"/console/t/{tenant}/usage?range=7d")
    [start] = parse_qs(urlparse(asked.value.url).query)["startTime"]
    assert start.endswith("T15:00:00.000Z"), start
    expect(page.get_by_text("Time zone: Asia/Seoul, UTC+9")).to_be_visible()
    sums = asked.value.response().json()["sums"]
    begun = datetime.fromisoformat(sums[-1]["startTime"]).astimezone(ZoneInfo("Asia/Seoul"))
    assert begun.time() == time()
    days = page.get_by_role("figure").locator(".recharts-xAxis-tick-labels .recharts-cartesian-axis-tick-value")
    expect(days.filter(has_text=re.compile(f"^{begun:%b} {begun.day}$"))).to_have_count(1)


def test_a_failure_is_told_and_gone_after_trying_again(person: Person) -> None:
    person.open("/console/platform/models")
    person.title("Models")
    person.page.wait_for_load_state("networkidle")
    person.context.set_offline(True)
    person.page.get_by_role("list", name="Platform").get_by_role("link", name="Prices").click()
    failure = person.page.get_by_role("alert").filter(has_text="This could not be loaded")
    expect(failure).to_contain_text("The platform cannot be reached.")
    person.context.set_offline(False)
    failure.get_by_role("button", name="Try again").click()
    expect(failure).to_be_hidden()
    person.title("Prices")
    # The browser's log tells of what could not be fetched, and of nothing else.
    assert [each for each in person.misdeeds if "preload" not in each and "imported module" not in each] == []
    person.misdeeds.clear()


def test_a_page_beyond_ones_role_says_so(
    person: Person, somebody: Callable[..., Person], admin: Session
) -> None:
    tenant = admin.post("/tenants", {"name": f"d{uuid.uuid4().hex[:10]}"})["tenant"]["tenantId"]
    admin.post(f"/tenants/{tenant}/projects", {"name": "web"})
    viewer = somebody()
    accept(viewer, invite(person, tenant, "Viewer"))
    for path, title in (("/platform/tenants", "Tenants"), ("/platform/deployments", "Deployments")):
        page = viewer.open(f"/console{path}")
        expect(page.get_by_role("alert")).to_contain_text("You may not see this")
        expect(page).to_have_title(f"{title} · EXAONE")
    page = viewer.open("/console/nowhere")
    expect(page).to_have_title("This page does not exist · EXAONE")
    page.get_by_role("link", name="To the start page").last.click()
    page.wait_for_url(re.compile(f"/console/t/{tenant}"))


def test_the_language_is_switched_and_kept(person: Person) -> None:
    page = person.open("/console/platform/models")
    person.title("Models")
    page.get_by_role("button", name=re.compile("^Account of ")).click()
    page.get_by_role("menuitem", name="한국어").click()
    person.title("모델")
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    page.reload()
    person.title("모델")
    page.get_by_role("list", name="플랫폼").get_by_role("link", name="배포").click()
    person.title("배포")
    page.get_by_role("button", name=re.compile("계정$")).click()
    page.get_by_role("menuitem", name="English").click()
    person.title("Deployments")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_a_korean_reader_is_met_in_korean_from_the_sign_in_on(somebody: Callable[..., Person], platform: Platform) -> None:
    reader = somebody("ko-KR")
    page = reader.open("/console/")
    expect(page.get_by_text("사용자 이름 또는 이메일")).to_be_visible()
    reader.sign_in(platform.credentials["EXAONE_ADMIN_USER"], platform.credentials["EXAONE_ADMIN_PASSWORD"])
    expect(page.get_by_role("navigation", name="주 메뉴")).to_be_visible()
    expect(page).to_have_title("홈 · EXAONE")
    page.get_by_role("button", name=re.compile("계정$")).click()
    page.get_by_role("menuitem", name="로그아웃").click()
    expect(page.get_by_text("사용자 이름 또는 이메일")).to_be_visible()
    # What was left is not reached by going back.
    reader.open("/console/platform/models")
    expect(page.locator("#username")).to_be_visible()
