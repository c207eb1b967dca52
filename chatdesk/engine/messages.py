"""Messages between the program and the engine process: one JSON object per line, with the name of the type.

The program writes one `Configuration` to the standard input of the process and then nothing more; closing the input asks the process to
end. The process sends `EngineFacts`, `EngineProgress`, then `Ready` or `Failed`. Without a model path, it sends `EngineFacts` and `Ready`,
and ends.
"""

import json
from dataclasses import asdict, field
from enum import StrEnum
from typing import Any

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.machine import Device, EngineFacts


@dataclass(frozen=True, slots=True)
class Configuration:
    """How the process is to run. Sent through a pipe because all users of the computer can read arguments and environment variables."""

    model_path: str
    """Empty: only `EngineFacts` are requested."""
    model_name: str
    """Id of the model in the API of the server."""
    key: str = field(repr=False)
    context_tokens: int
    slots: int
    threads: int
    prompt_threads: int
    idle_seconds: int
    gpu_layers: int = -1
    projector_path: str = ""
    """Empty: the model does not support images."""
    is_starter: bool = False
    prompt_cache_mib: int = 256
    """Memory for the prompts of chats that lost their slot."""
    has_compact_context: bool = False
    """Whether the context is stored with 8 bits per value instead of 16."""
    is_embedder: bool = False
    """Whether it makes vectors of the meaning of texts instead of answers."""
    program: str = ""
    """Path of a `llama-server`; empty: the engine's package."""
    device: str = ""
    """Names of the devices that `program` is to use, separated by commas."""
    offload: str = "full"
    """A value of `Offload`; only for `program`."""
    with_software_devices: bool = False
    """For tests: whether graphics cards that are imitated by the processor count."""


class EngineStage(StrEnum):
    """Stage of a start."""

    STARTING = "starting"
    READING_MODEL = "reading_model"
    """From disk into memory."""
    PREPARING_MODEL = "preparing_model"


@dataclass(frozen=True, slots=True)
class EngineProgress:
    """A stage began or advanced. `fraction` (0 to 1) is set only while the model is read."""

    stage: EngineStage
    fraction: float | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """The server listens at `address`, for example `http://127.0.0.1:4711`."""

    address: str
    process_id: int = 0
    """Of the server, if it is another process than the one that sends this."""


class Problem(StrEnum):
    """Why a start failed, as far as the process knows."""

    NOT_INSTALLED = "not_installed"
    LIBRARY_MISSING = "library_missing"
    FILE_MISSING = "file_missing"
    """`Failed.detail` is its path."""
    MODEL_REFUSED = "model_refused"
    PROGRAM_UNUSABLE = "program_unusable"
    """The `llama-server` cannot be run, or lacks an option; `Failed.detail` says which."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The process is about to end. `detail` is the message of the system."""

    problem: Problem
    detail: str = ""


Message = EngineFacts | EngineProgress | Ready | Failed


def encode(message: Configuration | Message) -> bytes:
    """Return `message` as a line."""
    return json.dumps({"type": type(message).__name__, **asdict(message)}).encode("ascii") + b"\n"


def decode_configuration(line: bytes) -> Configuration:
    """Decode the line sent by the program."""
    values = json.loads(line)
    del values["type"]
    return Configuration(**values)


def decode_message(line: bytes) -> Message:
    """Decode a line sent by the process. Raises `ValueError` if it is not a message."""
    values: dict[str, Any] = json.loads(line)
    match values:
        case {"type": "EngineFacts", "version": str(version), "features": str(features), "devices": list(devices)}:
            return EngineFacts(version, features, tuple(Device(**device) for device in devices))
        case {"type": "EngineProgress", "stage": stage, "fraction": fraction}:
            return EngineProgress(EngineStage(stage), fraction)
        case {"type": "Ready", "address": str(address), "process_id": int(process_id)}:
            return Ready(address, process_id)
        case {"type": "Failed", "problem": problem, "detail": detail}:
            return Failed(Problem(problem), detail)
        case _:
            raise ValueError(f"not a message: {line!r}")
