"""Parser for model names that the user types or pastes, and search for similar names.

Accepted are a plain name (`qwen3:14b`), a command (`ollama run qwen3:14b --verbose`), a Hugging Face reference (`hf.co/user/repo:Q4_K_M`),
and URLs of pages at ollama.com and huggingface.co, including those of single files, whose quantisation is taken from the file name.
Ollama's types/model/name.go defines the valid characters. Whether the model exists is not checked.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import LATEST

_MAX_TEXT_LENGTH = 2000
_MAX_PART_LENGTH = 80
_MAX_HOST_LENGTH = 350
_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]*")
_USER = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_\-]*")
_HOST = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.:\-]*")
_COMMANDS = frozenset({"run", "pull", "show", "create"})
_HUGGING_FACE = frozenset({"hf.co", "huggingface.co", "www.huggingface.co", "hf-mirror.com"})
_LIBRARY = frozenset({"ollama.com", "www.ollama.com", "registry.ollama.ai", "ollama.ai"})
_QUANTISATION = re.compile(
    r"(?:^|[-._])((?:UD-)?(?:I?Q\d(?:_[0-9A-Z]+)*|TQ\d_\d|MXFP4(?:_MOE)?|BF16|F16|F32|FP16))(?=$|[-.])", re.IGNORECASE
)


class NameProblem(StrEnum):
    """Why a text is not a model name."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    ODD_SIGNS = "odd_signs"
    """Spaces or characters that names cannot contain."""
    NO_MODEL = "no_model"
    """A page or command without a model."""
    ELSEWHERE = "elsewhere"
    """A page of a site from which models cannot be downloaded."""


@dataclass(frozen=True, slots=True)
class NamedModel:
    """Result of parsing: a name or a problem. `name` has a tag only if the text had one."""

    name: str = ""
    problem: NameProblem | None = None


def read_model_name(text: str) -> NamedModel:
    """Return the model name in a text."""
    words = text.strip().split()
    if not words:
        return NamedModel(problem=NameProblem.EMPTY)
    if len(text) > _MAX_TEXT_LENGTH:
        return NamedModel(problem=NameProblem.TOO_LONG)
    if words[0] in {"$", ">", "%"}:  # copied with the prompt of a terminal
        words = words[1:]
    if words and words[0] == "ollama":
        return _of_command(words[1:])
    if len(words) != 1:
        return NamedModel(problem=NameProblem.ODD_SIGNS if words else NameProblem.NO_MODEL)
    return _of_reference(words[0].strip("\"'`<>,;"))


def nearest_names(name: str, known: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """Return the most similar known names, best first; empty if none is similar. Case is ignored."""
    from difflib import get_close_matches  # noqa: PLC0415 - start-up time: only for a name that is unknown

    folded = {each.lower(): each for each in known}
    near = get_close_matches(name.lower().removesuffix(LATEST), folded, count, cutoff=0.6)
    return tuple(folded[each] for each in near)


def _of_command(words: list[str]) -> NamedModel:
    if not words or words[0] not in _COMMANDS:
        return NamedModel(problem=NameProblem.NO_MODEL)
    named = next((word for word in words[1:] if not word.startswith("-")), "")
    return _of_reference(named.strip("\"'`")) if named else NamedModel(problem=NameProblem.NO_MODEL)


def _of_reference(reference: str) -> NamedModel:
    if not reference:
        return NamedModel(problem=NameProblem.EMPTY)
    scheme, mark, _ = reference.partition("://")
    if mark and scheme.lower() not in {"http", "https"}:
        return NamedModel(problem=NameProblem.ELSEWHERE)
    try:
        address = urlsplit(reference if mark else f"//{reference}")
        host = (address.hostname or "").lower()
    except ValueError:
        return NamedModel(problem=NameProblem.ODD_SIGNS)
    path = [unquote(part) for part in address.path.split("/") if part]
    if host in _HUGGING_FACE and "/" in reference:
        return _of_hugging_face(path)
    if host in _LIBRARY and "/" in reference:
        return _of_library(path)
    return NamedModel(problem=NameProblem.ELSEWHERE) if mark else _checked(reference)


def _of_hugging_face(path: list[str]) -> NamedModel:
    """Parse `user/repo[:tag]`, optionally followed by the path of a file page: `blob/main/name-Q4_K_M.gguf`."""
    if len(path) < 2 or path[0] in {"models", "datasets", "spaces", "docs", "collections"}:
        return NamedModel(problem=NameProblem.NO_MODEL)
    user, (repository, _, tag) = path[0], path[1].partition(":")
    file = path[-1] if len(path) > 2 and path[-1].lower().endswith(".gguf") else ""
    if file and not tag:
        found = _QUANTISATION.search(file.removesuffix(".gguf"))
        tag = found[1].upper() if found else ""
    return _checked(f"hf.co/{user}/{repository}" + (f":{tag}" if tag else ""))


def _of_library(path: list[str]) -> NamedModel:
    """Parse `library/name[:tag]`, or `user/name[:tag]`; pages about a model (`/tags`, `/blobs/…`) contain it too."""
    if path and path[0] in {"library", "v2"}:
        path = path[1:] if path[0] == "library" else path[2:]
        return _checked(path[0]) if path else NamedModel(problem=NameProblem.NO_MODEL)
    if len(path) < 2:
        return NamedModel(problem=NameProblem.NO_MODEL)
    return _checked("/".join(path[:2]))


def _checked(name: str) -> NamedModel:
    """Return `[host/][user/]model[:tag]` as a name if each part is valid for a server."""
    before, slash, last = name.rpartition("/")
    model, colon, tag = last.partition(":")
    host, _, user = before.rpartition("/")
    whole = bool(model) and not name.startswith("/") and (not colon or bool(tag)) and (not slash or bool(user))
    parts = [(_PART, model, _MAX_PART_LENGTH), (_PART, tag, _MAX_PART_LENGTH), (_USER, user, _MAX_PART_LENGTH)]
    if max(len(part) for _, part, _ in parts) > _MAX_PART_LENGTH or len(host) > _MAX_HOST_LENGTH:
        return NamedModel(problem=NameProblem.TOO_LONG)
    fits = all(not part or pattern.fullmatch(part) for pattern, part, _ in parts)
    if not whole or not fits or (host and not _HOST.fullmatch(host)):
        return NamedModel(problem=NameProblem.ODD_SIGNS)
    return NamedModel(name)
