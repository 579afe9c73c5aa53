"""Two gateways behind nginx are restarted one after the other under load: no stream is cut, no call fails."""

from __future__ import annotations

import asyncio
import os
import pathlib
import random
import signal
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from support.balancer import Balancer
from support.load import ends, none_of, play
from support.platform import PATIENCE_SECONDS, Platform, wait_until
from support.scripted_engine import Script
from support.site import SecondGateway, Site, Tenant
from support.wire import Door, End, Told

LONG, SHORT = 10, 1
"""Restarts of each gateway."""
CALLERS, STREAMS = 4, 8
NGINX_ASKS_AGAIN_SECONDS = 3
"""It counts whole seconds: a gateway that refused is left alone for up to two, also when it is back at once."""


@pytest.fixture
def balancer(site: Site, second_gateway: SecondGateway, tmp_path: pathlib.Path) -> Iterator[Balancer]:
    first = int(site.platform.base_url.rsplit(":", 1)[1])
    balancer = Balancer(tmp_path, [first, second_gateway.port])
    yield balancer
    balancer.close()


@pytest.mark.timeout(1_800)
def test_gateways_are_restarted_in_turn(
    site: Site,
    tenant: Tenant,
    second_gateway: SecondGateway,
    balancer: Balancer,
    long: bool,
    report: Callable[[str], None],
    progress: Callable[[str], None],
) -> None:
    door = replace(tenant.door, base_url=balancer.base_url, certificate=None)
    told: list[Told] = []
    times = LONG if long else SHORT
    restarts = play(under_load(door, told, lambda: roll(site.platform, second_gateway, times, progress)))
    answered = {one.script.pace > 0 for one in told if one.end is End.WHOLE}
    report(
        f"{restarts} restarts by SIGTERM, {len(told)} calls, {sum(one.script.pace > 0 for one in told)} of them streams of"
        f" 2 to 4 s | {ends(told)}"
    )
    assert [one for one in told if one.end is not End.WHOLE] == []
    assert answered == {True, False}
    none_of(tenant.faults(told))


async def under_load(door: Door, told: list[Told], work: Callable[[], int]) -> int:
    over = asyncio.Event()

    async def call(paced: bool) -> None:
        while not over.is_set():
            pace, pieces = (0.05, random.randint(40, 80)) if paced else (0.0, 5)
            script = Script(call=f"rolled-{uuid.uuid4().hex[:12]}", pieces=pieces, pace=pace)
            told.append(await door.ask(script, streamed=paced or random.random() < 0.5))

    callers = [asyncio.ensure_future(call(number < STREAMS)) for number in range(STREAMS + CALLERS)]
    try:
        return await asyncio.to_thread(work)
    finally:
        over.set()
        await asyncio.gather(*callers)


def roll(platform: Platform, second: SecondGateway, times: int, progress: Callable[[str], None]) -> int:
    for number in range(times):
        old = platform.pid("gateway")
        os.kill(old, signal.SIGTERM)
        wait_until(lambda old=old: platform.restarted("gateway", old), PATIENCE_SECONDS, "the first gateway is started again")
        wait_until(platform.healthy, PATIENCE_SECONDS, "the first gateway is ready")
        # As whoever rolls a fleet does: the next one when the last one has taken its share again.
        time.sleep(NGINX_ASKS_AGAIN_SECONDS)
        second.end()
        second.start()
        time.sleep(NGINX_ASKS_AGAIN_SECONDS)
        progress(f"restart {number + 1} of {times} of each")
    return 2 * times
