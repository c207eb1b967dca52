"""How the processor's cores are shared out."""

import pytest

from chatdesk.engine.options import EngineOptions


@pytest.mark.parametrize(("cores", "threads", "prompt_threads"), [(1, 1, 1), (2, 1, 2), (4, 3, 4), (16, 15, 16)])
def test_generating_leaves_a_core_to_the_window_and_reading_takes_all(
    cores: int, threads: int, prompt_threads: int
) -> None:
    options = EngineOptions(cores=cores)
    assert (options.threads, options.prompt_threads) == (threads, prompt_threads)
