"""The API reference, where nothing but the installation itself can be reached."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect
from support.console import Person


def test_the_reference_is_rendered_from_the_installation_alone(somebody: Callable[..., Person]) -> None:
    # Everything asked of another origin, and everything in the page's log, fails the test when it ends.
    reader = somebody()
    failed: list[str] = []
    reader.page.on("response", lambda response: failed.append(response.url) if response.status >= 400 else None)
    page = reader.open("/api/reference")
    expect(page.get_by_role("heading", name="EXAONE On-Premise management API")).to_be_visible()
    page.get_by_role("link", name="identity.ApiKey").click()
    operation = page.locator(".opblock").filter(has_text="/api-keys").first
    operation.get_by_role("button").first.click()
    expect(operation.get_by_text("Parameters")).to_be_visible()
    expect(operation.get_by_text("tenantId").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert failed == []
