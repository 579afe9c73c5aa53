"""A caller that sees bytes: what exactly came, and how exactly it ended. The SDKs hide what is looked for here."""

from __future__ import annotations

import asyncio
import contextlib
import json
import ssl
import time
from dataclasses import dataclass
from enum import Enum
from urllib.parse import urlsplit

from support.scripted_engine import MODEL, Script

PATIENCE_SECONDS = 120
CLOSING_SECONDS = 2


class End(Enum):
    """How a call ended, as its caller saw it."""

    WHOLE = "whole"
    """Complete: of a stream its end mark came, of another answer all of it."""
    FAILED = "failed"
    """Refused, or broken off within, and told so by a typed error."""
    UNTYPED = "untyped"
    """Refused in a way that callers' libraries do not understand."""
    TRUNCATED = "truncated"
    """It ended as if it were well, and was not complete."""
    BROKEN = "broken"
    """The connection broke before the answer's end."""
    UNREACHED = "unreached"
    """No connection could be made."""
    LEFT = "left"
    """The caller left by itself."""
    SILENT = "silent"
    """Nothing came any more."""


@dataclass
class Told:
    """What a caller knows of one call."""

    script: Script
    streamed: bool
    end: End = End.SILENT
    status: int = 0
    request_id: str = ""
    text: str = ""
    pieces: int = 0
    usage: dict | None = None
    error: str = ""
    began: float = 0
    """When its request was sent, in seconds of the machine's clock."""
    ended: float = 0
    may_break: bool = False
    """Whether its connection may break: because of what is done to the gateway, or a long answer that is not streamed was cut."""


class LeavingError(Exception):
    """The caller has seen enough."""


@dataclass(frozen=True)
class Door:
    """Where the API is, and by which key it is called."""

    base_url: str
    key: str
    certificate: str | None = None
    model: str = MODEL

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        address = urlsplit(self.base_url)
        trust = ssl.create_default_context(cafile=self.certificate) if address.scheme == "https" else None
        return await asyncio.open_connection(address.hostname, address.port, ssl=trust, limit=1 << 20)

    async def ask(
        self,
        script: Script,
        streamed: bool = True,
        leave_after: int | None = None,
        leave_at: float | None = None,
        leave: asyncio.Event | None = None,
        rudely: bool = False,
        wait_for: asyncio.Event | None = None,
        may_break: bool = False,
        patience: float = PATIENCE_SECONDS,
    ) -> Told:
        """Makes one call on a connection of its own.

        `leave_after`, `leave_at` and `leave` say after how many bytes of the answer, or when, the caller leaves; `rudely`: with a reset.
        `wait_for` is what it waits for before it reads its answer.
        """
        told = Told(script, streamed, began=time.time(), may_break=may_break)
        writer = answer = leaving = None
        try:
            async with asyncio.timeout(leave_at if leave_at is not None else patience) as limit:
                if leave is not None:
                    leaving = asyncio.ensure_future(end_at(leave, limit))
                try:
                    reader, writer = await self.connect()
                except OSError:
                    told.end = End.UNREACHED
                    return told
                writer.write(self.request(script, streamed))
                await writer.drain()
                if wait_for is not None:
                    await wait_for.wait()
                answer = Answer(reader, told, leave_after)
                await answer.read()
        except LeavingError:
            told.end = End.LEFT
        except TimeoutError:
            left = leave_at is not None or (leave is not None and leave.is_set())
            told.end = End.LEFT if left else End.SILENT
        except (OSError, EOFError):
            told.end = End.BROKEN
        finally:
            told.ended = time.time()
            if leaving is not None:
                leaving.cancel()
            if answer is not None and told.streamed:
                told.text, told.pieces = "".join(answer.pieces), len(answer.pieces)
            if writer is not None:
                if rudely:
                    writer.transport.abort()
                writer.close()
                with contextlib.suppress(OSError, TimeoutError):
                    await asyncio.wait_for(writer.wait_closed(), CLOSING_SECONDS)
        return told

    def request(self, script: Script, streamed: bool) -> bytes:
        fields: dict = {"model": self.model, "messages": [{"role": "user", "content": "Go on."}], "script": script.body()}
        fields["max_tokens"] = max(script.pieces, 1)
        if streamed:
            fields |= {"stream": True, "stream_options": {"include_usage": True}}
        body = json.dumps(fields).encode()
        lines = [
            "POST /v1/chat/completions HTTP/1.1",
            f"host: {urlsplit(self.base_url).netloc}",
            f"authorization: Bearer {self.key}",
            "content-type: application/json",
            f"content-length: {len(body)}",
        ]
        return "\r\n".join([*lines, "", ""]).encode() + body


