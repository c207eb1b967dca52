"""What the program and the engine's process say to each other: one JSON object a line, with the type's name in it.

The program sends one `Configuration` to the process's standard input and then nothing more; its end tells the process to end. The process
sends `EngineFacts`, `EngineProgress`, then `Ready` or `Failed`. Without a model's path it sends the facts, `Ready`, and ends.
"""

import json
from dataclasses import asdict, field
from enum import StrEnum
from typing import Any

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.engine_facts import Device, EngineFacts


@dataclass(frozen=True, slots=True)
class Configuration:
    """How the process shall run. It travels by pipe because arguments and environment are open to every user of the machine."""

    model_path: str
    """Empty: only the facts are wanted."""
    model_name: str
    """What the server calls the model."""
    key: str = field(repr=False)
    context_tokens: int
    slots: int
    threads: int
    prompt_threads: int
    idle_seconds: int
    gpu_layers: int = -1
    projector_path: str = ""
    """Empty: the model sees no pictures."""
    is_starter: bool = False


class EngineStage(StrEnum):
    """What a start is at."""

    STARTING = "starting"
    READING_MODEL = "reading_model"
    """From disk into memory."""
    PREPARING_MODEL = "preparing_model"


@dataclass(frozen=True, slots=True)
class EngineProgress:
    """A stage began or advanced. `fraction` (0 to 1) only while the model is read."""

    stage: EngineStage
    fraction: float | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """The server listens at `address`, as in `http://127.0.0.1:4711`."""

    address: str


class Problem(StrEnum):
    """Why a start failed, as far as the process can tell."""

    NOT_INSTALLED = "not_installed"
    LIBRARY_MISSING = "library_missing"
    FILE_MISSING = "file_missing"
    """`Failed.detail` is its path."""
    MODEL_REFUSED = "model_refused"


@dataclass(frozen=True, slots=True)
class Failed:
    """The process is about to end. `detail` as the system says."""

    problem: Problem
    detail: str = ""


Message = EngineFacts | EngineProgress | Ready | Failed


def encode(message: Configuration | Message) -> bytes:
    """Return the line for `message`."""
    return json.dumps({"type": type(message).__name__, **asdict(message)}).encode("ascii") + b"\n"


def decode_configuration(line: bytes) -> Configuration:
    """Return what the program sent."""
    values = json.loads(line)
    del values["type"]
    return Configuration(**values)


def decode_message(line: bytes) -> Message:
    """Return what the process sent. Raises `ValueError` if it is no message."""
    values: dict[str, Any] = json.loads(line)
    match values:
        case {"type": "EngineFacts", "version": str(version), "features": str(features), "devices": list(devices)}:
            return EngineFacts(version, features, tuple(Device(**device) for device in devices))
        case {"type": "EngineProgress", "stage": stage, "fraction": fraction}:
            return EngineProgress(EngineStage(stage), fraction)
        case {"type": "Ready", "address": address}:
            return Ready(address)
        case {"type": "Failed", "problem": problem, "detail": detail}:
            return Failed(Problem(problem), detail)
        case _:
            raise ValueError(f"not a message: {line!r}")
