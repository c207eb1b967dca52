"""Where the keyboard is in the transcript: on a message, or on one of its controls. Knows the document, not the keys."""

from collections.abc import Callable, Sequence

from chatdesk.features.chat.ui.transcript.controls import ABOUT_CODE, Command, Control
from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(slots=True)
class KeyboardFocus:
    """`message` is the order of the message focused, None for none; `command` that of the control, None for the message itself."""

    document: Document
    controls_of: Callable[[int], Sequence[Control]]
    """What can be pressed of a message, in order."""
    message: int | None = None
    command: Command | None = None

    @property
    def on_code(self) -> bool:
        """Whether a control of a code block is focused."""
        return self.command is not None and self.command.verb in ABOUT_CODE

    def clear(self) -> None:
        """Focus nothing."""
        self.message = self.command = None

    def set_message(self, index: int) -> None:
        """Focus a message, the first or last one for an index outside."""
        self.command = None
        self.message = max(0, min(index, len(self.document) - 1)) if len(self.document) else None

    def step(self, *, forward: bool) -> bool:
        """Go to the next control of the message, or back to the one before or to the message. False if there is none."""
        if self.message is None:
            return False
        commands: list[Command | None] = [None]
        commands += [control.command for control in self.controls_of(self.message) if control.enabled]
        here = commands.index(self.command) if self.command in commands else 0
        there = here + (1 if forward else -1)
        if not 0 <= there < len(commands):
            return False
        self.command = commands[there]
        return True

    def control(self) -> Control | None:
        """Return the control focused, if it is still there."""
        if self.message is None or self.command is None:
            return None
        return next((found for found in self.controls_of(self.message) if found.command == self.command), None)
