"""The history checker finds what is planted, each kind of it, and nothing in a history where all is well."""

from __future__ import annotations

import copy
import json
import pathlib
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from support.history import Made, Price, Wrong, check, engines_log, summed
from support.scripted_engine import Script
from support.wire import End, Told

PRICE = Price(input_micros=7, output_micros=11)


@dataclass
class History:
    told: list[Told]
    made: dict[str, Made]
    records: list[dict]
    total: dict | None = None

    def faults(self) -> set[Wrong]:
        return {fault.wrong for fault in check(self.told, self.made, self.records, PRICE, self.total)}


def well() -> History:
    """Four calls: one whole, one cut and told so, one that its caller left, one refused."""
    script = [Script(call=f"call-{number}", pieces=4) for number in range(4)]
    whole = Told(script[0], True, End.WHOLE, 200, "req_0", script[0].text(), 4, script[0].usage())
    cut = Told(script[1], True, End.FAILED, 200, "req_1", "call-1:0 call-1:1 ", 2, None, "ANSWER_CUT")
    left = Told(script[2], True, End.LEFT, 200, "req_2", "call-2:0 ", 1)
    refused = Told(script[3], False, End.FAILED, 503, "req_3", error="MODEL_UNAVAILABLE")
    made = {
        "req_0": Made("call-0", 4, script[0].usage(), whole=1, attempts=1),
        "req_1": Made("call-1", 3, script[1].usage(), attempts=1),
        "req_2": Made("call-2", 3, script[2].usage(), attempts=1),
    }
    records = [
        record("req_0", "COMPLETED", 11, 4),
        record("req_1", "UPSTREAM_FAILED", 11, 2),
        record("req_2", "CLIENT_CLOSED", 11, 2),
        record("req_3", "UPSTREAM_FAILED", 0, 0),
    ]
    return History([whole, cut, left, refused], made, records, summed(records))


def record(request_id: str, outcome: str, input_tokens: int, output: int) -> dict:
    """As REST has it: numbers as text, nothing where they are 0."""
    numbers = {"inputTokens": input_tokens, "outputTokens": output}
    numbers["amountMicros"] = input_tokens * PRICE.input_micros + output * PRICE.output_micros
    given = {name: str(number) for name, number in numbers.items() if number}
    return {"requestId": request_id, "outcome": f"OUTCOME_{outcome}", **given}


def test_nothing_is_wrong_where_all_is_well() -> None:
    assert well().faults() == set()


def lost(history: History) -> None:
    del history.records[0]


def lost_of_a_caller_who_left(history: History) -> None:
    del history.records[2]


def double(history: History) -> None:
    history.records.append(copy.deepcopy(history.records[0]))


def executed_twice(history: History) -> None:
    history.made["req_0"].whole = 2


def truncated(history: History) -> None:
    history.told[1].end = End.TRUNCATED


def broken(history: History) -> None:
    history.told[1].end = End.BROKEN


def silent(history: History) -> None:
    history.told[1].end = End.SILENT


def untyped(history: History) -> None:
    history.told[3].end = End.UNTYPED


def repeated(history: History) -> None:
    history.told[1].text = "call-1:0 call-1:0 "


def anothers(history: History) -> None:
    history.told[0].text = history.told[0].text.replace("call-0:2", "call-1:2")


def skipped(history: History) -> None:
    history.told[2].text = "call-2:1 "


def incomplete(history: History) -> None:
    history.told[0].text = "call-0:0 call-0:1 "


def no_usage(history: History) -> None:
    history.told[0].usage = None


def wrong_usage(history: History) -> None:
    history.told[0].usage = {"prompt_tokens": 11, "completion_tokens": 5}


def billed_more(history: History) -> None:
    history.records[0] = record("req_0", "COMPLETED", 11, 5)


def billed_more_than_was_made(history: History) -> None:
    history.records[2] = record("req_2", "CLIENT_CLOSED", 11, 4)


def billed_less_than_came(history: History) -> None:
    history.records[1] = record("req_1", "UPSTREAM_FAILED", 11, 1)


def interrupted(history: History) -> None:
    history.records[0] = record("req_0", "INTERRUPTED", 11, 4)


def completed_and_failed(history: History) -> None:
    history.records[1] = record("req_1", "COMPLETED", 11, 3)


def phantom(history: History) -> None:
    history.records.append(record("req_9", "COMPLETED", 1, 1))


def from_nowhere(history: History) -> None:
    del history.made["req_0"]


def wrong_amount(history: History) -> None:
    history.records[0]["amountMicros"] = "1"


def wrong_sums(history: History) -> None:
    history.total = {"requests": "4"}


PLANTED: list[tuple[Callable[[History], None], Wrong]] = [
    (lost, Wrong.LOST),
    (lost_of_a_caller_who_left, Wrong.LOST),
    (double, Wrong.DOUBLE),
    (executed_twice, Wrong.EXECUTED_TWICE),
    (truncated, Wrong.TRUNCATED),
    (broken, Wrong.BROKEN_OFF),
    (silent, Wrong.SILENT),
    (untyped, Wrong.UNTYPED),
    (repeated, Wrong.TEXT),
    (anothers, Wrong.TEXT),
    (skipped, Wrong.TEXT),
    (incomplete, Wrong.INCOMPLETE),
    (no_usage, Wrong.USAGE),
    (wrong_usage, Wrong.USAGE),
    (billed_more, Wrong.BILLED_WRONGLY),
    (billed_more_than_was_made, Wrong.BILLED_WRONGLY),
    (billed_less_than_came, Wrong.BILLED_WRONGLY),
    (interrupted, Wrong.OUTCOME),
    (completed_and_failed, Wrong.OUTCOME),
    (phantom, Wrong.PHANTOM),
    (from_nowhere, Wrong.NOT_THE_ENGINES),
    (wrong_amount, Wrong.AMOUNT),
    (wrong_sums, Wrong.SUMS),
]


@pytest.mark.parametrize(("plant", "wrong"), PLANTED, ids=[plant.__name__ for plant, _ in PLANTED])
def test_what_is_planted_is_found(plant: Callable[[History], None], wrong: Wrong) -> None:
    history = well()
    plant(history)
    assert wrong in history.faults()


def test_every_kind_is_planted() -> None:
    assert {wrong for _, wrong in PLANTED} == set(Wrong)


def test_a_connection_may_break_where_the_gateway_is_killed() -> None:
    history = well()
    history.told[1] = replace(history.told[1], end=End.BROKEN, may_break=True)
    assert history.faults() == set()


def test_an_engines_log_is_read_with_a_torn_end(tmp_path: pathlib.Path) -> None:
    log = tmp_path / "engine.log"
    lines = [
        {"request_id": "req_0", "call": "call-0", "what": "begin", "usage": Script(call="call-0").usage()},
        {"request_id": "req_0", "call": "call-0", "what": "made", "pieces": 2},
        {"request_id": "req_0", "call": "call-0", "what": "made", "pieces": 3},
        {"request_id": "req_0", "call": "call-0", "what": "whole"},
    ]
    log.write_text("\n".join(json.dumps(line) for line in lines) + '\n{"request_id": "req_1", "ca')
    made = engines_log(log)
    assert made == {"req_0": Made("call-0", 3, Script(call="call-0").usage(), whole=1, attempts=1)}
