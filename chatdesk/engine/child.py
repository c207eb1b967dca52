"""The engine's own process: a llama.cpp server on loopback that lives no longer than the program that started it.

What it is told and what it tells: `messages.py`. The program's side: `process.py`. Imports nothing heavy before `main` runs.
"""

import os
import re
import sys
import time
from collections.abc import Callable
from typing import Any, BinaryIO, NoReturn

from chatdesk.engine.messages import (
    Configuration,
    EngineProgress,
    EngineStage,
    Failed,
    Message,
    Problem,
    Ready,
    decode_configuration,
    encode,
)
from chatdesk.kernel.aio.child_program import begin_child, exit_with_parent
from chatdesk.kernel.models.engine_facts import Device, EngineFacts

_PROMPT_BATCH = 256
"""Tokens. A stop is seen between two batches: with llama.cpp's own 2,048 it took 22 s, with 256 under 3."""
_PROMPT_CACHE_MIB = 256
"""Memory for prompts of chats that lost their slot. llama.cpp's own 8,192 is more than many machines have."""
_SPINS = "1000"
"""Rounds that llama.cpp's threads (OpenMP) wait actively for each other. Without a limit, one busy program beside us brought reading on two
cores from 470 tokens a second to 55, with it to 250; undisturbed it makes no difference."""
_FIRST_PART = re.compile(r"-00001-of-(\d{5})\.gguf$")
_READ_SIZE = 4 * 1024 * 1024
_REPORT_SECONDS = 0.1
_LAST_WORDS_SECONDS = 0.2
"""llama.cpp prints on a thread of its own, and why it refuses a model may be still on its way."""


def main() -> NoReturn:
    """Read the configuration, serve until standard input ends, and end at once: llama.cpp's own end waits for open answers."""
    requests, messages = begin_child()

    def send(message: Message) -> None:
        messages.write(encode(message))
        messages.flush()

    line = requests.readline()
    if not line:
        os._exit(0)
    watch = exit_with_parent(requests)
    _let_the_system_watch_too(requests)
    configuration = decode_configuration(line)
    xllamacpp = _load_package(send)
    send(_facts(xllamacpp))
    if not configuration.model_path:
        send(Ready(""))
        os._exit(0)
    if not os.path.isfile(configuration.model_path):  # noqa: PTH113 - as it came
        send(Failed(Problem.FILE_MISSING, configuration.model_path))
        os._exit(1)
    server = _start_server(xllamacpp, configuration, send)
    send(Ready(server.listening_address))
    watch.join()
    os._exit(0)


