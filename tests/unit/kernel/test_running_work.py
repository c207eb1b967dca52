"""The list of what the program is at work with."""

import pytest

from chatdesk.kernel.running_work import JobKind, RunningWork


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def work(clock: Clock) -> RunningWork:
    return RunningWork(clock)


def test_what_begins_is_listed_until_it_ends(work: RunningWork) -> None:
    changes: list[object] = []
    work.changes.subscribe(changes.append)
    first = work.begin(JobKind.ANSWER, lambda: "A chat")
    second = work.begin(JobKind.DOWNLOAD, lambda: "qwen3:8b")
    assert work.jobs() == (first, second)
    assert len(changes) == 2
    first.end()
    first.end()
    assert work.jobs() == (second,)
    assert len(changes) == 3


def test_a_job_ends_however_it_went(work: RunningWork) -> None:
    listed: list[int] = []

    def fail() -> None:
        with work.begin(JobKind.EXPORT, lambda: "chat.md"):
            listed.append(len(work.jobs()))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert listed == [1]
    assert work.jobs() == ()


def test_a_job_goes_by_the_name_of_now(work: RunningWork) -> None:
    names = ["", "Snakes"]
    job = work.begin(JobKind.ANSWER, lambda: names[0])
    assert job.name == ""
    del names[0]
    assert job.name == "Snakes"


def test_it_is_known_how_long_it_goes_on_and_since_when_nothing_came(work: RunningWork, clock: Clock) -> None:
    assert work.silent_seconds == 0
    job = work.begin(JobKind.ANSWER, str)
    clock.now += 60
    assert (job.seconds, work.silent_seconds) == (60, 60)
    job.report_progress()
    clock.now += 5
    assert (job.seconds, work.silent_seconds) == (65, 5)


def test_the_work_is_not_silent_while_any_of_it_speaks(work: RunningWork, clock: Clock) -> None:
    work.begin(JobKind.ANSWER, str)
    clock.now += 1000
    speaking = work.begin(JobKind.DOWNLOAD, str)
    assert work.silent_seconds == 0
    clock.now += 10
    speaking.report_progress(0.5)
    assert speaking.share == 0.5
    assert work.silent_seconds == 0
    speaking.end()
    assert work.silent_seconds == 1010
