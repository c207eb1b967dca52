"""A transcript on a screen nobody sees, and what measuring it needs: messages, pieces, and the cost of one round of the loop."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QApplication

from chatdesk.app.garbage import GarbageCollector
from chatdesk.features.chat.ui.transcript.transcript_view import TranscriptView
from chatdesk.kernel.chat.message import Message, MessageState, TextPart
from chatdesk.kernel.chat.stream_events import TextDelta
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.style import Style
from tests.gui.features.chat.transcript.sample_chat import answer, describe, question
from tests.paths import RESOURCES
from tests.unit.rendering.answers import answer as answer_text

VIEW = (860, 900)
CHARACTERS_PER_FLUSH = 13
"""What comes between two frames of 33 ms at 100 tokens a second, four characters a token."""
FLUSHES_PER_1000_TOKENS = 303


def application() -> QApplication:
    """Make the application of this process, without a screen."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return QApplication([])


class TranscriptStage:
    """The transcript as the window has it. Keep `application` alive."""

    def __init__(self, application: QApplication) -> None:
        self.application = application
        self._garbage = GarbageCollector(application)  # as in the program
        appearance = Appearance(application, RESOURCES)
        application.setStyle(Style(application, appearance))
        self.view = TranscriptView(appearance, describe)
        self.view.resize(*VIEW)
        self.view.show()
        self.settle()

    def settle(self) -> None:
        """Let everything that is due happen, paintings too, and long messages be read."""
        while self.view.document.is_parsing:
            self.application.processEvents()
        for _ in range(3):
            self.application.processEvents()

    def begin(self, text: str) -> None:
        """Show a chat whose last answer has come as far as `text` and is still coming."""
        messages = [question("A question?", 0), answer(answer_text(2_000, seed=2), 1), question("Another?", 2)]
        streaming = replace(answer("", 3, state=MessageState.STREAMING), parts=(TextPart(text),) if text else ())
        self.view.clear()
        self.view.show_path([*messages, streaming], {})
        self.settle()

    def grow(self, piece: str) -> float:
        """Let the answer grow by a piece and be painted; return the CPU time it took, in milliseconds."""
        before = time.thread_time()
        self.view.grow("m3", (TextDelta(piece),))
        self.application.processEvents()
        return (time.thread_time() - before) * 1000


def pieces(text: str) -> Iterator[str]:
    """Cut a text as the frames of a stream do."""
    return (text[start : start + CHARACTERS_PER_FLUSH] for start in range(0, len(text), CHARACTERS_PER_FLUSH))


def costs_of(grow: Callable[[str], float], text: str, pace: float = 0.0) -> Sequence[float]:
    """Return what each piece of `text` cost, in milliseconds, with `pace` seconds of rest before each, as a model leaves them.

    After a rest the processor's caches hold other things: a piece costs about twice what it does in a tight loop.
    """
    costs = []
    for piece in pieces(text):
        time.sleep(pace)
        costs.append(grow(piece))
    return costs


def chat(count: int, characters: int = 1_900) -> list[Message]:
    """Return questions and answers that are about 1,000 characters long in the middle."""
    texts = [answer_text(characters, seed=seed, definitions=False) for seed in range(8)]
    return [
        question(f"Question {number}: " + "how does this work, and why? " * 4, number)
        if number % 2 == 0
        else answer(f"{texts[number // 2 % 8]}\n\nAnswer {number}.", number)
        for number in range(count)
    ]
