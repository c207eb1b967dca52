"""Which files of a folder are no sources: what `.gitignore` files name, hidden files, and folders of packages."""

import re

from chatdesk.kernel.fast_dataclass import dataclass

IGNORE_FILE = ".gitignore"
MAX_IGNORE_BYTES = 100_000
_MAX_PATTERNS = 2_000
_MAX_PATTERN = 300
_MAX_STARS = 8
"""A pattern with more of them could take minutes to compare."""
_PACKAGES = frozenset({"node_modules", "bower_components", "__pycache__", "site-packages"})
_GENERATED = re.compile(
    r".*\.(?:min\.(?:js|css)|map|lock)|(?:package-lock|npm-shrinkwrap|composer)\.(?:json|lock)|pnpm-lock\.yaml|go\.sum",
    re.IGNORECASE,
)


def is_left_out(name: str) -> bool:
    """Return whether a file or a folder with this name is hidden, or has packages of others."""
    return name.startswith(".") or name in _PACKAGES


def is_generated(name: str) -> bool:
    """Return whether a program writes files with this name, such as a list of locked versions."""
    return _GENERATED.fullmatch(name) is not None


@dataclass(frozen=True, slots=True)
class _Pattern:
    written: re.Pattern[str]
    is_negated: bool
    is_for_folders: bool


class IgnoreRules:
    """The rules of all `.gitignore` files, see https://git-scm.com/docs/gitignore. Paths are relative, with slashes."""

    def __init__(self) -> None:
        self._patterns: dict[str, list[_Pattern]] = {}
        self._folders: dict[str, bool] = {"": False}

    def add(self, folder: str, text: str) -> None:
        """Add the file of a folder; an empty path is the top."""
        lines = text.splitlines()[:_MAX_PATTERNS]
        self._patterns[folder] = [pattern for line in lines if (pattern := _pattern(line))]

    def ignores(self, path: str, *, is_folder: bool = False) -> bool:
        """Return whether a path is ignored, itself or with a folder that it is in. The rules of its folders must have been added."""
        if is_folder and path in self._folders:
            return self._folders[path]
        folder, _, name = path.rpartition("/")
        ignored = self.ignores(folder, is_folder=True) or is_left_out(name) or self._matches(path, is_folder=is_folder)
        if is_folder:
            self._folders[path] = ignored
        return ignored

    def _matches(self, path: str, *, is_folder: bool) -> bool:
        """Return what the last pattern says that matches: those of the innermost folder come last."""
        parts = path.split("/")
        for depth in reversed(range(len(parts))):
            inner = "/".join(parts[depth:])
            for pattern in reversed(self._patterns.get("/".join(parts[:depth]), ())):
                if (is_folder or not pattern.is_for_folders) and pattern.written.fullmatch(inner):
                    return not pattern.is_negated
        return False


def _pattern(line: str) -> _Pattern | None:
    line = line.rstrip()
    if not line or line.startswith("#") or len(line) > _MAX_PATTERN or line.count("*") > _MAX_STARS:
        return None
    is_negated = line.startswith("!")
    line = line.removeprefix("!").removeprefix("\\")
    is_for_folders = line.endswith("/")
    line = line.rstrip("/")
    start = "" if "/" in line else "(?:.*/)?"
    try:
        return _Pattern(re.compile(start + _expression(line.removeprefix("/"))), is_negated, is_for_folders)
    except re.error:
        return None


def _expression(glob: str) -> str:
    """Return a pattern of git as a regular expression: `*` and `?` do not match a slash, `**` does."""
    found = []
    for token in re.findall(r"\*\*/|/\*\*$|\*+|\?|\[[^\]]+\]|\\.|.", glob):
        match token:
            case "**/":
                found.append("(?:.*/)?")
            case "/**":
                found.append("/.*")
            case "?":
                found.append("[^/]")
            case _ if token.startswith("*"):
                found.append("[^/]*")
            case _ if token.startswith("[") and len(token) > 1:
                inner = token[1:-1].replace("\\", "\\\\")
                found.append(f"[{'^' + inner[1:] if inner[0] in '!^' else inner}]")
            case _:
                found.append(re.escape(token.removeprefix("\\") or token))
    return "".join(found)
