"""What callers were told, what engines made and what the ledger has, held against each other request by request.

`check` says everything that cannot have been right. It knows nothing of how the platform works, only what it promises: an acknowledged answer
is true, complete and billed once, with the engine's own counts; whatever ended otherwise was said to have ended so, in a typed error; text is
the script's, from its beginning, and nothing else; nothing is billed that no engine made, and what an engine made is on the books once.
"""

from __future__ import annotations

import json
import pathlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from support.wire import End, Told


class Wrong(Enum):
    """What is wrong with a call."""

    LOST = "lost: not on the books"
    DOUBLE = "double: more than once on the books"
    EXECUTED_TWICE = "two engines made a whole answer of it"
    TRUNCATED = "truncated: ended as if it were well"
    BROKEN_OFF = "the connection broke, and nothing was done to it"
    SILENT = "nothing came any more"
    UNTYPED = "refused without a typed error"
    TEXT = "the text is not the script's"
    INCOMPLETE = "complete, it was said, and it was not"
    USAGE = "the caller was told other counts than the engine's"
    BILLED_WRONGLY = "billed otherwise than the engine counted"
    OUTCOME = "the books have another outcome"
    PHANTOM = "billed, and no engine made anything of it"
    NOT_THE_ENGINES = "answered, and no engine made it"
    AMOUNT = "the amount is not tokens by price"
    SUMS = "the sums are not those of the records"


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong."""

    wrong: Wrong
    request_id: str
    call: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.call or '?'} {self.request_id or '-'}: {self.wrong.value}. {self.detail}".rstrip()


@dataclass
class Made:
    """What engines made for one request."""

    call: str = ""
    pieces: int = 0
    usage: dict = field(default_factory=dict)
    whole: int = 0
    attempts: int = 0


@dataclass(frozen=True)
class Price:
    """Micro-KRW a token."""

    input_micros: int
    output_micros: int


def engines_log(*files: pathlib.Path) -> dict[str, Made]:
    """The engines' logs, by request id. The last line of an engine that was killed may be torn."""
    made: dict[str, Made] = defaultdict(Made)
    for file in files:
        for line in file.read_text().splitlines():
            try:
                noted = json.loads(line)
            except ValueError:
                continue
            one = made[noted["request_id"]]
            one.call = noted["call"]
            match noted["what"]:
                case "begin":
                    one.attempts += 1
                    one.usage = noted["usage"]
                case "made":
                    one.pieces = max(one.pieces, noted["pieces"])
                case "whole":
                    one.whole += 1
    return dict(made)


def check(
    told: Sequence[Told], made: dict[str, Made], records: Sequence[dict], price: Price, total: dict | None = None
) -> list[Fault]:
    """Everything that is wrong; empty where all is well.

    `records` are all usage records of one tenant, as often as each is listed, and `total` is what the platform says they come to.
    """
    return Check(told, made, records, price).all(total)


