"""Many calls at once, and what came of them in few words."""

from __future__ import annotations

import asyncio
import math
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from concurrent.futures import Future
from typing import Any, TypeVar

from support.history import Fault
from support.wire import End, Told


T = TypeVar("T")
CALLS_TOLD_OF = 200
"""After so many of them it is said how far they are."""


def play(load: Coroutine[Any, Any, T]) -> T:
    """Runs it on a thread of its own: in the main one, browsers' tests keep an event loop."""
    told: Future[T] = Future()

    def run() -> None:
        try:
            told.set_result(asyncio.run(load))
        except BaseException as failure:
            told.set_exception(failure)

    threading.Thread(target=run, daemon=True).start()
    return told.result()


async def all_of(
    calls: Iterable[Callable[[], Awaitable[Told]]], at_once: int, progress: Callable[[str], None]
) -> list[Told]:
    """Makes calls, so many at a time, in their order; says so now and then."""
    all_calls = list(calls)
    waiting = iter(all_calls)
    told: list[Told] = []

    async def work() -> None:
        for call in waiting:
            told.append(await call())
            if len(told) % CALLS_TOLD_OF == 0:
                progress(f"{len(told)} of {len(all_calls)} calls")

    await asyncio.gather(*(work() for _ in range(at_once)))
    return told


def ends(told: Iterable[Told]) -> str:
    """How many ended how: `whole 12, failed 3 (answer_cut 3)`."""
    told = list(told)
    counted = Counter(one.end for one in told)
    errors = Counter(one.error for one in told if one.end is End.FAILED)
    words = [f"{end.value} {counted[end]}" for end in End if counted[end]]
    if errors:
        words.append("(" + ", ".join(f"{error} {count}" for error, count in sorted(errors.items())) + ")")
    return " ".join(words)


def none_of(faults: Sequence[Fault]) -> bool:
    """Whether there are no faults; fails with the first of them."""
    assert not faults, f"{len(faults)} faults:\n" + "\n".join(str(fault) for fault in faults[:30])
    return True


def spread(seconds: Sequence[float]) -> str:
    """Median, 99th percentile and longest, in milliseconds."""
    ordered = sorted(seconds)
    at = lambda share: ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)] * 1000  # noqa: E731
    return f"p50 {at(0.5):.0f} ms, p99 {at(0.99):.0f} ms, p100 {ordered[-1] * 1000:.0f} ms of {len(ordered)}"
