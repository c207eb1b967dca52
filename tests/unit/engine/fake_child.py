"""Stands in for the engine's process: `python -m tests.unit.engine.fake_child BEHAVIOUR`. Its address holds its process id as port."""

import os
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from chatdesk.engine.llama_server.supervisor import run_llama_server
from chatdesk.engine.messages import (
    EngineProgress,
    EngineStage,
    Failed,
    Message,
    Problem,
    Ready,
    decode_configuration,
    encode,
)
from chatdesk.kernel.models.machine import EngineFacts
from tests.fakes.llama_server import SERVE
from tests.fakes.llama_server import serve as serve_answers

READY = Ready(f"http://127.0.0.1:{os.getpid()}")


def send(message: Message) -> None:
    os.write(1, encode(message))


def say(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()


def serve() -> int:
    send(EngineProgress(EngineStage.READING_MODEL, 0.5))
    send(READY)
    return wait_for_the_end()


def answer() -> int:
    """Answer questions as llama.cpp does."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    threading.Thread(target=serve_answers, args=(port, CONFIGURATION.key, SERVE), daemon=True).start()
    until = time.monotonic() + 10
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            break
    send(Ready(f"http://127.0.0.1:{port}"))
    return wait_for_the_end()


def never_be_ready() -> int:
    say("thinking about it\n")
    send(EngineProgress(EngineStage.PREPARING_MODEL))
    return wait_for_the_end()


def crash() -> int:
    say("bad tensor\nboom\n")
    return 3


def crash_when_ready() -> int:
    say("out of memory\n")
    send(READY)
    return 9


def miss_the_package() -> int:
    send(Failed(Problem.NOT_INSTALLED))
    return 1


def miss_a_library() -> int:
    send(Failed(Problem.LIBRARY_MISSING, "libgomp.so.1: cannot open shared object file"))
    return 1


def tell_the_key() -> int:
    say(f"0.00.001.000 I listening with {CONFIGURATION.key}\nbad tensor\n")
    send(READY)
    return wait_for_the_end()


def refuse_the_model() -> int:
    say("0.00.001.000 I loading\n0.00.002.000 E llama_model_load: error loading model: unknown architecture: 'x'\n")
    return 1


def refuse_the_projector() -> int:
    if not CONFIGURATION.projector_path:
        return serve()
    say("0.00.002.000 E clip_init: failed to load model\n")
    return 1


def end_without_a_word() -> int:
    return 9


def make_noise() -> int:
    os.write(1, b"not json\n{}\n[]\n\xff\xfe\n")
    send(READY)
    return wait_for_the_end()


def flood() -> int:
    say("x" * 1_000_000 + "\n" + "line\n" * 100_000)
    return 4


def close_the_output_and_live_on() -> int:
    send(READY)
    os.close(1)
    threading.Event().wait()
    return 0


def wait_for_the_end() -> int:
    REQUESTS.read()
    return 0


BEHAVIOURS: dict[str, Callable[[], int]] = {
    behaviour.__name__: behaviour
    for behaviour in (
        serve,
        answer,
        never_be_ready,
        crash,
        crash_when_ready,
        miss_the_package,
        miss_a_library,
        tell_the_key,
        refuse_the_model,
        refuse_the_projector,
        end_without_a_word,
        make_noise,
        flood,
        close_the_output_and_live_on,
    )
}

if __name__ == "__main__":
    REQUESTS = os.fdopen(0, "rb", closefd=False)
    CONFIGURATION = decode_configuration(REQUESTS.readline())
    if CONFIGURATION.program:
        run_llama_server(CONFIGURATION, REQUESTS, send)
    if not CONFIGURATION.model_path:
        send(EngineFacts("2026.10.11549", "AVX2 = 1"))
        send(Ready(""))
        sys.exit(0)
    if not os.path.isfile(CONFIGURATION.model_path):  # as the real one does  # noqa: PTH113
        send(Failed(Problem.FILE_MISSING, CONFIGURATION.model_path))
        sys.exit(1)
    sys.exit(BEHAVIOURS[sys.argv[1]]())
