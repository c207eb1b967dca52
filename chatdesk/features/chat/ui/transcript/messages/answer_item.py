"""An answer on the page: its body (`answer_body.py`), then pictures, cards, notices and the actions row."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from chatdesk.features.chat.ui.transcript.artifact_cards import ArtifactCard
from chatdesk.features.chat.ui.transcript.blocks.text.text_flow import Link
from chatdesk.features.chat.ui.transcript.control_painter import control_width, write
from chatdesk.features.chat.ui.transcript.controls import Command, Control, ControlStyle, Verb
from chatdesk.features.chat.ui.transcript.messages.actions_row import ActionsRow
from chatdesk.features.chat.ui.transcript.messages.answer_body import AnswerBody
from chatdesk.features.chat.ui.transcript.messages.message_item import (
    DETAILS,
    REASONING,
    SOURCES,
    TEXT,
    ItemPaint,
    MessageItem,
    PlacedColumn,
)
from chatdesk.features.chat.ui.transcript.messages.message_notice import DescribeFailure, notices_of
from chatdesk.features.chat.ui.transcript.messages.message_pictures import OF_ANSWERS, MessagePictures
from chatdesk.features.chat.ui.transcript.messages.notice_details import NoticeDetails
from chatdesk.features.chat.ui.transcript.messages.notice_strip import NoticeStrip, details_width
from chatdesk.features.chat.ui.transcript.messages.reasoning_strip import ReasoningDisplay
from chatdesk.features.chat.ui.transcript.messages.sources_strip import SourcesStrip
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.features.chat.ui.transcript.text_position import ColumnPosition
from chatdesk.kernel.chat.message import ImagePart, Message, MessageState
from chatdesk.kernel.chat.stream_events import PictureAdded, StreamEvent, TextDelta
from chatdesk.rendering.markdown.blocks import Block, Span
from chatdesk.ui_kit.lists.height_index import NOWHERE
from chatdesk.ui_kit.style.painting import draw_box, draw_icon

if TYPE_CHECKING:
    from chatdesk.rendering.markdown.citations import Cite

_MIN_TEXT_WIDTH = 150
"""Pixels at 100 % for title and kind; with less space the button shows only its icon."""


class CardStrip:
    """The card of an artifact below its answer: icon, title, kind and version, and a button for the preview.

    `artifact_cards.py` provides the cards. The strip starts at its top left corner and fills a width; its height
    depends only on the theme.
    """

    def __init__(self, card: ArtifactCard, page: PageContext, width: int) -> None:
        self.card = card
        self._page = page
        self._width = width
        theme = page.theme
        self._padding = theme.length("m")
        self._tile = theme.length("hit")
        self.height = self._tile + 2 * self._padding
        self._text_left = self._padding + self._tile + theme.length("m")
        self._control = self._preview_control()

    def controls(self) -> Iterator[Control]:
        """Yield the button, or the text that replaces it."""
        yield self._control

    def paint(self, painter: QPainter) -> None:
        """Paint everything except the button at the painter's origin."""
        theme, shown = self._page.theme, self.card.shown
        background, border = ("accentSoft", "accentBorder") if shown else ("raised", "borderSubtle")
        rect = QRectF(0, 0, self._width, self.height)
        draw_box(painter, rect, theme.length("radius.control"), theme.color(background), theme.color(border))
        tile = QRectF(self._padding, self._padding, self._tile, self._tile)
        draw_box(painter, tile, theme.length("radius.small"), theme.color("accent" if shown else "bubble"))
        color = theme.color("onAccent" if shown else "textSecondary")
        draw_icon(painter, theme, "file-code", color, tile, theme.length("icon.toolbar"))
        available = self._control.rect.left() - theme.length("m") - self._text_left
        title, details = theme.font("ui", strong=True), theme.font("caption")
        lines = theme.line("ui"), theme.line("caption")
        top = (self.height - sum(lines)) // 2
        self._write(painter, self.card.title, title, "text", QRect(self._text_left, top, available, lines[0]))
        below = QRect(self._text_left, top + lines[0], available, lines[1])
        self._write(painter, self._details(details, available), details, "textSecondary", below)
        if shown:
            self._paint_shown(painter)

    def _details(self, font: QFont, available: int) -> str:
        """Return as many details as fit; the number of lines is dropped first."""
        details = self._page.texts.card_details(self.card)
        if QFontMetricsF(font).horizontalAdvance(details) <= available:
            return details
        return self._page.texts.card_details(self.card, with_lines=False)

    def _write(self, painter: QPainter, text: str, font: QFont, color: str, rect: QRect) -> None:
        elided = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        write(painter, elided, font, self._page.theme.color(color), rect.x(), rect)

    def _paint_shown(self, painter: QPainter) -> None:
        theme, control = self._page.theme, self._control
        color, size = theme.color("accentText"), theme.length("icon.ui")
        position = QRectF(control.rect.x() + theme.length("s"), control.rect.y(), size, control.rect.height())
        draw_icon(painter, theme, "eye", color, position, size)
        if control.caption:
            x = position.right() + theme.length("s")
            write(painter, control.caption, theme.font("ui"), color, x, control.rect)

    def _preview_control(self) -> Control:
        """Return the control that opens the preview or, if it is shown already, focuses it."""
        theme, texts, shown = self._page.theme, self._page.texts, self.card.shown
        command = Command(Verb.OPEN_PREVIEW, part=TEXT, block=self.card.block)
        context = ControlStyle.AREA if shown else ControlStyle.OUTLINED
        icon, caption = ("eye", texts.shown_at_right) if shown else ("play", texts.open_preview)
        width, height = control_width(theme, context, caption, icon), theme.length("buttonSmall")
        right = self._width - self._padding
        if right - width - self._text_left < _MIN_TEXT_WIDTH * theme.scale:
            width, caption = theme.length("hitSmall"), ""
            context = ControlStyle.AREA if shown else ControlStyle.ICON
        if shown and not caption:
            width = theme.length("icon.ui") + 2 * theme.length("s")
        rect = QRect(right - width, (self.height - height) // 2, width, height)
        return Control(command, rect, texts.card_action(self.card), icon, context, caption)


class AnswerItem(MessageItem):
    """An answer or another message not written by the user.

    `clock` returns monotonic seconds, `cite` what makes the citations of its text.
    """

    def __init__(
        self,
        message: Message,
        position: tuple[int, int],
        page: PageContext,
        width: int,
        *,
        describe: DescribeFailure,
        display: ReasoningDisplay,
        clock: Callable[[], float],
        cite: "Callable[[], Cite | None]" = lambda: None,
    ) -> None:
        super().__init__(message, position, page, width)
        self._describe = describe
        self.body = AnswerBody(page, width, display, clock, cite)
        self.body.show(message, continues=False)
        self._more_requested = False
        """Whether the user has requested more of a long text."""
        self._open_details: dict[int, NoticeDetails] = {}
        """The open details, by the index of their notice."""
        self.notices: list[NoticeStrip] = []
        self.cards: list[CardStrip] = []
        self.sources: SourcesStrip | None = None
        self._pictures = MessagePictures((), page, 1)
        self._strips: list[CardStrip | SourcesStrip | NoticeStrip] = []
        self.embedded_height: int | None = None
        """The height of a widget embedded below the text; None without one. See `page/actions/embedded_widget.py`."""
        self._set_pictures(message.pictures)
        self._set_strips()

    @property
    def streaming(self) -> bool:
        """Whether the answer is still streaming."""
        return self.message.state is MessageState.STREAMING

    @property
    def height(self) -> int:
        """See `MessageItem`."""
        own = self._actions_top + self._page.theme.length("hitSmall")
        return own if self.editor_height is None else self.editor_height

    @property
    def content_height(self) -> int:
        """See `MessageItem`."""
        shows_body_alone = self.streaming and not self._strips and not self._pictures.pictures
        return self.body.height if shows_body_alone else self.height

    @property
    def is_recreatable(self) -> bool:
        """See `MessageItem`."""
        held = self.editor_height is not None or self.embedded_height is not None
        kept = self.streaming or self._open_details or held or self._more_requested
        return not kept and self.body.is_recreatable and (self.sources is None or self.sources.is_recreatable)

    @property
    def is_parsing(self) -> bool:
        """See `MessageItem`."""
        return self.body.is_parsing

    def parse_more(self) -> int:
        """See `MessageItem`. Artifacts are known when everything has been parsed."""
        y = self.body.parse_more()
        if not self.body.is_parsing:
            self._set_cards()
        return y

    def hidden(self, part: int) -> int:
        """See `MessageItem`."""
        return (self.body.reasoning.column if part == REASONING else self.body.text).hidden

    def columns(self) -> Iterator[PlacedColumn]:
        """See `MessageItem`."""
        if self.editor_height is not None:
            return
        yield from self.body.columns()
        for top, strip in self._placed_strips():
            if not isinstance(strip, CardStrip):
                yield from strip.columns(top)

    def blocks(self, part: int) -> Sequence[Block]:
        """See `MessageItem`."""
        if part >= SOURCES:
            column = self.column(part)
            return column.blocks if column else ()
        return self.body.reasoning.column.blocks if part == REASONING else self.body.text.blocks

    def reveal(self, position: tuple[int, ColumnPosition] | None) -> bool:
        """See `MessageItem`. Reasoning is revealed as a whole."""
        return self.body.reveal(position)

    def change(self, message: Message) -> None:
        """See `MessageItem`. The streamed content is kept if it is the content of the message."""
        before, self.message = self.message, message
        was_streaming = before.state is MessageState.STREAMING
        if was_streaming and self.body.has_content_of(message):
            if not self.streaming:
                self.body.finish(message)
        elif before.parts != message.parts or was_streaming is not self.streaming:
            self.body.show(message, continues=was_streaming and self.streaming)
        if self.body.text.has_citations and bool(before.sources) is not bool(message.sources):
            self.body.show_citations_again(message)
        self._set_pictures(message.pictures)
        self._set_strips()

    def retranslate(self) -> None:
        """Name the citations in another language."""
        if self.body.text.has_citations:
            self.body.show_citations_again(self.message)

    def mark_outdated_formulas(self) -> None:
        """See `MessageItem`."""
        self.body.mark_outdated_formulas()

    @property
    def waiting(self) -> bool:
        """Whether nothing readable has arrived of a streaming answer."""
        return self.body.waiting

    @property
    def awaits_layout(self) -> bool:
        """Whether it has grown beyond what is laid out."""
        return self.body.awaits_layout

    def apply(self, events: Sequence[StreamEvent]) -> int:
        """Apply events and show the text that was `read`.

        Return the y from which the message has changed; `NOWHERE` for no change.
        """
        caret = self.body.painted_caret
        added = [event.picture for event in events if isinstance(event, PictureAdded)]
        if added:
            self._set_pictures((*self._pictures.pictures, *added))
        y = min((self.body.apply(event) for event in events), default=NOWHERE)
        y = min(y, self.body.show_parsed(), self._pictures_top if added else NOWHERE)
        return y if caret.isEmpty() else min(y, caret.top())

    def read(self, text: TextDelta) -> bool:
        """Parse more text, shown with the next `apply`. Return False before the text has begun."""
        return self.body.read(text)

    def tick(self) -> QRect:
        """Update the elapsed time. Return the rectangle to repaint; empty if no time is shown."""
        return self.body.tick()

    def spinner_rect(self) -> QRect:
        """Return the rectangle of the spinner; empty if there is none."""
        return self.body.spinner_rect()

    def set_display(self, display: ReasoningDisplay) -> None:
        """Set how reasoning is shown."""
        self.body.reasoning.set_display(display)

    def source(self, part: int) -> str:
        """See `MessageItem`."""
        if part >= DETAILS:
            return self._open_details[part - DETAILS].source if part - DETAILS in self._open_details else ""
        if part >= SOURCES:
            return self.sources.text(part - SOURCES) if self.sources else ""
        if self.streaming:
            return self.body.grown.reasoning if part == REASONING else self.body.grown.text
        if part == REASONING:
            return self.message.reasoning.text if self.message.reasoning else ""
        return self.message.text

    def set_page(self, page: PageContext) -> None:
        """See `MessageItem`."""
        super().set_page(page)
        self.body.set_page(page)
        if self.sources:
            self.sources.set_page(page)
        self._set_pictures(self._pictures.pictures)
        for details in self._open_details.values():
            details.column.set_page(page)
        self._set_strips()

    def set_width(self, width: int) -> None:
        """See `MessageItem`."""
        super().set_width(width)
        self.body.set_width(width)
        if self.sources:
            self.sources.set_width(width)
        self._set_pictures(self._pictures.pictures)
        for details in self._open_details.values():
            details.column.set_width(details_width(self._page, width))
        self._set_strips()

    def lay_out(self, top: int, bottom: int) -> int:
        """See `MessageItem`."""
        if self.editor_height is not None:
            return NOWHERE
        reasoning = self.body.reasoning.lay_out(top, bottom) if self.body.has_reasoning else NOWHERE
        return min(reasoning, super().lay_out(top, bottom))

    def tooltip_at(self, x: float, y: float) -> str:
        """See `MessageItem`."""
        if y >= self._actions_top and not self.streaming and self.editor_height is None:
            return self.actions.statistics_at(x, self._width)
        return super().tooltip_at(x, y)

    def details(self) -> Sequence[str]:
        """See `MessageItem`."""
        return self.actions.details()

    def perform(self, command: Command) -> bool:
        """Fold or unfold parts of the answer, or show more of them."""
        match command.verb:
            case Verb.FOLD_REASONING:
                self.body.reasoning.toggle()
            case Verb.FOLD_SECTION:
                return self._fold_section(command)
            case Verb.FAILURE_DETAILS:
                if self._open_details.pop(command.block, None) is None:
                    self._open_notice(command.block)
                self._set_notices()
            case Verb.MORE_TEXT:
                self._more_requested = True
                self.body.show_more(command.part)
            case Verb.MORE_DETAILS if command.block in self._open_details:
                self._open_details[command.block].show_more()
            case _:
                return self.sources is not None and self.sources.perform(command)
        return True

    def own_controls(self, *, with_actions: bool) -> Iterator[Control]:
        """See `MessageItem`."""
        yield from self.body.controls()
        if self._pictures.pictures:
            yield from self._pictures.controls(QPoint(0, self._pictures_top))
        for top, strip in self._placed_strips():
            yield from (control.moved(0, top) for control in strip.controls())
        if not self.streaming and (with_actions or self.actions.has_versions):
            found = self.actions.controls(with_actions=with_actions)
            yield from (control.moved(0, self._actions_top) for control in found)

    def paint_surroundings(self, painter: QPainter, context: ItemPaint) -> None:
        """See `MessageItem`."""
        self.body.paint_surroundings(painter, context.rotation)
        if self._pictures.pictures:
            self._pictures.paint(painter, QPoint(0, self._pictures_top), context.clip)
        for top, strip in self._placed_strips():
            painter.save()
            painter.translate(0, top)
            strip.paint(painter)
            painter.restore()
        if not self.streaming and (context.with_actions or self.actions.has_versions):
            painter.save()
            painter.translate(0, self._actions_top)
            self.actions.paint(painter, self._width, statistics=context.with_actions)
            painter.restore()

    def paint_over(self, painter: QPainter, context: ItemPaint) -> None:  # noqa: ARG002
        """See `MessageItem`."""
        self.body.paint_over(painter)

    def update_cards(self) -> bool:
        """Update the cards. Return whether they have changed."""
        before = [strip.card for strip in self.cards]
        self._set_cards()
        return before != [strip.card for strip in self.cards]

    def set_embedded_height(self, height: int | None) -> None:
        """Set the height of an embedded widget, which replaces the notice of a failure."""
        self.embedded_height = height
        self._collect_strips()

    @property
    def embedded_top(self) -> int:
        """The top of an embedded widget."""
        if not self._strips:
            return self._strips_top
        spacing = self._page.theme.length("s")
        return self._strips_top + sum(strip.height + spacing for strip in self._strips)

    @property
    def own_pictures(self) -> Sequence[Span]:
        """See `MessageItem`."""
        return self._pictures.spans

    def picture_changed(self, source: str) -> bool:
        """See `MessageItem`. Pictures of the message keep their size."""
        return super().picture_changed(source) or self._pictures.shows(source)

    def source_link(self, number: int) -> Link | None:
        """See `MessageItem`."""
        found = self.message.sources[number : number + 1]
        return Link(found[0].address, found[0].title) if found else None

    def _set_pictures(self, pictures: Sequence[ImagePart]) -> None:
        if pictures or self._pictures.pictures:
            self._pictures = MessagePictures(pictures, self._page, self._width, OF_ANSWERS)

    def _set_strips(self) -> None:
        sources = self.message.sources
        if not sources:
            self.sources = None
        elif self.sources is None or self.sources.sources != sources:
            self.sources = SourcesStrip(sources, self._page, self._width)
        self._set_cards()
        self._set_notices()

    def _set_cards(self) -> None:
        """Update the cards. A streaming answer has none, so that nothing is searched with each token."""
        found = (
            ()
            if self.streaming or self.body.is_parsing
            else self._page.cards.cards_of(self.message, self.body.text.blocks)
        )
        self.cards = [CardStrip(card, self._page, self._width) for card in found]
        self._collect_strips()

    def notice_details(self, number: int) -> str:
        """See `MessageItem`."""
        return self.notices[number].notice.details if number < len(self.notices) else ""

    def _open_notice(self, number: int) -> None:
        if text := self.notice_details(number):
            self._open_details[number] = NoticeDetails(text, self._page, details_width(self._page, self._width))

    def _set_notices(self) -> None:
        found = notices_of(self.message, self._page.texts, self._describe)
        if self._page.read_only:
            found = tuple(replace(notice, buttons=()) for notice in found)
        texts = dict(enumerate(notice.details for notice in found))
        self._open_details = {
            number: details for number, details in self._open_details.items() if details.text == texts.get(number)
        }
        self.notices = [
            NoticeStrip(notice, number, self._page, self._width, self._open_details.get(number))
            for number, notice in enumerate(found)
        ]
        self._collect_strips()

    def _collect_strips(self) -> None:
        replaced = self.embedded_height is not None and self.message.state is MessageState.FAILED
        notices = self.notices[:-1] if replaced else self.notices
        self._strips = [*self.cards, *([self.sources] if self.sources else []), *notices]

    def _placed_strips(self) -> Iterator[tuple[int, CardStrip | SourcesStrip | NoticeStrip]]:
        if not self._strips:
            return  # called three times per token: skip calculating the positions
        top = self._strips_top
        for strip in self._strips:
            yield top, strip
            top += strip.height + self._page.theme.length("s")

    @property
    def actions(self) -> ActionsRow:
        """The actions row of the answer."""
        return ActionsRow(self.message, self.position, self._page)

    @property
    def _pictures_top(self) -> int:
        return self.body.height + (self._page.theme.length("s") if self.body.text.blocks or self.body.waiting else 0)

    @property
    def _strips_top(self) -> int:
        if self._pictures.pictures:
            return self._pictures_top + self._pictures.height + self._page.theme.length("s")
        return self.body.height + (self._page.theme.length("s") if self.body.text.blocks else 0)

    @property
    def _actions_top(self) -> int:
        embedded = 0 if self.embedded_height is None else self.embedded_height + self._page.theme.length("s")
        return self.embedded_top + embedded
