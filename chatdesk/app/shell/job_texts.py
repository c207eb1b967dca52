"""Texts about running jobs: for the question before quitting, and for the notification when all are done."""

from collections.abc import Mapping

from PySide6.QtCore import QObject

from chatdesk.features.models.services.model_services import ModelServices
from chatdesk.features.models.ui.picker.model_texts import model_name
from chatdesk.kernel.running_work import Job, JobKind
from chatdesk.ui_kit.text.safe_text import plain_line

_SAVED_AS_PARTIAL = frozenset({JobKind.ANSWER, JobKind.BATCH, JobKind.TRANSLATION})
"""Kinds of jobs whose partial results are saved."""


class JobTexts(QObject):
    """Texts in the current language."""

    def __init__(self, models: ModelServices, parent: QObject) -> None:
        super().__init__(parent)
        self._models = models

    def name(self, job: Job) -> str:
        """Return the name of a job: its subject, or its kind if that has no name."""
        is_model = job.model is not None and job.name == job.model.model_id
        return self.model(job) if is_model else plain_line(job.name) or self.kind(job.kind)

    def model(self, job: Job) -> str:
        """Return the name of a job's model; empty if it has none."""
        models = self._models
        return model_name(models.models, models.preferences, job.model) if job.model else ""

    def heading(self, kinds: Mapping[JobKind, int]) -> str:
        """Return a heading without a full stop that describes the running jobs; `kinds` has the number of jobs by kind."""
        if len(kinds) == 1:
            ((kind, count),) = kinds.items()
            return self._alone(kind, count)
        things = [self._counted(kind, count) for kind, count in kinds.items()]
        listed = self.tr("{things} and {last}").format(things=self.tr(", ").join(things[:-1]), last=things[-1])
        text = self.tr("{things} are running").format(things=listed)
        return text[:1].upper() + text[1:]

    def kind(self, kind: JobKind) -> str:
        """Return the name of a kind of job."""
        match kind:
            case JobKind.ANSWER:
                return self.tr("New chat")
            case JobKind.DOWNLOAD:
                return self.tr("Download")
            case JobKind.BATCH:
                return self.tr("Batch run")
            case JobKind.TRANSLATION:
                return self.tr("Translation")
            case JobKind.SPEED_CHECK:
                return self.tr("Speed check")
            case JobKind.NEW_MODEL:
                return self.tr("New model")
            case JobKind.IMPORT:
                return self.tr("Import")
            case JobKind.EXPORT:
                return self.tr("Saving a file")
            case JobKind.MOVE:
                return self.tr("Moving models")
            case JobKind.RESTORE:
                return self.tr("Restoring chats")

    def background_text(self) -> str:
        """Return what happens if the window is closed and the work continues."""
        return self.tr(
            "Keep working closes the window and finishes in the background. Start Chatdesk again to open the "
            "window. It quits when everything is done."
        )

    def stop_text(self, kinds: Mapping[JobKind, int]) -> str:
        """Return what happens to the work if the program ends, one sentence per line."""
        sentences = []
        if _SAVED_AS_PARTIAL & kinds.keys():
            sentences.append(self.tr("The text written so far is kept."))
        if JobKind.DOWNLOAD in kinds:
            sentences.append(self.tr("Downloads resume the next time you start Chatdesk."))
        if JobKind.MOVE in kinds:
            sentences.append(self.tr("You can continue moving the models later. Until then, all of them can be used."))
        if kinds.keys() - _SAVED_AS_PARTIAL - {JobKind.DOWNLOAD, JobKind.MOVE}:
            sentences.append(self.tr("Anything unfinished has to be started again."))
        return "\n".join(sentences)

    def time(self, seconds: float) -> str:
        """Return an elapsed time: `9 s`, `1 min 12 s`."""
        minutes, rest = divmod(int(seconds), 60)
        if minutes:
            return self.tr("{minutes} min {seconds} s").format(minutes=minutes, seconds=rest)
        return self.tr("{seconds} s").format(seconds=rest)

    def share(self, share: float) -> str:
        """Return the completed share in percent; 100 only if completed."""
        return self.tr("{percent}%").format(percent=min(99, int(100 * share)))

    def _alone(self, kind: JobKind, count: int) -> str:
        match kind:
            case JobKind.ANSWER if count == 1:
                return self.tr("An answer is being written")
            case JobKind.ANSWER:
                return self.tr("%n answer(s) are being written", "", count)
            case JobKind.DOWNLOAD if count == 1:
                return self.tr("A download is running")
            case JobKind.DOWNLOAD:
                return self.tr("%n download(s) are running", "", count)
            case JobKind.BATCH:
                return self.tr("A batch run is not finished")
            case JobKind.TRANSLATION:
                return self.tr("A translation is not finished")
            case JobKind.SPEED_CHECK:
                return self.tr("A speed check is running")
            case JobKind.NEW_MODEL:
                return self.tr("A model is being created")
            case JobKind.IMPORT:
                return self.tr("An import is running")
            case JobKind.EXPORT:
                return self.tr("A file is being saved")
            case JobKind.MOVE:
                return self.tr("Models are being moved")
            case JobKind.RESTORE:
                return self.tr("Chats are being restored")

    def _counted(self, kind: JobKind, count: int) -> str:
        """Return the number of jobs of a kind, for use within a sentence. Most kinds run one job at a time; several count as one."""
        match kind:
            case JobKind.ANSWER if count == 1:
                return self.tr("an answer")
            case JobKind.ANSWER:
                return self.tr("%n answer(s)", "running", count)
            case JobKind.DOWNLOAD if count == 1:
                return self.tr("a download")
            case JobKind.DOWNLOAD:
                return self.tr("%n download(s)", "running", count)
            case JobKind.BATCH:
                return self.tr("a batch run")
            case JobKind.TRANSLATION:
                return self.tr("a translation")
            case JobKind.SPEED_CHECK:
                return self.tr("a speed check")
            case JobKind.NEW_MODEL:
                return self.tr("a new model")
            case JobKind.IMPORT:
                return self.tr("an import")
            case JobKind.EXPORT:
                return self.tr("an export")
            case JobKind.MOVE:
                return self.tr("a move of models")
            case JobKind.RESTORE:
                return self.tr("chats being restored")
