"""All that is done with a clone of Chatdesk: `python3 dev.py VERB`.

  run [ARGUMENT ...]            start Chatdesk; arguments are passed on: run ask "Why is the sky blue?"
  test [PYTEST ARGUMENT ...]    the same as check; with arguments only pytest, with these
  check                         format, lint, types, architecture, unit, gui, preview, e2e and bundle tests, recipes, and unit and gui tests
                                on the lowest and the newest supported Python of this machine: what CI runs (tests/checks.py)
  bench [ID ...] [--json FILE]  measure, and print each figure beside its goal
  shots DIRECTORY               draw every screen into PNG files
  translate                     collect the texts of the program into translations/*.ts
  lock [--upgrade]              resolve requirements/*.txt anew from pyproject.toml and requirements/*.in
  build [--report] [--smoke] [--packages]   make the bundle for this system in dist/; print its size; start it; pack what people install

Every verb first sets up what it needs and does not find: the environment `.venv`, the locked packages, the built-in engine, on Linux
the system's libraries, and the compiled translations. What is complete stands in a small file inside `.venv`. An environment without
this file (its set-up was interrupted), for other contents or of another Python is made anew: nothing half done is ever used.

Started with an unsupported Python it goes on with a supported one: one found on this machine, or one that uv installs.

Standard library only. It must parse on old Pythons too, so that it can find another one.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

OLDEST_PYTHON, NEWEST_PYTHON = (3, 12), (3, 14)  # the locked PySide6 is sound on these
PREFERRED_MINORS = (13, 14, 12)  # first the one that bundles use
ROOT = Path(__file__).resolve().parent
WINDOWS, LINUX = os.name == "nt", sys.platform.startswith("linux")
ENVIRONMENT = ROOT / os.environ.get("CHATDESK_ENVIRONMENT", ".venv")


def python_in(environment: Path, platform: str = sys.platform) -> str:
    """Return the Python of an environment, where `platform`, named as `sys.platform` does, has it."""
    return str(environment / ("Scripts/python.exe" if platform == "win32" else "bin/python"))


PYTHON = python_in(ENVIRONMENT)
COMPLETE = ENVIRONMENT / "complete.json"
LOCKS = ("run", "engine", "development")

NO_PYTHON = """\
Chatdesk needs Python 3.12, 3.13 or 3.14; this is {version}, no other one was found, and uv could not install one. Install one:
  Debian, Ubuntu:  sudo apt install python3 python3-venv      (Debian 13, Ubuntu 24.04 or newer)
  Fedora:          sudo dnf install python3.13
  macOS:           brew install python@3.13
  Windows:         winget install Python.Python.3.13
Then start dev.py again, with any Python."""

NO_DISPLAY = """\
No window can open here: there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set).
  In a desktop session, or over `ssh -X`:  python3 dev.py run
  On a virtual screen:                     xvfb-run -a python3 dev.py run
The command line needs no display:         python3 dev.py run ask "Why is the sky blue?\""""


def run(arguments: list[str]) -> None:
    displays = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if LINUX and not arguments and not any(os.environ.get(name) for name in displays):
        sys.exit(NO_DISPLAY)
    set_up()
    become([PYTHON, "-P", "-m", "chatdesk", *arguments])


def test(arguments: list[str]) -> None:
    if not arguments:
        check(arguments)
    set_up(for_tests=True)
    os.chdir(ROOT)
    become([PYTHON, "-m", "pytest", *arguments])


def check(_arguments: list[str]) -> None:
    set_up(for_tests=True)
    os.chdir(ROOT)
    become([PYTHON, "-m", "tests.checks"])


def bench(arguments: list[str]) -> None:
    set_up(for_tests=True)
    become([PYTHON, "-m", "tests.bench", *arguments])


def shots(arguments: list[str]) -> None:
    set_up(for_tests=True)
    become([PYTHON, "-m", "tests.shots", *arguments])


def translate(_arguments: list[str]) -> None:
    set_up(for_tests=True)
    sources = sorted((ROOT / "chatdesk").rglob("*.py"))
    folder = ROOT / "translations"
    simplified, traditional = folder / "chatdesk_zh_CN.ts", folder / "chatdesk_zh_TW.ts"
    for file in sorted({*folder.glob("*.ts")} - {traditional}):
        plurals_only = ["-pluralonly"] if file.stem == "chatdesk_en" else []  # all other English stands in the program
        qt_tool("lupdate", "-silent", "-no-obsolete", "-locations", "none", *plurals_only, *sources, "-ts", file)
    subprocess.check_call([PYTHON, ROOT / "packaging/traditional_chinese.py", simplified, traditional])


