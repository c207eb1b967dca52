"""Registers downloads as running work, from their request until they end or are paused."""

from functools import partial

from chatdesk.features.models.services.pulls import Pulls
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.pulls import PullChanged, PullProgress
from chatdesk.kernel.running_work import Job, JobKind, RunningWork


class PullWork:
    """Follows all downloads for as long as they exist."""

    def __init__(self, pulls: Pulls, work: RunningWork) -> None:
        self._pulls = pulls
        self._work = work
        self._jobs: dict[ModelRef, tuple[Job, PullProgress]] = {}
        """Jobs with the last known progress."""
        pulls.changes.subscribe(self._on_change)

    def _on_change(self, change: PullChanged) -> None:
        ref, pull = change.ref, self._pulls.find(change.ref)
        if pull is None or not pull.is_active:
            if ref in self._jobs:
                self._jobs.pop(ref)[0].end()
            return
        if ref not in self._jobs:
            self._jobs[ref] = (self._work.begin(JobKind.DOWNLOAD, partial(str, ref.model_id), ref), pull.progress)
        job, before = self._jobs[ref]
        if pull.progress != before:
            job.report_progress(pull.progress.fraction)
            self._jobs[ref] = (job, pull.progress)
