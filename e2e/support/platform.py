"""The platform as its operator sees it: the script `exaone`, its home folder and its processes."""

from __future__ import annotations

import contextlib
import os
import pathlib
import random
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator

import psutil
import requests

ROOT = pathlib.Path(__file__).resolve().parents[2]
STARTING_SECONDS = 540
RECOVERY_SECONDS = 240
PATIENCE_SECONDS = 180
"""For what must happen and is not promised to be fast: the machine may be slow, and busy with others. Whoever waits in vain fails anyway."""
CLIENTS_PORTS = pathlib.Path("/proc/sys/net/ipv4/ip_local_port_range")
LOWEST_PORT = 12_000


class Platform:
    """A platform that this test run started, or one that already ran."""

    def __init__(self, home: pathlib.Path, certificate: pathlib.Path | None = None) -> None:
        """`certificate` is the one to trust, where the platform speaks TLS by a certificate of its own."""
        self.home = home
        self.verify: str | bool = str(certificate) if certificate else True
        self.credentials = read_values(home / "credentials.env")
        self.base_url = self.credentials["EXAONE_BASE_URL"]
        self.key = self.credentials["EXAONE_API_KEY"]
        self.options: tuple[str, ...] = ()

    @classmethod
    def running(cls, home: pathlib.Path) -> Platform:
        return cls(home)

    @classmethod
    def start(cls, home: pathlib.Path, *options: str, certificate: pathlib.Path | None = None) -> Platform:
        options = ("--port", str(free_port()), *options)
        run(home, "up", "--detach", *options, timeout=STARTING_SECONDS)
        platform = cls(home, certificate)
        platform.options = options
        return platform

    def up_again(self) -> None:
        """As it was started first."""
        run(self.home, "up", "--detach", *self.options, timeout=STARTING_SECONDS)

    def down(self) -> None:
        run(self.home, "down", timeout=PATIENCE_SECONDS)

    def cli(self, *arguments: str, stdin: str | None = None, check: bool = True) -> subprocess.CompletedProcess[str]:
        return run(self.home, *arguments, timeout=STARTING_SECONDS, stdin=stdin, check=check)

    def pid(self, part: str) -> int:
        return int((self.home / "run" / f"{part}.pid").read_text().strip())

    def processes(self) -> list[int]:
        return [self.pid(part) for part in self.parts()]

    def parts(self) -> list[str]:
        return sorted(path.stem for path in (self.home / "run").glob("*.pid"))

    def kill(self, part: str) -> int:
        """Ends a part without warning; returns the id that it had."""
        pid = self.pid(part)
        os.kill(pid, signal.SIGKILL)
        return pid

    def restarted(self, part: str, old: int) -> bool:
        """Whether a part has another process than it had."""
        try:
            return self.pid(part) != old
        except (FileNotFoundError, ValueError):
            return False

    def healthy(self) -> bool:
        return self.healthy_at(self.base_url, self.verify)

    @staticmethod
    def healthy_at(base_url: str, verify: str | bool) -> bool:
        try:
            return requests.get(f"{base_url}/health", timeout=5, verify=verify).status_code == 200
        except requests.RequestException:
            return False

    def await_healthy(self) -> None:
        wait_until(self.healthy, RECOVERY_SECONDS, "the platform answers its health check")


def wait_until(condition: Callable[[], bool], seconds: float, what: str) -> None:
    """Waits for a condition; fails with what was waited for.

    A condition that cannot be looked at is not there yet: what it asks may be away just now. Why is told where that stays so.
    """
    deadline = time.monotonic() + seconds
    while True:
        failure: Exception | None = None
        try:
            if condition():
                return
        except (AssertionError, KeyError, ValueError, OSError) as unanswered:
            failure = unanswered
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds:.0f} s: {what}") from failure
        time.sleep(0.1)


def run(
    home: pathlib.Path, *arguments: str, timeout: float, stdin: str | None = None, check: bool = True
) -> subprocess.CompletedProcess[str]:
    """Runs the script with a home folder; fails with everything that it printed."""
    environment = {**os.environ, "EXAONE_HOME": str(home)}
    result = subprocess.run(
        [str(ROOT / "exaone"), *arguments],
        cwd=ROOT,
        env=environment,
        input=stdin if stdin is not None else "",
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    if check and result.returncode != 0:
        raise AssertionError(
            f"exaone {' '.join(arguments)} ended with {result.returncode}\n{result.stdout}\n{result.stderr}"
        )
    return result


def runs(process: int) -> bool:
    """Whether a process runs. One that has ended, and whose parent has not taken note yet, does not."""
    try:
        return psutil.Process(process).status() not in (psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD)
    except psutil.NoSuchProcess:
        return False


@contextlib.contextmanager
def started(home: pathlib.Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """The script in the foreground, in a group of processes of its own as a terminal gives it; ended at the end."""
    with open(home / "foreground.log", "wb") as log:
        process = subprocess.Popen(
            [str(ROOT / "exaone"), *arguments],
            cwd=ROOT,
            env={**os.environ, "EXAONE_HOME": str(home)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            # A terminal's programs hear Ctrl-C; what a script runs in its background, such as this test run, may not.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(timeout=PATIENCE_SECONDS)


def read_values(path: pathlib.Path) -> dict[str, str]:
    values = {}
    for line in path.read_text().splitlines():
        name, separator, value = line.removeprefix("export ").partition("=")
        if separator and not name.startswith("#"):
            values[name.strip()] = value.strip().strip("'\"")
    return values


def free_port() -> int:
    """A port where nobody listens, and that no connection of a client is given: it is still free when a server binds it, minutes later."""
    end = int(CLIENTS_PORTS.read_text().split()[0]) if CLIENTS_PORTS.exists() else 32_768
    while True:
        port = random.SystemRandom().randrange(min(LOWEST_PORT, end - 1_000), end)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
