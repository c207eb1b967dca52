"""Composers in the states of the design, to look at."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.features.chat.ui.composer.composer import Composer
from chatdesk.kernel.chat.conversation import Draft
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.models.thinking import ThinkingChoices
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.theme import make_palette

LONG = "\n".join(
    f"{number}. A line of a long message, 一行很长的消息, that makes the composer grow." for number in range(40)
)

SWITCH, EFFORTS = (Thinking.OFF, Thinking.ON), (Thinking.OFF, Thinking.LOW, Thinking.HIGH, Thinking.MAX)
THINKING = (
    (ThinkingChoices(SWITCH), Thinking.OFF),
    (ThinkingChoices(EFFORTS), Thinking.HIGH),
    (ThinkingChoices(SWITCH), Thinking.AUTO),
    (ThinkingChoices((Thinking.ON,)), Thinking.AUTO),
    (ThinkingChoices(SWITCH, sure=False), Thinking.AUTO),
)


def sample_composers(appearance: Appearance) -> QWidget:
    """A page with one composer under the other: empty, written in, streaming with a queue, right to left, very long."""
    page = QWidget()
    page.setPalette(make_palette(appearance.theme))
    page.setAutoFillBackground(True)
    column = QVBoxLayout(page)
    empty, written, streaming, hebrew, long = composers = [Composer(appearance, page) for _ in range(5)]
    for composer, (choices, thinking) in zip(composers, THINKING, strict=True):
        column.addWidget(composer)
        composer.show_thinking(choices, thinking)
    empty.set_placeholder_model("deepseek-r1:14b")
    written.set_text("And what would a fee of 0.5% a year do to that?\n如果每年再收 0.5% 的管理费，结果会怎样？")
    streaming.set_streaming(True)
    streaming.set_queue(
        (
            Draft("Then give the same proof for √3, as short as you can."),
            Draft("<b>And</b>\nfor √5. " + "And so on. " * 40),
        )
    )
    hebrew.set_text("שלום, מה שלומך היום?\nand English below")
    long.set_text(LONG)
    column.addStretch(1)
    written.focus()
    return page
