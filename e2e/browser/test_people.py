"""How people come to a tenant, what each may do there, and how they leave it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect
from support.browserless import Session
from support.console import PASSWORD, Invited, Person, accept, invite
from support.developer import Developer
from support.platform import Platform

Bring = Callable[..., Person]


@pytest.fixture
def tenant(admin: Session) -> dict:
    """A tenant of this test's own, with one project."""
    name = f"p{uuid.uuid4().hex[:10]}"
    made = admin.post("/tenants", {"name": name, "displayName": f"Bank {name}"})["tenant"]
    admin.post(f"/tenants/{made['tenantId']}/projects", {"name": "support", "displayName": "Support"})
    return made


@pytest.fixture
def head(person: Person, somebody: Bring, tenant: dict) -> tuple[Person, Invited]:
    """The tenant's own administrator, come by an invitation."""
    invited = invite(person, tenant["tenantId"], "Administrator")
    head = somebody()
    accept(head, invited)
    return head, invited


def members(person: Person, tenant: dict) -> None:
    person.open(f"/console/t/{tenant['tenantId']}/members")
    person.title("Members")


def remove(admin: Person, name: str) -> Locator:
    """Asks to remove a member and says yes; the question, which stays where the platform refuses."""
    admin.page.get_by_role("button", name=f"Remove {name}", exact=True).click()
    question = admin.page.get_by_role("dialog", name=f"Remove {name} from this tenant?")
    question.get_by_role("button", name="Remove", exact=True).click()
    return question


def test_an_invitations_link_leads_somebody_new_into_that_tenant_only(
    person: Person, somebody: Bring, platform: Platform, tenant: dict
) -> None:
    invited = invite(person, tenant["tenantId"], "Developer")
    expect(person.page.get_by_role("table", name="Open invitations").get_by_text(invited.email)).to_be_visible()

    newcomer = somebody()
    newcomer.page.goto(invited.link)
    newcomer.sign_in(invited.email, invited.password)
    newcomer.choose_password(PASSWORD)
    expect(newcomer.page).to_have_title("You are invited · EXAONE")
    expect(newcomer.page.get_by_text(f"You are signed in as {invited.email}.")).to_be_visible()
    newcomer.page.get_by_role("button", name="Join", exact=True).click()
    newcomer.page.wait_for_url(re.compile(f"/console/t/{tenant['tenantId']}/p/prj_"))
    assert newcomer.tenants() == [tenant["displayName"]]
    expect(newcomer.page.get_by_role("list", name="Platform")).to_have_count(0)

    # The link was for once.
    newcomer.page.goto(invited.link)
    newcomer.page.get_by_role("button", name="Join", exact=True).click()
    expect(newcomer.page.get_by_role("alert")).to_contain_text("There is no such open invitation.")

    # Another tenant's pages say no more than that there is nothing.
    demo = Developer(platform).project.split("/")[2]
    newcomer.open(f"/console/t/{demo}/members")
    newcomer.title("This does not exist")
    newcomer.page.get_by_role("link", name="To the start page").last.click()
    expect(newcomer.page.get_by_role("button", name=f"Tenant: {tenant['displayName']}", exact=True)).to_be_visible()


def test_an_invitation_is_for_the_invited_person_alone(
    person: Person, head: tuple[Person, Invited], tenant: dict
) -> None:
    invited = invite(head[0], tenant["tenantId"], "Viewer")
    person.page.goto(invited.link)
    person.page.get_by_role("button", name="Join", exact=True).click()
    expect(person.page.get_by_role("alert")).to_contain_text("The invitation is for another email address.")


def test_a_role_is_changed_and_a_member_removed(
    head: tuple[Person, Invited], somebody: Bring, tenant: dict
) -> None:
    admin, _ = head
    invited = invite(admin, tenant["tenantId"], "Developer")
    developer = somebody()
    accept(developer, invited)
    expect(developer.page.get_by_role("link", name="API keys")).to_be_visible()

    members(admin, tenant)
    role = admin.page.get_by_role("combobox", name=f"Role of {invited.email}")
    expect(role).to_have_value("Developer")
    role.click()
    admin.page.get_by_role("option", name="Viewer").click()
    expect(admin.page.get_by_text(f"{invited.email} is now Viewer.")).to_be_visible()
    expect(role).to_have_value("Viewer")

    # What the role no longer includes is refused at once, and not offered after a look.
    projects = developer.page.url.split("?")[0].rstrip("/")
    developer.page.goto(f"{projects}/keys")
    developer.title("API keys")
    expect(developer.page.get_by_role("button", name="Create key")).to_have_count(0)

    expect(remove(admin, invited.email)).to_be_hidden()
    expect(admin.page.get_by_role("table", name="Members").get_by_text(invited.email)).to_have_count(0)
    developer.open("/console/")
    expect(developer.page.get_by_text("No tenant yet")).to_be_visible()
    expect(developer.page).to_have_title("No tenant yet · EXAONE")


