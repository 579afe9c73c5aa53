"""A key that is revoked is refused by every gateway within a second, and its streams end within five."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace

from support.load import none_of, play, spread
from support.platform import PATIENCE_SECONDS, wait_until
from support.scripted_engine import Script
from support.site import SecondGateway, Site, Tenant
from support.wire import Door, End, Told

LONG, SHORT = 50, 5
REFUSED_SECONDS, ENDED_SECONDS = 1.0, 5.0
"""By promise, from the revocation on. When that was is only known to lie between its being asked for and its answer: as long as making the key took,
a write like it on the same machine a moment before, is allowed for."""
STREAM = Script(pieces=6_000, pace=0.05)
"""Longer than anybody waits for its end."""


@dataclass
class Revocation:
    """What became of one key, in seconds after its revocation was asked for."""

    last_accepted: float
    """When the last call that was let in had been sent."""
    stream_ended: float
    answered: float
    """When the revocation itself was answered."""
    ordinary: float
    """How long another write took just before."""
    confirmed: bool
    """Whether the answer named no gateway that had not confirmed it."""


def test_a_revoked_key_is_refused_everywhere(
    site: Site,
    tenant: Tenant,
    second_gateway: SecondGateway,
    long: bool,
    report: Callable[[str], None],
    progress: Callable[[str], None],
) -> None:
    doors = [tenant.door, replace(tenant.door, base_url=second_gateway.base_url)]
    told: list[Told] = []
    came: list[list[Revocation]] = [[], []]
    times = LONG if long else SHORT
    for done in range(1, times + 1):
        for number, one in enumerate(play(revoke(tenant, doors, told))):
            came[number].append(one)
        if done % 10 == 0:
            progress(f"revocation {done} of {times}")
    for number, ones in enumerate(came):
        report(
            f"{len(ones)} revocations, gateway {number + 1} | last call let in: {spread([one.last_accepted for one in ones])};"
            f" stream ended: {spread([one.stream_ended for one in ones])}; answered: {spread([one.answered for one in ones])}"
        )
        # Who has the answer may rely on it, whatever the machine does.
        assert [one for one in ones if one.confirmed and one.last_accepted > one.answered] == []
        assert [one for one in ones if one.last_accepted > REFUSED_SECONDS + one.ordinary] == []
        assert [one for one in ones if one.stream_ended > ENDED_SECONDS + one.ordinary] == []
    none_of(tenant.faults(told))


async def revoke(tenant: Tenant, doors: list[Door], told: list[Told]) -> list[Revocation]:
    began = time.time()
    key = await asyncio.to_thread(tenant.key)
    ordinary = time.time() - began
    mine = [replace(door, key=key["secret"]) for door in doors]
    streams = [asyncio.ensure_future(door.ask(replace(STREAM, call=f"live-{uuid.uuid4().hex[:8]}"))) for door in mine]
    refused = asyncio.Event()
    made: list[list[Told]] = [[], []]
    calling = [asyncio.ensure_future(call_on(door, refused, calls)) for door, calls in zip(mine, made, strict=True)]
    let_in = lambda: all(any(one.end is End.WHOLE for one in calls) for calls in made)  # noqa: E731
    await asyncio.to_thread(wait_until, let_in, PATIENCE_SECONDS, "both gateways let calls in")
    path = f"{tenant.keys}/{key['apiKey']['keyId']}:revoke"
    asked = time.time()
    revoked = await asyncio.to_thread(tenant.admin.post, path)
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
        accepted = [one.began for one in calls if one.end is End.WHOLE]
        last, confirmed = max(0.0, max(accepted) - asked), revoked["unconfirmedGateways"] == []
        results.append(Revocation(last, stream.ended - asked, answered, ordinary, confirmed))
        told += [stream, *calls]
    return results


async def call_on(door: Door, enough: asyncio.Event, made: list[Told]) -> None:
    """Calls one after another, until it is enough."""
    while not enough.is_set():
        made.append(await probe(door))
        await asyncio.sleep(0.005)


async def probe(door: Door) -> Told:
    return await door.ask(Script(call=f"probe-{uuid.uuid4().hex[:8]}", pieces=1), streamed=False)
