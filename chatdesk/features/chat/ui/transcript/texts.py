"""The texts of the transcript in the current language, for everything that is painted or named."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, QObject

from chatdesk.features.chat.ui.transcript.artifact_cards import ArtifactCard
from chatdesk.features.chat.ui.transcript.context_border import BorderAction, BorderKind
from chatdesk.kernel.chat.message import DocumentUnit, Message, MessageState, Role, SentAs
from chatdesk.kernel.chat.stream_events import AnswerStage
from chatdesk.kernel.documents.citations import CitationTarget, Lack
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.text.safe_line import safe_line
from chatdesk.ui_kit.text.counts import counted, listed
from chatdesk.ui_kit.text.safe_text import plain_line

if TYPE_CHECKING:
    from chatdesk.rendering.formulas.speech.vocabulary import Vocabulary

_MAX_WORDS = 120
"""Maximum characters of the words of a question that were looked for."""


class TranscriptTexts(QObject):
    """Attributes for fixed texts, methods for those with values. `retranslate` applies a new language."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model_name_of: Callable[[ModelRef], str] = lambda model: plain_line(model.model_id)
        """Returns the display name of a model."""
        self.retranslate()

    def set_model_names(self, name_of: Callable[[ModelRef], str]) -> None:
        """Set the function that names models; it is called once per model, because a list may have thousands."""
        self.model_name_of = cache(name_of)

    def retranslate(self) -> None:
        """Apply the current language."""
        self.copy = self.tr("Copy")
        self.copied = self.tr("Copied")
        self.wrap = self.tr("Wrap")
        self.wrap_lines = self.tr("Wrap long lines")
        self.line_numbers = self.tr("Line numbers")
        self.save = self.tr("Save")
        self.save_as = self.tr("Save as…")
        self.preview = self.tr("Preview")
        self.show_preview = self.tr("Show the preview")
        self.open_preview = self.tr("Open preview")
        self.shown_at_right = self.tr("Shown in the side panel")
        self.copy_code_block = self.tr("Copy code block")
        self.copy_this_code = self.tr("Copy code")
        self.code = self.tr("Code")
        self.draw = self.tr("Draw")
        self.draw_diagram = self.tr("Draw the diagram")
        self.stop = self.tr("Stop")
        self.stop_drawing = self.tr("Stop drawing")
        self.as_picture = self.tr("Picture")
        self.enlarge = self.tr("Show in the side panel")
        self.copy_diagram = self.tr("Copy picture")
        self.save_diagram = self.tr("Save picture as…")
        self.not_drawn = self.tr("The diagram could not be drawn.")
        self.plain_text = self.tr("Text")
        self.edit = self.tr("Edit")
        self.regenerate = self.tr("Regenerate")
        self.open_document = self.tr("Open {name}")
        self.continue_answer = self.tr("Continue")
        self.previous_sibling = self.tr("Previous version")
        self.next_sibling = self.tr("Next version")
        self.more_actions = self.tr("More actions")
        self.copy_selection = self.tr("Copy selection")
        self.copy_message = self.tr("Copy message")
        self.copy_reasoning = self.tr("Copy reasoning")
        self.show_reasoning = self.tr("Show reasoning")
        self.hide_reasoning = self.tr("Hide reasoning")
        self.details_head = self.tr("Details")
        self.untitled_source = self.tr("Untitled")
        self.copy_as = self.tr("Copy as")
        self.as_markdown = self.tr("Markdown")
        self.as_plain_text = self.tr("Plain text")
        self.as_rich_text = self.tr("Rich text")
        self.copy_chat = self.tr("Copy whole chat")
        self.regenerate_with = self.tr("Regenerate with")
        self.quote = self.tr("Quote")
        self.quote_selection = self.tr("Quote selection")
        self.branch = self.tr("Branch to a new chat")
        self.instructions = self.tr("Instructions used")
        self.save_message = self.tr("Export message…")
        self.save_chat = self.tr("Export chat…")
        self.not_while_answering = self.tr("once the answer is complete")
        self.delete = self.tr("Delete")
        self.links = self.tr("Links")
        self.open_link = self.tr("Open link")
        self.copy_link = self.tr("Copy link address")
        self.open_citation = self.tr("Open document")
        self.copy_citation = self.tr("Copy citation")
        self.select_all = self.tr("Select all")
        self.table = self.tr("Table")
        self.save_table = self.tr("Save table")
        self.table_as_excel = self.tr("Save as Excel…")
        self.table_as_csv = self.tr("Save as CSV…")
        self.save_as_word = self.tr("Save as Word…")
        self.caret_on = self.tr("Move a text cursor with the arrow keys")
        self.caret_off = self.tr("Move between messages with the arrow keys")
        self.show_all = self.tr("Show all")
        self.show_less = self.tr("Show less")
        self.details = self.tr("More")
        self.show_more = self.tr("Show more")
        self.thinking = self.tr("Thinking")
        self.thought = self.tr("Thought")
        self.edited = self.tr("edited")
        self.edited_by_you = self.tr("Edited by you")
        self.go_to_end = self.tr("Go to latest message")
        self.new_text = self.tr("New text below. Go to latest message")
        self.transcript = self.tr("Chat")
        self.stopped = self.tr("You stopped this answer.")
        self.interrupted = self.tr("The answer was interrupted. The text received so far is kept.")
        self.cut_off = self.tr("The answer reached the maximum length.")
        self.filtered = self.tr("This answer was cut off by the server's content filter.")
        self.broken_off = self.tr("The server stopped this answer. The text received so far is kept.")
        self.ended_otherwise = self.tr("The server returned an unknown finish reason")
        self.damaged = self.tr("Some characters arrived damaged and are shown as �.")
        self.reasoned_to_the_limit = self.tr(
            "The model reached the maximum length while still reasoning. There is no answer yet."
        )
        self.only_reasoning = self.tr("The model produced only reasoning and no answer.")
        self.no_answer = self.tr("The model gave no answer.")
        self.failed = self.tr("The answer failed.")
        self.leave_out_oldest = self.tr("Leave out oldest")
        self.summarise_oldest = self.tr("Summarise oldest")
        self._formula_vocabulary: Vocabulary | None = None

    def fold_section(self, title: str, *, unfolded: bool) -> str:
        """Return the name of the button that folds or unfolds a section."""
        shown = plain_line(title or self.details_head)
        return (self.tr("Hide: {title}") if unfolded else self.tr("Show: {title}")).format(title=shown)

    def formula(self, latex: str) -> str:
        """Return a formula in words for screen readers; its LaTeX if it cannot be spoken."""
        from chatdesk.rendering.formulas.speech.speaker import spoken_formula  # noqa: PLC0415
        from chatdesk.rendering.formulas.speech.vocabulary import (  # noqa: PLC0415 - start-up time: only for screen readers
            vocabulary,
        )

        if self._formula_vocabulary is None:
            self._formula_vocabulary = vocabulary(QCoreApplication.translate)
        return spoken_formula(latex, self._formula_vocabulary)

    def stage(self, stage: AnswerStage, name: str = "") -> str:
        """Return the text for a stage. `name` is the server's own, untrusted name for it."""
        match stage:
            case AnswerStage.WAITING_FOR_ENGINE:
                return self.tr("Waiting for the built-in engine")
            case AnswerStage.STARTING_ENGINE:
                return self.tr("Starting the built-in model")
            case AnswerStage.CONNECTING:
                return self.tr("Connecting")
            case AnswerStage.RECONNECTING | AnswerStage.SERVER_BUSY:
                return self.tr("Retrying")
            case AnswerStage.SUMMARISING:
                return self.tr("Summarising earlier messages")
            case AnswerStage.WAITING:
                return self.tr("Waiting for the server")
            case AnswerStage.LOADING_MODEL:
                return self.tr("Loading the model")
            case AnswerStage.READING_PROMPT:
                return self.tr("Reading the prompt")
            case AnswerStage.THINKING:
                return self.thinking
            case AnswerStage.WORKING:
                return self.tr("Working: {name}").format(name=plain_line(name)) if name else self.tr("Working")

    def stage_until(self, stage: AnswerStage, seconds: int) -> str:
        """Return the text for a stage that is retried after `seconds`."""
        text = self.tr("No response. Retrying in {time}")
        if stage is AnswerStage.SERVER_BUSY:
            text = self.tr("Server busy. Retrying in {time}")
        return text.format(time=self.duration(seconds))

    def prompt_cut(self, read: int, sent: int) -> tuple[str, str]:
        """Return the sentence and details for an answer before which the server has dropped part of the chat."""
        numbers = {"read": QLocale().toString(read), "sent": QLocale().toString(round(sent, -1))}
        sentence = self.tr("The server silently dropped part of this chat.")
        return sentence, self.tr("It processed {read} of about {sent} tokens.").format(**numbers)

    def border(self, kind: BorderKind) -> str:
        """Return the text of the context border."""
        match kind:
            case BorderKind.NOTHING:
                return self.tr("The model no longer sees the messages above")
            case BorderKind.SUMMARY:
                return self.tr("The model sees a summary of the messages above")
            case BorderKind.SUMMARY_PENDING:
                return self.tr("The messages above will be summarised when you send")

    def border_button_text(self, action: BorderAction) -> str:
        """Return the label of a button at the border."""
        return self.tr("View…") if action is BorderAction.READ else self.tr("Change…")

    def border_action(self, sentence: str, caption: str) -> str:
        """Return the accessible name of such a button, including the sentence next to it."""
        return self.tr("{sentence}: {action}").format(sentence=sentence, action=caption)

    def code_block(self, language: str, lines: int) -> str:
        """Return the text spoken instead of a code block."""
        text = self.tr("Code, %n lines", "", lines)
        return f"{text}, {language}" if language else text

    def about_code(self, action: str, number: int) -> str:
        """Return the name of a button for a code block of a message, which are numbered from 1."""
        return self.tr("{action}, code block {number}").format(action=action, number=number)

    def table_of(self, rows: int, columns: int) -> str:
        """Return the text spoken instead of a table."""
        return self.tr("Table, %n rows", "", rows) + ", " + self.tr("%n columns", "", columns)

    def card_details(self, card: ArtifactCard, *, with_lines: bool = True) -> str:
        """Return the details of an artifact: `HTML · 118 lines · version 2 of 3`."""
        lines = self.tr("%n lines", "", card.lines) if with_lines else ""
        version = self.tr("version {number} of {count}").format(number=card.number, count=card.count)
        return " · ".join(filter(None, (card.kind, lines, version if card.count > 1 else "")))

    def card_action(self, card: ArtifactCard) -> str:
        """Return the accessible name of the button on an artifact's card."""
        text = (
            self.tr("{title}, {details}: shown in the side panel, go there")
            if card.shown
            else self.tr("Open preview of {title}, {details}")
        )
        return text.format(title=card.title, details=self.card_details(card))

    def thought_for(self, seconds: int) -> str:
        """Return the heading of folded reasoning."""
        return self.tr("Thought for {duration}").format(duration=self.duration(seconds)) if seconds else self.thought

    def sources(self, count: int) -> str:
        """Return the heading of the sources."""
        return self.tr("%n sources", "", count)

    def all_sources(self, count: int) -> str:
        """Return the label of the line that shows all sources."""
        return self.tr("Show all %n sources", "", count)

    def source_named(self, number: int, text: str) -> str:
        """Return the accessible name of a source."""
        return self.tr("Source {number}: {words}").format(number=number, words=text)

    def open_source(self, title: str) -> str:
        """Return the accessible name of the button that opens a source."""
        return self.tr("Open {title} in the browser").format(title=title)

    def source_score(self, score: float) -> str:
        """Return the score of a source by its server's own measure."""
        return self.tr("score {score}").format(score=QLocale().toString(score, "g", 3))

    def target_name(self, target: CitationTarget) -> str:
        """Return the name of the page, sheet or lines of a citation; empty if it cites a whole document."""
        citation = target.citation
        if not citation.first:
            return citation.title
        one = citation.first == citation.last
        if citation.lines:
            text = self.tr("line {first}") if one else self.tr("lines {first}–{last}")
        else:
            match target.document.unit if target.document else DocumentUnit.NONE:
                case DocumentUnit.SHEET:
                    text = self.tr("sheet {first}") if one else self.tr("sheets {first}–{last}")
                case DocumentUnit.SLIDE:
                    text = self.tr("slide {first}") if one else self.tr("slides {first}–{last}")
                case DocumentUnit.CHAPTER:
                    text = self.tr("ch. {first}") if one else self.tr("ch. {first}–{last}")
                case DocumentUnit.FILE:
                    text = self.tr("file {first}") if one else self.tr("files {first}–{last}")
                case _:
                    text = self.tr("p. {first}") if one else self.tr("pp. {first}–{last}")
        return text.format(first=citation.first, last=citation.last)

    def cited_title(self, name: str, location: str) -> str:
        """Return the name of a document and, if a location in it is cited, the name of that."""
        return self.tr("{name}, {place}").format(name=name, place=location) if location else name

    def dead_citation(self, target_name: str, target: CitationTarget) -> str:
        """Return the text of a citation that leads nowhere. `target_name` names what it cites."""
        unit = target.document.unit if target.document else DocumentUnit.NONE
        match target.lack:
            case Lack.NO_DOCUMENT:
                text = self.tr("{place}: no such document")
            case Lack.NO_SECTION if unit is DocumentUnit.SHEET:
                text = self.tr("{place}: no such sheet")
            case Lack.NO_SECTION if unit is DocumentUnit.SLIDE:
                text = self.tr("{place}: no such slide")
            case Lack.NO_SECTION if unit is DocumentUnit.CHAPTER:
                text = self.tr("{place}: no such chapter")
            case Lack.NO_SECTION if unit is DocumentUnit.FILE:
                text = self.tr("{place}: no such file")
            case Lack.NO_SECTION:
                text = self.tr("{place}: no such page")
            case _:
                text = self.tr("{place}: not sent")
        return text.format(place=target_name)

    def why_dead(self, name: str, target: CitationTarget) -> str:
        """Return why a citation of the document with this name leads nowhere."""
        where, document = self.target_name(target), target.document
        if document is None:
            return self.tr("This chat has no document {number}.").format(number=target.citation.document)
        if target.lack is Lack.NO_SECTION and document.sections:
            return self.tr("{name} ends before {place}.").format(name=name, place=where)
        if target.lack is Lack.NO_SECTION:
            return self.tr("{name} has no pages.").format(name=name)
        if not where:
            return self.tr("No part of {name} was sent to the model.").format(name=name)
        return self.tr("{name}, {place}, was not sent to the model.").format(name=name, place=where)

    def nothing_found(self, question: Message) -> str:
        """Return that nothing in the documents of a question matches it; empty if something does, or nothing was looked for."""
        searched = [each for each in question.documents if each.sent_as is SentAs.PASSAGES and each.passage_count]
        if not searched or any(each.passages for each in searched):
            return ""
        from chatdesk.kernel.finding.question_words import written_words  # noqa: PLC0415 - start-up time

        names = listed(plain_line(each.name) for each in searched)
        text = safe_line(" ".join(written_words(question.text)), _MAX_WORDS)
        if not text:
            return self.tr("Nothing in {name} matches the question").format(name=names)
        return self.tr("Nothing in {name} matches “{words}”").format(name=names, words=text)

    def hidden_characters(self, characters: int) -> str:
        """Return the number of characters not shown of a long text."""
        return self.tr("%n more characters", "", characters).replace(str(characters), QLocale().toString(characters))

    def tool_requested(self, name: str) -> str:
        """Return the text about a tool requested by the model."""
        return self.tr("The model requested the tool “{name}”. It was not run.").format(name=plain_line(name))

    def tokens(self, count: int) -> str:
        """Return a number of tokens."""
        return counted(lambda number: self.tr("%n tokens", "", number), count)

    def prompt_tokens(self, count: int) -> str:
        """Return the number of tokens read."""
        return counted(lambda number: self.tr("%n tokens read", "", number), count)

    def cached_tokens(self, count: int) -> str:
        """Return the number of tokens from the server's prompt cache."""
        return counted(lambda number: self.tr("%n of them from the cache", "", number), count)

    def answer_tokens(self, count: int) -> str:
        """Return the number of tokens written."""
        return counted(lambda number: self.tr("%n tokens written", "", number), count)

    def first_token(self, milliseconds: int) -> str:
        """Return the time to the first token."""
        seconds = QLocale().toString(milliseconds / 1000, "f", 1)
        return self.tr("First token after {seconds} s").format(seconds=seconds)

    def total_time(self, milliseconds: int) -> str:
        """Return the total time of an answer."""
        return self.tr("{duration} in total").format(duration=self.duration(round(milliseconds / 1000)))

    def available_later(self, name: str) -> str:
        """Return the name of an action that is available later, with the reason."""
        return self.tr("{name} (once the answer is complete)").format(name=name)

    def speed(self, tokens_per_second: float) -> str:
        """Return the speed of an answer."""
        return self.tr("{speed} tokens/s").format(speed=QLocale().toString(tokens_per_second, "f", 1))

    def duration(self, seconds: int) -> str:
        """Return a duration: `8 s`, `2 min 5 s`."""
        if seconds < 60:
            return self.tr("{seconds} s").format(seconds=seconds)
        return self.tr("{minutes} min {seconds} s").format(minutes=seconds // 60, seconds=seconds % 60)

    def percent(self, part: float) -> str:
        """Return a fraction, 0 to 1, as a percentage."""
        return self.tr("{percent}%").format(percent=round(100 * part))

    def time_of_day(self, moment: datetime) -> str:
        """Return the time of day in the locale's format."""
        return QLocale().toString(
            QDateTime.fromSecsSinceEpoch(int(moment.timestamp())).time(), QLocale.FormatType.ShortFormat
        )

    def date_and_time(self, moment: datetime) -> str:
        """Return the full date and time."""
        return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(moment.timestamp())), QLocale.FormatType.LongFormat)

    def sibling_position(self, position: int, count: int) -> str:
        """Return which of several versions is shown."""
        return f"{position}/{count}"

    def picture(self, name: str) -> str:
        """Return the spoken name of an attached picture."""
        return self.tr("Picture: {name}").format(name=name)

    def speaker(self, message: Message) -> str:
        """Return the speaker of a message for screen readers."""
        match message.role:
            case Role.USER:
                return self.tr("You")
            case Role.ASSISTANT:
                return self.model_name_of(message.model) if message.model else self.tr("Answer")
            case Role.SYSTEM:
                return self.tr("Instructions")
            case Role.TOOL:
                return self.tr("Tool")

    def state(self, message: Message) -> str:
        """Return the spoken state of an incomplete answer; empty for a complete one."""
        match message.state:
            case MessageState.STREAMING:
                return self.tr("Still writing")
            case MessageState.STOPPED:
                return self.stopped
            case MessageState.INTERRUPTED:
                return self.interrupted
            case MessageState.FAILED:
                return self.failed
            case MessageState.COMPLETE:
                return ""