def lock(arguments: list[str]) -> None:
    set_up(for_tests=True)
    resolve = [
        "uv",
        "pip",
        "compile",
        "--quiet",
        "--universal",
        "--python-version=3.12",
        "--generate-hashes",
        "--no-annotate",
        "--no-header",
    ]
    for name, sources in (
        ("run", ["pyproject.toml"]),
        ("engine", ["--no-deps", "requirements/engine.in"]),
        ("development", ["pyproject.toml", "--group=test", "--group=check", "--group=bundle"]),
        ("recipes", ["requirements/recipes.in"]),
        ("python", ["requirements/python.in"]),
    ):
        output = f"--output-file=requirements/{name}.txt"
        if subprocess.call([PYTHON, "-m", *resolve, *sources, output, *arguments], cwd=ROOT):
            sys.exit(f"requirements/{name}.txt could not be resolved; the lines above say why.")


def build(arguments: list[str]) -> None:
    set_up(for_tests=True)
    become([PYTHON, str(ROOT / "packaging/bundle/build.py"), *arguments])


def set_up(*, for_tests: bool = False) -> None:
    """Bring `.venv` and the machine to what is needed; when nothing is missing this reads a few small files."""
    current = {name: hashlib.sha256(lock_file(name).read_bytes()).hexdigest() for name in LOCKS}
    current |= {"python": f"{sys.version} {sys.base_prefix}", "libraries": "found", "test programs": "found"}
    complete = read_complete()
    fits = "python" in complete and all(current.get(name) == value for name, value in complete.items())
    if not fits or not Path(PYTHON).exists():
        create_environment()
        complete = {"python": current["python"]}
    steps = ["run", "engine", "libraries", *(["development", "test programs"] if for_tests else [])]
    for step in steps:
        if step in complete:
            continue
        if install(step):
            complete[step] = current[step]
        if step == "engine":
            complete.pop("libraries", None)  # what it loads has not been looked for
        COMPLETE.write_text(json.dumps(complete, indent=1), encoding="utf-8")
    compile_translations()


