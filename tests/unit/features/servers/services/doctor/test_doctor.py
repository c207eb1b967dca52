"""What is wrong with a server, found out at real sockets: each finding with the button that mends it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from chatdesk.features.servers.domain.diagnosis import Check, Progress
from chatdesk.features.servers.domain.finding import Cause, Remedy, RemedyKind, Severity
from chatdesk.features.servers.services.doctor.doctor import ServerRemoved, StartFailed
from chatdesk.kernel.servers.ollama_installation import Installation, UnitKind
from tests.fakes.doctor_harness import (
    DoctorHarness,
    be_patient,
    best,
    causes,
    checked,
    doctor_harness,
    found,
    the_cause,
    web_site,
)
from tests.fakes.scripted_models import ScriptedModel, scripted_ollama, scripted_openai
from tests.fakes.scripted_server import Hang, ScriptedServer, reply

CANARY = "sk-CANARY0123456789abcdef"
INSTALLED = Installation(program="/usr/local/bin/ollama", version="0.34.0", is_running=False)
USE = RemedyKind.USE_ADDRESS


@pytest.fixture
async def harness(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DoctorHarness]:
    be_patient(monkeypatch)
    async with doctor_harness(tmp_path) as harness:
        yield harness


def kinds(remedies: tuple[Remedy, ...]) -> list[RemedyKind]:
    return [remedy.kind for remedy in remedies]


# All is well.


async def test_a_server_that_is_well_is_said_to_be(harness: DoctorHarness):
    async with scripted_ollama(models=(ScriptedModel("qwen3:8b"),)) as server:
        diagnosis = await harness.examine(await harness.add(server.url), "qwen3:8b")
    assert diagnosis.is_well
    assert causes(diagnosis) == [Cause.LISTENS, Cause.ANSWERS, Cause.MODEL_THERE]
    assert found(diagnosis, Cause.ANSWERS).facts["version"] == "0.32.15"
    assert harness.models.find is not None
    assert [model.name for model in harness.models.all()] == ["qwen3:8b"], "the rest of the program knows, too"


async def test_the_list_fills_while_it_is_looked(harness: DoctorHarness):
    async with scripted_ollama() as server:
        await harness.examine(await harness.add(server.url))
    steps = [checked(diagnosis)[Check.ANSWERING] for diagnosis in harness.reported]
    assert [step for at, step in enumerate(steps) if at == 0 or steps[at - 1] != step] == ["waiting", "running", "done"]
    assert all(diagnosis.is_running for diagnosis in harness.reported[:-1])


async def test_an_accepted_key_is_named(harness: DoctorHarness):
    async with scripted_openai(key=CANARY) as server:
        mine = await harness.add(f"{server.url}/v1", "custom")
        await harness.servers.set_key(mine, CANARY)
        assert Cause.KEY_ACCEPTED in causes(await harness.examine(mine))


# Nobody listens.


async def test_an_ollama_that_is_not_installed_is_to_be_got(harness: DoctorHarness, dead: int):
    diagnosis = await harness.examine(await harness.add(f"http://127.0.0.1:{dead}"))
    cause = the_cause(diagnosis)
    assert cause.cause is Cause.NOT_INSTALLED
    assert kinds(cause.remedies) == [RemedyKind.OPEN_PAGE, RemedyKind.RUN_COMMAND]
    assert found(diagnosis, Cause.NOBODY_HERE).facts["port"] == str(dead)


async def test_an_ollama_that_answers_elsewhere_here_is_not_to_be_installed(harness: DoctorHarness, dead: int):
    """It runs in a container, or from a folder where nobody looks for it."""
    async with scripted_ollama() as server:
        harness.installation = Installation(hosts=(f"127.0.0.1:{server.port}",))
        diagnosis = await harness.examine(await harness.add(f"http://127.0.0.1:{dead}"))
    assert the_cause(diagnosis).cause is Cause.NOBODY_HERE
    assert all(finding.cause is not Cause.NOT_INSTALLED for finding in diagnosis.findings)
    assert diagnosis.best is not None
    assert diagnosis.best[1].kind is RemedyKind.USE_ADDRESS


async def test_an_installed_ollama_that_does_not_run_is_to_be_started(harness: DoctorHarness, dead: int):
    harness.installation = INSTALLED
    diagnosis = await harness.examine(await harness.add(f"http://127.0.0.1:{dead}"))
    assert diagnosis.best is not None
    assert (diagnosis.best[0].cause, diagnosis.best[1].kind) == (Cause.NOT_RUNNING, RemedyKind.START)
    assert found(diagnosis, Cause.INSTALLED).facts == {"version": "0.34.0"}


async def test_a_service_of_the_system_is_not_started_beside_its_own_folder_of_models(
    harness: DoctorHarness, dead: int
):
    harness.installation = replace(INSTALLED, unit=UnitKind.SYSTEM)
    diagnosis = await harness.examine(await harness.add(f"http://127.0.0.1:{dead}"))
    (first, *_) = found(diagnosis, Cause.NOT_RUNNING).remedies
    assert (first.kind, first.value) == (RemedyKind.RUN_COMMAND, "sudo systemctl start ollama")


async def test_a_running_ollama_is_found_where_it_is_configured_to_listen(harness: DoctorHarness, dead: int):
    async with scripted_ollama() as server:
        harness.installation = replace(INSTALLED, is_running=True, hosts=(f"0.0.0.0:{server.port}",))
        mine = await harness.add(f"http://127.0.0.1:{dead}")
        diagnosis = await harness.examine(mine)
        assert found(diagnosis, Cause.STARTED_ELSEWHERE).severity is Severity.BAD
        finding, remedy = best(diagnosis)
        assert (finding.cause, remedy.kind, remedy.value) == (Cause.OTHER_PORT, USE, server.url)
        mended = await harness.doctor.apply_remedy(mine, remedy)
        assert (await harness.examine(mended)).is_well


async def test_where_this_machine_s_ollama_is_configured_to_listen_goes_before_the_usual_port(
    tmp_path: Path, dead: int
):
    async with (
        scripted_ollama() as told_to,
        scripted_ollama() as usual,
        doctor_harness(tmp_path, {"ollama": usual.port}) as harness,
    ):
        harness.installation = replace(INSTALLED, is_running=True, hosts=(f"127.0.0.1:{told_to.port}",))
        diagnosis = await harness.examine(await harness.add(f"http://127.0.0.1:{dead}"))
        offered = [finding.facts["address"] for finding in diagnosis.findings if finding.cause is Cause.OTHER_PORT]
    assert offered == [told_to.url, usual.url]


async def test_another_server_of_the_machine_is_offered_beside(tmp_path: Path, dead: int):
    async with scripted_openai() as server, doctor_harness(tmp_path, {"vllm": server.port}) as harness:
        answers = {"/v1/models": {"object": "list", "data": [{"id": "m", "object": "model", "owned_by": "vllm"}]}}
        server.script = lambda request: [reply(answers[request.path]) if request.path in answers else reply({}, 404)]
        mine = await harness.add(f"http://127.0.0.1:{dead}")
        (remedy,) = found(await harness.examine(mine), Cause.OTHER_SERVER).remedies
        assert (remedy.kind, remedy.detail, remedy.value) == (RemedyKind.ADD_SERVER, "vllm", f"{server.url}/v1")
        added = await harness.doctor.apply_remedy(mine, remedy)
    assert [each.vendor_id for each in harness.servers.all()] == ["ollama", "vllm"]
    assert (added.base_url, added.protocol) == (f"{server.url}/v1", "openai")


async def test_one_that_listens_at_the_other_loopback_only_is_found(harness: DoctorHarness):
    server = scripted_ollama()
    server.host = "::1"
    async with server:
        mine = await harness.add(f"http://127.0.0.1:{server.port}")
        diagnosis = await harness.examine(mine)
        finding, remedy = best(diagnosis)
        assert (finding.cause, remedy.value) == (Cause.OTHER_LOOPBACK, f"http://[::1]:{server.port}")
        assert (await harness.examine(await harness.doctor.apply_remedy(mine, remedy))).is_well


async def test_localhost_whose_first_address_is_another_program_is_seen_through(
    harness: DoctorHarness, monkeypatch: pytest.MonkeyPatch
):
    async def both(host: str, port: int) -> list[str]:
        return ["::1", "127.0.0.1"] if host == "localhost" else [host]

    for place in ("connecting", "reaching"):
        monkeypatch.setattr(f"chatdesk.network.wire.{place}.resolve", both)
    server = scripted_ollama()
    async with server:
        other = web_site()
        other.host, other.port = "::1", server.port
        async with other:
            mine = await harness.add(f"http://localhost:{server.port}")
            diagnosis = await harness.examine(mine)
            finding = found(diagnosis, Cause.OTHER_LOOPBACK)
            assert finding.remedies[0].value == server.url
            assert (await harness.examine(await harness.doctor.apply_remedy(mine, finding.remedies[0]))).is_well


async def test_a_host_that_refuses_leads_to_how_to_listen_to_others(
    harness: DoctorHarness, monkeypatch: pytest.MonkeyPatch, dead: int
):
    async def here(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    monkeypatch.setattr("chatdesk.network.wire.reaching.resolve", here)
    diagnosis = await harness.examine(await harness.add(f"http://big-machine.lan:{dead}"))
    finding = found(diagnosis, Cause.NOBODY_THERE)
    commands = [remedy for remedy in finding.remedies if remedy.kind is RemedyKind.RUN_COMMAND]
    assert [remedy.system for remedy in commands] == ["linux", "macos", "windows"]
    assert all("0.0.0.0" in remedy.value for remedy in commands)


async def test_a_name_that_nobody_knows_is_said_to_be(harness: DoctorHarness):
    diagnosis = await harness.examine(await harness.add("http://no-such-host.invalid:11434"))
    assert the_cause(diagnosis).cause is Cause.HOST_UNKNOWN
    assert the_cause(diagnosis).facts == {"host": "no-such-host.invalid"}
    assert checked(diagnosis)[Check.ELSEWHERE] == Progress.SKIPPED


# Mending.


async def test_a_mend_changes_nothing_but_what_it_mends(harness: DoctorHarness):
    async with scripted_ollama() as server:
        examined = await harness.add("http://127.0.0.1:9")
        await harness.servers.save(replace(examined, name="Renamed", extra_body='{"a": 1}', enabled=False))
        mended = await harness.doctor.apply_remedy(examined, Remedy(USE, server.url))
    assert mended == harness.servers.find("mine")
    assert (mended.name, mended.extra_body, mended.enabled) == ("Renamed", '{"a": 1}', False)
    assert mended.base_url == server.url


@pytest.mark.parametrize("kind", [USE, RemedyKind.NO_PROXY])
async def test_a_mend_does_not_bring_back_a_server_that_was_removed(harness: DoctorHarness, kind: RemedyKind):
    examined = await harness.add("http://127.0.0.1:9")
    await harness.servers.remove(examined.id)
    with pytest.raises(ServerRemoved):
        await harness.doctor.apply_remedy(examined, Remedy(kind, "http://127.0.0.1:8"))
    assert harness.servers.all() == ()


# Starting and stopping.


async def test_stopping_ends_the_questions(harness: DoctorHarness):
    async with ScriptedServer(lambda _: [Hang()]) as server:
        task = asyncio.ensure_future(harness.examine(await harness.add(server.url)))
        await server.until(lambda: server.requests)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await server.until(lambda: server.disconnects)


async def test_starting_waits_until_it_answers(harness: DoctorHarness):
    harness.installation = INSTALLED
    async with scripted_ollama() as gone:
        port = gone.port
    mine = await harness.add(f"http://127.0.0.1:{port}")
    starting = asyncio.ensure_future(harness.doctor.start(mine))
    await gone.until(lambda: harness.started)
    assert harness.started == [f"127.0.0.1:{port}"], "it is told to listen where it is looked for"
    assert not starting.done()
    late = scripted_ollama()
    late.port = port
    async with late:
        await starting
        assert (await harness.examine(mine)).is_well


async def test_a_start_that_fails_is_reported(harness: DoctorHarness, dead: int):
    harness.installation, harness.start_fails = INSTALLED, "exit code 1"
    with pytest.raises(StartFailed, match="exit code 1"):
        await harness.doctor.start(await harness.add(f"http://127.0.0.1:{dead}"))


async def test_one_that_seems_to_run_can_be_started_all_the_same(harness: DoctorHarness, dead: int):
    harness.installation = replace(INSTALLED, is_running=True)
    diagnosis = await harness.examine(await harness.add(f"http://127.0.0.1:{dead}"))
    assert kinds(found(diagnosis, Cause.STARTED_ELSEWHERE).remedies) == [RemedyKind.EDIT_ADDRESS, RemedyKind.START]
