"""The frozen program on a bare system: what a person does on the first day, from the package to the keyring."""

import json
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from chatdesk.documents.process import DocumentProcess
from chatdesk.kernel.aio.child_program import DOCUMENT_CHILD
from chatdesk.kernel.documents.kinds import DocumentKind, type_of
from tests.bundle.bare_system import HOME, USER
from tests.bundle.conftest import BUNDLE, ROOT, Seat
from tests.bundle.resident import Resident
from tests.e2e.test_settings import KEY, files_with, fill, open_servers
from tests.fakes.scripted_models import ScriptedAnswer, ScriptedModel, scripted_ollama, scripted_openai
from tests.fakes.scripted_server import ScriptedServer, on_thread
from tests.preview.test_whole_program import _SNAKE as SNAKE

pytestmark = pytest.mark.timeout(1_800)  # the first test waits for the bundle, the package and the bare system
OWN = (".config/Chatdesk", ".local/share/Chatdesk", ".cache/Chatdesk", ".cache/fontconfig", ".local/share/keyrings")
"""Where files may be: Chatdesk's folders, fontconfig's list of fonts, and the keyring."""
GREEN = QColor("#0f0").rgb()


@pytest.fixture
def snake() -> Iterator[ScriptedServer]:
    text = f"Here it is.\n\n```html\n{SNAKE}```\n\nHave fun."
    model = ScriptedModel("deepseek-r1:7b", ("completion",), 131072)
    with on_thread(scripted_ollama(lambda _body: ScriptedAnswer((text,)), (model,))) as server:
        yield server


@pytest.fixture
def cloud() -> Iterator[ScriptedServer]:
    with on_thread(scripted_openai(models=(ScriptedModel("deepseek-chat"),), key=KEY)) as server:
        yield server


def answers(home: Path) -> list[str]:
    """Return the states of the answers that the program has stored."""
    found = next(home.rglob("chats.sqlite3"), None)
    if found is None:
        return []
    with closing(sqlite3.connect(found)) as database:
        return [state for (state,) in database.execute("select state from messages where role = 'assistant'")]


def ask(person: Resident, seat: Seat, question: str) -> None:
    """Ask in the window and wait for the whole answer."""
    before = len(answers(seat.home))
    person.until(lambda: person.focused() == "Message", "the keyboard in the composer")
    person.type(question)
    person.press("Return")
    person.until(lambda: answers(seat.home)[before:] == ["complete"], "the answer", 60)


def test_it_opens_chats_stores_comes_back_speaks_chinese_and_quits_clean(seat: Seat) -> None:
    person = seat.sit()
    person.start()
    person.sees("Ready now")
    ask(person, seat, "Say hello")
    person.kill()
    person.start()
    person.sees("Say hello")
    ask(person, seat, "Once more")
    person.press("Ctrl+comma")
    person.click("Follow the system")  # the box of languages is named by its choice
    person.until(lambda: person.place_of("简体中文"), "the languages")
    for key in ("Down", "Down", "Return"):  # English, Simplified Chinese
        person.press(key)
    person.sees("返回对话")
    person.press("Escape")
    person.sees("新建对话")
    assert person.leave() == 0
    assert {folder for folder in seat.files() if not folder.startswith(OWN)} == set()


def test_it_answers_on_the_command_line_without_a_screen(seat: Seat) -> None:
    completed = seat.run("chatdesk", "ask", "Say hello")
    assert completed.returncode == 0, completed.stderr
    assert completed.stdout.strip()
    assert seat.run("chatdesk", "--version").stdout.startswith("Chatdesk ")


def test_the_first_look_that_other_systems_get_finds_all_parts(package: Path) -> None:
    look = [sys.executable, str(ROOT / "packaging/bundle/smoke.py")]
    seen = subprocess.run(look, capture_output=True, text=True, check=False)
    assert seen.returncode == 0, seen.stderr
    for part in ("presets", "the built-in model says", "the window was up"):
        assert part in seen.stdout


def test_a_folder_beside_the_program_holds_everything(package: Path, tmp_path: Path) -> None:
    program, home = tmp_path / "我的 程序/chatdesk", tmp_path / "home"
    shutil.copytree(BUNDLE, program.parent, symlinks=True)
    (program.parent / "data").mkdir()
    home.mkdir()
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen([program], env=environment) as process:
        end = time.monotonic() + 40
        while not (program.parent / "data/chats.sqlite3").is_file() and time.monotonic() < end:
            assert process.poll() is None
            time.sleep(0.05)
        process.kill()
    assert (program.parent / "data/chats.sqlite3").is_file()
    assert {path.parent.name for path in home.rglob("*") if path.is_file()} <= {"fontconfig"}


def test_it_works_from_a_path_with_spaces_and_chinese_and_opens_a_file_there(seat: Seat) -> None:
    folder = f"{HOME}/我的 程序/Chatdesk"
    said = [{"id": "1", "role": "user", "parts": [{"kind": "text", "text": "Why blue?"}]}]
    chat = {"format": "chatdesk-chat", "version": 1, "title": "About the sky", "messages": said}
    (seat.home / "我的 对话.chatdesk.json").write_text(json.dumps(chat, indent=2), encoding="utf-8")
    person = seat.sit(f"{folder}/chatdesk", {BUNDLE: folder})
    person.start(f"{HOME}/我的 对话.chatdesk.json")
    person.sees("Import 1 chat")
    person.click("Import 1 chat")
    person.sees("You: Why blue?")
    person.turn_to_window()
    ask(person, seat, "Say hello")
    assert person.leave() == 0


