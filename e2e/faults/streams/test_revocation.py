"""A key that is revoked is refused by every gateway within a second, and its streams end within five."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace

from support.load import none_of, play, spread
from support.scripted_engine import Script
from support.site import SecondGateway, Site, Tenant
from support.wire import Door, End, Told

LONG, SHORT = 50, 5
REFUSED_SECONDS, ENDED_SECONDS = 1.0, 5.0
"""By promise."""
STREAM = Script(pieces=600, pace=0.05)


@dataclass
class Revocation:
    """What became of one key, in seconds after its revocation was asked for."""

    last_accepted: float
    """When the last call that was let in had been sent."""
    stream_ended: float
    answered: float
    """When the revocation itself was answered."""


def test_a_revoked_key_is_refused_everywhere(
    site: Site, tenant: Tenant, second_gateway: SecondGateway, long: bool, report: Callable[[str], None]
) -> None:
    doors = [tenant.door, replace(tenant.door, base_url=second_gateway.base_url)]
    told: list[Told] = []
    came: list[list[Revocation]] = [[], []]
    for _ in range(LONG if long else SHORT):
        for number, one in enumerate(play(revoke(tenant, doors, told))):
            came[number].append(one)
    for number, ones in enumerate(came):
        report(
            f"{len(ones)} revocations, gateway {number + 1} | last call let in: {spread([one.last_accepted for one in ones])};"
            f" stream ended: {spread([one.stream_ended for one in ones])}; answered: {spread([one.answered for one in ones])}"
        )
        assert max(one.last_accepted for one in ones) <= REFUSED_SECONDS
        assert max(one.stream_ended for one in ones) <= ENDED_SECONDS
    none_of(tenant.faults(told))


async def revoke(tenant: Tenant, doors: list[Door], told: list[Told]) -> list[Revocation]:
    key = await asyncio.to_thread(tenant.key)
    mine = [replace(door, key=key["secret"]) for door in doors]
    streams = [asyncio.ensure_future(door.ask(replace(STREAM, call=f"live-{uuid.uuid4().hex[:8]}"))) for door in mine]
    refused = asyncio.Event()
    made: list[list[Told]] = [[], []]
    calling = [asyncio.ensure_future(call_on(door, refused, calls)) for door, calls in zip(mine, made, strict=True)]
    while not all(any(one.end is End.WHOLE for one in calls) for calls in made):
        await asyncio.sleep(0.05)
    asked = time.time()
    path = f"{tenant.keys}/{key['apiKey']['keyId']}:revoke"
    await asyncio.to_thread(tenant.admin.post, path)
    answered = time.time() - asked
    ended = await asyncio.gather(*streams)
    refused.set()
    await asyncio.gather(*calling)
    # Those that ran until now may have been let in before.
    for door, calls in zip(mine, made, strict=True):
        calls.append(await probe(door))
    results = []
    for stream, calls in zip(ended, made, strict=True):
        assert stream.end is End.FAILED, stream
        assert calls[-1].status == 401, calls[-1]
        let_in = [one.began for one in calls if one.end is End.WHOLE]
        results.append(Revocation(max(0.0, max(let_in) - asked), stream.ended - asked, answered))
        told += [stream, *calls]
    return results


async def call_on(door: Door, enough: asyncio.Event, made: list[Told]) -> None:
    """Calls one after another, until it is enough."""
    while not enough.is_set():
        made.append(await probe(door))
        await asyncio.sleep(0.005)


async def probe(door: Door) -> Told:
    return await door.ask(Script(call=f"probe-{uuid.uuid4().hex[:8]}", pieces=1), streamed=False)
