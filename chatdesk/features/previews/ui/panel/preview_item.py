"""What the panel shows: one version of something that can run, as plain values. Where it comes from is the shell's business."""

from datetime import datetime

from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class CodeFile:
    """One of its files. `language` is as a fence names it."""

    name: str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class PreviewItem:
    """A version. `key` is the same while its code still grows; `complete` says whether it can run yet."""

    key: str
    title: str
    kind: str
    """The name of its language in words: "HTML"."""
    files: tuple[CodeFile, ...]
    complete: bool
    made_at: datetime
    edited: bool = False
    """Whether the user changed the code here."""

    @property
    def main(self) -> CodeFile:
        """The file the others belong to."""
        return self.files[0]
