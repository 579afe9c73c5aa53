"""Engines that fall silent, and callers that do not read: bounded in time and in memory, on both sides."""

from __future__ import annotations

import asyncio
import functools
import pathlib
import time
import uuid
from collections.abc import Callable
from dataclasses import replace

import pytest
from support.load import all_of, ends, none_of, play
from support.scripted_engine import Script
from support.site import IMPATIENT, Site, Tenant
from support.wire import End, Told

Say = Callable[[str], None]
MEBIBYTE = 1 << 20
PIECE_BYTES = 64 * 1024
HELD = 6 * MEBIBYTE
"""More than callers, gateway and engines keep by themselves."""
MACHINES_BUFFERS = [pathlib.Path("/proc/sys/net/ipv4") / name for name in ("tcp_rmem", "tcp_wmem")]
"""Of one connection, at its two ends. There are two connections, the caller's and the engine's."""
STILL_SECONDS = 1.5


@pytest.mark.parametrize("hang", [0, 1, 3], ids=["before the head", "before the first piece", "within the stream"])
def test_an_engine_falls_silent(tenant: Tenant, hang: int, report: Say, progress: Say) -> None:
    door = replace(tenant.door, model=IMPATIENT)
    scripts = [Script(call=f"silent-{hang}-{uuid.uuid4().hex[:8]}", pieces=6, hang=hang) for _ in range(4)]
    started = time.monotonic()
    told = play(all_of([functools.partial(door.ask, one) for one in scripts], 4, progress))
    report(f"4 streams, timeouts of 2 s | {ends(told)} after {time.monotonic() - started:.1f} s")
    assert {one.end for one in told} == {End.FAILED}
    none_of(tenant.faults(told))


def test_an_engine_that_is_silent_in_a_plain_answer(tenant: Tenant, report: Say) -> None:
    door = replace(tenant.door, model=IMPATIENT)
    told = play(door.ask(Script(call=f"silent-{uuid.uuid4().hex[:8]}", hang=0), streamed=False))
    report(f"1 call, timeouts of 2 s | {ends([told])}, status {told.status}")
    assert told.end is End.FAILED and told.status == 504
    none_of(tenant.faults([told]))


def test_callers_who_do_not_read_stop_the_engine(site: Site, tenant: Tenant, long: bool, report: Say) -> None:
    buffered = 2 * sum(int(file.read_text().split()[2]) for file in MACHINES_BUFFERS) + HELD
    callers, pieces = 20 if long else 2, 2 * buffered // PIECE_BYTES
    scripts = [Script(call=f"slow-{uuid.uuid4().hex[:8]}", pieces=pieces, width=PIECE_BYTES) for _ in range(callers)]
    told, most, grown = play(read_late(site, tenant, scripts))
    report(
        f"{callers} callers, {pieces * PIECE_BYTES // MEBIBYTE} MiB each | {ends(told)}; while nobody read, engines had sent"
        f" at most {most / MEBIBYTE:.1f} MiB for one, and the gateway's memory had grown by {grown / MEBIBYTE:.0f} MiB"
    )
    assert most < buffered
    assert {one.end for one in told} == {End.WHOLE}
    none_of(tenant.faults(told))


async def read_late(site: Site, tenant: Tenant, scripts: list[Script]) -> tuple[list[Told], int, int]:
    """Reads nothing until engines have stopped to write, then everything."""
    before = site.resident("gateway")
    go_on = asyncio.Event()
    asking = [asyncio.ensure_future(tenant.door.ask(one, wait_for=go_on)) for one in scripts]
    made = await still(site, scripts)
    grown = site.resident("gateway") - before
    go_on.set()
    return await asyncio.gather(*asking), max(made) * PIECE_BYTES, grown


async def still(site: Site, scripts: list[Script]) -> list[int]:
    """What engines made of each answer, once it has been the same for a while."""
    calls = {one.call for one in scripts}
    last: list[int] = []
    since = time.monotonic()
    while len(last) < len(calls) or time.monotonic() - since < STILL_SECONDS:
        now = sorted(made.pieces for made in site.made().values() if made.call in calls)
        if now != last:
            last, since = now, time.monotonic()
        await asyncio.sleep(0.2)
    return last
