"""A person at the frozen program, of which nothing is known but what is on the screen: eyes over AT-SPI, hands on the X server.

It has the methods of `tests.e2e.person.Person` that the tests use, for a program that cannot be driven from within.
"""

import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

EYES = Path(__file__).with_name("eyes.py")
PYTHON = "/usr/bin/python3"


class Resident:
    """`command` starts the program; `screen` is the environment of the X server, `session` that of the bus, for the eyes."""

    def __init__(
        self, command: Sequence[str], screen: Mapping[str, str], session: Mapping[str, str], user: int
    ) -> None:
        self._command = command
        self._screen = {**os.environ, **screen}
        look = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", PYTHON, str(EYES)]
        self._eyes = subprocess.Popen(
            look, env={**session, **screen}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._program: subprocess.Popen[bytes] | None = None

    def close(self) -> None:
        """End whatever still runs."""
        if self._program and self._program.poll() is None:
            self._program.kill()
            self._program.wait()
        self._eyes.stdin.close()
        self._eyes.wait(40)
        self._eyes.stdout.close()

    def start(self, *arguments: str) -> None:
        """Start the program, and give its window the keyboard."""
        self.start_unseen(*arguments)
        self.turn_to_window()

    def start_unseen(self, *arguments: str) -> None:
        """Start the program where hands do not reach: on a screen that is not the X server's."""
        self._program = subprocess.Popen([*self._command, *arguments])

    def end(self, seconds: float = 40.0) -> int:
        """Ask the program to end, as a session does that ends, and return the exit code."""
        child = Path(f"/proc/{self._program.pid}/task/{self._program.pid}/children").read_text().split()[0]
        os.kill(int(Path(f"/proc/{child}/task/{child}/children").read_text().split()[0]), signal.SIGTERM)
        return self._program.wait(seconds)

    def turn_to_window(self) -> None:
        """Give the window the keyboard, as a window manager does that is not here: at the start, and when a dialog has closed."""
        window = self.until(self._window, "a window")
        self._hands("windowfocus", "--sync", window)

    def leave(self, seconds: float = 40.0) -> int:
        """Quit by the keyboard and return the exit code."""
        self.press("ctrl+q")
        return self._program.wait(seconds)

    def kill(self) -> None:
        """kill -9, of the program and all that it started."""
        self._program.send_signal(signal.SIGKILL)
        self._program.wait()
        while self._window():
            time.sleep(0.05)

    def until(self, condition: Callable[[], Any], what: str, seconds: float = 40.0) -> Any:
        """Look again and again until the condition holds."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if result := condition():
                return result
            if self._program.poll() is not None:
                raise AssertionError(f"the program ended with code {self._program.returncode}")
            time.sleep(0.05)
        raise AssertionError(f"waited {seconds} s in vain for {what}; in view: {self.names()}")

    def sees(self, name: str, seconds: float = 40.0) -> str:
        """Wait until something of this name is in view, and return what stands in it."""
        return self.until(lambda: self.read(name), repr(name), seconds)

    def names(self) -> list[str]:
        """Return all names in view."""
        return self._ask(do="names") or []

    def read(self, name: str) -> str | None:
        """Return what stands in the thing of this name; None if it is not in view."""
        found = self._ask(do="find", name=name)
        return found and found["text"]

    def focused(self) -> str:
        """Return the name of what has the keyboard."""
        return self._ask(do="focused") or ""

    def place_of(self, name: str) -> list[int] | None:
        """Return where on the screen the thing of this name is: left, top, width, height."""
        found = self._ask(do="find", name=name)
        return found and found["place"]

    def click(self, name: str) -> None:
        """Click in the middle of what has this name, once it is in view."""
        x, y, width, height = self.until(lambda: self.place_of(name), repr(name))
        self.click_at(x + width // 2, y + height // 2)

    def click_at(self, x: int, y: int) -> None:
        """Click at a place of the screen."""
        self._hands("mousemove", "--sync", str(x), str(y), "click", "1")

    def type(self, text: str) -> None:
        """Type letters."""
        self._hands("type", "--delay", "15", text)

    def press(self, keys: str) -> None:
        """Press keys, as `Person` names them or X does."""
        names = {"Esc": "Escape", "Ctrl": "ctrl", "Shift": "shift", ",": "comma"}
        self._hands("key", "+".join(names.get(key, key) for key in keys.split("+")))

    def screen(self, path: Path) -> None:
        """Take a picture of all of the screen."""
        subprocess.run(["import", "-window", "root", path], env=self._screen, check=True)

    def _window(self) -> str:
        found = self._hands("search", "--onlyvisible", "--class", "^chatdesk$", check=False)
        numbers = re.findall(r"\d+", found)
        return numbers[-1] if numbers else ""

    def _hands(self, *arguments: str, check: bool = True) -> str:
        run = subprocess.run(["xdotool", *arguments], env=self._screen, capture_output=True, text=True, check=check)
        return run.stdout

    def _ask(self, **question: str) -> Any:
        self._eyes.stdin.write(json.dumps(question) + "\n")
        self._eyes.stdin.flush()
        return json.loads(self._eyes.stdout.readline())
