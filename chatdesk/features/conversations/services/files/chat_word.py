"""Chats as Word files. `rendering/export/office/` writes what is in them.

Who speaks is a heading, so that Word's navigation pane leads through the chat; headings of answers are below it. A single answer has no
heading of its own: it becomes the document that the user asked for.
"""

from chatdesk.features.chat.services.request.formulas import FormulaKey
from chatdesk.features.conversations.services.files.exported_chat import (
    ChatFormat,
    Export,
    ExportedChat,
    ExportedMessage,
)
from chatdesk.features.conversations.services.files.exported_turns import (
    AttachedContent,
    ContentKind,
    WrittenContent,
    content_of,
    reasoning_head,
)
from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.rendering.export.office.formula_picture import formula_picture
from chatdesk.rendering.export.office.word_document import WordDocument, WordPage
from chatdesk.rendering.export.office.word_parts import OfficePicture, picture_of
from chatdesk.rendering.export.office.word_styles import Looks
from chatdesk.rendering.formulas.typeset.typeset_formula import TypesetFormula
from chatdesk.rendering.markdown.markdown import parse


def word_file(export: Export) -> bytes:
    """Return the file: several chats one after the other, each on a new page under its title. Slow for a long chat."""
    options = export.options
    page = WordPage(*options.page.millimetres, options.margins.millimetres)
    looks = Looks(export.labels.language, _speaker_level(export))

    def draw(latex: str, displayed: bool) -> OfficePicture | None:
        formula = export.formulas.get(FormulaKey(latex, displayed))
        return formula_picture(formula) if isinstance(formula, TypesetFormula) else None

    return _Writer(
        export, looks, WordDocument(export.title, looks, export.now, page, draw, export.labels.alert_title)
    ).write()


def needs_picture(key: FormulaKey) -> bool:
    """Return whether Word cannot show a formula as an equation, or not all of it."""
    from chatdesk.rendering.export.office.equations import equation  # noqa: PLC0415 - a large table of signs

    made = equation(key.latex, displayed=key.displayed)
    return made is not None and not made.exact


def _speaker_level(export: Export) -> int:
    return 2 if len(export.chats) > 1 else 0 if export.is_answer else 1


class _Writer:
    def __init__(self, export: Export, looks: Looks, document: WordDocument) -> None:
        self._export = export
        self._labels = export.labels
        self._level = looks.speaker_level
        self._document = document
        self._done = 0
        self._count = sum(len(chat.turns) for chat in export.chats) or 1

    def write(self) -> bytes:
        several = len(self._export.chats) > 1
        if several and self._export.title:
            self._document.line(self._export.title, "Title")
        for chat in self._export.chats:
            if several:
                self._document.heading(chat.title, 1, new_page=True)
            elif self._level and chat.title:
                self._document.line(chat.title, "Title")
            if self._level:
                date = chat.turns[-1].message.created_at if chat.turns else self._export.now
                self._document.line(self._labels.format_date(date), "Subtitle")
            self._chat(chat)
        return self._document.packed()

    def _chat(self, chat: ExportedChat) -> None:
        if instructions := chat.settings.instructions.strip():
            self._speaker(self._labels.instructions)
            self._document.blocks(parse(instructions), first_heading=self._level + 1)
        for turn in chat.turns:
            self._export.report(self._done / self._count)
            self._turn(turn, chat)
            self._done += 1
        if chat.cited:
            self._document.line(self._labels.sources, f"Heading{self._level}" if self._level else "SourcesHeading")
            for number, part in chat.cited.items():
                self._document.attachment(f"[{number}] {part.name}", chat.copies.get(part.sha256, ""))

    def _turn(self, turn: ExportedMessage, chat: ExportedChat) -> None:
        self._speaker(turn.speaker)
        if facts := " · ".join(filter(None, (turn.version, turn.facts))):
            self._document.line(facts, "Facts")
        has_reasoned = False
        for content in content_of(turn, chat):
            if isinstance(content, AttachedContent):
                self._attached(content)
            elif content.kind is ContentKind.REASONING:
                has_reasoned = True
                self._reasoning(content)
            elif content.kind is ContentKind.SOURCES:
                self._document.line(self._labels.sources, "SourcesHeading")
                self._document.blocks(content.blocks, style="Source")
            elif turn.message.role is Role.USER:
                self._document.question(content.blocks)
            else:
                if has_reasoned:  # ends what is folded
                    self._document.line(self._labels.answer, "ReasoningHeading")
                self._document.blocks(content.blocks, first_heading=self._level + 1 + has_reasoned)

    def _speaker(self, name: str) -> None:
        if self._level:
            self._document.heading(name, self._level)

    def _reasoning(self, content: WrittenContent) -> None:
        self._document.line(reasoning_head(content, self._labels), "ReasoningHeading", collapsed=True)
        self._document.blocks(content.blocks, first_heading=self._level + 2, style="Reasoning")

    def _attached(self, content: AttachedContent) -> None:
        picture = picture_of(content.picture.data) if content.picture else None
        if picture:
            self._document.picture(picture, content.part.name)
        else:
            self._document.attachment(content.part.name, content.copy)


WORD = ChatFormat(
    "docx",
    QT_TRANSLATE_NOOP("ChatFormats", "Word"),
    QT_TRANSLATE_NOOP("ChatFormats", "Headings, tables, code and editable formulas"),
    word_file,
    has_pages=True,
    names_speakers=True,
    draws_formulas=True,
    draws=needs_picture,
)
