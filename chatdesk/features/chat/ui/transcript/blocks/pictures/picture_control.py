"""A picture as something that can be pressed: it opens in the viewer, and an animation has a mark that plays it."""

from PySide6.QtCore import QRect

from chatdesk.features.chat.ui.transcript.blocks.pictures.picture_words import (
    picture_name,
    picture_tooltip,
    play_words,
    viewing_words,
)
from chatdesk.features.chat.ui.transcript.controls import Command, Control, ControlLook, Verb
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.rendering.markdown.blocks import Span


def picture_control(span: Span, number: int, rect: QRect) -> Control:
    """Return what opens a picture in the viewer: the picture itself. `number` is its order in its block."""
    name = f"{viewing_words()}: {picture_tooltip(span)}"
    return Control(Command(Verb.VIEW_PICTURE, str(number)), rect, name, look=ControlLook.AREA)


def play_control(span: Span, number: int, rect: QRect, page: PageContext) -> Control | None:
    """Return what plays an animation, or stops it: a mark in its corner. None for a picture that does not move."""
    if not page.pictures.is_animated(span.image):
        return None
    theme = page.theme
    side = theme.length("hitSmall")
    inset = min(theme.length("s"), (rect.height() - side) // 2, (rect.width() - side) // 2)
    plays = page.pictures.plays(span.image)
    place = QRect(rect.left() + inset, rect.bottom() - inset - side, side, side)
    name = f"{play_words(plays=plays)}: {picture_name(span)}"
    command = Command(Verb.PLAY_PICTURE, str(number))
    return Control(command, place, name, "square" if plays else "play", ControlLook.DISC)
