"""A llama-server of the user in the real program: it answers, and never outlives the program, however that ends."""

import json
import sys
import time
from pathlib import Path

import pytest

from tests.e2e.person import Person
from tests.e2e.stored_chats import stored_messages
from tests.fakes.gguf_files import write_gguf
from tests.fakes.llama_server import make_llama_server, runs_of
from tests.own_time import TIMEOUT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("end", ["killed", "closed"])
def test_it_answers_and_ends_with_the_program(home: Path, tmp_path: Path, xvfb: dict[str, str], end: str) -> None:
    program = make_llama_server(tmp_path / "bin")
    model = write_gguf(tmp_path / "models/Tiny.gguf")
    home.mkdir(exist_ok=True)
    values = {
        "engine.program": str(program),
        "engine.model_paths": json.dumps([str(model)]),
        "engine.find_models": False,
        "state.last_server": "built-in",
        "state.last_model": "Tiny",
    }
    (home / "settings.json").write_text(json.dumps(values), "utf-8")
    with Person(home, {**xvfb, "HOME": str(tmp_path)}) as person:
        person.until(lambda: person.focused() == "Message", "the keyboard in the composer")
        person.type("Say hello.")
        person.press("Return")
        person.until(lambda: [each.text for each in stored_messages(home)] == ["Say hello.", "Hello"], "the answer", 60)
        (run,) = runs_of(program)
        assert is_running(run["id"])
        person.kill() if end == "killed" else person.close()
        until = time.monotonic() + TIMEOUT
        while is_running(run["id"]):
            assert time.monotonic() < until, "the server outlived the program"
            time.sleep(0.02)
