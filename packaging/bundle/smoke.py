"""Starts the frozen program as it lies in dist/ and looks whether its parts are there: `dev.py build --smoke`, on each system.

Version, presets (its resources), the built-in engine with the starter model, and the window, which is shown on no screen until it has made
its database. A home of its own, with spaces and Chinese in its name, and nothing of this machine's servers and keys. What a person does in
the window is played on Linux by tests/bundle; on the other systems nobody has looked at it so far.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import product  # noqa: E402 - lies beside this folder

SECONDS = 180
"""For one command: a machine of a build service reads a cold bundle slowly, and an antivirus program reads along."""
DATABASE = "chats.sqlite3"


class Failed(Exception):
    """The program has not done what it should; says what."""


def programs(dist: Path, platform: str) -> tuple[Path, Path]:
    """Return the program for the command line and the one that opens the window."""
    match platform:
        case "win32":
            return dist / "chatdesk/chatdesk.exe", dist / "chatdesk/chatdesk-window.exe"
        case "darwin":
            program = dist / "Chatdesk.app/Contents/MacOS/chatdesk"
            return program, program
        case _:
            return dist / "chatdesk/chatdesk", dist / "chatdesk/chatdesk"


def look(console: Path, window: Path, home: Path, *, with_model: bool) -> list[str]:
    """Start the programs and return what was seen. Raises `Failed`."""
    environment = surroundings(os.environ, home)
    seen = [_version(console, environment), _presets(console, environment)]
    if with_model:
        seen.append(_answer(console, environment))
    seen.append(_window(window, environment, home))
    return seen


def surroundings(environment: Mapping[str, str], home: Path) -> dict[str, str]:
    """Return the environment for the program: this one, without what leads to another Python, and to servers and keys of this machine."""
    kept = {name: value for name, value in environment.items() if not name.startswith(("PYTHON", "QT_", "QML"))}
    apart = {"CHATDESK_HOME": str(home), "OLLAMA_HOST": "127.0.0.1:9", "QT_QPA_PLATFORM": "offscreen"}
    return {**kept, **apart, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}


def _version(program: Path, environment: dict[str, str]) -> str:
    told = _run([program, "--version"], environment).strip()
    if told != f"Chatdesk {product.version()}":
        raise Failed(f"--version says {told!r}, and not {product.version()}")
    return told


def _presets(program: Path, environment: dict[str, str]) -> str:
    lines = map(json.loads, _run([program, "presets", "--json"], environment).splitlines())
    count = sum(line["event"] == "preset" for line in lines)
    if not count:
        raise Failed("there is no preset: the resources are not found")
    return f"{count} presets"


def _answer(program: Path, environment: dict[str, str]) -> str:
    answer = _run([program, "ask", "Say hello"], environment).strip()
    if not answer:
        raise Failed("the built-in model has said nothing")
    return f"the built-in model says: {answer[:60]!r}"


def _window(program: Path, environment: dict[str, str], home: Path) -> str:
    """Open the window and wait for the database, which is made when all services are up; the program is then ended."""
    start = time.monotonic()
    with subprocess.Popen([program], env=environment) as process:
        try:
            while not any(home.rglob(DATABASE)):
                if process.poll() is not None:
                    raise Failed(f"the window has ended by itself with code {process.returncode}")
                if time.monotonic() - start > SECONDS:
                    raise Failed(f"no database after {SECONDS} s")
                time.sleep(0.1)
        finally:
            process.kill()
    return f"the window was up in {time.monotonic() - start:.1f} s"


def _run(command: list[str | Path], environment: dict[str, str]) -> str:
    done = subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    if done.returncode:
        raise Failed(f"{command[1]} ended with code {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def main() -> None:
    """Look at what lies in dist/, and say what was seen."""
    console, window = programs(product.DIST, sys.platform)
    if not console.is_file():
        sys.exit(f"There is no {console.relative_to(product.ROOT)}. `python3 dev.py build` makes it.")
    with_model = any(product.BUNDLE.rglob("*.gguf"))
    with tempfile.TemporaryDirectory(prefix="chatdesk 冒烟 ", ignore_cleanup_errors=True) as folder:
        try:
            seen = look(console, window, Path(folder), with_model=with_model)
        except (Failed, subprocess.TimeoutExpired) as error:
            sys.exit(f"The frozen program has failed: {error}")
    print("\n".join(seen))


if __name__ == "__main__":
    main()
