"""Request to fix a failing page: its errors without duplicates, and the code around the lines that they name.

Errors are untrusted text written by a page: they are put into a code fence, without internal addresses.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from chatdesk.kernel.fast_dataclass import dataclass

CONTEXT_LINES = 12
"""Lines of code before and after a line with an error."""
MAX_LINES = 200
"""Maximum number of lines of code."""
MAX_ERRORS = 8
_MAX_ERROR_LENGTH = 800
_MAX_LINE_LENGTH = 500
_LINE_END = re.compile(r"\r\n|\r|\n")
_STACK = re.compile(r"\n\s+at .*")
_ADDRESS = re.compile(r"\b(?:preview://|data:text/)[^\s)]*")
_ENDING = re.compile(r"[A-Za-z]{1,10}")


@dataclass(frozen=True, slots=True)
class CodeError:
    """An error message of a page, with the file and line (from 1) if known."""

    text: str
    file: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Consecutive lines of a file. `first` is the number of the first one, from 1."""

    file: str
    first: int
    lines: tuple[str, ...]

    @property
    def last(self) -> int:
        """The number of the last line."""
        return self.first + len(self.lines) - 1


@dataclass(frozen=True, slots=True)
class RelevantPart:
    """Errors and code for the model. `left_out` counts the other distinct errors."""

    errors: tuple[CodeError, ...]
    excerpts: tuple[Excerpt, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class FixTexts:
    """The texts of the question, translated by the caller. Fields in braces are filled in here."""

    request: str = "The page has these errors. Please fix them and give me the whole code again."
    location: str = "{file}, line {line}"
    left_out: str = "… and {count} more"
    lines: str = "{file}, lines {first} to {last}:"


def relevant_part(files: Mapping[str, str], errors: Iterable[CodeError]) -> RelevantPart:
    """Return the distinct errors in order, and excerpts of the files (given by name) in the order of the files.

    If the limit on lines is reached, the first errors take precedence.
    """
    distinct = list(dict.fromkeys(_cleaned(error) for error in dict.fromkeys(errors)))
    kept = distinct[:MAX_ERRORS]
    lines = {name: _LINE_END.split(text) for name, text in files.items()}
    line_numbers: dict[str, set[int]] = {name: set() for name in files}
    remaining = MAX_LINES
    for error in kept:
        if error.line is None or not 1 <= error.line <= len(lines.get(error.file, ())):
            continue
        near = range(max(1, error.line - CONTEXT_LINES), min(len(lines[error.file]), error.line + CONTEXT_LINES) + 1)
        fresh = [number for number in near if number not in line_numbers[error.file]]
        if len(fresh) <= remaining:
            line_numbers[error.file].update(fresh)
            remaining -= len(fresh)
    excerpts = [excerpt for name, numbers in line_numbers.items() for excerpt in _excerpts(name, lines[name], numbers)]
    return RelevantPart(tuple(kept), tuple(excerpts), len(distinct) - len(kept))


def fix_question(part: RelevantPart, texts: FixTexts) -> str:
    """Return the question as Markdown."""
    said = [_with_location(error, texts) for error in part.errors]
    if part.left_out:
        said.append(texts.left_out.format(count=part.left_out))
    paragraphs = [texts.request, _fenced("\n".join(said), "text")]
    for excerpt in part.excerpts:
        head = texts.lines.format(file=_in_line(excerpt.file), first=excerpt.first, last=excerpt.last)
        ending = excerpt.file.rpartition(".")[2]
        language = ending.lower() if _ENDING.fullmatch(ending) else ""
        paragraphs += [head, _fenced("\n".join(excerpt.lines), language)]
    return "\n\n".join(paragraphs)


def _cleaned(error: CodeError) -> CodeError:
    """Return an error without parts that are useless to the model: the stack, whose line numbers differ from the code, and addresses."""
    text = _ADDRESS.sub("", _STACK.sub("", error.text[: 10 * _MAX_ERROR_LENGTH])).strip()
    return CodeError(text if len(text) <= _MAX_ERROR_LENGTH else f"{text[:_MAX_ERROR_LENGTH]}…", error.file, error.line)


def _with_location(error: CodeError, texts: FixTexts) -> str:
    if not error.file or error.line is None:
        return error.text
    return f"{error.text} ({texts.location.format(file=_in_line(error.file), line=error.line)})"


def _excerpts(name: str, lines: Sequence[str], numbers: Iterable[int]) -> list[Excerpt]:
    """Return lines as excerpts; adjacent lines form one excerpt."""
    found: list[list[int]] = []
    for number in sorted(numbers):
        if found and number == found[-1][-1] + 1:
            found[-1].append(number)
        else:
            found.append([number])
    return [Excerpt(name, run[0], tuple(_shortened(lines[number - 1]) for number in run)) for run in found]


def _shortened(line: str) -> str:
    return line if len(line) <= _MAX_LINE_LENGTH else f"{line[:_MAX_LINE_LENGTH]}…"


def _in_line(name: str) -> str:
    return " ".join(name.split())


def _fenced(text: str, language: str) -> str:
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"
