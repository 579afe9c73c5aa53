"""An OpenAI-compatible engine that does as each request says, and keeps a log of what it made for whom.

`python -m support.scripted_engine --port PORT --log FILE` serves one model, `scripted`. The field `script` of a request, which gateways
relay as any field that they do not know, says how its answer goes; without one it is a short one, at once, or, with `--until FILE`, one that goes
on until there is such a file. Each line of the log is one
`write(2)`, made before what it tells of is sent: whatever is killed when, the log has it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import socket
import struct
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields, replace

MODEL = "scripted"
LARGEST_BODY = 64 << 20
LONGEST_HANG_SECONDS = 900
FIRST_PIECES = 3


@dataclass(frozen=True)
class Script:
    """How one answer goes."""

    call: str = "none"
    """The caller's own name of its call; every piece of the answer has it, so that nobody's text is taken for another's."""
    pieces: int = 3
    pace: float = 0
    """Seconds between pieces; at once where it is 0."""
    width: int = 0
    """Each piece is padded to as many bytes."""
    cut: int | None = None
    """The connection is closed after as many bytes of the answer, its head included."""
    reset: bool = False
    """Where it is cut, it is cut with a TCP reset."""
    hang: int | None = None
    """From this piece on nothing comes any more; with 0 not even a head."""
    once: str = ""
    """A file: the fault happens only where it does not exist yet, and makes it."""
    until: str = ""
    """A file: the answer ends, after the first pieces, as soon as it exists."""

    def piece(self, number: int) -> str:
        return f"{self.call}:{number} ".ljust(self.width, ".")

    def text(self) -> str:
        return "".join(self.piece(number) for number in range(self.pieces))

    def usage(self) -> dict[str, int]:
        """Each piece is one token."""
        input_tokens = 5 + len(self.call)
        return {"prompt_tokens": input_tokens, "completion_tokens": self.pieces, "total_tokens": input_tokens + self.pieces}

    def body(self) -> dict:
        """As a field of a request: only what differs from a plain answer."""
        plain = Script()
        return {name: value for name, value in asdict(self).items() if value != getattr(plain, name)}

    def is_over(self, number: int) -> bool:
        return number >= self.pieces or (number >= FIRST_PIECES and bool(self.until) and os.path.exists(self.until))

    @classmethod
    def of(cls, body: dict) -> Script:
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in (body.get("script") or {}).items() if name in known})

    def undisturbed(self) -> Script:
        return replace(self, cut=None, hang=None, once="")


def plain_answer(script: Script) -> bytes:
    """Head and body of an answer that is not streamed."""
    message = {"role": "assistant", "content": script.text()}
    body = json.dumps(
        {
            **{"id": "chatcmpl-scripted", "object": "chat.completion", "created": 1_700_000_000, "model": MODEL},
            "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}],
            "usage": script.usage(),
        }
    ).encode()
    return head("application/json", f"content-length: {len(body)}") + body


def streamed_answer(script: Script, usage_wanted: bool) -> Iterator[bytes]:
    """Head, pieces, finish, usage and end of a stream, one by one."""
    yield head("text/event-stream", "transfer-encoding: chunked")
    number = 0
    while not script.is_over(number):
        delta = {"content": script.piece(number)} | ({"role": "assistant"} if number == 0 else {})
        yield event(choices=[{"index": 0, "delta": delta, "finish_reason": None}])
        number += 1
    yield event(choices=[{"index": 0, "delta": {}, "finish_reason": "stop"}])
    if usage_wanted:
        yield event(choices=[], usage=replace(script, pieces=number).usage())
    yield framed(b"data: [DONE]\n\n") + b"0\r\n\r\n"


def head(media_type: str, length: str) -> bytes:
    return f"HTTP/1.1 200 OK\r\ncontent-type: {media_type}\r\n{length}\r\n\r\n".encode()


def event(**members: object) -> bytes:
    chunk = {"id": "chatcmpl-scripted", "object": "chat.completion.chunk", "created": 1_700_000_000, "model": MODEL}
    return framed(f"data: {json.dumps(chunk | members)}\n\n".encode())


