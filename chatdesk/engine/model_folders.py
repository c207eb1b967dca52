"""Folders in which programs for local models store their files. Only existing folders are returned; their contents are not read here.

Sources: Ollama's FAQ (`OLLAMA_MODELS` and the defaults), LM Studio's documentation and its settings file, the documentation of the cache of
huggingface_hub (`HF_HUB_CACHE`, `HF_HOME`), llama.cpp's `LLAMA_CACHE`.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model_file import ModelOrigin
from chatdesk.kernel.text.regular_file import beginning_as_text

_MAX_SETTINGS_BYTES = 4 * 1024 * 1024
_OLLAMA_SERVICE_FOLDER = Path("/usr/share/ollama/.ollama/models")
"""Folder of the service that Ollama's installer creates on Linux; usually only that service can read it."""


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A folder of models, and the program that it belongs to."""

    path: Path
    origin: ModelOrigin


def usual_folders(environment: Mapping[str, str], home: Path) -> tuple[ModelFolder, ...]:
    """Return the existing folders of other programs, without duplicates."""
    seen: dict[Path, ModelFolder] = {}
    for folder in _candidates(environment, home):
        with suppress(OSError):
            if folder.path.is_dir():
                seen.setdefault(folder.path.resolve(), folder)
    return tuple(seen.values())


def _candidates(environment: Mapping[str, str], home: Path) -> Iterator[ModelFolder]:
    for path in (*_folder_in(environment, "OLLAMA_MODELS"), home / ".ollama/models", _OLLAMA_SERVICE_FOLDER):
        yield ModelFolder(path, ModelOrigin.OLLAMA)
    for path in _lm_studio_folders(home):
        yield ModelFolder(path, ModelOrigin.LM_STUDIO)
    hubs = (*_folder_in(environment, "HF_HUB_CACHE"), *(path / "hub" for path in _folder_in(environment, "HF_HOME")))
    for path in (*hubs, home / ".cache/huggingface/hub"):
        yield ModelFolder(path, ModelOrigin.HUGGING_FACE)
    for path in (*_folder_in(environment, "LLAMA_CACHE"), _caches(environment, home) / "llama.cpp"):
        yield ModelFolder(path, ModelOrigin.LLAMA_CPP)


def _folder_in(environment: Mapping[str, str], name: str) -> tuple[Path, ...]:
    """Return the folder named by an environment variable, if it is set."""
    value = environment.get(name, "").strip()
    return (Path(value).expanduser(),) if value else ()


def _caches(environment: Mapping[str, str], home: Path) -> Path:
    if sys.platform == "darwin":
        return home / "Library/Caches"
    if sys.platform == "win32":
        return Path(environment.get("LOCALAPPDATA", home / "AppData/Local"))
    return Path(environment.get("XDG_CACHE_HOME") or home / ".cache")


def _lm_studio_folders(home: Path) -> Iterator[Path]:
    """Yield the folders of LM Studio.

    Its home folder was moved once and can be moved by the user, and its settings can name another folder for models.
    """
    for studio in (*_pointer_target(home / ".lmstudio-home-pointer"), home / ".lmstudio", home / ".cache/lm-studio"):
        settings = _json_object(studio / "settings.json")
        if isinstance(chosen := settings.get("downloadsFolder"), str) and chosen:
            yield Path(chosen)
        yield studio / "models"


def _pointer_target(pointer: Path) -> tuple[Path, ...]:
    text = beginning_as_text(pointer, _MAX_SETTINGS_BYTES).strip()
    return (Path(text),) if text and "\n" not in text and "\0" not in text else ()


def _json_object(path: Path) -> dict[str, object]:
    try:
        found = json.loads(beginning_as_text(path, _MAX_SETTINGS_BYTES) or "{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
