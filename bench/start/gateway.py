"""A gateway alone in its own process: how soon it takes calls, and how long its first ones take."""

from __future__ import annotations

import dataclasses
import http.client
import json
import os
import pathlib
import signal
import socket
import statistics
import subprocess
import threading
import time
from collections.abc import Callable

MODEL = "recital"
CHATS = 100
PROMPT = "Nothing but words. " * 50
LIMIT_SECONDS = 120
WITHOUT_CACHE = "ahead-of-time cache off"
WITHOUT_WARM_UP = "warm-up off"
AS_INSTALLED = "as installed"
KINDS = [AS_INSTALLED, WITHOUT_WARM_UP, WITHOUT_CACHE, f"{WITHOUT_CACHE}, {WITHOUT_WARM_UP}"]


class ReciterEngine:
    """An engine that answers at once and always the same, so that what is measured is the gateway."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self.accept, daemon=True).start()
        message = {"index": 0, "message": {"role": "assistant", "content": "So it is."}, "finish_reason": "stop"}
        usage = {"prompt_tokens": 200, "completion_tokens": 4, "total_tokens": 204}
        chat = {"id": "recital-1", "object": "chat.completion", "created": 0, "model": MODEL, "choices": [message], "usage": usage}
        models = {"object": "list", "data": [{"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}]}
        self.answers = {b"POST": whole(chat), b"GET ": whole(models)}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}/v1"

    def accept(self) -> None:
        while True:
            connection, _ = self.listener.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self.serve, args=[connection], daemon=True).start()

    def serve(self, connection: socket.socket) -> None:
        unread = b""
        while True:
            while b"\r\n\r\n" not in unread:
                if not (more := connection.recv(65536)):
                    return
                unread += more
            head, _, unread = unread.partition(b"\r\n\r\n")
            length = next((int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0)
            while len(unread) < length:
                unread += connection.recv(65536)
            unread = unread[length:]
            connection.sendall(self.answers[head[:4]])


def whole(answer: object) -> bytes:
    body = json.dumps(answer).encode()
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


@dataclasses.dataclass
class Start:
    """One start. Times in seconds, from the process's start where nothing else is said."""

    port: float
    ready: float
    cpu: float
    """Processor time until it was ready."""
    chats: list[float]
    """Of each chat, from its sending to its end."""


class GatewayStarts:
    """Starts gateways as an installation starts its own, but beside it: with a port, a spool and a name of their own."""

    def __init__(self, home: pathlib.Path, folder: pathlib.Path, key: str) -> None:
        process = pathlib.Path("/proc") / (home / "run" / "gateway.pid").read_text().strip()
        self.command = words(process / "cmdline")
        self.environment = dict(word.split("=", 1) for word in words(process / "environ"))
        self.folder = folder
        self.key = key

    def measure(self, kind: str) -> Start:
        command = [word for word in self.command if WITHOUT_CACHE not in kind or not word.startswith("-XX:AOTCache=")]
        port, rpc_port = free_ports(2)
        environment = {
            **self.environment,
            "EXAONE_PORT": str(port),
            "EXAONE_RPC_PORT": str(rpc_port),
            "EXAONE_GATEWAY_ID": "gateway-beside",
            "EXAONE_SPOOL_DIR": str(self.folder / "spool"),
        }
        if WITHOUT_WARM_UP in kind:
            environment["EXAONE_GATEWAY_START_WARM_UP"] = "0s"
        with (self.folder / "gateway.log").open("ab") as log:
            began = time.monotonic()
            process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
            try:
                opened = until(process, began, lambda: answers(port, "/health") is not None)
                ready = until(process, began, lambda: answers(port, "/health") == http.HTTPStatus.OK)
                cpu = cpu_seconds(process.pid)
                return Start(opened, ready, cpu, self.chats(port))
            finally:
                process.send_signal(signal.SIGTERM)
                process.wait(LIMIT_SECONDS)

    def chats(self, port: int) -> list[float]:
        """Chats one after the other, on one connection."""
        body = json.dumps({"model": MODEL, "messages": [{"role": "user", "content": PROMPT}]})
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LIMIT_SECONDS)
        times = []
        for _ in range(CHATS):
            began = time.monotonic()
            connection.request("POST", "/v1/chat/completions", body, headers)
            answer = connection.getresponse()
            text = answer.read()
            times.append(time.monotonic() - began)
            if answer.status != http.HTTPStatus.OK:
                raise SystemExit(f"A chat was answered with {answer.status}: {text!r}")
        connection.close()
        return times


def row(kind: str, starts: list[Start]) -> tuple[str, ...]:
    return (
        kind,
        spread([start.port for start in starts], 1, 2),
        spread([start.ready for start in starts], 1, 2),
        spread([start.cpu for start in starts], 1, 2),
        spread([start.chats[0] for start in starts], 1000, 0),
        spread([statistics.median(start.chats[1:10]) for start in starts], 1000, 1),
        spread([statistics.median(start.chats[10:]) for start in starts], 1000, 2),
        spread([sum(start.chats) for start in starts], 1000, 0),
    )


HEADINGS = (
    "gateway alone",
    "port opens, s",
    "ready, s",
    "processor time until then, s",
    "1st chat, ms",
    "2nd to 10th, ms",
    "11th to 100th, ms",
    "the first 100 together, ms",
)


def spread(values: list[float], factor: int, digits: int) -> str:
    low, middle, high = (f"{value * factor:.{digits}f}" for value in (min(values), statistics.median(values), max(values)))
    return f"{middle} [{low}-{high}]"


def words(file: pathlib.Path) -> list[str]:
    return [word.decode() for word in file.read_bytes().split(b"\0") if word]


def free_ports(count: int) -> list[int]:
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def answers(port: int, path: str) -> int | None:
    """The status of an answer; None where nobody listens."""
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LIMIT_SECONDS)
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return None


def until(process: subprocess.Popen[bytes], began: float, condition: Callable[[], bool]) -> float:
    """Seconds since {@code began} at which a condition holds."""
    while not condition():
        if process.poll() is not None or time.monotonic() - began > LIMIT_SECONDS:
            raise SystemExit("The gateway did not start.")
        time.sleep(0.005)
    return time.monotonic() - began


def cpu_seconds(pid: int) -> float:
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
