"""What Chatdesk is called on every system, its version, and where it will be found: the one place for recipes outside the program.

No public address of the project stands here or anywhere else in the recipes: the release pipeline knows its own and hands it on in
CHATDESK_ADDRESS (docs/release.md). What needs one is not made without it.
"""

from __future__ import annotations

import os
import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from chatdesk.kernel.languages import LANGUAGES  # noqa: E402 - of the program, which need not be installed; standard library only

DIST = ROOT / "dist"
BUNDLE = DIST / "chatdesk"

NAME = "Chatdesk"
IDENTIFIER = "io.github.chatdesk.Chatdesk"
"""As the desktop file's metadata and macOS have it."""
PUBLISHER = "The Chatdesk authors"
COPYRIGHT = "Copyright (c) The Chatdesk authors. MIT licence."
SUMMARY = "Chat with local and remote language models"
DESCRIPTION = (
    "Chatdesk talks to a local DeepSeek or any other model through Ollama, to every server that speaks OpenAI's protocol, and to a small "
    "model of its own that needs neither an account nor a network."
)
TAGS = ("ai", "chat", "deepseek", "llm", "ollama", "openai")

TRANSLATIONS = LANGUAGES[1:]
"""The languages other than English."""

ADDRESS_VARIABLE = "CHATDESK_ADDRESS"


def version() -> str:
    """Return the version of the program, which stands in one place."""
    found = re.search(r'__version__ = "([^"]+)"', (ROOT / "chatdesk/__init__.py").read_text(encoding="utf-8"))
    if not found:
        raise ValueError("chatdesk/__init__.py names no version")
    return found[1]


def translated_texts(code: str) -> tuple[str, str]:
    """Return summary and description in a language, from the metadata for Linux."""
    metadata = ET.parse(ROOT / "packaging/linux/chatdesk.metainfo.xml").getroot()  # noqa: S314 - our own file
    texts = [
        " ".join((element.text or "").split())
        for element in (*metadata.findall("summary"), *metadata.findall("description/p"))
        if code in element.attrib.values()
    ]
    summary, description = texts
    return summary, description


def numeric_version(version: str) -> tuple[int, int, int, int]:
    """Return a version as the four numbers that Windows wants; what follows the third number (`rc1`, `.dev0`) counts as nothing."""
    numbers = [int(part) for part in re.findall(r"\d+", re.split(r"(?i)[a-z+-]", version)[0])[:3]]
    major, minor, patch = [*numbers, 0, 0, 0][:3]
    return major, minor, patch, 0


def address(environment: Mapping[str, str] = os.environ) -> str:
    """Return the project's address in the web without a slash at the end; empty where nobody has said one."""
    return environment.get(ADDRESS_VARIABLE, "").rstrip("/")


def download(address: str, version: str, file: str) -> str:
    """Return where a file of a release lies: GitHub's form of it."""
    return f"{address}/releases/download/v{version}/{file}"
