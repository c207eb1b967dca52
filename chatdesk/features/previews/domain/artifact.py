"""Value types of previews: code fences as input, and the artifacts found in them. `recognition.py` finds them."""

from enum import StrEnum

from chatdesk.kernel.fast_dataclass import dataclass


class ArtifactKind(StrEnum):
    """How an artifact is run or shown."""

    HTML = "html"
    SVG = "svg"
    MARKDOWN = "markdown"
    MERMAID = "mermaid"
    GRAPHVIZ = "graphviz"
    JSON = "json"
    CSV = "csv"
    JAVASCRIPT = "javascript"
    REACT = "react"


@dataclass(frozen=True, slots=True)
class CodeFence:
    """A code block of an answer.

    `language` is the lower-case name given by the fence or guessed; empty if unknown. `name` is the file name given by the fence or by
    the line before it. `number` counts the fences of the answer from 0.
    """

    number: int
    language: str
    text: str
    name: str = ""
    closed: bool = True


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A fence as a file of an artifact. Other files refer to it by `name`, which is foreign text and may contain folders."""

    name: str
    text: str
    fence: int


@dataclass(frozen=True, slots=True)
class Artifact:
    """A runnable artifact. Its first file is the main one, which determines the kind. `title` is None if nothing provides one."""

    kind: ArtifactKind
    title: str | None
    files: tuple[SourceFile, ...]
    complete: bool = True
    """Whether all of its fences are closed; otherwise its code is still incomplete."""

    @property
    def main(self) -> SourceFile:
        """The main file, to which the others belong."""
        return self.files[0]

    @property
    def identity(self) -> int:
        """The number of the main fence: constant while the answer grows, and unique among the artifacts of the answer."""
        return self.main.fence

    @property
    def fences(self) -> tuple[int, ...]:
        """The numbers of its fences; a style sheet may belong to several artifacts."""
        return tuple(file.fence for file in self.files)
