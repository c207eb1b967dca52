"""Models from files in the real engine: one after the other, whole and broken; and as a person adds, picks and asks one."""

import asyncio
import json
import os
import shutil
import signal
import time
import urllib.request
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest

from chatdesk.engine.engine import BuiltInEngine, EngineAddress
from chatdesk.engine.installation import find_starter_model
from chatdesk.features.servers.services.built_in.server import BuiltIn
from chatdesk.kernel.chat.message import MessageState
from chatdesk.kernel.chat.stream_events import AnswerStage, AnswerStageChanged
from chatdesk.kernel.errors.engine_errors import EngineError, ModelNotLoaded
from chatdesk.kernel.models.model_file import FileProblem
from chatdesk.kernel.settings.declarations import ENGINE_CONTEXT
from chatdesk.kernel.settings.store import Settings
from tests.e2e.person import Person
from tests.e2e.stored_chats import stored_messages
from tests.fakes.built_in import built_in_over
from tests.own_time import PROCESS_TIMEOUT, TIMEOUT

STARTER = "SmolLM2-135M-Instruct.Q4_1"
SECRET = "ZEBRA-4711"


def missing() -> str:
    try:
        find_starter_model()
    except EngineError as error:
        return str(error)
    return ""


pytestmark = [pytest.mark.engine, pytest.mark.skipif(bool(missing()), reason=missing())]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a second model: the first one's file under another name."""
    folder = tmp_path / "models"
    folder.mkdir()
    try:
        os.link(find_starter_model().path, folder / "Second-135M.gguf")
    except OSError:  # another disk
        shutil.copy(find_starter_model().path, folder / "Second-135M.gguf")
    return folder


@pytest.fixture
def settings() -> Settings:
    return Settings({}, lambda _values: None)


@pytest.fixture
async def built_in(tmp_path: Path, folder: Path, settings: Settings) -> AsyncIterator[BuiltIn]:
    service = built_in_over(tmp_path, BuiltInEngine, settings)
    service.files.add([folder])
    yield service
    await service.close()


def get(address: EngineAddress, path: str) -> Any:
    url = address.base_url.removesuffix("/v1") + path
    question = urllib.request.Request(url, headers={"Authorization": f"Bearer {address.key}"})
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(question, timeout=PROCESS_TIMEOUT) as answer:
        return json.load(answer)


def ask(address: EngineAddress, text: str) -> Any:
    body = {"messages": [{"role": "user", "content": text}], "max_tokens": 8, "temperature": 0}
    head = {"Content-Type": "application/json", "Authorization": f"Bearer {address.key}"}
    question = urllib.request.Request(f"{address.base_url}/chat/completions", json.dumps(body).encode(), head)
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(question, timeout=PROCESS_TIMEOUT) as answer:
        return json.load(answer)


async def run(built_in: BuiltIn, model: str, text: str = "Hi") -> tuple[list[AnswerStage], Any, Any]:
    """Ask one model; return the stages of its start, the properties of the server, and the answer."""
    stages, properties, answer = [], None, None
    async with aclosing(built_in.run_for_answer(model)) as steps:
        async for step in steps:
            if isinstance(step, AnswerStageChanged):
                stages.append(step.stage)
            else:
                properties, answer = get(step, "/props"), ask(step, text)
    return stages, properties, answer


async def test_one_model_takes_the_place_of_the_other(built_in: BuiltIn, settings: Settings, folder: Path) -> None:
    stages, properties, answer = await run(built_in, STARTER)
    assert stages[0] is AnswerStage.STARTING_ENGINE
    assert AnswerStage.LOADING_MODEL in stages
    assert (answer["model"], properties["total_slots"]) == (STARTER, 2)
    settings.set(ENGINE_CONTEXT, 2048)
    stages, properties, answer = await run(built_in, "Second-135M")
    assert AnswerStage.LOADING_MODEL in stages
    assert answer["model"] == "Second-135M"
    assert properties["model_path"] == str(folder / "Second-135M.gguf")
    assert properties["default_generation_settings"]["n_ctx"] == 2048
    assert (await run(built_in, "Second-135M"))[0] == []
    assert built_in.status().memory_bytes > 50_000_000


async def test_the_log_tells_of_loading_and_never_what_was_said(built_in: BuiltIn) -> None:
    await run(built_in, "Second-135M", f"Repeat after me: {SECRET}")
    until = time.monotonic() + TIMEOUT
    lines: list[str] = []
    while not any("total time" in line for line in lines):  # said after the answer, and read by a thread of its own
        assert time.monotonic() < until, lines[-20:]
        await asyncio.sleep(0.02)
        lines = built_in.log_since(0)[1]
    assert lines[0].startswith("== ")
    assert any("model loaded" in line for line in lines)
    assert any("prompt eval time" in line for line in lines)
    assert not [line for line in lines if "ZEBRA" in line]


