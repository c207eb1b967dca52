"""Tells the user that a long answer is ready while the window is not in front. Created with the first answer."""

import asyncio
import os
import threading
import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from chatdesk.features.chat.services.chat_changes import ChatChange, MessageAdded, MessageChanged
from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.kernel.aio.daemon_thread import run_in_daemon_thread
from chatdesk.kernel.chat.message import Message, MessageState, Role
from chatdesk.kernel.settings.declarations import NOTIFY
from chatdesk.kernel.settings.store import Settings
from chatdesk.system.desktop_notification import wait_for_click
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.safe_text import plain_line

LONG_ANSWER_SECONDS = 20.0
"""Who waits for less is still looking; after that, most people have turned to something else."""


class AnswerNotifier(QObject):
    """Shows a desktop notification for each long answer that ends while none of our windows is active, and marks the window.

    It contains the title of the chat and nothing that was written in it, because others can read it on a locked or shared screen.
    `clock` returns seconds.
    """

    chat_requested = Signal(str)
    """A notification was clicked: the window must come to the front with this chat."""

    def __init__(
        self,
        conversations: Conversations,
        settings: Settings,
        tasks: Tasks,
        window: QWidget,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(window)
        self._conversations = conversations
        self._settings = settings
        self._tasks = tasks
        self._window = window
        self._clock = clock
        self._started: dict[str, float] = {}
        """When answers began that are being written, by message ID."""
        self._over = threading.Event()
        """Set when the user is back, for the notifications shown until then."""
        self._shown: set[asyncio.Task[object]] = set()
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._on_state_changed)

    def on_change(self, change: ChatChange) -> None:
        """Handle a change of a chat."""
        if not isinstance(change, MessageAdded | MessageChanged) or change.message.role is not Role.ASSISTANT:
            return
        answer = change.message
        if answer.state is MessageState.STREAMING:
            self._started.setdefault(answer.id, self._clock())
            return
        started = self._started.pop(answer.id, None)
        is_long = started is not None and self._clock() - started >= LONG_ANSWER_SECONDS
        if is_long and answer.state is not MessageState.STOPPED and self._is_wanted:
            task = self._tasks.start(self._notify(answer), "notify about an answer")
            self._shown.add(task)
            task.add_done_callback(self._shown.discard)

    def end(self) -> None:
        """Close all notifications, without waiting for it."""
        self._over.set()
        for task in self._shown:
            task.cancel()

    @property
    def _is_wanted(self) -> bool:
        """Whether the user cannot see the answer. Without a window, the program announces the end of all work when it quits."""
        is_away = QGuiApplication.applicationState() is not Qt.ApplicationState.ApplicationActive
        return is_away and self._window.isVisible() and self._settings.get(NOTIFY)

    async def _notify(self, answer: Message) -> None:
        QApplication.alert(self._window)
        is_complete = answer.state is MessageState.COMPLETE
        heading = self.tr("Answer ready") if is_complete else self.tr("An answer was interrupted")
        title = plain_line(self._conversations.title(answer.conversation_id)) or self.tr("New chat")
        show = partial(wait_for_click, heading, title, self.tr("Show"), self._over.is_set)
        token = await run_in_daemon_thread(show, "notify")
        if token is not None and not self._over.is_set():
            if token:
                os.environ["XDG_ACTIVATION_TOKEN"] = (
                    token  # read by Qt on Wayland, which lets no window come to the front without it
                )
            self.chat_requested.emit(answer.conversation_id)

    def _on_state_changed(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive:
            self._over.set()
            self._over = threading.Event()
