"""Finds the supported Pythons of this machine, and has uv install one where there is none.

  find_python.py list OLDEST NEWEST   one line for each: its version, a space, its path; in the order of versions
  find_python.py install VERSION      its path; nothing if uv cannot be had or cannot install it

`dev.py` calls this, with any Python from 3.7 on; it uses the standard library only.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WINDOWS = os.name == "nt"
USUAL_FOLDERS = (Path("/usr/bin"), Path("/usr/local/bin"), Path("/opt/homebrew/bin"))
UV_ENVIRONMENT = ROOT / ".venv-uv"
PRINT_VERSION = "import sys; print(*sys.version_info[:3]); print(getattr(sys, '_base_executable', sys.executable))"


def supported_pythons(oldest: tuple[int, ...], newest: tuple[int, ...]) -> list[tuple[tuple[int, ...], str]]:
    """Return version and path of each, in the order of versions."""
    answers = {ask_for_version(command) for command in python_commands(range(oldest[1], newest[1] + 1))}
    return sorted(answer for answer in answers if answer is not None and oldest <= answer[0][:2] <= newest)


def python_commands(minors: range) -> list[tuple[str, ...]]:
    """Return what may start a Python here: names on PATH, in the usual folders and in pyenv's, and the launcher of Windows."""
    folders = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
    folders += USUAL_FOLDERS
    folders += sorted(Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv").glob("versions/*/bin"))
    suffix = ".exe" if WINDOWS else ""
    names = ["python3", "python", *(f"python3.{minor}" for minor in minors)]
    files = [str(folder / (name + suffix)) for folder in dict.fromkeys(folders) for name in names]
    launched = [("py", f"-3.{minor}") for minor in minors if WINDOWS and shutil.which("py")]
    return [*((file,) for file in files if os.access(file, os.X_OK)), *launched]


def ask_for_version(command: tuple[str, ...]) -> tuple[tuple[int, ...], str] | None:
    """Return version and path of what starts with this command; None if nothing does: a shim exists also for versions that do not."""
    try:
        done = subprocess.run(
            [*command, "-c", PRINT_VERSION],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=20,
            check=True,
        )
        version, path = os.fsdecode(done.stdout).splitlines()
        return tuple(int(number) for number in version.split()), os.path.realpath(path)
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


def install_with_uv(version: str) -> str:
    """Return the path of a Python that uv has or installs for this account; empty if there is none."""
    print("No supported Python was found. Asking uv for one ...", file=sys.stderr, flush=True)
    uv = shutil.which("uv") or uv_of_its_own()
    if not uv or subprocess.call([uv, "python", "install", version], stdout=sys.stderr):
        return ""
    found = subprocess.run([uv, "python", "find", "--no-project", version], stdout=subprocess.PIPE, check=False)
    return os.fsdecode(found.stdout).strip()


def uv_of_its_own() -> str:
    """Return the uv in an environment made for it, from the packages that requirements/python.txt locks; empty if that fails."""
    programs = UV_ENVIRONMENT / ("Scripts" if WINDOWS else "bin")
    install = [
        str(programs / "python"),
        "-m",
        "pip",
        "install",
        "--require-hashes",
        "--only-binary=:all:",
        "--no-input",
    ]
    install += ["--disable-pip-version-check", "--requirement", str(ROOT / "requirements/python.txt")]
    for command in ([sys.executable, "-m", "venv", "--clear", str(UV_ENVIRONMENT)], install):
        if subprocess.call(command, stdout=sys.stderr):
            return ""
    return str(programs / "uv")


def main(verb: str, *arguments: str) -> None:
    """Print what the verb asks for."""
    if verb == "install":
        print(install_with_uv(*arguments))
        return
    oldest, newest = (tuple(int(number) for number in version.split(".")) for version in arguments)
    for version, path in supported_pythons(oldest, newest):
        print(".".join(map(str, version)), path)


if __name__ == "__main__":
    main(*sys.argv[1:])