def _let_the_system_watch_too(requests: BinaryIO) -> None:
    """llama.cpp holds Python's lock while it prepares a model, and no thread of ours can watch. Linux can: SIGIO ends a process."""
    if sys.platform == "linux":
        import fcntl  # noqa: PLC0415 - Windows has none

        fcntl.fcntl(requests, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(requests, fcntl.F_SETFL, fcntl.fcntl(requests, fcntl.F_GETFL) | os.O_ASYNC)


def _load_package(send: Callable[[Message], None]) -> Any:  # noqa: ANN401 - an untyped package
    """Return llama.cpp, or say why there is none and end."""
    os.environ.setdefault("GOMP_SPINCOUNT", _SPINS)  # read when the package is loaded
    try:
        import xllamacpp  # noqa: PLC0415 - only this process loads it
    except ModuleNotFoundError:
        send(Failed(Problem.NOT_INSTALLED))
        os._exit(1)
    except ImportError as error:
        send(Failed(Problem.LIBRARY_MISSING, str(error)))
        os._exit(1)
    return xllamacpp


def _facts(xllamacpp: Any) -> EngineFacts:  # noqa: ANN401 - an untyped package
    devices = (
        Device(device["name"], device["description"], device["memory_total"], device["type"] in _graphics(xllamacpp))
        for device in xllamacpp.get_device_info()
    )
    return EngineFacts(xllamacpp.__version__, xllamacpp.get_system_info(), tuple(devices))


def _graphics(xllamacpp: Any) -> set[Any]:  # noqa: ANN401 - an untyped package
    kinds = xllamacpp.ggml_backend_dev_type
    return {kinds.GGML_BACKEND_DEVICE_TYPE_GPU, kinds.GGML_BACKEND_DEVICE_TYPE_IGPU}


def _start_server(
    xllamacpp: Any,  # noqa: ANN401 - an untyped package
    configuration: Configuration,
    send: Callable[[Message], None],
) -> Any:  # noqa: ANN401 - likewise
    """Return the running server, or say why there is none and end."""
    try:
        eyes = [configuration.projector_path] if configuration.projector_path else []
        _read_into_memory([*_parts(configuration.model_path), *eyes], send)
        send(EngineProgress(EngineStage.PREPARING_MODEL))
        return xllamacpp.Server(_parameters(xllamacpp, configuration))
    except (OSError, RuntimeError) as error:  # what llama.cpp has against the model, it printed
        time.sleep(_LAST_WORDS_SECONDS)
        send(Failed(Problem.MODEL_REFUSED, str(error)))
        os._exit(1)


def _read_into_memory(paths: list[str], send: Callable[[Message], None]) -> None:
    """Read the model once, all its parts, so that it is in the system's memory when llama.cpp maps it.

    Only here can progress be told, and the end of the program be noticed: while llama.cpp loads, it lets nobody else run.
    """
    send(EngineProgress(EngineStage.READING_MODEL, 0.0))
    buffer = memoryview(bytearray(_READ_SIZE))
    reported = time.monotonic()
    total = sum(os.stat(path).st_size for path in paths)  # noqa: PTH116 - as it came
    done = 0
    for path in paths:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - as it came
            while count := file.readinto(buffer):
                done += count
                if time.monotonic() - reported > _REPORT_SECONDS:
                    reported = time.monotonic()
                    send(EngineProgress(EngineStage.READING_MODEL, min(1.0, done / total)))


def _parts(path: str) -> list[str]:
    """Return the files of a model that is cut into several, as llama.cpp names them; mostly there is one."""
    first = _FIRST_PART.search(path)
    if first is None:
        return [path]
    return [f"{path[: first.start()]}-{number:05}-of-{first[1]}.gguf" for number in range(1, int(first[1]) + 1)]


def _parameters(xllamacpp: Any, configuration: Configuration) -> Any:  # noqa: ANN401 - an untyped package
    """Return llama.cpp's parameters. What is not set here stays as llama.cpp has it."""
    parameters = xllamacpp.CommonParams()
    parameters.model.path = configuration.model_path
    parameters.model_alias = {configuration.model_name}
    parameters.offline = True
    parameters.verbosity = (
        3  # what it loads and how quick it is; texts of chats it tells at 5 only, as a test makes sure
    )

    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.api_keys = [configuration.key]
    parameters.cors_origins = ""  # no web page may call
    parameters.ui = False
    parameters.endpoint_slots = False

    parameters.n_parallel = configuration.slots
    parameters.n_ctx = configuration.context_tokens * configuration.slots
    parameters.kv_unified = False
    parameters.n_batch = _PROMPT_BATCH
    parameters.n_ubatch = _PROMPT_BATCH
    parameters.cache_ram_mib = _PROMPT_CACHE_MIB
    parameters.sleep_idle_seconds = configuration.idle_seconds
    parameters.cpuparams.n_threads = configuration.threads
    parameters.cpuparams_batch.n_threads = configuration.prompt_threads

    if configuration.is_starter:
        # What SmolLM2's makers advise for chat; without a penalty a model this small repeats itself until its context is full.
        parameters.sampling.temp = 0.2
        parameters.sampling.top_p = 0.9
        parameters.sampling.penalty_repeat = 1.1

    has_graphics = any(device["type"] in _graphics(xllamacpp) for device in xllamacpp.get_device_info())
    parameters.n_gpu_layers = configuration.gpu_layers if has_graphics else 0  # -1: as many as fit
    parameters.no_mmproj = not configuration.projector_path
    if configuration.projector_path:
        parameters.mmproj.path = configuration.projector_path
        parameters.mmproj_use_gpu = has_graphics
    parameters.fit_params = has_graphics and configuration.gpu_layers < 0
    return parameters


if __name__ == "__main__":
    main()
