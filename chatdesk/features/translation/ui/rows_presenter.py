"""Presenter of the rows: terms, status notes and possible actions as text."""

import asyncio
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QCoreApplication

from chatdesk.features.translation.domain.document import RowStatus, TranslationRow
from chatdesk.features.translation.services.translation import Translation
from chatdesk.features.translation.services.translation_session import TranslationSession
from chatdesk.features.translation.ui.row_notes import Note
from chatdesk.features.translation.ui.row_view import RowContent
from chatdesk.features.translation.ui.translation_texts import problem_text
from chatdesk.kernel.chat.stream_events import AnswerStage
from chatdesk.kernel.models.model import Model
from chatdesk.kernel.models.model_file import STARTER_NAME
from chatdesk.ui_kit.errors.error_texts import describe_failure
from chatdesk.ui_kit.errors.wording_types import NextStep
from chatdesk.ui_kit.tasks import Tasks

_MAX_PROBLEMS = 4
_SLICE = 20
"""Rows that are examined between two turns of the event loop."""
_STEPS = frozenset({NextStep.RETRY, NextStep.CHOOSE_MODEL, NextStep.SERVER_SETTINGS})
"""Actions after a failure that the page supports."""


class RowsPresenter:
    """Creates the content of rows. `busy` are the numbers of the rows that are displayed as being translated."""

    def __init__(self, translation: Translation) -> None:
        self._translation = translation
        self._session = translation.session
        self.busy: frozenset[int] = frozenset()

    def content(self, row: TranslationRow, position: int) -> RowContent:
        """Return the content of a row; `position` is its position, starting from 1."""
        working = row.number in self._translation.working
        terms = self._session.glossary.find(row.segment.text) if row.segment.translatable else ()
        translate = QCoreApplication.translate
        if working:
            notes: tuple[Note, ...] = (
                Note(translate("TranslationDesk", "Translating"), "loader-circle", "accentText"),
            )
        else:
            notes = tuple(self._notes(row))
        return RowContent(
            row,
            position,
            terms,
            notes,
            working,
            result_placeholder=translate("TranslationDesk", "The translation appears here"),
            verbatim_note=_verbatim_note(row),
        )

    def progress_text(self, done: int, all_rows: int, model: Model | None) -> str:
        """Return the progress or the current stage; before the start, a warning if the model is too small."""
        translate = QCoreApplication.translate
        if not self._translation.running and not done and model and model.name == STARTER_NAME:
            return translate("TranslationDesk", "The built-in model is too small for good translations.")
        text = (
            translate("TranslationDesk", "{done} of {all} paragraphs").format(done=done, all=all_rows)
            if all_rows
            else ""
        )
        stage = _stage_text(self._translation.stage) if self._translation.running else ""
        return f"{text} · {stage}" if text and stage else text or stage

    def _notes(self, row: TranslationRow) -> list[Note]:
        translate = QCoreApplication.translate
        notes: list[Note] = []
        again = translate("TranslationDesk", "Translate again")
        match row.status:
            case RowStatus.VERBATIM:
                return []
            case RowStatus.FAILED if row.failure:
                text = describe_failure(row.failure)
                steps = [action for action in text.actions if action.action_id in _STEPS]
                action_id = (steps[-1].action_id, steps[-1].label) if steps else (NextStep.RETRY.value, again)
                notes.append(Note(text.sentence, "circle-alert", "danger", action_id[1], action_id[0]))
            case RowStatus.STALE:
                notes.append(
                    Note(
                        translate("TranslationDesk", "The source text has changed since this translation."),
                        "info",
                        "textSecondary",
                        again,
                        "retry",
                    )
                )
            case RowStatus.UNFINISHED:
                notes.append(
                    Note(
                        translate("TranslationDesk", "This translation is incomplete."),
                        "info",
                        "textSecondary",
                        again,
                        NextStep.RETRY,
                    )
                )
        if row.own:
            notes.append(
                Note(
                    translate("TranslationDesk", "You edited this; your text is not replaced."),
                    "pencil",
                    "textSecondary",
                )
            )
        problems = self._session.problems(row)
        fix = translate("TranslationDesk", "Fix") if not row.own else translate("TranslationDesk", "Replace")
        for number, problem in enumerate(problems[:_MAX_PROBLEMS]):
            first = number == 0 and not any(note.action_id for note in notes)
            notes.append(
                Note(problem_text(problem), action=fix if first else "", action_id=NextStep.RETRY if first else "")
            )
        if len(problems) > _MAX_PROBLEMS:
            notes.append(
                Note(translate("TranslationDesk", "And {count} more").format(count=len(problems) - _MAX_PROBLEMS))
            )
        return notes


def _verbatim_note(row: TranslationRow) -> str:
    if row.status is not RowStatus.VERBATIM or not row.segment.text.strip():
        return ""
    return QCoreApplication.translate("TranslationDesk", "Not translated")


class RowsToCheck:
    """Counts the rows whose translation has problems. After the whole text has changed, they are examined in slices.

    `changed` is called when the number may have changed.
    """

    def __init__(self, session: TranslationSession, tasks: Tasks, changed: Callable[[], object]) -> None:
        self._session = session
        self._tasks = tasks
        self._changed = changed
        self._numbers: set[int] = set()
        self._generation = 0

    @property
    def count(self) -> int:
        """Number of rows to check, as far as they have been examined."""
        return len(self._numbers)

    def update(self, rows: Iterable[TranslationRow]) -> None:
        """Examine changed rows."""
        for row in rows:
            has_problems = row.status is RowStatus.DONE and not row.own and bool(self._session.problems(row))
            (self._numbers.add if has_problems else self._numbers.discard)(row.number)

    def reset(self, rows: Sequence[TranslationRow]) -> None:
        """Examine all rows of another text."""
        self._numbers.clear()
        self._generation += 1
        self._tasks.start(self._examine(rows, self._generation), "check translations")

    async def _examine(self, rows: Sequence[TranslationRow], generation: int) -> None:
        for start in range(0, len(rows), _SLICE):
            await asyncio.sleep(0)
            if generation != self._generation:
                return
            self.update(rows[start : start + _SLICE])
        self._changed()


def _stage_text(stage: AnswerStage | None) -> str:
    translate = QCoreApplication.translate
    match stage:
        case AnswerStage.WAITING_FOR_ENGINE:
            return translate("TranslationDesk", "Waiting for the built-in engine…")
        case AnswerStage.STARTING_ENGINE:
            return translate("TranslationDesk", "Starting the built-in model…")
        case AnswerStage.LOADING_MODEL:
            return translate("TranslationDesk", "Loading the model…")
        case AnswerStage.THINKING:
            return translate("TranslationDesk", "Thinking…")
        case AnswerStage.SERVER_BUSY:
            return translate("TranslationDesk", "The server is busy. Retrying in a moment…")
        case AnswerStage.RECONNECTING:
            return translate("TranslationDesk", "Connecting to the server…")
        case (
            AnswerStage.CONNECTING
            | AnswerStage.SUMMARISING
            | AnswerStage.WAITING
            | AnswerStage.READING_PROMPT
            | AnswerStage.WORKING
            | None
        ):
            return ""
