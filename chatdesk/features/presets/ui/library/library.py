"""The library of presets, put together by hand."""

from chatdesk.services.program import Program
from chatdesk.ui.presets.detail_pane import DetailPane
from chatdesk.ui.presets.edit_presenter import EditPresenter
from chatdesk.ui.presets.library_deeds import LibraryDeeds
from chatdesk.ui.presets.library_page import LibraryPage
from chatdesk.ui.presets.library_presenter import LibraryPresenter
from chatdesk.ui.presets.trial_presenter import TrialPresenter
from chatdesk.ui.tasks import Tasks
from chatdesk.ui.theme.appearance import Appearance


def make_library(appearance: Appearance, program: Program, tasks: Tasks) -> LibraryPresenter:
    """Return a library that follows the services; its `page` is the widget."""
    detail = DetailPane(appearance)
    page = LibraryPage(appearance, detail)
    edits = EditPresenter(program.presets, program.settings, detail, tasks)
    trials = TrialPresenter(program, detail.editor, detail.trial, tasks)
    edits.looked_at.connect(lambda preset: trials.stop() if detail.trial.isHidden() else trials.show(preset))
    detail.trial.closed.connect(trials.stop)
    detail.editor.head.trial_requested.connect(detail.show_trial)
    detail.editor.head.trial_requested.connect(edits.tell)
    deeds = LibraryDeeds(program.presets, tasks, page)
    return LibraryPresenter(appearance, program.presets, program.settings, edits, deeds, page)
