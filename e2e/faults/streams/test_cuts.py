"""An engine's answer is cut after each of its bytes: the caller has the true end or a typed error, and never a silent or a repeated one."""

from __future__ import annotations

import functools
import pathlib
import random
import uuid
from collections.abc import Callable
from dataclasses import replace

import pytest
from support.load import all_of, ends, none_of, play
from support.scripted_engine import Script, plain_answer, streamed_answer
from support.site import ONE, Tenant
from support.wire import End

AT_ONCE = 8
PIECES = 4
SAMPLE = 40
"""Of offsets, in the short form."""
BETWEEN = 5
"""Calls that go well for each that fails: a fifth of all calls may be asked of another engine, and no more."""

Say = Callable[[str], None]


def script(number: int) -> Script:
    # Names of their own, as long as each other: all answers have the same length.
    return Script(call=f"cut-{number:05d}-{uuid.uuid4().hex[:12]}", pieces=PIECES)


def length(streamed: bool) -> int:
    return sum(map(len, streamed_answer(script(0), True))) if streamed else len(plain_answer(script(0)))


def offsets(streamed: bool, end: int, long: bool) -> list[int]:
    every = range(end)
    return list(every) if long else sorted({0, 1, end - 1, *random.sample(every, SAMPLE)})


@pytest.mark.parametrize("reset", [False, True], ids=["closed", "reset"])
@pytest.mark.parametrize("streamed", [False, True], ids=["plain", "stream"])
def test_an_answer_of_the_only_engine_is_cut(
    tenant: Tenant, streamed: bool, reset: bool, long: bool, report: Say, progress: Say
) -> None:
    if reset and not long:
        pytest.skip("the long form only")
    whole = length(streamed)
    door = replace(tenant.door, model=ONE)
    cuts = offsets(streamed, whole, long)
    calls = [functools.partial(door.ask, replace(script(at), cut=at, reset=reset), streamed) for at in cuts]
    told = play(all_of(calls, AT_ONCE, progress))
    report(f"{len(cuts)} of {whole} offsets | {ends(told)}")
    mark = whole - len(b"\r\n0\r\n\r\n")
    for one in told:
        # After the end mark nothing is missing.
        expected = {End.WHOLE, End.FAILED} if streamed and one.script.cut >= mark else {End.FAILED}
        assert one.end in expected, one
    none_of(tenant.faults(told))


@pytest.mark.parametrize("streamed", [False, True], ids=["plain", "stream"])
def test_another_engine_answers_what_the_first_cut_before_the_answer(
    tenant: Tenant, streamed: bool, long: bool, report: Say, progress: Say, tmp_path: pathlib.Path
) -> None:
    head_and_first = list(streamed_answer(script(0), True))[:2]
    # Until its first event is whole nothing of a stream has gone out; of another answer, until all of it is there.
    unseen = sum(map(len, head_and_first)) - len(b"\n\n\r\n") if streamed else length(False)
    cuts = offsets(streamed, unseen, long)
    calls = []
    for at in cuts:
        once = str(tmp_path / f"{at}-{uuid.uuid4().hex}")
        calls.append(functools.partial(tenant.door.ask, replace(script(at), cut=at, once=once), streamed))
        for well in range(BETWEEN):
            named = replace(script(0), call=f"well-{at:05d}-{well}-{uuid.uuid4().hex[:12]}")
            calls.append(functools.partial(tenant.door.ask, named, streamed))
    told = play(all_of(calls, AT_ONCE, progress))
    report(f"{len(cuts)} offsets before the answer, {len(told)} calls | {ends(told)}")
    assert [one for one in told if one.end is not End.WHOLE] == []
    none_of(tenant.faults(told))
