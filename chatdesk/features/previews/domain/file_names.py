"""Names of files: told by a line of the answer or by the code's first comment, made up for a language, and made fit for a file system.

Names come from a model. Here they are only compared and written into archives of ours; where a file is saved is asked elsewhere.
"""

import re
from collections.abc import Iterable
from urllib.parse import unquote

from chatdesk.features.previews.domain.artifact import Artifact, ArtifactKind
from chatdesk.kernel.text.file_name import MAX_BYTES, MAX_CHARACTERS, safe_file_name, shortened

_FILE = r"[\w./\\-]*\w\.(?:html?|css|m?js|cjs|jsx|tsx?|svg|json|csv|tsv|md|mmd|dot|gv)"
_LINE = re.compile(
    rf"""\s*(?:[#>*+-]+\s+|\d+[.)]\s+)*(?i:file(?:name)?|path)?\s*:?\s*
    (?:[*_]{{1,3}})?[`"'(\[]?({_FILE})[`"')\]]?(?:[*_]{{1,3}})?\s*[::]?(?:[*_]{{1,3}})?\s*""",
    re.VERBOSE,
)
"""A line that is a file's name and nothing else, as models head their files: `**style.css**:`, "### 2. `script.js`"."""
_COMMENT = re.compile(
    rf"\s*(?://|\#|/\*+|<!--|%%|\{{/\*)\s*(?i:file(?:name)?|path)?\s*:?\s*`?({_FILE})`?\s*(?:\*/|-->|\*/\}})?\s*"
)
_LONGEST_LINE = 300
_MOST_FOLDERS = 6

LANGUAGES = {
    "html": "html",
    "htm": "html",
    "xhtml": "html",
    "svg": "svg",
    "css": "css",
    "js": "javascript",
    "mjs": "javascript",
    "cjs": "javascript",
    "javascript": "javascript",
    "ecmascript": "javascript",
    "es6": "javascript",
    "jsx": "jsx",
    "javascriptreact": "jsx",
    "react": "jsx",
    "tsx": "tsx",
    "typescriptreact": "tsx",
    "md": "markdown",
    "markdown": "markdown",
    "mmd": "mermaid",
    "mermaid": "mermaid",
    "dot": "graphviz",
    "gv": "graphviz",
    "graphviz": "graphviz",
    "json": "json",
    "geojson": "json",
    "csv": "csv",
    "tsv": "tsv",
    "xml": "xml",
}
"""What languages and endings of files are called here. Others cannot run."""
_ENDINGS = {"javascript": "js", "markdown": "md", "mermaid": "mmd", "graphviz": "dot"}
_STEMS = {
    "markdown": "document",
    "mermaid": "diagram",
    "graphviz": "diagram",
    "svg": "drawing",
    "json": "data",
    "csv": "data",
    "tsv": "data",
    "html": "index",
    "css": "style",
    "javascript": "script",
    "jsx": "App",
    "tsx": "App",
}
_OF_KINDS = {
    ArtifactKind.HTML: "html",
    ArtifactKind.SVG: "svg",
    ArtifactKind.MARKDOWN: "markdown",
    ArtifactKind.MERMAID: "mermaid",
    ArtifactKind.GRAPHVIZ: "graphviz",
    ArtifactKind.JSON: "json",
    ArtifactKind.CSV: "csv",
    ArtifactKind.JAVASCRIPT: "javascript",
    ArtifactKind.REACT: "jsx",
}
_ALSO_OF_KINDS = {ArtifactKind.CSV: {"tsv"}, ArtifactKind.REACT: {"tsx", "javascript"}}
_MADE_UP = re.compile(
    r"(?:document|diagram|drawing|data|index|style|script|app|main|file)(?:-\d+)?\.\w+", re.IGNORECASE
)


def name_in_line(line: str) -> str:
    """Return the file's name that a line before a fence consists of; empty if it says anything else."""
    found = _LINE.fullmatch(line) if len(line) <= _LONGEST_LINE else None
    return found[1] if found else ""


