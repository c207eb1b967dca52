"""A picture as something that can be pressed."""

from PySide6.QtCore import QRect

from chatdesk.rendering.blocks import Span
from chatdesk.ui.transcript.blocks.picture_words import picture_tooltip, viewing_words
from chatdesk.ui.transcript.controls import Command, Control, ControlLook, Verb


def picture_control(span: Span, number: int, rect: QRect) -> Control:
    """Return what opens a picture in the viewer: the picture itself. `number` is its order in its block."""
    name = f"{viewing_words()}: {picture_tooltip(span)}"
    return Control(Command(Verb.VIEW_PICTURE, str(number)), rect, name, look=ControlLook.AREA)
