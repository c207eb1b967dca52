"""An answer as text on standard output, with the progress and the requested reasoning on standard error."""

from typing import assert_never

from chatdesk.app.console.output import Output
from chatdesk.app.console.report import TextReport
from chatdesk.app.console.texts import ConsoleTexts
from chatdesk.kernel.chat.attachments import ReadingProgress
from chatdesk.kernel.chat.message import Attachment, Source
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.chat.stream_events import (
    AnswerStage,
    AnswerStageChanged,
    CharactersLost,
    ContextGrown,
    Finished,
    FollowUps,
    PictureAdded,
    PictureArrived,
    PromptTokensCounted,
    ReasoningDelta,
    RemoteAnswerStored,
    SourcesFound,
    StreamEvent,
    TextDelta,
    TextRetracted,
    TextWasReasoning,
    ThinkingChanged,
    ToolCallDelta,
    UsageReported,
)
from chatdesk.kernel.models.model import Model
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.rendering.markdown.open_blocks.source_lines import showable

_STAGES = {
    AnswerStage.WAITING_FOR_ENGINE: QT_TRANSLATE_NOOP("Console", "Waiting for the built-in engine"),
    AnswerStage.STARTING_ENGINE: QT_TRANSLATE_NOOP("Console", "Starting the built-in engine"),
    AnswerStage.CONNECTING: QT_TRANSLATE_NOOP("Console", "Connecting"),
    AnswerStage.RECONNECTING: QT_TRANSLATE_NOOP("Console", "No response, retrying"),
    AnswerStage.SERVER_BUSY: QT_TRANSLATE_NOOP("Console", "Server busy, retrying"),
    AnswerStage.SUMMARISING: QT_TRANSLATE_NOOP("Console", "Summarising"),
    AnswerStage.WAITING: QT_TRANSLATE_NOOP("Console", "Waiting for the server"),
    AnswerStage.LOADING_MODEL: QT_TRANSLATE_NOOP("Console", "Loading the model"),
    AnswerStage.READING_PROMPT: QT_TRANSLATE_NOOP("Console", "Reading the prompt"),
    AnswerStage.THINKING: QT_TRANSLATE_NOOP("Console", "Thinking"),
    AnswerStage.WORKING: QT_TRANSLATE_NOOP("Console", "Working"),
}
_READING = QT_TRANSLATE_NOOP("Console", "Reading {name}")
_READING_PART = QT_TRANSLATE_NOOP("Console", "Reading {name}, {read} of {count}")
_IN_SECONDS = QT_TRANSLATE_NOOP("Console", "{stage} in {seconds} s")
_REASONING_NOT_SENT = QT_TRANSLATE_NOOP(
    "Console", "The server does not accept a reasoning setting for this model, so “{wanted}” was not sent."
)
_REASONING_CHANGED = QT_TRANSLATE_NOOP(
    "Console", "The server does not support the reasoning setting “{wanted}”, so “{used}” was sent."
)
_CONTEXT = QT_TRANSLATE_NOOP("Console", "Context window: {tokens} tokens.")
_WAS_REASONING = QT_TRANSLATE_NOOP("Console", "(The text above is reasoning. The answer follows.)")
_WITHDRAWN = QT_TRANSLATE_NOOP("Console", "(The server withdrew the text above. The answer follows.)")
_DAMAGED = QT_TRANSLATE_NOOP("Console", "(Some characters arrived damaged and are shown as �.)")
_PICTURE_AT = QT_TRANSLATE_NOOP("Console", "(The answer includes a picture: {address})")
_PICTURE = QT_TRANSLATE_NOOP("Console", "(The answer includes a picture. To see it, ask in the window or use --json.)")
_LONGEST_SOURCE = 300


