"""Main program of the engine process: a llama.cpp server on the loopback interface that ends when its parent program ends.

It loads the engine's package, or runs a `llama-server`; for the rest of the program, both are the same. The messages in both directions are
defined in `messages.py`; the parent's side is `process.py`. Nothing large is imported before `main` runs.
"""

import os
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
from chatdesk.engine.preload import read_into_memory
from chatdesk.kernel.aio.child_program import begin_child, exit_with_parent
from chatdesk.kernel.models.machine import Device, EngineFacts

_PROMPT_BATCH = 256
"""In tokens. Requests can only be cancelled between batches: this took 22 s with llama.cpp's default of 2,048, and under 3 s with 256."""
_SPIN_COUNT = "1000"
"""Iterations of busy waiting between llama.cpp's threads (OpenMP).

On two cores, without a limit, one other busy program reduced prompt processing from 470 tokens per second to 55; with the limit, to 250.
Without other load, the limit makes no difference.
"""
_LOG_DELAY_SECONDS = 0.2
"""llama.cpp logs from a separate thread, so its reason for rejecting a model may still be on its way."""


def main() -> NoReturn:
    """Read the configuration, and serve until standard input is closed.

    Then exit immediately: llama.cpp's own shutdown waits for unfinished answers.
    """
    requests, messages = begin_child()

    def send(message: Message) -> None:
        messages.write(encode(message))
        messages.flush()

    line = requests.readline()
    if not line:
        os._exit(0)
    configuration = decode_configuration(line)
    if configuration.program:
        from chatdesk.engine.llama_server.supervisor import run_llama_server  # noqa: PLC0415 - not needed by the package

        run_llama_server(configuration, requests, send)
    watch = exit_with_parent(requests)
    _request_sigio(requests)
    xllamacpp = _load_package(send)
    send(_engine_facts(xllamacpp))
    if not configuration.model_path:
        send(Ready(""))
        os._exit(0)
    if not os.path.isfile(configuration.model_path):  # noqa: PTH113 - the path is a string
        send(Failed(Problem.FILE_MISSING, configuration.model_path))
        os._exit(1)
    server = _start_server(xllamacpp, configuration, send)
    send(Ready(server.listening_address))
    watch.join()
    os._exit(0)


def _request_sigio(requests: BinaryIO) -> None:
    """Have the kernel end this process when the parent ends.

    While llama.cpp prepares a model, it holds the global interpreter lock, so that no Python thread can watch standard input. Linux can
    send SIGIO, which ends the process.
    """
    if sys.platform == "linux":
        import fcntl  # noqa: PLC0415 - not available on Windows

        fcntl.fcntl(requests, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(requests, fcntl.F_SETFL, fcntl.fcntl(requests, fcntl.F_GETFL) | os.O_ASYNC)


def _load_package(send: Callable[[Message], None]) -> Any:  # noqa: ANN401 - untyped package
    """Import llama.cpp; on failure, report the problem and exit."""
    os.environ.setdefault("GOMP_SPINCOUNT", _SPIN_COUNT)  # read when the package is loaded
    try:
        import xllamacpp  # noqa: PLC0415 - only this process loads it
    except ModuleNotFoundError:
        send(Failed(Problem.NOT_INSTALLED))
        os._exit(1)
    except ImportError as error:
        send(Failed(Problem.LIBRARY_MISSING, str(error)))
        os._exit(1)
    return xllamacpp


def _engine_facts(xllamacpp: Any) -> EngineFacts:  # noqa: ANN401 - untyped package
    devices = (
        Device(
            device["name"],
            device["description"],
            device["memory_total"],
            device["type"] in _graphics_device_types(xllamacpp),
        )
        for device in xllamacpp.get_device_info()
    )
    return EngineFacts(xllamacpp.__version__, xllamacpp.get_system_info(), tuple(devices))


def _graphics_device_types(xllamacpp: Any) -> set[Any]:  # noqa: ANN401 - untyped package
    kinds = xllamacpp.ggml_backend_dev_type
    return {kinds.GGML_BACKEND_DEVICE_TYPE_GPU, kinds.GGML_BACKEND_DEVICE_TYPE_IGPU}


def _start_server(
    xllamacpp: Any,  # noqa: ANN401 - untyped package
    configuration: Configuration,
    send: Callable[[Message], None],
) -> Any:  # noqa: ANN401 - untyped package
    """Start the server; on failure, report the problem and exit."""
    try:
        read_into_memory(configuration, send)
        send(EngineProgress(EngineStage.PREPARING_MODEL))
        return xllamacpp.Server(_server_parameters(xllamacpp, configuration))
    except (OSError, RuntimeError) as error:  # llama.cpp has logged its reason for rejecting the model
        time.sleep(_LOG_DELAY_SECONDS)
        send(Failed(Problem.MODEL_REFUSED, str(error)))
        os._exit(1)


def _server_parameters(xllamacpp: Any, configuration: Configuration) -> Any:  # noqa: ANN401 - untyped package
    """Return llama.cpp's parameters. Everything not set here keeps llama.cpp's default."""
    parameters = xllamacpp.CommonParams()
    parameters.model.path = configuration.model_path
    parameters.model_alias = {configuration.model_name}
    parameters.offline = True
    parameters.verbosity = (
        3  # information about loading and speed; texts of chats are logged only from level 5, which a test verifies
    )

    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.api_keys = [configuration.key]
    parameters.cors_origins = ""  # web pages may not send requests
    parameters.ui = False
    parameters.endpoint_slots = False

    parameters.n_parallel = configuration.slots
    parameters.n_ctx = configuration.context_tokens * configuration.slots
    parameters.kv_unified = False
    parameters.n_batch = _PROMPT_BATCH
    parameters.n_ubatch = _PROMPT_BATCH
    parameters.cache_ram_mib = configuration.prompt_cache_mib
    if configuration.has_compact_context:
        parameters.cache_type_k = parameters.cache_type_v = xllamacpp.ggml_type.GGML_TYPE_Q8_0
    if configuration.is_embedder:
        parameters.embedding = True
        parameters.n_batch = parameters.n_ubatch = configuration.context_tokens  # a text is read in one batch
    parameters.sleep_idle_seconds = configuration.idle_seconds
    parameters.cpuparams.n_threads = configuration.threads
    parameters.cpuparams_batch.n_threads = configuration.prompt_threads

    if configuration.is_starter:
        # The values that the authors of SmolLM2 recommend for chat; without a penalty, a model this small repeats itself until its context
        # is full.
        parameters.sampling.temp = 0.2
        parameters.sampling.top_p = 0.9
        parameters.sampling.penalty_repeat = 1.1

    has_graphics = any(device["type"] in _graphics_device_types(xllamacpp) for device in xllamacpp.get_device_info())
    parameters.n_gpu_layers = configuration.gpu_layers if has_graphics else 0  # -1: as many as fit
    parameters.no_mmproj = not configuration.projector_path
    if configuration.projector_path:
        parameters.mmproj.path = configuration.projector_path
        parameters.mmproj_use_gpu = has_graphics
    parameters.fit_params = has_graphics and configuration.gpu_layers < 0
    return parameters


if __name__ == "__main__":
    main()