def framed(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


class CutError(Exception):
    """The script cuts here."""


class Engine:
    """One engine and its log."""

    def __init__(self, name: str, log: str, until: str) -> None:
        self.name, self.until = name, until
        self._log = os.open(log, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)

    def note(self, request_id: str, call: str, what: str, **more: object) -> None:
        line = {"at": time.time(), "engine": self.name, "request_id": request_id, "call": call, "what": what, **more}
        os.write(self._log, (json.dumps(line) + "\n").encode())

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self.serve_one(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def serve_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        request_line, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        content = await reader.readexactly(min(int(headers.get("content-length", 0)), LARGEST_BODY))
        if request_line.startswith("GET"):
            models = json.dumps({"object": "list", "data": [{"id": MODEL, "object": "model"}]}).encode()
            writer.write(head("application/json", f"content-length: {len(models)}") + models)
            await writer.drain()
            return True
        body = json.loads(content)
        script = self.endless() if self.until and "script" not in body else Script.of(body)
        if script.once and not first_at(script.once):
            script = script.undisturbed()
        work = asyncio.ensure_future(self.answer(writer, headers.get("x-request-id", ""), body, script))
        # Requests are not pipelined to engines: whatever is read while one is answered is the caller's leaving.
        leaving = asyncio.ensure_future(reader.read(1))
        await asyncio.wait({work, leaving}, return_when=asyncio.FIRST_COMPLETED)
        over = work.done()
        work.cancel()
        leaving.cancel()
        outcome, _ = await asyncio.gather(work, leaving, return_exceptions=True)
        if not over or isinstance(outcome, ConnectionError):
            self.note(headers.get("x-request-id", ""), script.call, "left")
            return False
        return outcome is True

    def endless(self) -> Script:
        return Script(pieces=1_000_000, pace=0.2, until=self.until)

    async def answer(self, writer: asyncio.StreamWriter, request_id: str, body: dict, script: Script) -> bool:
        streamed = bool(body.get("stream"))
        self.note(request_id, script.call, "begin", streamed=streamed, usage=script.usage())
        sender = Sender(writer, script)
        if script.hang == 0:
            await asyncio.sleep(LONGEST_HANG_SECONDS)
        if not streamed:
            if script.until:
                script = await self.ended(script)
            elif script.pace:
                await asyncio.sleep(script.pace * script.pieces)
            self.note(request_id, script.call, "made", pieces=script.pieces)
            await self.send(sender, request_id, script, plain_answer(script))
        else:
            usage_wanted = bool((body.get("stream_options") or {}).get("include_usage"))
            if not script.pace and not script.width:
                self.note(request_id, script.call, "made", pieces=script.pieces)
            for number, part in enumerate(streamed_answer(script, usage_wanted)):
                if script.hang is not None and number > script.hang:
                    await asyncio.sleep(LONGEST_HANG_SECONDS)
                if b'"content"' in part and (script.pace or script.width):
                    self.note(request_id, script.call, "made", pieces=number)
                    await asyncio.sleep(script.pace)
                await self.send(sender, request_id, script, part)
        self.note(request_id, script.call, "whole")
        return True

    async def ended(self, script: Script) -> Script:
        """As it is where nobody waits any more."""
        while not script.is_over(FIRST_PIECES):
            await asyncio.sleep(script.pace)
        return replace(script, pieces=FIRST_PIECES)

    async def send(self, sender: Sender, request_id: str, script: Script, part: bytes) -> None:
        try:
            await sender.send(part)
        except CutError:
            self.note(request_id, script.call, "cut")
            raise


class Sender:
    """Sends an answer until its script cuts it."""

    def __init__(self, writer: asyncio.StreamWriter, script: Script) -> None:
        self.writer, self.script = writer, script
        self.left = script.cut

    async def send(self, part: bytes) -> None:
        if self.left is not None:
            part = part[: self.left]
            self.left -= len(part)
        self.writer.write(part)
        if self.left == 0:
            await self.writer.drain()
            if self.script.reset:
                connection = self.writer.get_extra_info("socket")
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            raise CutError
        await self.writer.drain()


def first_at(path: str) -> bool:
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL))
        return True
    except FileExistsError:
        return False


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--log", required=True)
    parser.add_argument("--name", default="engine")
    parser.add_argument("--until", default="")
    options = parser.parse_args()
    engine = Engine(options.name, options.log, options.until)
    server = await asyncio.start_server(engine.serve, "127.0.0.1", options.port, backlog=4096, limit=1 << 20)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
