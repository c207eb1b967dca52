"""A person at the program, as a test sees it: looks for things by name, types, clicks, waits, kills it with -9 and starts it again."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from tests.descendants import descendants
from tests.own_time import TIMEOUT, OwnTime
from tests.paths import ROOT

_FUNCTION_KEY = re.compile(r"F\d+")


class Person:
    """`environment` says on which screen (the fixture `xvfb`), and whatever else is special; `under` is a command that runs the program."""

    def __init__(self, home: Path, environment: dict[str, str], under: Sequence[str] = ()) -> None:
        self.home = home
        self._under = under
        self.environment = {
            **os.environ,
            "CHATDESK_HOME": str(home),
            "QT_ACCESSIBILITY": "1",
            "OLLAMA_HOST": "127.0.0.1:9",
            "LANG": "C.UTF-8",
            **environment,
        }
        self._program: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self._program and self._program.poll() is None:
            self._program.kill()
        if self._program:
            self._program.wait()
            with suppress(BrokenPipeError):  # a command that it has not read
                self._program.stdin.close()
            self._program.stdout.close()

    @property
    def process_id(self) -> int:
        return self._program.pid

    def start(self) -> None:
        self._program = subprocess.Popen(
            [*self._under, sys.executable, "-m", "tests.e2e.driven_program"],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.until(self.windows, "a window")

    def signal(self, number: int) -> None:
        self._program.send_signal(number)

    def run_to_its_end(self, *arguments: str) -> int:
        """Start it without looking, and return the exit code."""
        command = [sys.executable, "-m", "chatdesk", *arguments]
        return subprocess.run(command, cwd=ROOT, env=self.environment, timeout=TIMEOUT, check=False).returncode

    def kill(self) -> None:
        """kill -9."""
        self._program.send_signal(signal.SIGKILL)
        self._program.wait()
        self._program.stdin.close()
        self._program.stdout.close()

    def close(self) -> None:
        """Close the window, which may ask something."""
        self._do("close")

    def leave(self, seconds: float = TIMEOUT) -> int:
        """Close the window and return the exit code."""
        self._do("close")
        return self.ended(seconds)

    def ended(self, seconds: float = TIMEOUT) -> int:
        """Wait for its end and return the exit code. The time that it waits for a processor does not count."""
        first: dict[str, float] = {}
        last: dict[str, float] = {}
        with OwnTime() as waited:
            while (code := self._program.poll()) is None:
                last |= waited_for_processor(self.process_id)
                first = last | first
                late = sum(last.values()) - sum(first.values())
                assert waited.seconds - late < seconds, f"it did not end within {seconds} s"
                time.sleep(0.03)
        self._program.stdin.close()
        self._program.stdout.close()
        return code

    def until(self, condition: Callable[[], Any], what: str, seconds: float = TIMEOUT) -> Any:
        """Look again and again until the condition holds. The time that the program and its engine wait for a processor does not count."""
        before = waited_for_processor(self.process_id)
        with OwnTime() as waited:
            while waited.seconds < seconds or waited.seconds - self._starved_since(before) < seconds:
                if result := condition():
                    return result
                time.sleep(0.03)  # a person looks about thirty times a second
        raise AssertionError(
            f"waited {seconds} s in vain for {what}; the keyboard is at {self.keyboard()}; in view: {self.names()}"
        )

    def _starved_since(self, before: dict[str, float]) -> float:
        now = waited_for_processor(self.process_id)
        return sum(seconds - before.get(thread, 0.0) for thread, seconds in now.items())

    def sees(self, name: str, seconds: float = TIMEOUT) -> str:
        """Wait until something of this name is in view, and return what stands in it."""
        return self.until(lambda: self.read(name), repr(name), seconds)

    def windows(self) -> list[str]:
        return self._do("windows")

    def has_keyboard(self) -> bool:
        return self._do("has_keyboard")

    def names(self) -> list[str]:
        return self._do("names")

    def read(self, name: str) -> str | None:
        return self._do("read", name=name)

    def focused(self) -> str:
        return self._do("focused")

    def keyboard(self) -> str:
        """Return what and which windows have the keyboard, for a test that fails."""
        return self._do("keyboard")

    def click(self, name: str) -> None:
        self._do("click", name=name)

    def draw(self, name: str) -> None:
        self._do("draw", name=name)

    def click_at(self, x: int, y: int) -> None:
        self._do("click_at", x=x, y=y)

    def place_of(self, name: str) -> list[int] | None:
        return self._do("place_of", name=name)

    def screen(self, path: Path) -> None:
        self._do("screen", path=str(path))

    def type(self, text: str) -> None:
        self._do("type", text=text)

    def press(self, keys: str) -> None:
        if "+" in keys or _FUNCTION_KEY.fullmatch(keys):
            # A shortcut needs a window with the keyboard: where there is no window manager, nobody gives it back after a dialog,
            # nor after the end of another program that had it. Another one on the same screen may take it at any moment: so the
            # program looks and presses in one step.
            self.until(lambda: self._do("press_with_keyboard", keys=keys), "the keyboard in the window")
        else:
            self._do("press", keys=keys)

    def resize(self, width: int, height: int) -> None:
        self._do("resize", width=width, height=height)

    def choose_in_dialog(self, path: Path) -> bool:
        return self._do("choose_in_dialog", path=str(path))

    def geometry(self) -> list[int]:
        return self._do("geometry")

    def grab(self, path: Path) -> None:
        self._do("grab", path=str(path))

    def _do(self, what: str, **arguments: object) -> Any:
        with suppress(BrokenPipeError):  # it has ended
            self._program.stdin.write(json.dumps({"do": what, **arguments}) + "\n")
            self._program.stdin.flush()
        line = self._program.stdout.readline()
        if not line:
            raise AssertionError(f"the program ended with code {self._program.wait(TIMEOUT)}")
        answer = json.loads(line)
        if "error" in answer:
            raise AssertionError(answer["error"])
        return answer["result"]


def waited_for_processor(process: int) -> dict[str, float]:
    """Return for how many seconds each thread of a process and of those below it could have run and was not let (Linux; else nothing)."""
    if sys.platform != "linux":
        return {}
    waited = {}
    for one in (process, *descendants(process)):
        for entry in Path(f"/proc/{one}/task").glob("*/schedstat"):
            with suppress(OSError):  # ended meanwhile
                waited[str(entry)] = int(entry.read_text(encoding="ascii").split()[1]) / 1e9
    return waited
