"""A folder whose disk or server hangs: every call waits until it is told to respond."""

import threading
from pathlib import Path
from typing import Any

import pytest

_CALLS = ("lstat", "open", "unlink", "iterdir")


class SilentFolder:
    """Lets calls of `Path` hang below a folder."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder = folder
        self._responds = threading.Event()
        self._monkeypatch = monkeypatch

    def begin(self) -> None:
        """Hang from now on."""
        for name in _CALLS:
            self._monkeypatch.setattr(Path, name, self._hanging(getattr(Path, name)))

    def end(self) -> None:
        """Respond again, for good."""
        self._responds.set()

    @property
    def threads(self) -> int:
        """The number of threads with calls of folders."""
        return sum(thread.name == "folder" for thread in threading.enumerate())

    def _hanging(self, call: Any) -> Any:
        def wait(path: Path, *arguments: Any, **options: Any) -> Any:
            if path.is_relative_to(self._folder):
                self._responds.wait()
            return call(path, *arguments, **options)

        return wait
