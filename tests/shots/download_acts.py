"""Downloads from hubs and of Ollama in all states: beside the models to get, in the sidebar, and in the chat that waits."""

from dataclasses import replace

from chatdesk.kernel.errors.hub_errors import HubUnreachable
from chatdesk.kernel.errors.model_errors import FileNotAsPublished
from chatdesk.kernel.models.hubs import DownloadFile, HubKind, HubRepository, ModelDownload
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.models.pulls import Pull, PullPhase, PullProgress, PullState
from tests.shots.window_driver import WindowDriver

_MEGABYTE = 10**6
_HOST = "huggingface.co"


def _pull(number: int, name: str, megabytes: int, done: int, state: PullState, **rest: object) -> Pull:
    file = DownloadFile(f"{name}.gguf", megabytes * _MEGABYTE, f"{number:064x}")
    download = ModelDownload(name, (file,), (HubRepository(HubKind.HUGGING_FACE, f"acme/{name}"),))
    progress = PullProgress(PullPhase.LOADING, done * _MEGABYTE, megabytes * _MEGABYTE, source=_HOST)
    pull = Pull(ModelRef("built-in", name), file.size, state, progress, download=download)
    return replace(pull, **rest)  # type: ignore[arg-type]


_RUNNING = _pull(1, "Qwen3.5 4B", 2741, 1700, PullState.RUNNING, speed=13 * _MEGABYTE, seconds_left=80)
_READY = ModelRef("built-in", "Qwen3.5 4B")


async def in_all_states(driver: WindowDriver) -> None:
    """Look at the downloads."""
    await driver.until(lambda: driver.program.servers.models.was_asked)
    driver.window._router.show_models("get-more")
    await driver.settle(0.5)
    pulls = driver.program.models.library.downloads
    broken, wrong = HubUnreachable(_HOST, "", "reset"), FileNotAsPublished(_HOST, "", file="granite-4.1-3b-Q4_K_M.gguf")
    for pull in (
        _RUNNING,
        _pull(2, "gemma-4-E4B-it-q4_0", 5155, 928, PullState.PAUSED),
        _pull(3, "Granite 4.1 3B", 2100, 860, PullState.RETRYING, error=broken, tries=2, waits=20.0),
        _pull(4, "Qwen3.5 9B", 5680, 4100, PullState.FAILED, error=broken),
        _pull(5, "Granite 4.1 8B", 5350, 0, PullState.FAILED, error=wrong),
        _pull(6, "DeepSeek-R1 7B", 4683, 0, PullState.WAITING),
        Pull(
            ModelRef("ollama", "qwen3:14b"), 0, PullState.RUNNING, PullProgress(PullPhase.LOADING, 4 * 10**9, 9 * 10**9)
        ),
        _pull(7, "Qwen3.5 0.8B", 580, 580, PullState.DONE),
    ):
        pulls._set(pull)
    await driver.settle(0.5)


async def nothing(driver: WindowDriver) -> None:
    """Look at the list before anything was downloaded."""
    await driver.until(lambda: driver.program.servers.models.was_asked)
    driver.window._router.show_models("get-more")
    await driver.settle(0.5)


async def waiting_chat(driver: WindowDriver) -> None:
    """One model is ready for the chat while another one is still downloaded."""
    await driver.until(lambda: driver.program.servers.models.was_asked)
    await driver.program.models.library.prepare()
    pulls = driver.program.models.library.downloads
    chat = driver.window._chat.conversation_id
    pulls._set(replace(_RUNNING, ref=_READY, conversation_id=chat))
    models = driver.program.servers.models
    known = models.find
    models.find = lambda ref: Model(ref, "Qwen3.5 4B") if ref == _READY else known(ref)  # type: ignore[method-assign]
    pulls._set(replace(_RUNNING, ref=_READY, state=PullState.DONE, conversation_id=chat))
    later = _pull(8, "DeepSeek-R1 7B", 4683, 2900, PullState.RUNNING, speed=13 * _MEGABYTE, seconds_left=140)
    pulls._set(later)
    await driver.settle(0.7)


async def failed(driver: WindowDriver) -> None:
    """One failed while the user does something else."""
    await driver.until(lambda: driver.program.servers.models.was_asked)
    await driver.program.models.library.prepare()
    wrong = FileNotAsPublished(_HOST, "", file="granite-4.1-3b-Q4_K_M.gguf")
    driver.program.models.library.downloads._set(_pull(5, "Granite 4.1 8B", 5350, 0, PullState.FAILED, error=wrong))
    await driver.settle(0.7)
