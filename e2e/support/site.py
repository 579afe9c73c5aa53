"""What the fault suite has to do with: a platform in processes, two scripted engines before it, tenants of its own, and a second gateway."""

from __future__ import annotations

import pathlib
import signal
import socket
import subprocess
import sys
import time
import uuid
from dataclasses import replace

import psutil
from support.browserless import Session, sign_in
from support.callers import records_of, total_of
from support.history import Fault, Made, Price, check, engines_log, summed
from support.load import play
from support.platform import PATIENCE_SECONDS, Platform, free_port, wait_until
from support.scripted_engine import MODEL, Script
from support.wire import Door, Told

SUPPORT = pathlib.Path(__file__).parent
ONE = f"{MODEL}-one"
"""The model that only the first engine has."""
IMPATIENT = f"{MODEL}-impatient"
"""The model whose timeouts are two seconds."""
PRICE = Price(input_micros=7, output_micros=1_100)


class ScriptedEngine:
    """An engine in a process of its own, at a port of its own for good."""

    def __init__(self, folder: pathlib.Path, name: str, *options: str) -> None:
        self.name, self.port, self.options = name, free_port(), options
        self.log = folder / f"{name}.log"
        self.log.touch()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "support.scripted_engine"]
        options = ["--port", str(self.port), "--log", str(self.log), "--name", self.name, *self.options]
        self._process = subprocess.Popen([*command, *options], cwd=SUPPORT.parent, stdin=subprocess.DEVNULL)
        wait_until(lambda: accepts(self.port), PATIENCE_SECONDS, f"{self.name} answers")

    def kill(self) -> None:
        """Ends it, if it was started."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid


def deploy(admin: Session, model: str, urls: list[str]) -> None:
    """Offers a model that engines have which run already, at the price of all scripted ones."""
    withdraw(admin, model)
    admin.post("/models", {"name": model, "capabilities": ["MODEL_CAPABILITY_CHAT"]})
    wanted = {"model": model, "engineProfile": "openai-compatible", "external": {"urls": urls, "engineModel": MODEL}}
    admin.post("/deployments", wanted)
    admin.post("/prices", {"model": model, "inputMicros": PRICE.input_micros, "outputMicros": PRICE.output_micros})


def withdraw(admin: Session, model: str) -> None:
    """Takes a model away again, or what a run before this one left of it."""
    for one in admin.get("/deployments", pageSize=200).get("deployments", []):
        if one["model"] == model:
            path = f"/deployments/{one['deploymentId']}"
            admin.post(f"{path}:stop")
            wait_until(lambda path=path: admin.request("DELETE", path).ok, PATIENCE_SECONDS, f"{model} is withdrawn")
    for one in admin.get("/models", pageSize=200)["models"]:
        if one["name"] == model:
            admin.delete(f"/models/{one['modelId']}")


def await_ready(admin: Session, model: str) -> None:
    def is_ready() -> bool:
        listed = admin.get("/deployments", pageSize=200)["deployments"]
        return any(one["model"] == model and one["observedState"] == "OBSERVED_STATE_READY" for one in listed)

    wait_until(is_ready, PATIENCE_SECONDS, f"{model} answers")


class HeldModel:
    """A model that writes and writes until it is released: what is to be seen or done while it writes comes neither too late nor too soon."""

    name = f"{MODEL}-held"

    def __init__(self, admin: Session, folder: pathlib.Path) -> None:
        self.admin = admin
        self._released = folder / "released"
        self._engine = ScriptedEngine(folder, "engine-held", "--until", str(self._released))
        try:
            self._engine.start()
            deploy(admin, self.name, [self._engine.url])
            await_ready(admin, self.name)
        except BaseException:
            self._engine.kill()
            raise

    def hold(self) -> None:
        self._released.unlink(missing_ok=True)

    def release(self) -> None:
        self._released.touch()

    def close(self) -> None:
        self.release()
        try:
            withdraw(self.admin, self.name)
        finally:
            self._engine.kill()


class Site:
    """A platform and what is before it."""

    def __init__(self, platform: Platform, folder: pathlib.Path) -> None:
        self.platform, self.folder = platform, folder
        credentials = platform.credentials
        self.admin = sign_in(
            platform.base_url, credentials["EXAONE_ADMIN_USER"], credentials["EXAONE_ADMIN_PASSWORD"], platform.verify
        )
        self.engines = [ScriptedEngine(folder, "engine-a"), ScriptedEngine(folder, "engine-b")]
        try:
            self._set_up()
        except BaseException:
            self.close()
            raise

    def _set_up(self) -> None:
        for engine in self.engines:
            engine.start()
        both = [engine.url for engine in self.engines]
        for model, urls in ((MODEL, both), (ONE, both[:1]), (IMPATIENT, both[:1])):
            deploy(self.admin, model, urls)
            await_ready(self.admin, model)
        first = Tenant(self)
        self.door = first.door
        # The gateway knows models and their prices a moment after it was told.
        wait_until(lambda: first.is_charged(ONE) and first.is_charged(IMPATIENT), PATIENCE_SECONDS, "models and prices are known")

    def manages(self) -> bool:
        """Whether admins are served, by identity, serving and quota: calls are answered for a while without any of them."""
        return all(self.admin.request("GET", path).ok for path in ("/tenants", "/deployments", "/prices"))

    def made(self) -> dict[str, Made]:
        return engines_log(*(engine.log for engine in self.engines))

    def resident(self, part: str) -> int:
        """Bytes of a part that are in memory."""
        return psutil.Process(self.platform.pid(part)).memory_info().rss

    def close(self) -> None:
        for engine in self.engines:
            engine.kill()


class Tenant:
    """A tenant of its own, so that all that is on its books is what its calls came to."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.admin: Session = site.admin
        tenant = self.admin.post("/tenants", {"name": f"f{uuid.uuid4().hex[:12]}"})["tenant"]
        self.path = f"/tenants/{tenant['tenantId']}"
        project = self.admin.post(f"{self.path}/projects", {"name": "calls"})["project"]
        self.keys = f"{self.path}/projects/{project['projectId']}/api-keys"
        certificate = site.platform.verify
        self.door = Door(site.platform.base_url, "", certificate if isinstance(certificate, str) else None)
        self.door = replace(self.door, key=self.key()["secret"])

    def key(self) -> dict:
        """A new key: `apiKey` and `secret`."""
        return self.admin.post(self.keys, {"displayName": "faults"})

    def is_charged(self, model: str) -> bool:
        """Makes a call; whether it, or one before it, is on the books with an amount."""
        play(replace(self.door, model=model).ask(Script(call="charged"), streamed=False))
        return any(int(one["amountMicros"]) > 0 for one in self.records() if one["model"] == model)

    def records(self) -> list[dict]:
        return records_of(self.admin, self.path)

    def faults(self, told: list[Told], seconds: float = PATIENCE_SECONDS) -> list[Fault]:
        """What is wrong once the books are at rest: what was running is recorded and drained within `seconds`."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                records, total = self.records(), total_of(self.admin, self.path)
            except (AssertionError, OSError):
                # What was killed is not quite back.
                if time.monotonic() > deadline:
                    raise
            else:
                found = check(told, self.site.made(), records, PRICE, total)
                if not found or time.monotonic() > deadline:
                    return found
            time.sleep(1)

    def summed(self) -> dict[str, int]:
        return summed(self.records())


class SecondGateway:
    """Another gateway of the same platform, started as its supervisor starts the first one: with a spool, a name and ports of its own."""

    def __init__(self, site: Site) -> None:
        first = psutil.Process(site.platform.pid("gateway"))
        self.port = free_port()
        self.base_url = site.platform.base_url.rsplit(":", 1)[0] + f":{self.port}"
        self.platform = site.platform
        spool = site.folder / "spool-of-gateway-2"
        spool.mkdir(exist_ok=True)
        self._command, self._folder = first.cmdline(), first.cwd()
        self._environment = {
            **first.environ(),
            "EXAONE_GATEWAY_ID": "gateway-2",
            "EXAONE_PORT": str(self.port),
            "EXAONE_RPC_PORT": str(free_port()),
            "EXAONE_SPOOL_DIR": str(spool),
        }
        self.log = site.folder / "gateway-2.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, cwd=self._folder, env=self._environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        wait_until(lambda: Platform.healthy_at(self.base_url, self.platform.verify), PATIENCE_SECONDS, "the second gateway is ready")

    def end(self) -> None:
        """Asks it to end, and waits until it has."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(timeout=PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()
                raise

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait()


def accepts(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
