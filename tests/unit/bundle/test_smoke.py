"""The first look at a frozen program, with a script in its place that does what it should, or not."""

import sys
from pathlib import Path

import pytest

from tests.unit.bundle.modules import module

smoke = module("smoke")
product = module("product", "")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")

PROGRAM = f"""\
#!/bin/sh
case "$1" in
  --version) echo "Chatdesk {product.version()}" ;;
  presets) echo '{{"event": "start"}}'; echo '{{"event": "preset", "name": "translate"}}'; echo '{{"event": "end"}}' ;;
  ask) echo "Hello" ;;
  "") mkdir -p "$CHATDESK_HOME" && touch "$CHATDESK_HOME/chats.sqlite3" && exec sleep 60 ;;
esac
"""


def look(folder: Path, script: str) -> list[str]:
    program = folder / "chatdesk"
    program.write_text(script, "utf-8")
    program.chmod(0o755)
    return smoke.look(program, program, folder / "家", with_model=True)


def test_a_program_that_works_is_seen_to_work(tmp_path: Path) -> None:
    seen = look(tmp_path, PROGRAM)
    assert seen[:3] == [f"Chatdesk {product.version()}", "1 presets", "the built-in model says: 'Hello'"]
    assert seen[3].startswith("the window was up in")


@pytest.mark.parametrize(
    ("good", "bad", "why"),
    [
        (f"Chatdesk {product.version()}", "Chatdesk 0.0.0", "--version says"),
        ('"preset", "name": "translate"', '"nothing"', "no preset"),
        ('echo "Hello"', "true", "said nothing"),
        ('echo "Hello"', 'echo "no engine" >&2; exit 3', "(?s)code 3.*no engine"),
        ("exec sleep 60", "exit 1", "ended by itself with code 1"),
    ],
)
def test_a_part_that_is_missing_is_reported(tmp_path: Path, good: str, bad: str, why: str) -> None:
    assert good in PROGRAM
    script = PROGRAM.replace(good, bad).replace('touch "$CHATDESK_HOME/chats.sqlite3" && exit 1', "exit 1")
    with pytest.raises(smoke.Failed, match=why):
        look(tmp_path, script)


def test_it_starts_the_programs_of_each_system() -> None:
    dist = Path("dist")
    assert smoke.programs(dist, "win32") == (dist / "chatdesk/chatdesk.exe", dist / "chatdesk/chatdesk-window.exe")
    assert smoke.programs(dist, "darwin") == (dist / "Chatdesk.app/Contents/MacOS/chatdesk",) * 2
    assert smoke.programs(dist, "linux") == (dist / "chatdesk/chatdesk",) * 2


def test_nothing_of_this_machine_leads_the_program_elsewhere(tmp_path: Path) -> None:
    variables = {"PATH": "/bin", "PYTHONPATH": "/x", "QT_PLUGIN_PATH": "/y", "OLLAMA_HOST": "somewhere"}
    made = smoke.surroundings(variables, tmp_path)
    assert not {"PYTHONPATH", "QT_PLUGIN_PATH"} & set(made)
    assert made["PATH"] == "/bin"
    assert made["OLLAMA_HOST"] == "127.0.0.1:9"
    assert made["CHATDESK_HOME"] == str(tmp_path)
