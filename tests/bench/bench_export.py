"""Exported chats: how long a Word file of 200 messages takes, with formulas, tables and code in every answer."""

import time
from datetime import UTC, datetime

from chatdesk.features.conversations.services.files.chat_word import WORD
from chatdesk.features.conversations.services.files.exported_chat import Export, ExportedChat, ExportLabels
from chatdesk.features.conversations.services.files.exported_turns import exported_message, formulas_in
from chatdesk.kernel.chat.message import Message, ModelRef, Role
from tests.bench.figure import Figure
from tests.unit.rendering.answers import answer
from tests.unit.rendering.rich_answers import RICH

IDS = ("export",)

_TURNS = 100
_ANSWER = 5_000
"""Characters of each answer: a page and a half."""


def measure() -> list[Figure]:
    """Return the figures of exported chats."""
    export = _chat()
    begun, worked = time.perf_counter(), time.process_time()
    formulas = [key for key in formulas_in(export.chats[0].turns) if WORD.draws(key)]
    content = WORD.write(export)
    taken, work = time.perf_counter() - begun, time.process_time() - worked
    beside = {
        "with the load of other programs": taken,
        "MB": len(content) / 1_000_000,
        "formulas to draw": len(formulas),
    }
    return [Figure("export.word_200", work, "s of CPU", at_most=5, beside=beside)]


def _chat() -> Export:
    now = datetime.now(UTC)
    model = ModelRef("server", "llama")
    rich = list(RICH.values())
    messages = []
    for number in range(_TURNS):
        text = f"{answer(_ANSWER, seed=number)}\n\n{rich[number % len(rich)]}"
        messages.append(Message.new("chat", None, Role.USER, now, f"Question {number}?\n\n- one\n- two"))
        messages.append(Message.new("chat", None, Role.ASSISTANT, now, text, model))
    turns = [exported_message(each, ExportLabels()) for each in messages]
    return Export("A long chat", [ExportedChat("A long chat", turns)], now)
