"""A developer's agents in the console: releases and the way back, a run followed live, a chat with an agent."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from support.console import ANSWER_MILLISECONDS, Person
from support.developer import Developer, specification
from support.platform import PATIENCE_SECONDS, Platform, wait_until
from support.site import HeldModel

CHAT = "SmolLM2-135M-Instruct"


@pytest.fixture(scope="module")
def developer(platform: Platform) -> Developer:
    return Developer(platform)


def deployed(developer: Developer, instructions: str, model: str = CHAT, **more: object) -> dict:
    agent = developer.agent()
    text = specification(agent["name"], model, instructions=instructions, **more)
    developer.deploy(agent, developer.release(agent, text))
    return agent


def project(person: Person, developer: Developer) -> str:
    tenant, project_id = re.findall(r"(tnt_\w+|prj_\w+)", developer.project)
    return f"/console/t/{tenant}/p/{project_id}"


def row(page: Page, number: int) -> Locator:
    return page.get_by_role("table", name="Releases").get_by_role("row").filter(has_text=f"Release {number}")


def test_a_deployment_is_rolled_back(person: Person, developer: Developer) -> None:
    agent = deployed(developer, "Answer in a few words.")
    second = specification(agent["name"], CHAT, instructions="Answer with one word.")
    developer.deploy(agent, developer.release(agent, second))
    page = person.open(f"{project(person, developer)}/agents/{agent['agentId']}?tab=releases")
    person.title(agent["name"])
    expect(row(page, 2)).to_contain_text("Deployed")
    row(page, 2).get_by_role("button", name="Open").click()
    changes = page.get_by_role("dialog", name="Release 2")
    expect(changes.get_by_text("Answer with one word.").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(changes).to_be_hidden()

    page.get_by_role("button", name="Roll back").click()
    question = page.get_by_role("dialog", name="Go back to the release before?")
    question.get_by_role("button", name="Roll back").click()
    expect(question).to_be_hidden()
    expect(row(page, 1)).to_contain_text("Deployed")
    expect(row(page, 2)).not_to_contain_text("Deployed")
    listed = developer.request("GET", f"{developer.project}/agents/{agent['agentId']}").json()["agent"]
    releases = developer.request("GET", f"{developer.project}/agents/{agent['agentId']}/releases").json()["releases"]
    assert {each["releaseId"]: each["number"] for each in releases}[listed["deployedReleaseId"]] == 1


def test_a_run_is_followed_while_it_goes_on(person: Person, developer: Developer, held: HeldModel) -> None:
    agent = deployed(developer, "Tell long stories.", held.name)
    page = person.open(f"{project(person, developer)}/agents/{agent['agentId']}")
    person.title(agent["name"])
    page.get_by_role("textbox", name="Question to the agent").fill("Tell a very long story about a lighthouse.")
    page.get_by_role("button", name="Run", exact=True).click()
    person.title(f"Run of {agent['name']}")

    # While it runs: its state, the question, and words of the answer that grow.
    expect(page.get_by_role("status").filter(has_text="Live")).to_be_visible()
    expect(page.get_by_text("Running", exact=True)).to_be_visible()
    timeline = page.get_by_role("list", name="What happened")
    expect(timeline.get_by_text("Tell a very long story about a lighthouse.")).to_be_visible()
    page.wait_for_function("list => list.innerText.length > 150", arg=timeline.element_handle())
    early = len(timeline.inner_text())
    page.wait_for_function("([list, early]) => list.innerText.length > early", arg=[timeline.element_handle(), early])

    # A second look at it, in the middle, shows the whole of it again.
    page.reload()
    expect(timeline.get_by_text("Tell a very long story about a lighthouse.")).to_be_visible()
    held.release()
    expect(page.get_by_role("status").filter(has_text="Up to date")).to_be_visible(timeout=ANSWER_MILLISECONDS)
    expect(page.get_by_text("Completed", exact=True)).to_be_visible()
    expect(timeline.get_by_text("Answer", exact=True)).to_be_visible()

    # Its model call is a request like any other.
    timeline.get_by_role("link", name="Request").first.click()
    expect(page.get_by_role("dialog", name="Request").get_by_text(held.name)).to_be_visible()


def test_a_run_is_stopped_from_its_page(person: Person, developer: Developer, held: HeldModel) -> None:
    agent = deployed(developer, "Tell long stories.", held.name)
    run = developer.run(agent, "Tell a very long story about the sea.")
    page = person.open(f"{project(person, developer)}/runs/{run['runId']}")
    page.get_by_role("button", name="Stop run").click()
    expect(page.get_by_text("The run was stopped")).to_be_visible()
    expect(page.get_by_text("Cancelled", exact=True)).to_be_visible()


def test_an_agent_is_chatted_with_where_models_are(person: Person, developer: Developer) -> None:
    agent = deployed(developer, "Answer in a few words.")
    page = person.open(project(person, developer))
    expect(page).to_have_title("Home · EXAONE")
    page.get_by_role("combobox", name="Model").click()
    page.get_by_role("group", name="Agents of this project").get_by_role("option", name=agent["name"]).click()
    page.get_by_role("textbox", name="Your message").fill("Say hello.")
    page.get_by_role("textbox", name="Your message").press("Enter")
    exchange = page.get_by_role("log").get_by_role("article").last
    expect(exchange.get_by_text(f"agent/{agent['name']}")).to_be_visible()
    expect(exchange.get_by_role("link", name="Request")).to_be_visible(timeout=ANSWER_MILLISECONDS)
    # The chat was a run of the agent.

    def states() -> list[str]:
        listed = developer.request("GET", f"{developer.project}/runs", params={"agentId": agent["agentId"]})
        return [each["state"] for each in listed.json()["runs"]]

    wait_until(lambda: states() == ["RUN_STATE_COMPLETED"], PATIENCE_SECONDS, "the run is completed")