def test_the_snake_game_runs_in_chromiums_sandbox(seat: Seat, snake: ScriptedServer, tmp_path: Path) -> None:
    person = seat.sit(OLLAMA_HOST=f"127.0.0.1:{snake.port}")
    person.start()
    person.sees("Ollama 0.32.15 found")
    ask(person, seat, "Write me an HTML snake game.")
    person.click("Show the preview")
    picture = tmp_path / "screen.png"

    def head() -> tuple[int, int] | None:
        person.screen(picture)
        image = QImage(str(picture))
        places = ((x, y) for y in range(0, image.height(), 4) for x in range(0, image.width(), 4))
        return next((place for place in places if image.pixel(*place) == GREEN), None)

    x, y = person.until(head, "the snake")
    person.click_at(x + 8, y + 8)
    person.press("Down")
    person.until(lambda: (at := head()) is not None and at[1] > y + 60, "the snake to go down")
    pages = [page for page in _processes() if b"--type=renderer" in page[0]]
    assert pages
    for command, status in pages:
        assert b"--no-sandbox" not in command
        assert "Seccomp:\t2" in status
    person.press("Escape")
    assert person.leave() == 0


def test_a_key_is_kept_by_the_keyring_and_by_no_file(seat: Seat, cloud: ScriptedServer) -> None:
    person = seat.sit()
    person.start()
    open_servers(person)
    person.click("More, ")
    person.press("End")
    person.press("Return")
    person.sees("Save")
    fill(person, "Address", f"{cloud.url}/v1")
    fill(person, "API key", KEY)
    person.click("Save")
    person.sees("Saved in the system keyring")
    assert person.leave() == 0
    assert files_with(seat.home, KEY) == []


def _processes() -> Iterator[tuple[bytes, str]]:
    """Yield command line and status of what the person runs."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if folder.stat().st_uid == USER:
                yield (folder / "cmdline").read_bytes(), (folder / "status").read_text(encoding="ascii")
        except OSError:
            continue  # gone just now


@pytest.mark.skipif(not shutil.which("weston"), reason="not installed")
def test_it_opens_over_wayland(seat: Seat) -> None:
    privileges = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups"]
    compositor = ["weston", "--backend=headless", "--renderer=pixman", "--socket=wayland-7", "--idle-time=0"]
    environment = {"XDG_RUNTIME_DIR": str(seat.runtime), "HOME": str(seat.home), "PATH": "/usr/bin:/bin"}
    log = subprocess.DEVNULL
    with subprocess.Popen([*privileges, *compositor], env=environment, stdout=log, stderr=log) as weston:
        try:
            end = time.monotonic() + 40
            while not (seat.runtime / "wayland-7").exists() and time.monotonic() < end:
                time.sleep(0.05)
            person = seat.sit(WAYLAND_DISPLAY="wayland-7", QT_QPA_PLATFORM="wayland")
            person.start_unseen()
            person.sees("Ready now")
            maps = [Path(f"/proc/{process}/maps").read_text() for process in _running("chatdesk")]
            assert any("libqwayland.so" in each and "libqxcb.so" not in each for each in maps)
            assert person.end() == 0
        finally:
            weston.terminate()


def _running(name: str) -> list[str]:
    """Return the numbers of the person's processes of a name."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # gone just now
            if folder.stat().st_uid == USER and (folder / "comm").read_text().strip() == name:
                found.append(folder.name)
    return found


@pytest.mark.usefixtures("package")
async def test_it_reads_documents_of_every_library() -> None:
    """The libraries are imported by name, in a process of their own: what is missing in the bundle shows only there."""
    process = DocumentProcess(lambda _process: 0, [str(BUNDLE / "chatdesk"), DOCUMENT_CHILD.argument])
    read = set()
    try:
        for path in sorted((ROOT / "tests/data/documents").iterdir()):
            found = type_of(path.read_bytes(), path.name)
            if found and not found.is_legacy:
                text = await process.read(path, path.name, found.kind)
                assert text.length > len("nothing"), path.name
                read.add(found.kind)
        report = ROOT / "tests/data/documents/report-en.pdf"
        assert (await process.page_picture(report, report.name, 1, 400)).startswith(b"\xff\xd8")
    finally:
        await process.close()
    assert read >= {
        DocumentKind.PDF,
        DocumentKind.WORD,
        DocumentKind.SHEETS,
        DocumentKind.WEB_PAGE,
        DocumentKind.RICH_TEXT,
    }


@pytest.mark.usefixtures("package")
def test_no_large_library_came_in_with_another() -> None:
    names = {path.name.lower() for path in BUNDLE.rglob("*")}
    assert not [
        name
        for name in names
        if name.split("-")[0] in {"numpy", "numpy.libs", "lxml", "pil", "pillow.libs", "onnxruntime"}
    ]
