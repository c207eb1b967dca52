"""Cards for runnable code: found in complete answers, numbered as versions, and marked while shown.

The transcript paints a card, and `preview_presenter.py` opens it. The modules that analyze code are loaded with the first answer that
may contain some.
"""

import asyncio
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from chatdesk.features.chat.ui.transcript.artifact_cards import ArtifactCard, CardSource
from chatdesk.features.chat.ui.transcript.transcript_view import TranscriptView
from chatdesk.features.previews.ui.kind_names import KIND_NAMES, VISUAL_KINDS, VISUAL_LANGUAGES
from chatdesk.kernel.chat.message import Message, MessageState
from chatdesk.rendering.markdown.blocks import Block, Code
from chatdesk.rendering.markdown.open_blocks.fence_info import fence_language
from chatdesk.ui_kit.tasks import Tasks

if TYPE_CHECKING:
    from chatdesk.features.previews.ui.runnable_code import Runnable
    from chatdesk.features.previews.ui.runnable_finder import RunnableFinder

_CARD_LANGUAGES = VISUAL_LANGUAGES | {"", "xml", "js", "javascript", "mjs", "react"}
_MAX_ANALYZED_IMMEDIATELY = 16_000
"""Maximum characters of code in an answer that are analyzed during layout, at most 8 ms. Longer code is analyzed on a thread."""
_MAX_CARDS = 4
"""Maximum number of cards per answer: the last ones, usually the result. The other pages have the buttons of their code blocks."""
_FINDER_MODULE = "chatdesk.features.previews.ui.runnable_finder"


class ArtifactCards(CardSource):
    """Card source of one transcript. `finder` returns the finder of runnable code; it is called only after `_FINDER_MODULE` is loaded."""

    def __init__(self, transcript: TranscriptView, finder: Callable[[], "RunnableFinder"], tasks: Tasks) -> None:
        super().__init__(transcript)
        self._transcript = transcript
        self._finder = finder
        self._tasks = tasks
        self._loaded = self._loading = False
        self._found: dict[str, tuple[Message, tuple[Runnable, ...]]] = {}
        """The runnable code of the analyzed answers, by message ID."""
        self._numbers: dict[str, tuple[int, int]] = {}
        self._shown = ""
        self._closed = False
        self._generation = 0
        transcript.chat_changed.connect(self._chat_changed)

    def cards_of(self, message: Message, blocks: Sequence[Block]) -> Sequence[ArtifactCard]:
        """See `CardSource`. The first code of the program run and long code are analyzed shortly afterwards."""
        if (found := self._known_runnables(message)) is None:
            codes = [block for block in blocks if isinstance(block, Code)]
            if not any(fence_language(code.info) in _CARD_LANGUAGES for code in codes):
                return ()
            if not self._loaded:
                self.prepare()
                return ()
            if sum(len(code.text) for code in codes) > _MAX_ANALYZED_IMMEDIATELY:
                self._count_soon()
                return ()
            found = self._analyze(message, blocks)
        visual = [
            runnable for runnable in found if runnable.artifact.kind in VISUAL_KINDS and runnable.artifact.complete
        ][-_MAX_CARDS:]
        if any(runnable.key not in self._numbers for runnable in visual):
            self._count_soon()
        return [self._card(runnable) for runnable in visual]

    def prepare(self) -> None:
        """Load the modules that analyze code, because code was found or is expected."""
        if not (self._loading or self._closed):
            self._loading = True
            self._tasks.start(self._load(), "load what knows code")

    def show(self, shown: "Runnable | None") -> None:
        """Mark what the panel shows. It may be a new version created by the user, so the versions are counted again."""
        self._shown = shown.key if shown else ""
        if shown:
            self._count_soon()
        self.changed.emit()

    def close(self) -> None:
        """Stop the analysis because the program is closing."""
        self._closed = True
        self._generation += 1

    async def _load(self) -> None:
        await asyncio.to_thread(import_module, _FINDER_MODULE)
        self._loaded = True
        if not self._closed:
            self.changed.emit()

    def _analyze(self, message: Message, blocks: Sequence[Block]) -> "tuple[Runnable, ...]":
        from chatdesk.features.previews.ui.runnable_code import runnable_in  # noqa: PLC0415 - loaded on a thread by now

        found = runnable_in(message, blocks)
        self._found[message.id] = message, found
        return found

    def _card(self, runnable: "Runnable") -> ArtifactCard:
        artifact = runnable.artifact
        kind = KIND_NAMES[artifact.kind]
        lines = sum(len(file.text.splitlines()) for file in artifact.files)
        number, count = self._numbers.get(runnable.key, (1, 1))
        return ArtifactCard(
            artifact.identity, artifact.title or kind, kind, lines, number, count, shown=runnable.key == self._shown
        )

    def _known_runnables(self, message: Message) -> "tuple[Runnable, ...] | None":
        known = self._found.get(message.id)
        return known[1] if known and (known[0] is message or known[0].parts == message.parts) else None

    def _chat_changed(self) -> None:
        """Forget other chats, and count again because answers of this chat may have been removed or restored."""
        messages = self._transcript.document.messages
        ids = {message.id for message in messages}
        self._found = {id_: known for id_, known in self._found.items() if id_ in ids}
        if self._found:
            self._count_soon()

    def _count_soon(self) -> None:
        if not self._closed:
            self._generation += 1
            self._tasks.start(self._count(self._generation), "number what can run")

    async def _count(self, generation: int) -> None:
        """Analyze the chat and number its versions. Of several pending calls, only the last one does so."""
        await asyncio.sleep(0)  # paint the current answers first
        messages = self._transcript.document.messages
        if generation != self._generation or not messages:
            return
        from chatdesk.features.previews.ui.runnable_code import numbers_of  # noqa: PLC0415 - loaded on a thread by now

        runnables = await self._finder().runnables(messages[0].conversation_id)
        numbers = await asyncio.to_thread(numbers_of, runnables)
        if generation != self._generation:
            return
        by_message: dict[str, list[Runnable]] = {}
        for runnable in runnables:
            if not runnable.number:
                by_message.setdefault(runnable.message_id, []).append(runnable)
        found = {
            message.id: (message, tuple(by_message[message.id]))
            for message in self._transcript.document.messages
            if message.id in by_message and message.state is not MessageState.STREAMING
        }
        is_changed = found.keys() - self._found.keys() or any(self._numbers.get(key) != numbers[key] for key in numbers)
        self._found |= found
        self._numbers |= numbers
        if is_changed:
            self.changed.emit()
