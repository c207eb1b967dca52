"""The values of this room: a code fence as it comes in, and the artifact that fences make. How they are found is `recognition.py`."""

from enum import StrEnum

from chatdesk.kernel.fast_dataclass import dataclass


class ArtifactKind(StrEnum):
    """What an artifact is run or shown as."""

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

    `language` is the name in lower case that the fence says or that was guessed; empty if unknown. `name` is what the fence, or the
    line before it, calls the file. `number` counts the fences of the answer from 0.
    """

    number: int
    language: str
    text: str
    name: str = ""
    closed: bool = True


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One fence as a file of an artifact. `name` is how the other files refer to it; it may have folders and is somebody else's text."""

    name: str
    text: str
    fence: int


@dataclass(frozen=True, slots=True)
class Artifact:
    """What can run. The first file is the main one, whose kind this is. `title` is None where nothing names it."""

    kind: ArtifactKind
    title: str | None
    files: tuple[SourceFile, ...]
    complete: bool = True
    """Whether all of its fences are closed: running it before that shows half of it."""

    @property
    def main(self) -> SourceFile:
        """The file that the others belong to."""
        return self.files[0]

    @property
    def identity(self) -> int:
        """The number of its main fence: the same while the answer grows, and no other artifact of the answer has it."""
        return self.main.fence

    @property
    def fences(self) -> tuple[int, ...]:
        """The numbers of the fences it is made of; a style sheet may belong to several artifacts."""
        return tuple(file.fence for file in self.files)
