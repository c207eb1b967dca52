"""Window-wide display of model downloads: in the sidebar and the window title, and a toast when a download ends."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from chatdesk.features.models.services.model_services import ModelServices
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.errors.error_texts import describe_error
from chatdesk.ui_kit.feature import ModelsTab, Navigation
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.widgets.toast_host import ToastHost, ToastMessage

if TYPE_CHECKING:
    from chatdesk.features.models.services.library_services import LibraryServices
    from chatdesk.features.models.services.pulls import Pulls
    from chatdesk.kernel.models.pulls import Pull, PullChanged

UPDATE_INTERVAL = 500
"""Milliseconds between two changes of a percentage: numbers that change faster cannot be read."""
_ANNOUNCED = (75, 50, 25)
"""Percentages that are announced to screen readers."""


class PullPresenter(QObject):
    """Presenter of the downloads. `names` returns a model's name; `are_shown` whether the user sees the downloads.

    `is_shown_elsewhere` returns whether another view shows a ready model. `chat_with` shows a new chat with a model. `begin` continues
    the downloads of an earlier run; call `end` before the services are closed.
    """

    percent_changed = Signal()
    summary_changed = Signal(str, float, str, str)
    """The overall percentage, the same as a share from 0 to 1, what is in progress, and what failed. Empty texts for nothing."""

    def __init__(
        self,
        navigation: Navigation,
        services: ModelServices,
        toasts: ToastHost,
        names: Callable[[ModelRef], str],
        tasks: Tasks,
        parent: QObject,
        are_shown: Callable[[], bool],
        is_shown_elsewhere: Callable[[ModelRef], bool],
        chat_with: Callable[[ModelRef], object],
    ) -> None:
        super().__init__(parent)
        self._navigation = navigation
        self._chat_with = chat_with
        self._library = services.library
        self._models = services.models
        self._downloads: Pulls | None = None
        self._toasts = toasts
        self._names = names
        self._are_shown = are_shown
        self._is_shown_elsewhere = is_shown_elsewhere
        self._tasks = tasks
        self._pulls: dict[ModelRef, Pull] = {}
        """The downloads as last announced."""
        self._percent = ""
        self._timer = QTimer(self, singleShot=True, interval=UPDATE_INTERVAL)
        self._timer.timeout.connect(self._show)
        self._end_listening: Callable[[], None] = lambda: None
        services.library.when_created(self._listen)

    def titled(self, title: str) -> str:
        """Return the window title with the overall progress, which is visible there even if the sidebar is hidden."""
        return f"{self._percent} · {title}" if self._percent else title

    def begin(self) -> None:
        """Continue unfinished downloads of the last run."""
        self._tasks.start(self._resume_downloads(), "take up downloads")

    def end(self) -> None:
        """Stop listening for changes."""
        self._timer.stop()
        self._end_listening()

    def retranslate(self) -> None:
        """Show the texts in the current language."""
        self._show()

    async def _resume_downloads(self) -> None:
        going = await self._library.resume_downloads()
        if going:
            names = ", ".join(self._name(self._pulls[ref]) for ref in going if ref in self._pulls)
            self._toasts.show_toast(self.tr("Downloads resumed"), names, self.tr("Show"), self._show_downloads)

    def _show_downloads(self) -> None:
        self._navigation.show_models(ModelsTab.GET_MORE, "downloads")

    def _listen(self, services: "LibraryServices") -> None:
        self._downloads = services.pulls
        self._end_listening = services.pulls.changes.subscribe(self._on_change)

    def _on_change(self, change: "PullChanged") -> None:
        pull = self._downloads.find(change.ref) if self._downloads else None
        before = self._pulls.pop(change.ref, None)
        if pull:
            self._pulls[change.ref] = pull
        if before is None or pull is None or before.state is not pull.state:
            self._show()
        elif not self._timer.isActive():
            self._timer.start()
        if pull is None:
            if before:
                self._offer_undo(before)
        elif before is None or before.state is not pull.state:
            self._show_end(pull)
        else:
            self._announce_progress(before, pull)

    def _show_end(self, pull: "Pull") -> None:
        if pull.is_done:
            message = self.tr("{model} is ready.").format(model=self._names(pull.ref))
            if self._are_shown() or self._is_shown_elsewhere(pull.ref):
                self._toasts.announce(message)
            elif not self._models.can_chat(pull.ref):
                self._toasts.show_toast(message)
            else:
                self._toasts.show_toast(message, "", self.tr("Chat with it"), lambda: self._chat_with(pull.ref))
        elif pull.has_failed and pull.error and not self._are_shown():
            text = describe_error(pull.error)
            self._toasts.show_toast(text.sentence, text.consequence, self.tr("Show"), self._show_downloads)

    def _offer_undo(self, cancelled: "Pull") -> None:
        """Offer to continue a cancelled download if something of it has been received."""
        pulls = self._downloads
        is_replaced = bool(pulls and cancelled.download and pulls.find_download(cancelled.download))
        if pulls and not is_replaced and not cancelled.is_done and cancelled.progress.completed:
            message = self.tr("Download of {model} cancelled.").format(model=self._name(cancelled))

            def put_back() -> None:
                pulls.put_back(cancelled)

            self._toasts.show_message(ToastMessage(message, "", self.tr("Undo"), put_back, "Ctrl+Z", put_back))

    def _announce_progress(self, before: "Pull", pull: "Pull") -> None:
        """Announce a quarter, half and three quarters."""
        reached = next((each for each in _ANNOUNCED if pull.progress.fraction * 100 >= each), 0)
        if before.progress.fraction * 100 < reached:
            text = self.tr("{model}: {percent}% downloaded")
            self._toasts.announce(text.format(model=self._name(pull), percent=reached))

    def _show(self) -> None:
        self._timer.stop()
        shown = [pull for pull in self._downloads.all() if not pull.is_done] if self._downloads else []
        going = [pull for pull in shown if pull.is_active]
        fraction = _fraction(going)
        percent = f"{min(99, int(fraction * 100))}%" if going else ""
        failed = self.tr("failed") if any(pull.has_failed for pull in shown) else ""
        self.summary_changed.emit(percent, fraction, self._details(going), failed)
        if percent != self._percent:
            self._percent = percent
            self.percent_changed.emit()

    def _name(self, pull: "Pull") -> str:
        return pull.download.name if pull.download else self._names(pull.ref)

    def _details(self, going: "list[Pull]") -> str:
        if len(going) != 1:
            return self.tr("%n download(s)", "", len(going)) if going else ""
        from chatdesk.ui_kit.text.download_texts import (  # noqa: PLC0415 - start-up time: with the first download
            join_parts,
            left_text,
        )

        return join_parts(self._name(going[0]), left_text(going[0].seconds_left))


def _fraction(going: "list[Pull]") -> float:
    """Return the overall progress as a share from 0 to 1; 0 if no size is known."""
    if len(going) == 1:
        return going[0].progress.fraction
    total = sum(max(pull.progress.total, pull.expected) for pull in going)
    return min(1.0, sum(pull.progress.completed for pull in going) / total) if total else 0.0
