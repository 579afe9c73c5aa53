"""Callers who leave at any moment: the engine is left within a second, and what it made until then is billed, once."""

from __future__ import annotations

import functools
import json
import random
import uuid
from collections.abc import Callable

from support.load import all_of, ends, none_of, play, spread
from support.platform import wait_until
from support.scripted_engine import Script
from support.site import Site, Tenant
from support.wire import Told

AT_ONCE = 24
LONG, SHORT = 5_000, 100
FREE_SECONDS = 1.0
"""In which an engine's slot is free again, by promise. Held against 99 of 100, since callers, engines and gateway share few cores here; the
longest is reported."""


def test_callers_leave_at_random(
    site: Site, tenant: Tenant, long: bool, report: Callable[[str], None]
) -> None:
    chance = random.Random()
    before = site.resident("gateway")
    count = LONG if long else SHORT
    told = play(all_of([functools.partial(leave, tenant, chance) for _ in range(count)], AT_ONCE))
    calls = {one.script.call: one for one in told}
    wait_until(lambda: running(site, calls) == [], 30, "no engine works for anybody who is gone")
    late = [left - calls[call].ended for call, left in left_at(site, calls)]
    none_of(tenant.faults(told))
    grown = (site.resident("gateway") - before) >> 20
    report(
        f"{count} calls, {len(late)} left while an engine worked for them | {ends(told)}; the engine was left within"
        f" {spread(late)}; the gateway's memory changed by {grown} MiB"
    )
    assert max(late) <= FREE_SECONDS, sorted(late)[-5:]


async def leave(tenant: Tenant, chance: random.Random) -> Told:
    """One call whose caller leaves after any number of bytes, or at any time."""
    script = Script(
        call=f"left-{uuid.uuid4().hex[:12]}", pieces=chance.randint(1, 40), pace=chance.choice([0, 0.005, 0.02])
    )
    leaving = {"leave_after": chance.randint(0, 4_000)} if chance.random() < 0.5 else {"leave_at": chance.random() * 0.4}
    return await tenant.door.ask(script, streamed=chance.random() < 0.7, rudely=chance.random() < 0.5, **leaving)


def noted(site: Site, calls: dict[str, Told]) -> list[dict]:
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
    hanging = [Script(call=f"hang-{uuid.uuid4().hex[:8]}", pieces=6, hang=hang) for hang in (0, 3)]
    told = play(all_of([functools.partial(tenant.door.ask, one, leave_at=0.7) for one in hanging], 2))
    calls = {one.script.call: one for one in told}
    wait_until(lambda: running(site, calls) == [], 10, "both are left")
    late = [left - calls[call].ended for call, left in left_at(site, calls)]
    report(f"before the head, and within the stream | the engine was left within {spread(late)}")
    assert len(late) == 2 and max(late) <= FREE_SECONDS
    none_of(tenant.faults(told))
