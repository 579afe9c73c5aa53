"""What an operator is told where a start cannot be: before anything starts, with an exit code that is not 0."""

from __future__ import annotations

import pathlib
import subprocess

import pytest
from support.platform import STARTING_SECONDS, Platform, free_port, run


@pytest.fixture
def home(tmp_path: pathlib.Path) -> pathlib.Path:
    return tmp_path / "home"


def refused(home: pathlib.Path, *flags: str) -> str:
    ended: subprocess.CompletedProcess[str] = run(home, "up", *flags, timeout=STARTING_SECONDS, check=False)
    assert ended.returncode == 1, ended.stdout + ended.stderr
    assert not list((home / "run").glob("database.pid"))
    said = ended.stdout + ended.stderr
    assert "\tat " not in said
    return said


def test_a_second_start_says_that_one_runs(platform: Platform) -> None:
    again = run(platform.home, "up", "--detach", timeout=STARTING_SECONDS)
    assert "The platform runs already" in again.stdout and platform.base_url in again.stdout
    assert "ready" in run(platform.home, "status", timeout=60).stdout


def test_a_port_in_use_is_named(platform: Platform, home: pathlib.Path) -> None:
    port = platform.base_url.rpartition(":")[2]
    for detach in ([], ["--detach"]):
        assert f"Port {port} of 127.0.0.1 is in use" in refused(home, "--port", port, *detach)


def test_files_that_are_none_are_named(home: pathlib.Path, tmp_path: pathlib.Path) -> None:
    port = ("--port", str(free_port()))
    absent = tmp_path / "absent.pem"
    assert f"{absent} cannot be read" in refused(home, *port, "--tls-cert", str(absent), "--tls-key", str(absent))
    empty = tmp_path / "empty.pem"
    empty.write_text("")
    said = refused(home, *port, "--tls-cert", str(empty), "--tls-key", str(empty))
    assert str(empty) in said and "PEM" in said


def test_a_settings_file_that_is_no_yaml_is_named_with_the_place(home: pathlib.Path) -> None:
    home.mkdir()
    (home / "config.yml").write_text("exaone:\n  port: [\n")
    assert "config.yml, line 3, column 1" in refused(home)


def test_without_a_new_enough_jdk_it_is_said_what_is_missing(home: pathlib.Path, tmp_path: pathlib.Path) -> None:
    # Nothing of the machine is found: neither where JDKs usually are nor on the path.
    script = (pathlib.Path(__file__).resolve().parents[2] / "exaone").read_text().replace("/usr/lib/jvm/*", "/nowhere/*")
    (tmp_path / "exaone").write_text(script)
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("bash", "sed", "realpath", "readlink", "dirname", "env"):
        (tools / name).symlink_to(pathlib.Path("/usr/bin") / name)
    ended = subprocess.run(
        ["/usr/bin/bash", str(tmp_path / "exaone"), "up"],
        env={"PATH": str(tools), "HOME": str(tmp_path), "EXAONE_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    assert "A JDK 25 or newer is missing." in ended.stderr and "apt-get install" in ended.stderr