class Check:
    """One comparison of three histories."""

    def __init__(self, told: Sequence[Told], made: dict[str, Made], records: Sequence[dict], price: Price) -> None:
        self.told, self.made, self.price = told, made, price
        self.records = records
        self.booked: dict[str, list[dict]] = defaultdict(list)
        for record in records:
            self.booked[record["requestId"]].append(record)
        self.faults: list[Fault] = []
        self.scripts = {one.script.call: one.script for one in told}

    def all(self, total: dict | None) -> list[Fault]:
        for one in self.told:
            self.caller(one)
        calls = {one.script.call for one in self.told}
        for request_id, made in self.made.items():
            if made.call in calls:
                self.engine(request_id, made)
        for request_id, records in self.booked.items():
            self.ledger(request_id, records)
        if total is not None:
            self.sums(total)
        return self.faults

    def wrong(self, wrong: Wrong, request_id: str, call: str, detail: object = "") -> None:
        self.faults.append(Fault(wrong, request_id, call, str(detail)))

    # What a caller was told, by itself and against the engine and the books.

    def caller(self, one: Told) -> None:
        says = lambda wrong, detail="": self.wrong(wrong, one.request_id, one.script.call, detail)  # noqa: E731
        if not one.script.text().startswith(one.text):
            says(Wrong.TEXT, one.text[-80:])
        match one.end:
            case End.WHOLE:
                self.whole(one)
            case End.TRUNCATED:
                says(Wrong.TRUNCATED, f"{one.pieces} of {one.script.pieces} pieces")
            case End.UNTYPED:
                says(Wrong.UNTYPED, one.status)
            case End.SILENT:
                says(Wrong.SILENT)
            case End.BROKEN | End.UNREACHED if not one.may_break:
                says(Wrong.BROKEN_OFF, f"{one.pieces} of {one.script.pieces} pieces")
            case End.FAILED | End.LEFT | End.BROKEN | End.UNREACHED:
                self.unfinished(one)

    def whole(self, one: Told) -> None:
        says = lambda wrong, detail="": self.wrong(wrong, one.request_id, one.script.call, detail)  # noqa: E731
        if one.text != one.script.text():
            says(Wrong.INCOMPLETE, f"{len(one.text)} of {len(one.script.text())} characters")
        made = self.made.get(one.request_id)
        if made is None:
            says(Wrong.NOT_THE_ENGINES)
        if one.usage is None or counts(one.usage) != counts(one.script.usage()):
            says(Wrong.USAGE, one.usage)
        records = self.booked.get(one.request_id, [])
        if not records:
            says(Wrong.LOST, "acknowledged")
        for record in records[:1]:
            if record["outcome"] != "OUTCOME_COMPLETED":
                says(Wrong.OUTCOME, record["outcome"])
            if billed(record) != counts(one.script.usage()) or record.get("estimated"):
                says(Wrong.BILLED_WRONGLY, f"{billed(record)}, not {counts(one.script.usage())}")

    def unfinished(self, one: Told) -> None:
        """Of what did not come to its end, no more and no less is billed than the caller had and the engine made."""
        for record in self.booked.get(one.request_id, [])[:1]:
            if record["outcome"] == "OUTCOME_COMPLETED" and one.end is End.FAILED:
                self.wrong(Wrong.OUTCOME, one.request_id, one.script.call, f"completed, and the caller was told {one.error}")
            output = billed(record)[1]
            # Whoever lost the gateway itself, or left it as it was killed, is billed by what was last written of it, a second ago at most.
            lost_gateway = one.end is End.BROKEN or (one.end is End.LEFT and one.may_break)
            if output < one.pieces and not lost_gateway:
                self.wrong(Wrong.BILLED_WRONGLY, one.request_id, one.script.call, f"{output} of {one.pieces} pieces that came")

    # What engines made, against the books.

    def engine(self, request_id: str, made: Made) -> None:
        if request_id not in self.booked:
            self.wrong(Wrong.LOST, request_id, made.call, f"an engine made {made.pieces} pieces")
        if made.whole > 1:
            self.wrong(Wrong.EXECUTED_TWICE, request_id, made.call)

    # The books, by themselves and against what engines made.

    def ledger(self, request_id: str, records: list[dict]) -> None:
        made = self.made.get(request_id)
        call = made.call if made else ""
        if len(records) > 1:
            self.wrong(Wrong.DOUBLE, request_id, call, f"{len(records)} times")
        record = records[0]
        input_tokens, output = billed(record)
        if output and made is None:
            self.wrong(Wrong.PHANTOM, request_id, call, f"{output} tokens")
        if made is not None and output > made.pieces + finish(made, record):
            self.wrong(Wrong.BILLED_WRONGLY, request_id, call, f"{output} tokens of {made.pieces} that were made")
        owed = input_tokens * self.price.input_micros + output * self.price.output_micros
        if int(record.get("amountMicros", 0)) != owed:
            self.wrong(Wrong.AMOUNT, request_id, call, f"{record.get('amountMicros', 0)}, not {owed}")

    def sums(self, total: dict) -> None:
        sums = summed(self.records)
        if sums != {name: int(total.get(name, 0)) for name in sums}:
            self.wrong(Wrong.SUMS, "", "", f"{total}, not {sums}")


def finish(made: Made, record: dict) -> int:
    """An engine that was not asked to the end is billed by the parts it sent, and the last of them, without text, only says why it ended."""
    return int(bool(record.get("estimated")) and made.pieces == made.usage["completion_tokens"])


def counts(usage: dict) -> tuple[int, int]:
    return usage["prompt_tokens"], usage["completion_tokens"]


def billed(record: dict) -> tuple[int, int]:
    return int(record.get("inputTokens", 0)), int(record.get("outputTokens", 0))


def summed(records: Iterable[dict]) -> dict[str, int]:
    records = list(records)
    fields = ("inputTokens", "outputTokens", "amountMicros")
    return {"requests": len(records)} | {name: sum(int(record.get(name, 0)) for record in records) for name in fields}
