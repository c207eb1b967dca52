"""What `pip install`, `uv tool install` and `pipx install` make of the project: one wheel, with all that the program reads."""

import os
import signal
import subprocess
import sys
import sysconfig
import time
import venv
import zipfile
from pathlib import Path

import pytest

from tests.bundle.conftest import ROOT
from tests.paths import RESOURCES

pytestmark = pytest.mark.timeout(300)


def build(source: Path, folder: Path, *more: str) -> Path:
    """Build what `more` says of a folder or a source archive, and return it."""
    command = [sys.executable, "-m", "uv", "build", "--quiet", "--out-dir", str(folder), *more, str(source)]
    completed = subprocess.run(command, capture_output=True, text=True, check=False)
    if "Failed to fetch" in completed.stderr or "dns error" in completed.stderr:
        pytest.skip("what builds a wheel cannot be fetched here")
    assert completed.returncode == 0, completed.stderr
    return next(file for file in folder.iterdir() if file.name.startswith("chatdesk-"))


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as git has it, with its translations not compiled."""
    folder = tmp_path_factory.mktemp("clone")
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True).stdout
    packed = subprocess.run(
        ["tar", "c", "--null", "-T", "-"], cwd=ROOT, input=names, capture_output=True, check=True
    ).stdout
    subprocess.run(["tar", "x"], cwd=folder, input=packed, check=True)
    assert {file.suffix for file in (folder / "translations").iterdir()} == {".ts"}
    return folder


@pytest.fixture(scope="module")
def wheel(clone: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the source archive."""
    folder = tmp_path_factory.mktemp("built")
    archive = build(clone, folder / "archive", "--sdist")
    return build(archive, folder / "wheel", "--wheel")


def test_a_source_archive_makes_the_same_wheel_as_the_clone(clone: Path, wheel: Path, tmp_path: Path) -> None:
    assert build(clone, tmp_path, "--wheel").read_bytes() == wheel.read_bytes()


def test_the_wheel_holds_what_the_program_reads_and_no_model(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    inside = {name.removeprefix("chatdesk/_bundled/") for name in names if name.startswith("chatdesk/_bundled/")}
    read = {file.relative_to(ROOT).as_posix() for file in (RESOURCES).rglob("*") if file.is_file()}
    compiled = {
        f"translations/chatdesk_{language}.{kind}" for language in ("en", "zh_CN", "zh_TW") for kind in ("qm", "json")
    }
    assert inside == read | compiled
    assert not [name for name in names if name.endswith(".gguf") or name.startswith("tests")]


def test_it_runs_where_nothing_else_of_the_project_is(wheel: Path, tmp_path: Path) -> None:
    place, home = tmp_path / "environment", tmp_path / "home"
    venv.create(place, symlinks=True)
    install = [
        sys.executable,
        "-m",
        "uv",
        "pip",
        "install",
        "--quiet",
        "--offline",
        "--no-deps",
        f"--python={place}",
        wheel,
    ]
    subprocess.run(install, check=True)
    packages = next(place.glob("lib/python3*/site-packages"))
    # What it needs of others, as installed for the tests; a path in such a file comes behind the environment's own packages.
    (packages / "others.pth").write_text(sysconfig.get_path("purelib") + "\n")
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "QT_", "VIRTUAL"))
    }
    environment |= {"CHATDESK_HOME": str(home), "OLLAMA_HOST": "127.0.0.1:9", "QT_QPA_PLATFORM": "offscreen"}

    def run(*command: str) -> str:
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True).stdout

    program = str(place / "bin/chatdesk")
    assert run(program, "--version").startswith("Chatdesk ")
    assert "translate-and-explain" in run(program, "presets")
    where = run(
        str(place / "bin/python"), "-c", "from chatdesk.system.resources import Resources; print(Resources.locate())"
    )
    assert str(packages / "chatdesk/_bundled/translations") in where
    with subprocess.Popen([place / "bin/chatdesk-window"], cwd=tmp_path, env=environment) as window:
        end = time.monotonic() + 60
        while not (home / "settings.json").exists() and time.monotonic() < end:
            assert window.poll() is None
            time.sleep(0.05)
        window.send_signal(signal.SIGTERM)
        assert window.wait(40) == 0
    assert (home / "chats.sqlite3").exists()
