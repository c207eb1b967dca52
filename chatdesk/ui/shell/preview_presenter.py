"""Opens what can run in the panel beside the chat: looks for it in the answers, has its page made, and shows its versions.

What is done with the page then (saving, the browser, pictures) is `preview_deeds.py`; which code can run is `runnable_code.py`.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import QDateTime, QLocale, QObject, QTimer, Signal

from chatdesk.artifacts.artifact import ArtifactKind
from chatdesk.artifacts.fix import CodeError, FixWords, fix_question, relevant_part
from chatdesk.artifacts.page import Page, SourceLine
from chatdesk.domain.message import Message, MessageState
from chatdesk.domain.settings import FIX_AT_ONCE, OPEN_PREVIEWS, PREVIEW_WIDTH
from chatdesk.services.program import Program
from chatdesk.ui.preview_panel.exhibit import CodeFile, Exhibit
from chatdesk.ui.preview_panel.panel_header import View
from chatdesk.ui.preview_panel.preview_panel import PreviewPanel
from chatdesk.ui.preview_panel.stage import ConsoleLine, Severity, Stages
from chatdesk.ui.shell.chat_page import ChatPage
from chatdesk.ui.shell.drafts import joined
from chatdesk.ui.shell.page_maker import PageMaker
from chatdesk.ui.shell.preview_frame import PreviewFrame
from chatdesk.ui.shell.runnable_code import Runnable, runnable_in, runnable_of, versions_of
from chatdesk.ui.tasks import Tasks
from chatdesk.ui.theme.appearance import Appearance
from chatdesk.ui.transcript.messages.message_item import TEXT

_KINDS = {
    ArtifactKind.HTML: "HTML",
    ArtifactKind.SVG: "SVG",
    ArtifactKind.MARKDOWN: "Markdown",
    ArtifactKind.MERMAID: "Mermaid",
    ArtifactKind.GRAPHVIZ: "Graphviz",
    ArtifactKind.JSON: "JSON",
    ArtifactKind.CSV: "CSV",
    ArtifactKind.JAVASCRIPT: "JavaScript",
    ArtifactKind.REACT: "React",
}
_OPENS_BY_ITSELF = frozenset({ArtifactKind.HTML, ArtifactKind.SVG, ArtifactKind.REACT, ArtifactKind.MERMAID})
_FOLLOW_MILLISECONDS = 150
"""How often code that is being written is shown anew: not for each token."""


class PreviewPresenter(QObject):
    """The panel is made when something is opened first. `shown_changed`: something else is shown, or nothing (None)."""

    shown_changed = Signal(object)
    panel_made = Signal(PreviewPanel)

    def __init__(
        self,
        appearance: Appearance,
        frame: PreviewFrame,
        page: ChatPage,
        program: Program,
        tasks: Tasks,
        stages: Stages,
        pages: PageMaker,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._frame = frame
        self._chat = page
        self._transcript = page.transcript
        self._program = program
        self._tasks = tasks
        self._stages = stages
        self._pages = pages
        self._panel: PreviewPanel | None = None
        self._found: dict[str, tuple[Message, tuple[Runnable, ...]]] = {}
        """What can run in the answers that are complete, by their ids."""
        self._changed: list[Runnable] = []
        """What a person made of it."""
        self._versions: tuple[Runnable, ...] = ()
        self._shown: Runnable | None = None
        self._page: Page | None = None
        self._turn = 0
        self._streaming: set[str] = set()
        self._following = QTimer(self, singleShot=True, interval=_FOLLOW_MILLISECONDS)
        self._following.timeout.connect(self._follow)
        frame.width_changed.connect(lambda width: program.settings.set(PREVIEW_WIDTH, width))
        transcript = self._transcript
        transcript.message_changed.connect(self.message_changed)
        transcript.chat_changed.connect(self._chat_changed)

    @property
    def panel(self) -> PreviewPanel | None:
        """The panel, if there is one yet."""
        return self._panel

    @property
    def shown(self) -> Runnable | None:
        """What is shown."""
        return self._shown if self._frame.is_open else None

    @property
    def page(self) -> Page | None:
        """The page of what is shown, once it is made."""
        return self._page

    def close(self) -> None:
        """Close the panel; the page ends."""
        if self._panel and self._frame.is_open:
            self._turn += 1
            self._panel.stage_area.close_page()
            self._frame.close_preview()
            self._chat.composer.focus()
            self.shown_changed.emit(None)

    def reload(self) -> None:
        """Run the page from its beginning."""
        if self._panel and self._frame.is_open:
            self._panel.reload()

    # Opening.

    def open_block(self, message_id: str, part: int, block: int) -> None:
        """Show what a code block of an answer makes."""
        if part == TEXT:
            self._tasks.start(self._open(message_id, block), "open preview")

    async def _open(self, message_id: str, block: int) -> None:
        everything = await self._collect()
        wanted = next((r for r in everything if r.message_id == message_id and block in r.artifact.fences), None)
        if wanted is not None:
            await self._show(wanted, everything, keep_view=False)

    async def _collect(self) -> tuple[Runnable, ...]:
        """Return what can run in the chat, and what a person made of it, in the order of the chat."""
        document = self._transcript.document
        messages = tuple(document.messages)
        unknown = [
            message for message in messages if message.state is not MessageState.STREAMING and not self._knows(message)
        ]
        for message, found in await asyncio.to_thread(lambda: [(m, runnable_of([m])) for m in unknown]):
            self._found[message.id] = message, found
        everything: list[Runnable] = []
        for message in messages:
            if message.state is MessageState.STREAMING:
                everything += self._growing(message)
            elif message.id in self._found:
                everything += self._found[message.id][1]
        ids = {message.id for message in messages}
        everything += (changed for changed in self._changed if changed.message_id in ids)
        return tuple(everything)

    def _knows(self, message: Message) -> bool:
        known = self._found.get(message.id)
        return known is not None and known[0].parts == message.parts

    def _growing(self, message: Message) -> tuple[Runnable, ...]:
        """Return what an answer that is being written has so far."""
        index = self._transcript.document.index(message.id)
        item = self._transcript.document.known(index) if index is not None else None
        return runnable_in(message, item.blocks(TEXT)) if item else ()

    async def _show(self, wanted: Runnable, everything: Sequence[Runnable], *, keep_view: bool) -> None:
        """Show one, in the views that are open already if `keep_view`."""
        self._turn += 1
        turn = self._turn
        panel = self._panel or self._make_panel()
        self._versions = versions_of(everything, wanted)
        self._shown, self._page = wanted, None
        self._show_code()
        self._frame.open()
        self.shown_changed.emit(wanted)
        if not wanted.artifact.complete:
            panel.stage_area.wait()
            panel.show_view(View.CODE)
            return
        if not keep_view:
            panel.show_view(View.PREVIEW)
        page = await self._pages.make(wanted.artifact)
        if turn == self._turn:
            self._page = page
            panel.stage_area.run(page.content)

    def _make_panel(self) -> PreviewPanel:
        panel = self._panel = PreviewPanel(self._appearance, self._stages, self._place_of, self._frame)
        self._frame.set_preview(panel, self._program.settings.get(PREVIEW_WIDTH))
        panel.version_chosen.connect(self._show_version)
        panel.code_run.connect(self._run_changed)
        panel.fix_wanted.connect(self._ask_for_fix)
        panel.line_chosen.connect(self._go_to_line)
        panel.left.connect(self._chat.composer.focus)
        self.panel_made.emit(panel)
        return panel

    def _show_code(self) -> None:
        if self._panel and self._shown:
            keys = [version.key for version in self._versions]
            names = [self._version_name(index, version) for index, version in enumerate(self._versions)]
            self._panel.show_exhibit(self._exhibit(self._shown), names, keys.index(self._shown.key))

    def _exhibit(self, runnable: Runnable) -> Exhibit:
        artifact = runnable.artifact
        files = tuple(CodeFile(file.name, file.text, file.name.rpartition(".")[2]) for file in artifact.files)
        kind = _KINDS[artifact.kind]
        made, complete = runnable.made_at, artifact.complete
        return Exhibit(runnable.key, artifact.title or kind, kind, files, complete, made, edited=bool(runnable.number))

    def _version_name(self, index: int, version: Runnable) -> str:
        time = QLocale().toString(
            QDateTime.fromSecsSinceEpoch(int(version.made_at.timestamp())).time(), QLocale.FormatType.ShortFormat
        )
        name = self.tr("Version %1, %2").replace("%1", str(index + 1)).replace("%2", time)
        return self.tr("%1, changed by you").replace("%1", name) if version.number else name

    # What is done in the panel.

    def _show_version(self, index: int) -> None:
        if 0 <= index < len(self._versions):
            everything, wanted = self._versions, self._versions[index]
            self._tasks.start(self._show(wanted, everything, keep_view=True), "show version")

    def _run_changed(self, files: tuple[CodeFile, ...]) -> None:
        if self._shown is None:
            return
        if [file.text for file in files] == [file.text for file in self._shown.artifact.files]:
            self.reload()
            return
        changed = self._shown.changed(files, len(self._changed) + 1, datetime.now(UTC))
        self._changed.append(changed)
        everything = (*self._versions, changed)
        if self._panel and self._panel.view is View.CODE:
            self._panel.show_view(View.PREVIEW)
        self._tasks.start(self._show(changed, everything, keep_view=True), "run changed code")

    def _source_of(self, line: ConsoleLine) -> SourceLine | None:
        return self._page.source_of(line.line, line.script) if self._page and line.line else None

    def _place_of(self, line: ConsoleLine) -> str:
        source = self._source_of(line)
        return f"{source.file}:{source.line}" if source else ""

    def _go_to_line(self, line: ConsoleLine) -> None:
        source = self._source_of(line)
        if self._panel and source:
            self._panel.go_to_code(source.file, source.line)

    def _ask_for_fix(self) -> None:
        if self._panel is None or self._shown is None:
            return
        errors = []
        for line in self._panel.stage_area.console:
            if line.severity is Severity.ERROR:
                source = self._source_of(line)
                errors.append(CodeError(line.text, source.file, source.line) if source else CodeError(line.text))
        code = {file.name: file.text for file in self._shown.artifact.files}
        words = FixWords(
            self.tr("The page has these errors. Please fix them and give me the whole code again."),
            self.tr("{file}, line {line}"),
            self.tr("… and {count} more"),
            self.tr("{file}, lines {first} to {last}:"),
        )
        question = fix_question(relevant_part(code, errors), words)
        composer = self._chat.composer
        if self._program.settings.get(FIX_AT_ONCE):
            composer.send_requested.emit(question)
        else:
            composer.set_text(joined(composer.text(), question))
        if self._frame.covers_chat:
            self.close()
        composer.focus()

    # What happens in the chat.

    def message_changed(self, index: int) -> None:
        """Follow an answer that grows, and look what can run when it is complete."""
        message = self._transcript.document.message(index)
        if message.state is MessageState.STREAMING:
            self._streaming.add(message.id)
            shown = self.shown
            if shown and shown.message_id == message.id and not shown.artifact.complete and not shown.number:
                self._following.start() if not self._following.isActive() else None
        elif message.id in self._streaming:
            self._streaming.discard(message.id)
            self._tasks.start(self._answer_complete(message), "look what can run")

    def _follow(self) -> None:
        """Show what more there is of code that is being written; once it is complete it runs."""
        shown = self.shown
        if shown is None:
            return
        index = self._transcript.document.index(shown.message_id)
        if index is None:
            return
        found = self._growing(self._transcript.document.message(index))
        now = next((runnable for runnable in found if runnable.key == shown.key), None)
        if now is None:
            return
        self._shown = now
        self._versions = tuple(now if version.key == now.key else version for version in self._versions)
        if now.artifact.complete:
            self._tasks.start(self._show(now, self._versions, keep_view=False), "run complete code")
        else:
            self._show_code()

    async def _answer_complete(self, message: Message) -> None:
        """Run what was waited for; open what may open by itself."""
        everything = await self._collect()
        found = [runnable for runnable in everything if runnable.message_id == message.id and not runnable.number]
        shown = self.shown
        if shown and shown.message_id == message.id and not shown.artifact.complete:
            now = next((runnable for runnable in found if runnable.key == shown.key), None)
            if now:
                # An answer that broke off leaves code that nobody closed: it runs as far as it goes.
                whole = replace(now, artifact=replace(now.artifact, complete=True))
                self._found[message.id] = message, tuple(whole if each is now else each for each in found)
                everything = tuple(whole if each is now else each for each in everything)
                await self._show(whole, everything, keep_view=False)
            return
        runs = [runnable for runnable in found if runnable.artifact.kind in _OPENS_BY_ITSELF]
        if runs and message.state is MessageState.COMPLETE and self._program.settings.get(OPEN_PREVIEWS):
            await self._show(runs[-1], everything, keep_view=False)
        elif shown:
            self._versions = versions_of(everything, shown)
            self._show_code()

    def _chat_changed(self) -> None:
        """Close what belongs to another chat, or to an answer that is not on the path any more."""
        shown = self.shown
        if shown and self._transcript.document.index(shown.message_id) is None:
            self.close()
