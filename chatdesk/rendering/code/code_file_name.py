"""Suggested file names for saved code blocks: from the fence, from the first lines of the code, or derived from the language.

Names come from a model, so only the last path component is used, without characters that a system rejects or interprets.
"""

import re

from chatdesk.kernel.text.file_name import safe_file_name
from chatdesk.rendering.code.language_guess import guess_language
from chatdesk.rendering.markdown.blocks import Code
from chatdesk.rendering.markdown.open_blocks.fence_info import fence_language, fence_title

_ENDINGS = {
    "bash": "sh",
    "bat": "bat",
    "batch": "bat",
    "c": "c",
    "c#": "cs",
    "c++": "cpp",
    "cmd": "bat",
    "console": "txt",
    "cpp": "cpp",
    "cs": "cs",
    "csharp": "cs",
    "css": "css",
    "csv": "csv",
    "dart": "dart",
    "diff": "diff",
    "elixir": "ex",
    "fortran": "f90",
    "fsharp": "fs",
    "go": "go",
    "golang": "go",
    "graphql": "graphql",
    "haskell": "hs",
    "html": "html",
    "ini": "ini",
    "java": "java",
    "javascript": "js",
    "json": "json",
    "jsonc": "jsonc",
    "julia": "jl",
    "kotlin": "kt",
    "latex": "tex",
    "lua": "lua",
    "markdown": "md",
    "matlab": "m",
    "mermaid": "mmd",
    "objc": "m",
    "objective-c": "m",
    "objectivec": "m",
    "patch": "patch",
    "perl": "pl",
    "php": "php",
    "powershell": "ps1",
    "protobuf": "proto",
    "python": "py",
    "python3": "py",
    "r": "r",
    "ruby": "rb",
    "rust": "rs",
    "scala": "scala",
    "shell": "sh",
    "sql": "sql",
    "svg": "svg",
    "swift": "swift",
    "toml": "toml",
    "typescript": "ts",
    "vue": "vue",
    "xml": "xml",
    "yaml": "yaml",
    "yml": "yml",
    "zsh": "sh",
}
"""File extensions of languages whose names are not, or are known to be, the extension itself."""
_SHORT = frozenset(
    [
        "bib",
        "h",
        "hpp",
        "js",
        "jsx",
        "kt",
        "md",
        "mjs",
        "pl",
        "proto",
        "ps1",
        "py",
        "rb",
        "rs",
        "scss",
        "sass",
        "less",
        "sh",
        "tex",
        "ts",
        "tsx",
        "bat",
        "txt",
        "tsv",
        "svelte",
    ]
)
"""Languages that are called by their file extension."""
_WHOLE_NAMES = {
    "dockerfile": "Dockerfile",
    "docker": "Dockerfile",
    "makefile": "Makefile",
    "make": "Makefile",
    "cmake": "CMakeLists.txt",
}
_COMMENT = re.compile(
    r"""\s*(?:\#|//|--|;+|%|/\*+|<!--|\"\"\"|''')\s*
    (?i:file(?:name)?|path)?\s*:?\s*
    `?([\w./\\-]*\w\.[A-Za-z]\w{0,9}|Dockerfile|Makefile)`?
    \s*(?:\*/|-->|\"\"\"|''')?\s*""",
    re.VERBOSE,
)
"""A comment that contains only a file name."""
_TITLE = re.compile(r"<title[^>]{0,200}>\s*([^<]{1,200}?)\s*</title>", re.IGNORECASE)
_JAVA = re.compile(r"public\s+(?:final\s+|abstract\s+)*(?:class|interface|enum|record)\s+(\w{1,80})")
_BEGINNING = 4_000
"""Number of characters of the code that are examined."""
_DEFAULT = "code"


def suggested_file_name(code: Code) -> str:
    """Return a file name without folders that is valid on every system, with an extension."""
    language = fence_language(code.info) or guess_language(code.text[:_BEGINNING])
    return (
        _safe(fence_title(code.info))
        or _safe(_name_in_code(code.text[:_BEGINNING]))
        or _WHOLE_NAMES.get(language, "")
        or f"{_stem(code.text[:_BEGINNING], language)}.{file_ending(language)}"
    )


def _name_in_code(beginning: str) -> str:
    """Return the file name in a comment in one of the first two lines."""
    for line in beginning.split("\n", 2)[:2]:
        if found := _COMMENT.fullmatch(line[:200]):
            return found.group(1)
    return ""


def _stem(beginning: str, language: str) -> str:
    found = None
    if language in {"html", "htm", "svg", "xml", "vue"}:
        found = _TITLE.search(beginning)
    elif language == "java":
        found = _JAVA.search(beginning)
    return (_safe(found.group(1)) if found else "") or _DEFAULT


def file_ending(language: str) -> str:
    """Return the file extension for a language, without a dot; `txt` for an unknown one."""
    return _ENDINGS.get(language) or (language if language in _SHORT else "txt")


def _safe(name: str) -> str:
    """Return the last component of a path as a safe file name; empty if nothing remains."""
    return safe_file_name(re.split(r"[/\\]", name.strip().rstrip("/\\"))[-1])
