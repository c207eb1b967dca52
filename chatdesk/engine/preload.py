"""Reads the files of a model into memory before llama.cpp loads them."""

import os
import re
import time
from collections.abc import Callable

from chatdesk.engine.messages import Configuration, EngineProgress, EngineStage

_FIRST_PART = re.compile(r"-00001-of-(\d{5})\.gguf$")
_READ_SIZE = 4 * 1024 * 1024
_REPORT_SECONDS = 0.1


def read_into_memory(configuration: Configuration, send: Callable[[EngineProgress], None]) -> None:
    """Read all files of the model once, so that they are in the page cache when llama.cpp maps them. Raises `OSError`.

    Progress can be reported, and the end of the parent noticed, only during this step: while llama.cpp loads, no Python code runs.
    """
    projector = [configuration.projector_path] if configuration.projector_path else []
    paths = [*_model_files(configuration.model_path), *projector]
    send(EngineProgress(EngineStage.READING_MODEL, 0.0))
    buffer = memoryview(bytearray(_READ_SIZE))
    reported = time.monotonic()
    total = sum(os.stat(path).st_size for path in paths)  # noqa: PTH116 - the path is a string
    read = 0
    for path in paths:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - the path is a string
            while count := file.readinto(buffer):
                read += count
                if time.monotonic() - reported > _REPORT_SECONDS:
                    reported = time.monotonic()
                    send(EngineProgress(EngineStage.READING_MODEL, min(1.0, read / total)))


def _model_files(path: str) -> list[str]:
    """Return the files of a model that is split into parts named as llama.cpp names them; usually there is only one file."""
    first = _FIRST_PART.search(path)
    if first is None:
        return [path]
    return [f"{path[: first.start()]}-{number:05}-of-{first[1]}.gguf" for number in range(1, int(first[1]) + 1)]
