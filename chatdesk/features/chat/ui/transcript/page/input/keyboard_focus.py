"""The keyboard focus in the transcript: a message or one of its controls. It knows the document, but no keys."""

from collections.abc import Callable, Sequence

from chatdesk.features.chat.ui.transcript.controls import ABOUT_CODE, Command, Control
from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(slots=True)
class KeyboardFocus:
    """The focused message and control.

    `message` is the index of the focused message or None; `command` that of the focused control, None for the message
    itself.
    """

    document: Document
    controls_of: Callable[[int], Sequence[Control]]
    """Returns the controls of a message in order."""
    message: int | None = None
    command: Command | None = None

    @property
    def on_code(self) -> bool:
        """Whether a control of a code block has the focus."""
        return self.command is not None and self.command.verb in ABOUT_CODE

    def clear(self) -> None:
        """Remove the focus."""
        self.message = self.command = None

    def set_message(self, index: int) -> None:
        """Focus a message; an index out of range means the first or last one."""
        self.command = None
        self.message = max(0, min(index, len(self.document) - 1)) if len(self.document) else None

    def step(self, *, forward: bool) -> bool:
        """Focus the next control of the message, or the previous one or the message itself.

        Return False if there is none.
        """
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
        """Return the focused control, or None if it no longer exists."""
        if self.message is None or self.command is None:
            return None
        return next((found for found in self.controls_of(self.message) if found.command == self.command), None)
