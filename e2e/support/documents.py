"""The documents' commands, pasted as a reader pastes them."""

from __future__ import annotations

import os
import pathlib
import re
import subprocess
import textwrap

from support.platform import ROOT, Platform

PATIENCE_SECONDS = 600
# Within a list, a block is indented as its item is.
FENCE = re.compile(r"^(?P<indent> *)```(?P<language>\w+)\n(?P<text>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL)


def blocks(document: str, heading: str | None = None, language: str = "sh") -> list[str]:
    """The fenced blocks of a document, or of what stands below one heading of it."""
    text = (ROOT / document).read_text()
    if heading is not None:
        found = re.search(rf"^(#+) {re.escape(heading)}\n(.*?)(?=^\1 |\Z)", text, re.MULTILINE | re.DOTALL)
        assert found, f"{document} has no heading '{heading}'"
        text = found.group(2)
    return [textwrap.dedent(block["text"]) for block in FENCE.finditer(text) if block["language"] == language]


class Reader:
    """Somebody in the checkout's folder whose installation is the one under test, with nothing else set."""

    def __init__(self, platform: Platform, folder: pathlib.Path) -> None:
        self.folder = folder / "checkout"
        self.folder.mkdir()
        for name, target in (("exaone", ROOT / "exaone"), ("examples", ROOT / "examples"), (".exaone", platform.home)):
            (self.folder / name).symlink_to(target)
        kept = {name: value for name, value in os.environ.items() if not name.startswith("EXAONE_")}
        self.environment = {
            **kept,
            "EXAONE_HOME": str(platform.home),
            "XDG_CONFIG_HOME": str(folder / "config"),
        }
        if "EXAONE_CACHE" in os.environ:
            self.environment["EXAONE_CACHE"] = os.environ["EXAONE_CACHE"]

    def begin(self, *pasted: str) -> subprocess.Popen[str]:
        """Pastes one block after another into one shell; a command that fails ends it."""
        return subprocess.Popen(
            ["bash", "-euo", "pipefail", "-c", "\n".join(pasted)],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def paste(self, *pasted: str) -> str:
        """The same to its end; returns what was printed."""
        shell = self.begin(*pasted)
        printed, _ = shell.communicate(timeout=PATIENCE_SECONDS)
        assert shell.returncode == 0, f"ended with {shell.returncode}:\n{''.join(pasted)}\n{printed}"
        return printed