def test_the_last_administrator_stays_and_is_told_why(head: tuple[Person, Invited], tenant: dict) -> None:
    admin, invited = head
    members(admin, tenant)
    remove(admin, "Platform Administrator")
    expect(admin.page.get_by_role("table", name="Members").get_by_text("Platform Administrator")).to_have_count(0)
    question = remove(admin, invited.email)
    expect(question.get_by_role("alert")).to_contain_text("This is the tenant's last admin.")
    question.get_by_role("button", name="Cancel").click()

    role = admin.page.get_by_role("combobox", name=f"Role of {invited.email}")
    role.click()
    admin.page.get_by_role("option", name="Viewer").click()
    told = admin.page.get_by_role("alert").filter(has_text=f"The role of {invited.email} stays")
    expect(told).to_contain_text("This is the tenant's last admin.")
    expect(role).to_have_value("Administrator")


def test_somebody_in_two_tenants_switches_between_them(
    person: Person, head: tuple[Person, Invited], admin: Session, tenant: dict
) -> None:
    member, invited = head
    second = admin.post("/tenants", {"name": f"q{uuid.uuid4().hex[:10]}", "displayName": "Second Bank"})["tenant"]
    again = invite(person, second["tenantId"], "Viewer", invited.email)
    assert again.password == ""
    member.page.goto(again.link)
    member.page.get_by_role("button", name="Join", exact=True).click()
    expect(member.page.get_by_text("No project yet")).to_be_visible()
    expect(member.page).to_have_title("No project yet · EXAONE")
    assert sorted(member.tenants()) == sorted([tenant["displayName"], "Second Bank"])

    # The role is another in each of them.
    member.open(f"/console/t/{second['tenantId']}/members")
    expect(member.page.get_by_role("button", name="Invite")).to_have_count(0)
    member.switch_tenant(tenant["displayName"])
    member.page.wait_for_url(re.compile(f"/console/t/{tenant['tenantId']}/p/prj_"))
    member.page.get_by_role("list", name="Tenant").get_by_role("link", name="Members").click()
    expect(member.page.get_by_role("button", name="Invite")).to_be_visible()
    # The next visit begins where the last one was.
    member.open("/console/")
    expect(member.page.get_by_role("button", name=f"Tenant: {tenant['displayName']}", exact=True)).to_be_visible()


def test_the_keyboard_alone_invites_and_changes_a_role(head: tuple[Person, Invited], tenant: dict) -> None:
    admin, invited = head
    members(admin, tenant)
    page = admin.page
    opener = page.get_by_role("button", name="Invite", exact=True)
    opener.focus()
    page.keyboard.press("Enter")
    form = page.get_by_role("dialog", name="Invite a person")
    expect(form.get_by_role("textbox", name="Email")).to_be_focused()
    email = f"{uuid.uuid4().hex[:10]}@partner.example"
    page.keyboard.type(email)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(form.get_by_role("radio", name="Viewer")).to_be_checked()
    page.keyboard.press("Enter")
    shown = page.get_by_role("dialog", name=f"Invitation for {email}")
    expect(shown).to_be_visible()
    shown.get_by_role("button", name="Done").press("Enter")
    expect(shown).to_be_hidden()
    expect(page.get_by_role("table", name="Open invitations").get_by_text(email)).to_be_visible()

    page.get_by_role("button", name=f"Remove {invited.email}", exact=True).press("Enter")
    question = page.get_by_role("dialog")
    expect(question).to_be_visible()
    page.keyboard.press("Escape")
    expect(question).to_be_hidden()
    expect(page.get_by_role("button", name=f"Remove {invited.email}", exact=True)).to_be_focused()
