"""Window-wide display of model downloads: a row of the sidebar, the window title, and a toast when a download ends."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from chatdesk.features.models.services.model_library import ModelLibrary
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.errors.error_texts import describe_error
from chatdesk.ui_kit.feature import Navigation
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.widgets.toast_host import ToastHost

if TYPE_CHECKING:
    from chatdesk.features.models.services.library_services import LibraryServices
    from chatdesk.features.models.services.model_guide import ModelGuide
    from chatdesk.kernel.models.pulls import Pull, PullChanged, PullState


class PullPresenter(QObject):
    """Presenter of the downloads. `names` returns a model's name; `are_shown` whether the user sees the downloads.

    `chat_with` shows a new chat with a model. `begin` continues the downloads of an earlier run; call `end` before the services are
    closed.
    """

    percent_changed = Signal()
    summary_changed = Signal(str, str)
    """Which models are downloading (empty for none), and their progress."""

    def __init__(
        self,
        navigation: Navigation,
        library: ModelLibrary,
        toasts: ToastHost,
        names: Callable[[ModelRef], str],
        tasks: Tasks,
        parent: QObject,
        are_shown: Callable[[], bool],
        chat_with: Callable[[ModelRef], object],
    ) -> None:
        super().__init__(parent)
        self._navigation = navigation
        self._chat_with = chat_with
        self._library = library
        self._guide: ModelGuide | None = None
        self._toasts = toasts
        self._names = names
        self._are_shown = are_shown
        self._tasks = tasks
        self._states: dict[ModelRef, PullState] = {}
        """The last known states."""
        self._percent = ""
        self._end_listening: Callable[[], None] = lambda: None
        library.when_created(self._listen)

    def titled(self, title: str) -> str:
        """Return the window title with the overall progress, which is visible there even if the sidebar is hidden."""
        return f"{self._percent} · {title}" if self._percent else title

    def begin(self) -> None:
        """Continue unfinished downloads of the last run."""
        self._tasks.start(self._resume_downloads(), "take up downloads")

    def end(self) -> None:
        """Stop listening for changes."""
        self._end_listening()

    def retranslate(self) -> None:
        """Show the texts in the current language."""
        self._show()

    async def _resume_downloads(self) -> None:
        going = await self._library.resume_downloads()
        if going:
            names = ", ".join(self._names(ref) for ref in going)
            self._toasts.show_toast(self.tr("Downloads resumed"), names, self.tr("Show"), self._show_downloads)

    def _show_downloads(self) -> None:
        self._navigation.show_models("downloads")

    def _listen(self, services: "LibraryServices") -> None:
        self._guide = services.guide
        self._end_listening = services.guide.pulls.changes.subscribe(self._on_change)

    def _on_change(self, change: "PullChanged") -> None:
        pull = self._guide.pulls.find(change.ref) if self._guide else None
        before = self._states.pop(change.ref, None)
        if pull:
            self._states[change.ref] = pull.state
            if before not in {None, pull.state} and not self._are_shown():
                self._show_end(pull)
        self._show()

    def _show_end(self, pull: "Pull") -> None:
        if pull.is_done:
            message = self.tr("{model} is ready.").format(model=self._names(pull.ref))
            self._toasts.show_toast(message, "", self.tr("Chat with it"), lambda: self._chat(pull.ref))
        elif pull.has_failed and pull.error:
            text = describe_error(pull.error)
            self._toasts.show_toast(text.sentence, text.consequence, self.tr("Show"), self._show_downloads)

    def _chat(self, ref: ModelRef) -> None:
        if self._guide:
            self._guide.prepare_chat(ref)
        self._chat_with(ref)

    def _show(self) -> None:
        shown = [pull for pull in self._guide.pulls.all() if not pull.is_done] if self._guide else []
        going = [pull for pull in shown if pull.is_active]
        percent = f"{_percent(going)}%" if going else ""
        text = self.tr("%n download(s)", "", len(shown)) if shown else ""
        text = self._names(shown[0].ref) if len(shown) == 1 else text
        self.summary_changed.emit(text, percent or self._idle_text(shown))
        if percent != self._percent:
            self._percent = percent
            self.percent_changed.emit()

    def _idle_text(self, shown: "list[Pull]") -> str:
        """Return why no download is in progress."""
        if any(pull.has_failed for pull in shown):
            return self.tr("failed")
        return self.tr("paused") if shown else ""


def _percent(going: "list[Pull]") -> int:
    """Return the overall progress in percent; 0 if no size is known, 100 only if complete."""
    if len(going) == 1:
        return min(99, int(going[0].progress.fraction * 100))
    total = sum(max(pull.progress.total, pull.expected) for pull in going)
    return min(99, 100 * sum(pull.progress.completed for pull in going) // total) if total else 0
