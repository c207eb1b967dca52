"""Progress of a model download in words."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.models.hubs import DownloadFile, HubKind, HubRepository, ModelDownload
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.pulls import Pull, PullPhase, PullProgress, PullState
from chatdesk.ui_kit.text.download_texts import progress_text

REF = ModelRef("ollama", "deepseek-r1:8b")
WREN = ModelDownload(
    "Wren", (DownloadFile("wren.gguf", 10**9, "a" * 64),), (HubRepository(HubKind.HUGGING_FACE, "acme/Wren"),)
)
HALF = PullProgress(PullPhase.LOADING, 500_000_000, 1_000_000_000)


@pytest.mark.parametrize(
    ("pull", "expected"),
    [
        (Pull(REF), "Waiting for another download"),
        (Pull(REF, state=PullState.RUNNING), "Contacting the model library"),
        (Pull(REF, state=PullState.RUNNING, progress=HALF), "500.0 MB of 1.0 GB"),
        (
            Pull(REF, state=PullState.RUNNING, progress=HALF, speed=10_000_000, seconds_left=50),
            "500.0 MB of 1.0 GB · 10 MB/s · about 50 s left",
        ),
        (
            Pull(REF, state=PullState.RUNNING, progress=HALF, free_space_is_unknown=True),
            "500.0 MB of 1.0 GB · free disk space unknown",
        ),
        (
            Pull(REF, state=PullState.RETRYING, progress=HALF, tries=2, waits=5.0),
            "Interrupted. Attempt 2 in 5 s · 500.0 MB of 1.0 GB",
        ),
        (Pull(REF, state=PullState.PAUSED, progress=HALF), "Paused · 500.0 MB of 1.0 GB"),
        (
            Pull(REF, state=PullState.RETRYING, progress=HALF),
            "Interrupted. Retrying in a moment · 500.0 MB of 1.0 GB",
        ),
        (
            Pull(REF, state=PullState.RUNNING, progress=replace(HALF, phase=PullPhase.CHECKING)),
            "Verifying the download. This can take a while for large models.",
        ),
        (Pull(REF, state=PullState.RUNNING, progress=replace(HALF, phase=PullPhase.FINISHING)), "Almost done"),
        (
            Pull(REF, state=PullState.WAITING, progress=PullProgress(total=10**9)),
            "Waiting for another download · 1.0 GB",
        ),
        (Pull(REF, state=PullState.DONE), "Ready"),
        (Pull(REF, state=PullState.DONE, progress=HALF, download=WREN), "Ready and verified · 1.0 GB"),
    ],
)
def test_a_download_says_how_far_it_is(pull: Pull, expected: str) -> None:
    assert progress_text(pull) == expected


@given(st.none() | st.floats(0.001, 1e9), st.none() | st.floats(0, 1e7), st.integers(0, 2**53))
def test_no_number_of_a_download_is_too_odd(speed: float | None, left: float | None, size: int) -> None:
    pull = Pull(REF, 0, PullState.RUNNING, PullProgress(PullPhase.LOADING, size // 2, size), speed, left)
    assert isinstance(progress_text(pull), str)