async def end_at(event: asyncio.Event, limit: asyncio.Timeout) -> None:
    await event.wait()
    limit.reschedule(asyncio.get_running_loop().time())


class Answer:
    """Reads one answer into what is told of it."""

    def __init__(self, reader: asyncio.StreamReader, told: Told, leave_after: int | None) -> None:
        self.reader, self.told = reader, told
        self.left = leave_after
        self.rest = b""
        self.pieces: list[str] = []

    async def read(self) -> None:
        if self.left == 0:
            raise LeavingError
        head = self.count(await self.until(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
        self.told.status = int(head[0].split()[1])
        self.told.request_id = headers.get("x-request-id", "")
        if self.told.status == 200 and self.told.streamed:
            await self.stream()
        else:
            body = self.count(await self.reader.readexactly(int(headers["content-length"])))
            self.whole(body)

    async def until(self, mark: bytes) -> bytes:
        return await self.reader.readuntil(mark)

    def count(self, piece: bytes) -> bytes:
        """Leaves where enough was seen; what came with the last byte of it is not looked at."""
        if self.left is not None:
            self.left -= len(piece)
            if self.left <= 0:
                raise LeavingError
        return piece

    def whole(self, body: bytes) -> None:
        try:
            answer = json.loads(body)
        except ValueError:
            self.told.end = End.TRUNCATED if self.told.status == 200 else End.UNTYPED
            return
        if self.told.status != 200:
            self.failure(answer)
            return
        self.told.text = answer["choices"][0]["message"]["content"]
        self.told.pieces = self.told.script.pieces
        self.told.usage = answer["usage"]
        self.told.end = End.WHOLE

    async def stream(self) -> None:
        while True:
            length = int((await self.until(b"\r\n")), 16)
            data = self.count(await self.reader.readexactly(length))
            await self.reader.readexactly(2)
            if length == 0:
                break
            self.rest += data
            *events, self.rest = self.rest.split(b"\n\n")
            for event in events:
                self.event(event)
        # Nothing but the end mark or a failure ends a stream.
        if self.told.end is End.SILENT:
            self.told.end = End.TRUNCATED

    def event(self, event: bytes) -> None:
        if self.told.end is not End.SILENT:
            # Words after the last ones.
            self.told.end = End.TRUNCATED
            return
        data = b"".join(line.removeprefix(b"data:").strip() for line in event.split(b"\n") if line.startswith(b"data:"))
        if data == b"[DONE]":
            self.told.end = End.WHOLE
            return
        chunk = json.loads(data)
        if "error" in chunk:
            self.failure(chunk)
            return
        self.told.usage = chunk.get("usage") or self.told.usage
        for choice in chunk["choices"]:
            piece = choice["delta"].get("content")
            if piece:
                self.pieces.append(piece)

    def failure(self, answer: object) -> None:
        error = answer.get("error") if isinstance(answer, dict) else None
        if isinstance(error, dict) and error.get("type") and error.get("message"):
            self.told.error = str(error.get("code") or error["type"])
            self.told.end = End.FAILED
        else:
            self.told.end = End.UNTYPED
