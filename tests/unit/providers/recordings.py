"""Conversations with real servers, recorded with curl (tests/data/wire): what was answered, byte for byte."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from tests.paths import DATA

FOLDER = DATA / "wire"
_STATUS = re.compile(r"^[\d:.]+ < HTTP/1\.1 (\d+)", re.MULTILINE)
_HEADER = re.compile(r"^[\d:.]+ < ([\w-]+): (.*)$", re.MULTILINE)
_KEPT_HEADERS = {"content-type", "retry-after"}


@dataclass(frozen=True)
class Recording:
    """`path` is what had been asked for."""

    server: str
    name: str
    path: str
    status: int
    headers: dict[str, str]
    body: bytes

    def __str__(self) -> str:
        return f"{self.server}/{self.name}"


def recording(server: str, number: str) -> Recording:
    """Return the recording of `server` ("ollama", "llama.cpp") whose name begins with `number`."""
    (folder,) = FOLDER.glob(f"{server}-*")
    (log,) = folder.glob(f"{number}-*.txt")
    return _read(server, log)


def recorded_head(server: str, number: str) -> bytes:
    """Return the head of a recorded reply as it came, with its empty line."""
    (folder,) = FOLDER.glob(f"{server}-*")
    (log,) = folder.glob(f"{number}-*.txt")
    lines = re.findall(r"^[\d:.]+ < ?(.*)$", log.read_text("utf-8"), re.MULTILINE)
    return "".join(f"{line}\r\n" for line in lines).encode("latin-1")


def chat_recordings(server: str, path: str) -> list[Recording]:
    """Return every recording of a request to `path`."""
    (folder,) = FOLDER.glob(f"{server}-*")
    return [
        found for log in sorted(folder.glob("*.txt")) if (found := _read(server, log)).path == path and found.status
    ]


def said_by(body: bytes) -> tuple[str, str]:
    """Return reasoning and text, read off a recorded stream in the plainest way. A line cut short says nothing."""
    reasoning, text = [], []
    for line in body.decode("utf-8", "replace").split("\n"):
        payload = line.removeprefix("data: ").strip()
        if not (payload.startswith("{") and payload.endswith("}")):
            continue
        try:
            value = json.loads(payload)
        except ValueError:
            continue
        for choice in value.get("choices") or [value]:
            message = choice.get("delta") or choice.get("message") or {}
            reasoning.append(
                message.get("thinking") or message.get("reasoning_content") or message.get("reasoning") or ""
            )
            text.append(message.get("content") or "")
    return "".join(reasoning), "".join(text)


def _read(server: str, log: Path) -> Recording:
    text = log.read_text("utf-8")
    path = re.search(r"command: curl .*?http://[\d.:]+(/\S*)", text)
    status = _STATUS.search(text)
    headers = {name.lower(): value.strip() for name, value in _HEADER.findall(text)}
    return Recording(
        server,
        log.stem,
        path[1] if path else "",
        int(status[1]) if status else 0,
        {name: value for name, value in headers.items() if name in _KEPT_HEADERS},
        log.with_suffix(".body").read_bytes(),
    )