class TextPrinter(TextReport):
    """Prints one answer."""

    def __init__(self, output: Output, texts: ConsoleTexts, *, show_reasoning: bool) -> None:
        super().__init__(output)
        self._texts = texts
        self._show_reasoning = show_reasoning
        self._line = ""
        self._ends_line = True
        self._had_reasoning = False
        self._reasoning_ends_line = True
        self._lost = False
        self._sources: tuple[Source, ...] = ()

    def start(self, server: ServerConfig, model: Model) -> None:
        """Do nothing: standard output has the answer only."""

    def show_reading(self, name: str, progress: ReadingProgress) -> None:
        """Show how far a file has been read."""
        text = _READING_PART if progress.count else _READING
        self._show_stage(self._texts.render(text, name=showable(name), read=progress.read, count=progress.count))

    def show_file(self, attachment: Attachment) -> None:
        """Do nothing: standard output has the answer only."""

    def show(self, event: StreamEvent) -> None:
        """Print a stream event. Raise `OutputClosed` or `OutputFailed`."""
        match event:
            case TextDelta(text):
                self._clear_line()
                if self._had_reasoning and self._show_reasoning:
                    self._output.write_status("\n\n")
                    self._reasoning_ends_line = True
                self._had_reasoning = False
                self._output.write_foreign(text)
                self._ends_line = text.endswith("\n")
            case ReasoningDelta(text):
                self._had_reasoning = True
                if self._show_reasoning:
                    self._clear_line()
                    self._output.write_status(text)
                    self._reasoning_ends_line = text.endswith("\n")
                else:
                    self._show_stage(self._texts.render(_STAGES[AnswerStage.THINKING]))
            case AnswerStageChanged(stage, done, total, seconds, _):
                percent = f" {100 * done // total}%" if done is not None and total else ""
                line = self._texts.render(_STAGES[stage]) + percent
                self._show_stage(
                    line if seconds is None else self._texts.render(_IN_SECONDS, stage=line, seconds=seconds)
                )
            case ThinkingChanged(wanted, used):
                self._clear_line()
                text = _REASONING_NOT_SENT if used is Thinking.AUTO else _REASONING_CHANGED
                self._output.write_status(self._texts.render(text, wanted=wanted, used=used) + "\n")
            case ContextGrown(tokens):
                self._clear_line()
                self._output.write_status(self._texts.render(_CONTEXT, tokens=f"{tokens:,}") + "\n")
            case TextWasReasoning():  # which is already printed
                self._restart_answer(_WAS_REASONING)
            case TextRetracted():
                self._restart_answer(_WITHDRAWN)
            case CharactersLost():
                self._lost = True
            case SourcesFound(sources):
                self._sources = sources
            case PictureArrived(source):
                self._clear_line()
                text = _PICTURE_AT if source.startswith(("https://", "http://")) else _PICTURE
                self._output.write_status(self._texts.render(text, address=showable(source[:_LONGEST_SOURCE])) + "\n")
            case (
                ToolCallDelta()
                | PromptTokensCounted()
                | UsageReported()
                | RemoteAnswerStored()
                | FollowUps()
                | PictureAdded()
                | Finished()
            ):
                pass
            case _:
                assert_never(event)

    def warn(self, name: str, sentence: str) -> None:
        """Write a line in place of the progress."""
        self._clear_line()
        super().warn(name, sentence)

    def close(self) -> None:
        """End the line, and list the sources. Raise `OutputClosed` or `OutputFailed`."""
        self._clear_line()
        self._end_line()
        if not self._reasoning_ends_line:
            self._output.write_status("\n")
        if self._lost:
            self._lost = False
            self._output.write_status(self._texts.render(_DAMAGED) + "\n")
        for source in self._sources:
            names = (source.title, source.collection, source.address)
            line = " · ".join(filter(None, names)) or source.passage
            self._output.write_status(f"[{source.number}] {' '.join(showable(line[:_LONGEST_SOURCE]).split())}\n")
        self._sources = ()

    def _restart_answer(self, why: str) -> None:
        self._clear_line()
        self._end_line()
        self._output.write_status(self._texts.render(why) + "\n")

    def _end_line(self) -> None:
        if not self._ends_line:
            self._ends_line = True
            self._output.write("\n")

    def _show_stage(self, line: str) -> None:
        if self._output.err_is_terminal and line != self._line:
            self._clear_line()
            self._output.write_control(line + "…")
            self._line = line

    def _clear_line(self) -> None:
        if self._line:
            self._output.write_control("\r\033[K")
            self._line = ""
