"""The row of actions of a message: icons, the number of its version, and on the right its time and statistics.

The version is at the outer end of the icons, where it stays alone while the icons are hidden: first in an answer, last in a question.
"""

from collections.abc import Iterator

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from chatdesk.features.chat.ui.transcript.control_painter import write
from chatdesk.features.chat.ui.transcript.controls import Command, Control, Verb
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.kernel.chat.message import FinishReason, Message, MessageState, Role

_MIN_STATISTICS_WIDTH = 480
_MAX_MODEL_WIDTH = 200
"""The maximum width of the model name in pixels at 100 %."""


class ActionsRow:
    """The actions row. It starts at x 0 with the first icon aligned to the text."""

    def __init__(self, message: Message, position: tuple[int, int], page: PageContext) -> None:
        self._message = message
        self._position = position
        self._page = page

    @property
    def height(self) -> int:
        """The height in pixels."""
        return self._page.theme.length("hitSmall")

    @property
    def width(self) -> int:
        """The width of the icons."""
        return max((control.rect.right() + 1 for control in self.controls()), default=0)

    def controls(self, *, with_actions: bool = True) -> Iterator[Control]:
        """Yield the icons from left to right; without the actions only those of the version, at the same position."""
        texts, size = self._page.texts, self.height
        x, is_answer = self._left, self._message.role is Role.ASSISTANT
        if is_answer:
            yield from self._version_controls(x)
            x += self._version_width
        offered = [(Verb.COPY, texts.copy_message, "copy")]
        if not self._page.read_only:
            offered.append((Verb.EDIT, texts.edit, "pencil"))
        if is_answer and not self._page.read_only:
            offered.append((Verb.REGENERATE, texts.regenerate, "refresh-cw"))
        if is_answer and not self._page.read_only and self._message.state is not MessageState.STREAMING:
            offered.append((Verb.SAVE_WORD, texts.save_as_word, "file-down"))
        offered.append((Verb.MENU, texts.more_actions, "ellipsis"))
        for verb, name, icon in offered:
            if with_actions:
                yield Control(Command(verb), QRect(x, 0, size, size), name, icon)
            x += size
        if not is_answer:
            yield from self._version_controls(x)

    def _version_controls(self, x: int) -> Iterator[Control]:
        texts, size, (index, count) = self._page.texts, self.height, self._position
        if count > 1:
            back, ahead = Command(Verb.PREVIOUS_SIBLING), Command(Verb.NEXT_SIBLING)
            is_last = index >= count - 1
            yield Control(back, QRect(x, 0, size, size), texts.previous_sibling, "chevron-left", enabled=index > 0)
            x += size + self._siblings_width()
            yield Control(ahead, QRect(x, 0, size, size), texts.next_sibling, "chevron-right", enabled=not is_last)

    @property
    def has_versions(self) -> bool:
        """Whether there are other versions of the message, so that its version is always shown."""
        return self._position[1] > 1

    @property
    def _version_width(self) -> int:
        return 2 * self.height + self._siblings_width() if self.has_versions else 0

    def paint(self, painter: QPainter, width: int, *, statistics: bool) -> None:
        """Paint the version number and the statistics at the right end of `width`."""
        theme = self._page.theme
        font = theme.font("caption")
        if self.has_versions:
            previous = next(control for control in self.controls() if control.command.verb is Verb.PREVIOUS_SIBLING)
            text = self._siblings_text()
            x = previous.rect.right() + 1 + (self._siblings_width() - QFontMetricsF(font).horizontalAdvance(text)) / 2
            write(painter, text, font, theme.color("textSecondary"), x, previous.rect)
        if statistics:
            text = self.statistics(width)
            x = width - QFontMetricsF(font).horizontalAdvance(text)
            write(painter, text, font, theme.color("textTertiary"), x, QRect(0, 0, width, self.height))

    def statistics_at(self, x: float, width: int) -> str:
        """Return a tooltip for the statistics at a point, one detail per line; empty beside them."""
        advance = QFontMetricsF(self._page.theme.font("caption")).horizontalAdvance(self.statistics(width))
        return "" if x < width - advance else "\n".join(self.details())

    def details(self) -> list[str]:
        """Return all details of a message: time, model, token counts and speed."""
        texts = self._page.texts
        model, usage = self._message.model, self._message.usage
        edited = texts.edited_by_you if self._message.edited else ""
        ended = texts.ended_otherwise if self._message.finish is FinishReason.OTHER else ""
        found = [texts.date_and_time(self._message.created_at), model.model_id if model else "", edited, ended]
        if usage and not self._is_streaming:
            found += [
                texts.prompt_tokens(usage.prompt_tokens) if usage.prompt_tokens else "",
                texts.cached_tokens(usage.cached_prompt_tokens) if usage.cached_prompt_tokens else "",
                texts.answer_tokens(usage.completion_tokens) if usage.completion_tokens else "",
                texts.speed(usage.tokens_per_second) if usage.tokens_per_second else "",
                texts.first_token(usage.first_token_milliseconds) if usage.first_token_milliseconds else "",
                texts.total_time(usage.total_milliseconds) if usage.total_milliseconds else "",
            ]
        return [line for line in found if line]

    def statistics(self, width: int) -> str:
        """Return as much of time, model, tokens and speed as fits beside the icons; always the time, then the model."""
        theme = self._page.theme
        metrics = QFontMetricsF(theme.font("caption"))
        available = width - self.width - theme.length("l")
        found = self._statistics()
        while len(found) > 1 and width >= _MIN_STATISTICS_WIDTH * theme.scale:
            text = " · ".join(found)
            if metrics.horizontalAdvance(text) <= available:
                return text
            del found[-1]
        return found[0]

    def _statistics(self) -> list[str]:
        texts, usage, model = self._page.texts, self._message.usage, self._message.model
        found = [texts.time_of_day(self._message.created_at)]
        if self._message.edited:
            found.append(texts.edited)
        if model:
            metrics = QFontMetricsF(self._page.theme.font("caption"))
            widest = _MAX_MODEL_WIDTH * self._page.theme.scale
            found.append(metrics.elidedText(texts.model_name_of(model), Qt.TextElideMode.ElideMiddle, widest))
        if usage and not self._is_streaming:
            if usage.completion_tokens:
                found.append(texts.tokens(usage.completion_tokens))
            if usage.tokens_per_second:
                found.append(texts.speed(usage.tokens_per_second))
        return found

    @property
    def _is_streaming(self) -> bool:
        return self._message.state is MessageState.STREAMING

    @property
    def _left(self) -> int:
        """Negative, because the clickable area of an icon is larger than the icon."""
        theme = self._page.theme
        return -(theme.length("hitSmall") - theme.length("icon.ui")) // 2

    def _siblings_text(self) -> str:
        index, count = self._position
        return self._page.texts.sibling_position(index + 1, count)

    def _siblings_width(self) -> int:
        metrics = QFontMetricsF(self._page.theme.font("caption"))
        return round(metrics.horizontalAdvance(self._siblings_text()))
