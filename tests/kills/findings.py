"""What is on disk after a kill, held against what was on the screen before it."""

import hashlib
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from chatdesk.kernel.chat.message import Message, MessageState
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.message_repository import MessageRepository
from tests.kills.child import IMPORTED_CHATS, IMPORTED_MESSAGES

_WHOLE = (IMPORTED_MESSAGES, IMPORTED_MESSAGES + 2)
PROMISED_SECONDS = 1.0
"""Promise P5: what was visible for so long is on disk."""


@dataclass
class Findings:
    """Of all kills so far. `worst` is the age of the oldest word that was lost, in seconds; older than `promised` none may be."""

    promised: float = PROMISED_SECONDS
    kills: int = 0
    worst: float = 0.0
    faults: list[str] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    """How many things of each kind were on the screen."""

    def line(self) -> str:
        """Say it shortly."""
        return f"worst unsaved age {self.worst:.3f} s, {len(self.faults)} faults"

    def lost(self, what: str, age: float) -> None:
        self.worst = max(self.worst, age)
        if age > self.promised:
            self.faults.append(f"{what} was lost, {age:.3f} s after it was shown")


class Stored:
    """The chats and their documents, read beside the program that has opened them again."""

    def __init__(self, database: Path) -> None:
        self.attachments = database.with_name("attachments")
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
            self.damage = connection.execute("PRAGMA quick_check").fetchone()[0]
            self.dangling = connection.execute("PRAGMA foreign_key_check").fetchall()
            self.chats = ConversationRepository(connection).list()
            messages = MessageRepository(connection)
            self.messages: dict[str, tuple[Message, ...]] = {
                chat.id: messages.of_conversation(chat.id) for chat in self.chats
            }
        self.by_id = {message.id: message for each in self.messages.values() for message in each}
        self.texts = "\0".join(
            [*(message.text for message in self.by_id.values()), *(chat.draft for chat in self.chats)]
        )

    def imported(self) -> dict[str, list[int]]:
        """Return how many messages each chat of an import has, by the name of the import."""
        found: dict[str, list[int]] = {}
        for chat in self.chats:
            if chat.title.startswith("Imported "):
                name = chat.title.removeprefix("Imported ").rpartition("-")[0]
                found.setdefault(name, []).append(len(self.messages[chat.id]))
        return found

    def references(self) -> set[str]:
        """Return the hashes of the files of all documents, and of their texts."""
        documents = (document for message in self.by_id.values() for document in message.documents)
        return {sha256 for each in documents for sha256 in (each.sha256, each.text_sha256)}


def whole_files(attachments: Path) -> set[str]:
    """Return the hashes of the files that are stored and whole, and the names of all others."""
    files = [path for path in attachments.rglob("*") if path.is_file()]
    return {
        path.name if hashlib.sha256(path.read_bytes()).hexdigest() == path.name else f"{path.name} (damaged)"
        for path in files
    }


def compare(findings: Findings, shown: Sequence[dict], killed_at: float, stored: Stored, answer: str) -> None:
    """Add what one kill has cost. `answer` is what every answer says, as far as it came."""
    findings.kills += 1
    for record in shown:
        findings.seen[record["what"]] = findings.seen.get(record["what"], 0) + 1
    if stored.damage != "ok" or stored.dangling:
        findings.faults.append(f"the database is damaged: {stored.damage} {stored.dangling}")
    imported = stored.imported()
    for name, counts in imported.items():
        if len(counts) != IMPORTED_CHATS or len(set(counts)) != 1 or counts[0] not in _WHOLE:
            findings.faults.append(f"of the import {name}, there are chats with so many messages: {counts}")
    latest = {record["grows"]: record["name"] for record in shown if record["what"] == "importing"}
    for grown, name in latest.items():
        if grown in imported and (imported[grown][0] > IMPORTED_MESSAGES) is not (name in imported):
            findings.faults.append(f"only a part of the import {name} is there")
    taken_back = {record["name"] for record in shown if record["what"] == "taken back"}
    perhaps = {record["name"] for record in shown if record["what"] == "taking back"}
    for name in sorted(taken_back & set(imported)):
        findings.faults.append(f"the import {name} was taken back, and is there")
    for message in stored.by_id.values():
        if message.state is MessageState.STREAMING:
            findings.faults.append("an answer is still being written")
    findings.faults += (f"{each} is missing" for each in sorted(stored.references() - whole_files(stored.attachments)))
    for record in shown:
        if record["what"] == "imported" and record["name"] not in {*imported, *perhaps}:
            findings.lost("an import", killed_at - record["at"])
        _compare_one(findings, record, killed_at - record["at"], stored, answer)


def _compare_one(findings: Findings, record: dict, age: float, stored: Stored, answer: str) -> None:
    match record["what"]:
        case "grew":
            message = stored.by_id.get(record["id"])
            length = len(message.text) if message else 0
            if message and message.text.startswith("w") and not answer.startswith(message.text):
                findings.faults.append("an answer says something else")
            if length < record["length"] and not (message and message.text.startswith("<")):
                findings.lost("text of an answer", age)
        case "message" | "waits" | "edited":
            count = stored.texts.count(record["text"])
            if count > 1:
                findings.faults.append(f"{record['text']} is there {count} times")
            if count == 0:
                findings.lost(record["what"], age)
        case "document":
            if record["text_sha256"] not in stored.references():
                findings.lost("a document", age)
        case "typed":
            draft = next((chat.draft for chat in stored.chats if chat.id == record["chat"]), "")
            if record["text"] not in draft:
                findings.lost("typed text", age)