async def test_files_that_are_broken_are_reported_and_the_next_one_is_loaded(built_in: BuiltIn, folder: Path) -> None:
    whole = (folder / "Second-135M.gguf").read_bytes()
    (folder / "half.gguf").write_bytes(whole[: len(whole) // 2])
    (folder / "short.gguf").write_bytes(whole[:-1000])
    (folder / "strange.gguf").write_bytes(whole.replace(b"llama", b"lxama"))
    await built_in.files.search()
    half = built_in.files.found.find("half")
    assert half is not None
    assert half.problem is FileProblem.CUT
    for name, reason in (
        ("half", "corrupted or incomplete"),
        ("short", "corrupted or incomplete"),
        ("strange", "lxama"),
    ):
        with pytest.raises(ModelNotLoaded) as raised:
            await run(built_in, name)
        assert reason in raised.value.reason
        assert "\n" not in raised.value.reason
    assert (await run(built_in, "Second-135M"))[2]["choices"]


async def test_what_it_computes_on_is_reported_without_a_model(built_in: BuiltIn) -> None:
    facts = await built_in.facts()
    assert facts.version
    assert any(not device.is_graphics and device.memory for device in facts.devices)
    assert built_in.status().state == "stopped"


@pytest.fixture
def person(home: Path, folder: Path, xvfb: dict[str, str]) -> Person:
    return Person(home, {**xvfb, "HOME": str(folder.parent)})


def open_engine(person: Person) -> None:
    """Go to the options, files and log of the engine on the models page, from the settings."""
    person.press("Ctrl+,")
    person.sees("Back to chats")
    person.click("Built-in engine")
    person.sees("Add a folder…")


def pick(person: Person, query: str) -> None:
    person.press("Ctrl+Shift+M")
    person.until(lambda: person.focused() == "Search models", "the list of models")
    person.type(query)
    person.press("Return")
    person.until(lambda: person.focused() == "Message", "the keyboard in the composer")


def children_of(process: int) -> list[int]:
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def engine_process(person: Person) -> int | None:
    """Return the child that runs the engine, found by its memory: it holds the model."""
    for child in children_of(person.process_id):
        command = Path(f"/proc/{child}/cmdline").read_bytes()
        if b"chatdesk.engine.child" in command:
            return child
    return None


def messages_end(home: Path, number: int, state: MessageState) -> bool:
    messages = stored_messages(home)
    return len(messages) == number and messages[-1].state is state


def crash_after_first_words(person: Person, home: Path, count: int) -> MessageState:
    """Ask for a long answer and kill the engine. Return how the answer, the last of `count` messages, ended."""
    person.type("Write a very long story about a lighthouse.")
    person.press("Return")
    person.until(lambda: len(stored_messages(home)) == count and stored_messages(home)[-1].text, "the first words", 60)
    assert stored_messages(home)[-1].model.model_id == "Second-135M"
    os.kill(engine_process(person), signal.SIGKILL)
    states = (MessageState.INTERRUPTED, MessageState.COMPLETE)
    person.until(lambda: any(messages_end(home, count, each) for each in states), "the end of the answer", 10)
    return stored_messages(home)[-1].state


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks into /proc")
def test_a_folder_is_added_its_model_answers_and_a_crash_is_mended(person: Person, home: Path, folder: Path) -> None:
    with person:
        person.sees("Ready now")
        person.resize(1280, 1600)  # all options of the engine are seen without scrolling
        open_engine(person)
        person.click("Add a folder…")
        person.until(lambda: person.choose_in_dialog(folder), "the dialog to take the folder")
        person.sees("Second-135M, ")
        person.press("Esc")
        person.sees("Message")
        pick(person, "Second")
        count = 2
        while crash_after_first_words(person, home, count) is MessageState.COMPLETE:
            assert count < 8, "the small model sometimes writes only a sentence, but not always"
            count += 2
            person.click("Message")
        answer = stored_messages(home)[-1].text
        assert answer
        assert stored_messages(home)[-1].failure.kind == "EngineStopped"
        person.sees("Try again")
        person.click("Message")
        person.type("Name three colours.")
        person.press("Return")
        person.until(lambda: messages_end(home, count + 2, MessageState.COMPLETE), "another answer", 60)
        assert stored_messages(home)[count - 1].text == answer
        assert stored_messages(home)[-1].text
        open_engine(person)
        assert "Second-135M" in person.sees("Engine log")
        assert person.leave() == 0