def read_complete() -> dict[str, str]:
    """Return what is completely set up; nothing after an interruption."""
    try:
        complete = json.loads(COMPLETE.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return complete if isinstance(complete, dict) else {}


def create_environment() -> None:
    print_line("Setting up Chatdesk in .venv. This happens once and downloads about 400 MB.")
    if LINUX and importlib.util.find_spec("ensurepip") is None:  # Debian and Ubuntu pack it apart from Python
        system_packages("install", "python{}.{}-venv".format(*sys.version_info))
    if subprocess.call([sys.executable, "-m", "venv", "--clear", ENVIRONMENT], stdout=sys.stderr):
        sys.exit(f"No environment could be made in {ENVIRONMENT}; the lines above say why.")
    # Makes the clone's package importable; the path is relative, so that a moved clone still finds itself.
    packages = site_packages(ENVIRONMENT)
    (packages / "chatdesk.pth").write_text(os.path.relpath(ROOT, packages) + "\n", encoding="utf-8")


def install(step: str) -> bool:
    """Install one part of the set-up; false when Chatdesk can do without it and it should be tried again at the next start."""
    if step == "libraries":
        return not LINUX or system_packages("libraries", str(site_packages(ENVIRONMENT)))
    if step == "test programs":
        return not LINUX or system_packages("tests")
    print_line(f"Installing requirements/{step}.txt ...")
    COMPLETE.unlink(missing_ok=True)  # an interruption from here on leaves an environment that is made anew
    # pip, because it follows people's own mirrors, proxies and certificates. Nothing is ever compiled here.
    command = [PYTHON, "-m", "pip", "install", "--no-deps", "--require-hashes", "--only-binary=:all:", "--no-input"]
    command += ["--disable-pip-version-check", "--requirement", str(lock_file(step))]
    if not sys.stderr.isatty():
        command.append("--progress-bar=off")
    if step == "engine":
        command.append("--retries=2")  # it is optional: a start without the network must not wait for it
    if subprocess.call(command, stdout=sys.stderr) == 0:
        return True
    if step != "engine":
        sys.exit("The packages could not be installed; the lines above say why.")
    print_line("The built-in engine and its model could not be installed (see above); the next start tries again.")
    print_line("Chatdesk works without them: with Ollama, or with any other server.")
    return False


def lock_file(name: str) -> Path:
    return ROOT / "requirements" / f"{name}.txt"


def site_packages(environment: Path, platform: str = sys.platform) -> Path:
    if platform == "win32":
        return environment / "Lib/site-packages"
    return next(environment.glob("lib/python3.*/site-packages"))


def system_packages(*arguments: str) -> bool:
    return subprocess.call([sys.executable, ROOT / "packaging/linux/system_packages.py", *arguments]) == 0


def compile_translations() -> None:
    for source in (ROOT / "translations").glob("*.ts"):
        for_window, for_console = source.with_suffix(".qm"), source.with_suffix(".json")
        if is_older(for_window, source):
            qt_tool("lrelease", "-silent", source, "-qm", for_window)
        if is_older(for_console, source):
            subprocess.call([PYTHON, ROOT / "packaging/console_words.py", source, for_console])


def is_older(made: Path, source: Path) -> bool:
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime


def qt_tool(name: str, *arguments: str | Path) -> None:
    """Run a tool of Qt by PySide6's own entry to it: scripts in `.venv` would not survive a move of the clone."""
    program = f"from PySide6.scripts.pyside_tool import {name}; {name}()"
    subprocess.call([PYTHON, "-c", program, *arguments], cwd=ROOT, stdout=sys.stderr)


def use_supported_python() -> None:
    """Return if this Python is supported, otherwise go on with one that is."""
    if OLDEST_PYTHON <= sys.version_info[:2] <= NEWEST_PYTHON:
        return
    path = python_to_use(supported_pythons()) or find_python("install", f"3.{PREFERRED_MINORS[0]}").strip()
    if not path:
        sys.exit(NO_PYTHON.format(version="{}.{}".format(*sys.version_info)))
    become([path, __file__, *sys.argv[1:]])


def supported_pythons() -> list[tuple[tuple[int, ...], str]]:
    """Return the version and the path of each supported Python of this machine, in the order of versions."""
    lines = find_python("list", "{}.{}".format(*OLDEST_PYTHON), "{}.{}".format(*NEWEST_PYTHON)).splitlines()
    pairs = (line.split(" ", 1) for line in lines)
    return [(tuple(map(int, version.split("."))), path) for version, path in pairs]


def find_python(*arguments: str) -> str:
    command = [sys.executable, str(ROOT / "packaging/find_python.py"), *arguments]
    return os.fsdecode(subprocess.run(command, stdout=subprocess.PIPE, check=False).stdout)


def python_to_use(found: list[tuple[tuple[int, ...], str]]) -> str | None:
    """Return the one that made the environment, because another would make it anew; otherwise the newest of a preferred version."""
    paths = dict(found)
    try:
        lines = (ENVIRONMENT / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        lines = []
    for path in paths.values():
        if f"executable = {path}" in lines:
            return path
    preferred = [version for minor in PREFERRED_MINORS for version in reversed(paths) if version[:2] == (3, minor)]
    return paths[preferred[0]] if preferred else None


def other_extremes(found: list[tuple[tuple[int, ...], str]]) -> list[tuple[tuple[int, ...], str]]:
    """Return the lowest and the newest of all, without those of the minor version that runs this."""
    return [each for each in dict.fromkeys(found[:1] + found[-1:]) if each[0][:2] != sys.version_info[:2]]


def become(command: list[str]) -> None:
    """Hand this process over to `command`; Windows cannot, so there a child does the work and its exit code is ours."""
    if WINDOWS:
        sys.exit(subprocess.call(command))
    os.execvp(command[0], command)  # noqa: S606 - no shell is wanted


def print_line(text: str) -> None:
    """Speak on standard error, so that `run ask ... > answer.txt` holds the answer alone."""
    print(text, file=sys.stderr, flush=True)


def main() -> None:
    verbs = {
        "run": run,
        "test": test,
        "check": check,
        "bench": bench,
        "shots": shots,
        "translate": translate,
        "lock": lock,
        "build": build,
    }
    verb, *arguments = sys.argv[1:] or ["help"]
    if verb not in verbs:
        print(__doc__)
        sys.exit(0 if verb in {"help", "-h", "--help"} else 2)
    use_supported_python()
    try:
        verbs[verb](arguments)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
