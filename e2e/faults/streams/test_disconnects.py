"""Callers who leave at any moment: the engine is left within a second, and what it made until then is billed, once."""

from __future__ import annotations

import asyncio
import functools
import json
import random
import uuid
from collections.abc import Callable, Container
from dataclasses import replace

from support.load import all_of, ends, none_of, play, spread
from support.platform import PATIENCE_SECONDS, wait_until
from support.scripted_engine import Script
from support.site import ScriptedEngine, Site, Tenant
from support.wire import Door, Told

AT_ONCE = 24
LONG, SHORT = 5_000, 100
FREE_SECONDS = 1.0
"""In which an engine's slot is free again, by promise.

Beside it callers leave engines themselves, at the same time and in the same way: how late an engine notices that is this machine's doing, since
callers, engines and gateway share few cores here. By way of a gateway a leaving is noticed twice, which is allowed for."""


def test_callers_leave_at_random(
    site: Site, tenant: Tenant, long: bool, report: Callable[[str], None], progress: Callable[[str], None]
) -> None:
    chance = random.Random()
    before = site.resident("gateway")
    count = LONG if long else SHORT
    told, direct = play(side_by_side(site, tenant, count, chance, progress))
    calls = {one.script.call: one for one in told}
    wait_until(lambda: running(site, calls) == [], PATIENCE_SECONDS, "no engine works for anybody who is gone")
    late = [left - calls[call].ended for call, left in left_at(site, calls)]
    noticed = noticed_within(site, direct)
    none_of(tenant.faults(told))
    grown = (site.resident("gateway") - before) >> 20
    report(
        f"{count} calls, {len(late)} left while an engine worked for them | {ends(told)}; the engine was left within"
        f" {spread(late)}, one left by its own callers within {noticed * 1000:.0f} ms at most; the gateway's memory changed by {grown} MiB"
    )
    assert max(late) <= FREE_SECONDS + 2 * noticed, sorted(late)[-5:]


async def side_by_side(
    site: Site, tenant: Tenant, count: int, chance: random.Random, progress: Callable[[str], None]
) -> tuple[list[Told], list[Told]]:
    """Those who leave the gateway, and all the while those who leave engines."""
    over = asyncio.Event()

    async def others(engine: ScriptedEngine) -> list[Told]:
        came = []
        while not over.is_set():
            script = Script(call=f"direct-{uuid.uuid4().hex[:12]}", pieces=1_000, pace=0.02)
            came.append(await Door(engine.url, "").ask(script, leave_at=0.3 + chance.random() / 5, rudely=chance.random() < 0.5))
        return came

    beside = [asyncio.ensure_future(others(engine)) for engine in site.engines]
    told = await all_of([functools.partial(leave, tenant, chance) for _ in range(count)], AT_ONCE, progress)
    over.set()
    return told, [one for came in await asyncio.gather(*beside) for one in came]


def noticed_within(site: Site, direct: list[Told]) -> float:
    """The longest that it took an engine to notice that its own caller had left."""
    calls = {one.script.call: one for one in direct}

    def begun_and_not_left() -> set[str]:
        # Who was too fast for a busy engine was never noticed.
        ends = {one["call"] for one in noted(site, calls) if one["what"] != "begin" and one["what"] != "made"}
        return {one["call"] for one in noted(site, calls)} - ends

    wait_until(lambda: not begun_and_not_left(), PATIENCE_SECONDS, "engines notice that their callers left")
    return max(left - calls[call].ended for call, left in left_at(site, calls))


async def leave(tenant: Tenant, chance: random.Random) -> Told:
    """One call whose caller leaves after any number of bytes, or at any time."""
    script = Script(
        call=f"left-{uuid.uuid4().hex[:12]}", pieces=chance.randint(1, 40), pace=chance.choice([0, 0.005, 0.02])
    )
    leaving = {"leave_after": chance.randint(0, 4_000)} if chance.random() < 0.5 else {"leave_at": chance.random() * 0.4}
    return await tenant.door.ask(script, streamed=chance.random() < 0.7, rudely=chance.random() < 0.5, **leaving)


def noted(site: Site, calls: Container[str]) -> list[dict]:
    lines = (line for engine in site.engines for line in engine.log.read_text().splitlines())
    return [one for one in map(json.loads, lines) if one["call"] in calls]


def running(site: Site, calls: dict[str, Told]) -> list[str]:
    open_calls = set()
    for one in noted(site, calls):
        if one["what"] == "begin":
            open_calls.add(one["request_id"])
        elif one["what"] in ("whole", "left", "cut"):
            open_calls.discard(one["request_id"])
    return sorted(open_calls)


def left_at(site: Site, calls: dict[str, Told]) -> list[tuple[str, float]]:
    return [(one["call"], one["at"]) for one in noted(site, calls) if one["what"] == "left"]


def test_an_engine_that_hangs_is_left_by_whoever_leaves(
    site: Site, tenant: Tenant, report: Callable[[str], None]
) -> None:
    hanging = [Script(call=f"hang-{uuid.uuid4().hex[:8]}", pieces=6, pace=0.01, hang=hang) for hang in (0, 3)]
    told, direct = play(leaving_hanging_engines(site, tenant, hanging))
    calls = {one.script.call: one for one in told}
    wait_until(lambda: running(site, calls) == [], PATIENCE_SECONDS, "both are left")
    late = [left - calls[call].ended for call, left in left_at(site, calls)]
    noticed = noticed_within(site, direct)
    report(
        f"before the head, and within the stream | the engine was left within {spread(late)}, one left by its own callers within"
        f" {noticed * 1000:.0f} ms at most"
    )
    assert len(late) == 2 and max(late) <= FREE_SECONDS + 2 * noticed
    none_of(tenant.faults(told))


async def leaving_hanging_engines(site: Site, tenant: Tenant, hanging: list[Script]) -> tuple[list[Told], list[Told]]:
    """Whoever asks leaves once an engine hangs for it, and at the same time somebody who asked that engine itself."""
    leave = asyncio.Event()
    direct = [replace(one, call=f"direct-{one.call}") for one in hanging]
    asked = [asyncio.ensure_future(tenant.door.ask(one, leave=leave)) for one in hanging]
    asked += [asyncio.ensure_future(Door(site.engines[0].url, "").ask(one, leave=leave)) for one in direct]
    calls = {one.call for one in (*hanging, *direct)}

    def all_hang() -> bool:
        noted_of = {one["call"]: one.get("pieces", 0) for one in noted(site, calls)}
        return all(noted_of.get(one.call, -1) >= (one.hang or 0) for one in (*hanging, *direct))

    await asyncio.to_thread(wait_until, all_hang, PATIENCE_SECONDS, "engines hang")
    leave.set()
    told = await asyncio.gather(*asked)
    return told[: len(hanging)], told[len(hanging) :]
