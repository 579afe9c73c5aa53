"""What an operator is told where a start cannot be: before anything starts, with an exit code that is not 0."""

from __future__ import annotations

import os
import pathlib
import subprocess
import zipfile
from collections.abc import Iterator

import pytest
from support.platform import PATIENCE_SECONDS, ROOT, STARTING_SECONDS, Platform, free_port, run

USERS_CACHES = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
SOFTWARE = pathlib.Path(os.environ.get("EXAONE_CACHE") or USERS_CACHES / "exaone")


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
    assert "ready" in run(platform.home, "status", timeout=PATIENCE_SECONDS).stdout


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


@pytest.fixture
def small_disk(home: pathlib.Path) -> Iterator[pathlib.Path]:
    """The installation's folder on a disk of 64 MiB."""
    if os.geteuid() != 0:
        pytest.skip("only root mounts a disk")
    home.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "small", str(home)], check=True)
    try:
        yield home
    finally:
        # Also where something of a start that was refused still looks at it.
        subprocess.run(["umount", "--lazy", str(home)], check=True)


def test_too_little_disk_is_said_with_what_is_needed(small_disk: pathlib.Path) -> None:
    said = refused(small_disk, "--port", str(free_port()))
    assert f"Too little disk space: 0.1 GiB free at {small_disk}, 3.0 GiB are needed." in said
    assert "name another place in EXAONE_HOME" in said


def test_too_little_memory_is_said_with_what_is_needed(home: pathlib.Path, tmp_path: pathlib.Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root shows a process another machine")
    lines = pathlib.Path("/proc/meminfo").read_text().splitlines()
    meminfo = tmp_path / "meminfo"
    meminfo.write_text("".join("MemAvailable: 524288 kB\n" if "MemAvailable" in line else f"{line}\n" for line in lines))
    script = 'mount --bind "$1" /proc/meminfo && exec "$2" up --port "$3"'
    ended = subprocess.run(
        ["unshare", "--mount", "bash", "-c", script, "-", str(meminfo), str(ROOT / "exaone"), str(free_port())],
        env={**os.environ, "EXAONE_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=STARTING_SECONDS,
        check=False,
    )
    assert ended.returncode == 1, ended.stdout + ended.stderr
    assert "Too little memory: 0.5 GiB of memory available, 1.5 GiB are needed." in ended.stdout + ended.stderr
    assert not list((home / "run").glob("*.pid"))


def test_an_archive_that_was_cut_off_is_named_and_leaves_nothing_behind(
    home: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    archive = tmp_path / "keycloak.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("keycloak/lib/quarkus-run.jar", os.urandom(100_000))
    os.truncate(archive, 50_000)
    cache = tmp_path / "cache"
    cache.mkdir()
    for software in SOFTWARE.iterdir():
        if not software.name.startswith("keycloak-"):
            (cache / software.name).symlink_to(software)
    ended = subprocess.run(
        [str(ROOT / "exaone"), "up"],
        env={**os.environ, "EXAONE_HOME": str(home), "EXAONE_CACHE": str(cache), "EXAONE_KEYCLOAK_ARCHIVE": str(archive)},
        capture_output=True,
        text=True,
        timeout=STARTING_SECONDS,
        check=False,
    )
    assert ended.returncode != 0
    assert f"Keycloak's archive {archive} is damaged. Delete it and build again." in ended.stderr
    assert "\tat " not in ended.stderr
    assert not [left for left in cache.glob("keycloak-*") if left.suffix not in (".lock", ".unfinished")]


def test_without_a_new_enough_jdk_it_is_said_what_is_missing(home: pathlib.Path, tmp_path: pathlib.Path) -> None:
    # Nothing of the machine is found: neither where JDKs usually are nor on the path.
    script = (ROOT / "exaone").read_text().replace("/usr/lib/jvm/*", "/nowhere/*")
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
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert ended.returncode == 1
    assert "A JDK 25 or newer is missing." in ended.stderr and "apt-get install" in ended.stderr