def name_in_code(text: str) -> str:
    """Return the file's name that stands alone in a comment on the first line; empty if none does."""
    first = text[:_LONGEST_LINE].lstrip("\ufeff \t\r\n").partition("\n")[0]
    found = _COMMENT.fullmatch(first)
    return found[1] if found else ""


def language_of(language: str, name: str) -> str:
    """Return our name of a language, by its own or else by a file's; empty if it is none that runs."""
    return LANGUAGES.get(language) or ("" if language else LANGUAGES.get(name.rpartition(".")[2].lower(), ""))


def made_up_name(language: str, taken: Iterable[str]) -> str:
    """Return a name for a file that has none, as people call it, that is not taken."""
    stem, ending = _STEMS.get(language, language or "file"), _ENDINGS.get(language, language or "txt")
    used, number, name = {other.lower() for other in taken}, 1, f"{stem}.{ending}"
    while name.lower() in used:
        number += 1
        name = f"{stem}-{number}.{ending}"
    return name


def last_part(name: str) -> str:
    """Return a file's name without its folders."""
    return name.replace("\\", "/").rpartition("/")[2]


def is_made_up(name: str) -> bool:
    """Whether a file's name says nothing of what is in it: one of ours, or what everybody calls such a file."""
    return bool(_MADE_UP.fullmatch(last_part(name)))


def file_name_of(artifact: Artifact, ending: str = "") -> str:
    """Return the name under which an artifact is saved as one file: as the answer calls it, else by its title.

    It has no folder, every system takes it, and it ends as its kind does, whatever the answer says. `ending` is one for something that is
    made of it, as ".zip" and ".png".
    """
    name = last_part(artifact.main.name)
    said = name if not is_made_up(name) else artifact.title or name
    stem, _, own = said.rpartition(".") if "." in said else (said, "", "")
    language, expected = LANGUAGES.get(own.lower(), ""), _OF_KINDS[artifact.kind]
    if not language:  # the dot is one of a sentence
        stem, own = said, name.rpartition(".")[2]
        language = LANGUAGES.get(own.lower(), "")
    if language != expected and language not in _ALSO_OF_KINDS.get(artifact.kind, set()):
        own = _ENDINGS.get(expected, expected)
    return with_ending(stem, ending or f".{own}") or made_up_name(expected, ())


def with_ending(stem: str, ending: str) -> str:
    """Return a name that any system takes, of which only the stem is cut; empty if nothing of the stem is left."""
    safe = safe_file_name(f"x{ending}")[1:]
    kept = shortened(safe_file_name(stem), MAX_CHARACTERS - len(safe), MAX_BYTES - len(safe.encode()))
    return kept and kept + safe


def plain_path(reference: str) -> str:
    """Return a reference in a page as the path it means; empty if it points elsewhere: to the network, into itself, to data."""
    path = re.split(r"[?#]", reference.strip(), maxsplit=1)[0].replace("\\", "/")
    if path.startswith("//") or re.match(r"[A-Za-z][A-Za-z\d+.-]*:", path):
        return ""
    return "/".join(part for part in unquote(path).split("/") if part not in {"", ".", ".."})


def find_named(reference: str, names: Iterable[str]) -> int | None:
    """Return which of the names a reference means: the same path, else the same last part, whatever the case; None if none."""
    path = plain_path(reference).lower()
    if not path:
        return None
    paths = [plain_path(name).lower() for name in names]
    if path in paths:
        return paths.index(path)
    last = path.rpartition("/")[2]
    return next((index for index, other in enumerate(paths) if other and other.rpartition("/")[2] == last), None)


def safe_path(name: str) -> str:
    """Return a relative path without `..` that any system takes; empty if nothing is left."""
    parts = [safe_file_name(part) for part in re.split(r"[/\\]", name) if part.strip() not in {"", ".", ".."}]
    return "/".join([part for part in parts if part][-_MOST_FOLDERS:])
