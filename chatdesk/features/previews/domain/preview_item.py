"""Content of the panel: one version of a runnable artifact as plain values, independent of its source."""

from datetime import datetime

from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class CodeFile:
    """A file of the code. `language` is as in a code fence."""

    name: str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class PreviewItem:
    """A version. `key` stays the same while its code still grows; `complete` says whether it can run yet."""

    key: str
    title: str
    kind: str
    """The display name of its language, such as "HTML"."""
    files: tuple[CodeFile, ...]
    complete: bool
    made_at: datetime
    edited: bool = False
    """Whether the user edited the code in the panel."""
    is_still: bool = False
    """Whether its page is a still picture or text, which does not use the keyboard."""

    @property
    def main(self) -> CodeFile:
        """The main file, to which the others belong."""
        return self.files[0]
