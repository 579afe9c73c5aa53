"""kill -9 of each part, again and again, under mixed traffic: what callers were told, what engines made and the books agree, call by call."""

from __future__ import annotations

import asyncio
import random
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from support.load import ends, none_of, play, spread
from support.platform import PATIENCE_SECONDS, wait_until
from support.scripted_engine import Script
from support.site import Site, Tenant
from support.wire import Door, End, Told

LONG, SHORT = 20, 1
CALLERS = 6
GOES_ON = 4
"""Whole answers, asked for after the part was back, before the next kill."""
SERVES_SECONDS = 11
"""From a part's return to its next end: a little longer than the supervisor wants to see it serve before it starts it at once again."""
BACK_SECONDS = PATIENCE_SECONDS
JUST_THEN_SECONDS = 0.5
"""Until a gateway has noticed that a caller left and has written it down."""
KEYS_GO_ON_SECONDS = 25
"""Keys that were presented are accepted for 30 s after identity was last heard of, by promise; a loaded machine may have heard of it late."""
PARTS = ["engine", "gateway", "quota", "identity", "serving", "database"]


@dataclass
class Kill:
    """One of them: when it was, when another process was there, and when the first call that was asked for after it was answered."""

    at: float
    restarted: float = 0
    answering: float = 0


@dataclass
class Traffic:
    """Callers of all sorts who never stop."""

    tenant: Tenant
    told: list[Told] = field(default_factory=list)
    stopped: bool = False

    async def run(self, chance: random.Random) -> None:
        while not self.stopped:
            one = await self.call(chance)
            self.told.append(one)
            if one.end is not End.WHOLE:
                # As callers do who were refused; those who lost their connection come back as fast.
                await asyncio.sleep(0.05)

    async def call(self, chance: random.Random) -> Told:
        name = f"mixed-{uuid.uuid4().hex[:12]}"
        sort = chance.random()
        if sort < 0.35:
            return await self.tenant.door.ask(Script(call=name), streamed=False)
        if sort < 0.6:
            return await self.tenant.door.ask(Script(call=name, pieces=chance.randint(1, 60)))
        if sort < 0.85:
            return await self.tenant.door.ask(Script(call=name, pieces=chance.randint(10, 60), pace=0.03))
        script = Script(call=name, pieces=40, pace=0.03)
        return await self.tenant.door.ask(script, leave_at=chance.random(), rudely=chance.random() < 0.5)

    def whole_since(self, moment: float) -> list[Told]:
        return [one for one in reversed(self.told) if one.end is End.WHOLE and one.began > moment]


@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_killed_under_load(
    site: Site, tenant: Tenant, part: str, long: bool, report: Callable[[str], None], progress: Callable[[str], None]
) -> None:
    traffic = Traffic(tenant)
    kills = play(kill_again_and_again(site, traffic, part, LONG if long else SHORT, progress))
    if part == "gateway":
        excuse(traffic.told, kills)
    if part == "identity":
        assert [one for one in traffic.told if one.end is End.FAILED and keys_go_on(one, kills)] == []
    site.platform.await_healthy()
    faults = tenant.faults(traffic.told)
    report(
        f"{len(kills)} kills, {len(traffic.told)} calls | {ends(traffic.told)}; another process: "
        f"{spread([one.restarted - one.at for one in kills])}; answering: {spread([one.answering - one.at for one in kills])};"
        f" {tenant.summed()['requests']} records, {len(faults)} faults"
    )
    none_of(faults)


async def kill_again_and_again(
    site: Site, traffic: Traffic, part: str, times: int, progress: Callable[[str], None]
) -> list[Kill]:
    callers = [asyncio.ensure_future(traffic.run(random.Random())) for _ in range(CALLERS)]
    kills = []
    try:
        await until(lambda: len(traffic.whole_since(0)) >= GOES_ON, "answers before the first kill")
        for number in range(times):
            if kills:
                await asyncio.sleep(SERVES_SECONDS)
            kills.append(await kill(site, traffic, part, number))
            progress(f"kill {number + 1} of {times}, {len(traffic.told)} calls")
    finally:
        traffic.stopped = True
        await asyncio.gather(*callers)
    return kills


async def kill(site: Site, traffic: Traffic, part: str, number: int) -> Kill:
    if part == "engine":
        engine = site.engines[number % len(site.engines)]
        engine.kill()
        killed = Kill(time.time())
        # A while without it: the other engine answers.
        await asyncio.sleep(1)
        await asyncio.to_thread(engine.start)
    else:
        old = site.platform.kill(part)
        killed = Kill(time.time())
        await until(lambda: site.platform.restarted(part, old), f"{part} is started again")
    killed.restarted = time.time()
    await until(lambda: bool(traffic.whole_since(killed.at)), f"an answer after {part} was killed")
    killed.answering = min(one.ended for one in traffic.whole_since(killed.at))
    await until(lambda: len(traffic.whole_since(killed.restarted)) >= GOES_ON, f"answers after {part} is back")
    if part != "engine":
        await asyncio.to_thread(site.platform.await_healthy)
        await until(site.manages, f"admins are served after {part} is back")
    return killed


def test_a_key_that_was_presented_is_known_without_identity(site: Site, tenant: Tenant) -> None:
    """Also one that is so new that its caller was faster than identity's log, which tells gateways of it."""
    presented = replace(tenant.door, key=tenant.key()["secret"])
    told = [play(plain(presented))]
    # The log tells of keys in their order: with the end of another one the gateway has heard of both.
    other = f"{tenant.keys}/{tenant.key()['apiKey']['keyId']}:revoke"
    wait_until(
        lambda: tenant.admin.post(other)["unconfirmedGateways"] == [], PATIENCE_SECONDS, "the gateway follows the log"
    )
    old = site.platform.kill("identity")
    kill = Kill(time.time())
    told.append(play(plain(presented)))
    while not site.platform.restarted("identity", old) and time.time() < kill.at + KEYS_GO_ON_SECONDS:
        told.append(play(plain(presented)))
    assert [one for one in told if one.end is not End.WHOLE and (one is told[0] or keys_go_on(one, [kill]))] == []
    wait_until(site.manages, BACK_SECONDS, "admins are served after identity is back")
    none_of(tenant.faults(told))


async def plain(door: Door) -> Told:
    return await door.ask(Script(call=f"known-{uuid.uuid4().hex[:12]}"), streamed=False)


def keys_go_on(one: Told, kills: list[Kill]) -> bool:
    """Whether it ended before gateways may refuse keys since identity is away."""
    last = max((kill.at for kill in kills if kill.at <= one.ended), default=one.ended)
    return one.ended < last + KEYS_GO_ON_SECONDS


def excuse(told: list[Told], kills: list[Kill]) -> None:
    """A gateway that is killed takes its connections along, and who left it just then; and until another one is there nobody is let in."""
    for one in told:
        noticed = JUST_THEN_SECONDS if one.end is End.LEFT else 0
        one.may_break = any(one.ended >= kill.at - noticed and one.began <= kill.answering for kill in kills)


async def until(condition: Callable[[], bool], what: str) -> None:
    await asyncio.to_thread(wait_until, condition, BACK_SECONDS, what)
