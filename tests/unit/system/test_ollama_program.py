"""What systems and programs say of Ollama, as documented, and what is made of it; and starting one, which is a script of ours."""

import os
import sys
import time
from pathlib import Path

import pytest

from chatdesk.kernel.servers.ollama_installation import Installation, StartWay, UnitKind, start_way
from chatdesk.system import ollama_program
from chatdesk.system.ollama_program import hosts_in, is_ollama_in, read_installation, serves, unit_kind_in, version_in
from chatdesk.system.ollama_start import StartFailed, clean_environment, start_ollama
from tests.own_time import PATIENCE

only_posix = pytest.mark.skipif(sys.platform == "win32", reason="a script with a first line that names its interpreter")


@pytest.mark.parametrize(
    ("said", "version"),
    [
        ("ollama version is 0.32.15\n", "0.32.15"),
        ("Warning: could not connect to a running Ollama instance\nWarning: client version is 0.9.0\n", "0.9.0"),
        ("ollama version is 0.34.0-rc2\n", "0.34.0-rc2"),
        ("version " + "9" * 10_000, ""),
        ("Segmentation fault", ""),
        ("", ""),
    ],
)
def test_the_version_is_found_in_what_the_command_says(said: str, version: str):
    assert version_in(said) == version


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("LoadState=loaded\nEnvironment=\n", UnitKind.SYSTEM),
        ("LoadState=not-found\nEnvironment=\n", None),
        ("LoadState=masked\n", None),
        ("", None),
    ],
)
def test_a_unit_is_there_if_systemd_has_loaded_it(text: str, kind: UnitKind | None):
    assert unit_kind_in(text, UnitKind.SYSTEM) is kind


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ('Environment=PATH=/usr/bin:/bin "OLLAMA_HOST=0.0.0.0:8080"', ("0.0.0.0:8080",)),
        ("Environment=OLLAMA_HOST=127.0.0.1:11500 OLLAMA_ORIGINS=*", ("127.0.0.1:11500",)),
        ("SHELL=/bin/sh\0OLLAMA_HOST=:9999\0SECRET=x\0", (":9999",)),
        ("MY_OLLAMA_HOST=no", ()),
        ("OLLAMA_HOST=" + "x" * 5000, ("x" * 200,)),
    ],
)
def test_where_it_listens_is_found_in_its_environment_and_nothing_else_is_kept(text: str, hosts: tuple[str, ...]):
    assert hosts_in(text) == hosts


@pytest.mark.parametrize(
    ("names", "is_there"),
    [(["bash\n", "ollama\n"], True), (['"ollama app.exe"'], True), (["ollamarama"], False), ([], False)],
)
def test_its_process_is_known_by_its_whole_name(names: list[str], is_there: bool):
    assert is_ollama_in(names) is is_there


@pytest.mark.parametrize(
    ("command", "is_server"),
    [
        ("/usr/local/bin/ollama\0serve\0", True),
        ("ollama serve", True),
        ("/usr/local/bin/ollama\0runner\0--model\0/x/sha256-1\0", True),
        ("/Applications/Ollama.app/Contents/Resources/ollama serve", True),
        ('"C:\\Users\\A B\\AppData\\Local\\Programs\\Ollama\\ollama.exe" serve', True),
        ("ollama\0run\0deepseek-r1:7b\0", False),
        ("/usr/bin/ollama\0pull\0serve\0", False),
        ("myollama serve", False),
        ("vim ollama-serve.md", False),
        ("", False),
    ],
)
def test_a_server_is_told_from_somebody_who_chats_in_a_terminal(command: str, is_server: bool):
    assert serves(command) is is_server


@pytest.mark.skipif(sys.platform != "linux", reason="how Linux lists processes")
@pytest.mark.parametrize(("arguments", "runs"), [((b"ollama", b"run", b"qwen3"), False), ((b"ollama", b"serve"), True)])
def test_a_client_in_a_terminal_is_no_running_server(tmp_path: Path, arguments: tuple[bytes, ...], runs: bool):
    for number, (name, line) in enumerate(((b"bash\n", b"bash\0"), (b"ollama\n", b"\0".join(arguments) + b"\0"))):
        process = tmp_path / str(number + 100)
        process.mkdir()
        (process / "comm").write_bytes(name)
        (process / "cmdline").write_bytes(line)
    (tmp_path / "200").mkdir()  # one that ended just now
    assert ollama_program.is_running(tmp_path) is runs


@pytest.mark.parametrize(
    ("installation", "way"),
    [
        (Installation(), None),
        (Installation(program="/usr/bin/ollama"), StartWay.SERVE),
        (Installation(program="/usr/bin/ollama", app="/Applications/Ollama.app"), StartWay.APP),
        (Installation(program="/usr/bin/ollama", unit=UnitKind.SYSTEM), StartWay.SYSTEM_UNIT),
        (Installation(program="/usr/bin/ollama", unit=UnitKind.USER), StartWay.USER_UNIT),
    ],
)
def test_a_unit_goes_before_a_program_of_ones_own(installation: Installation, way: StartWay | None):
    assert start_way(installation) is way
    assert installation.is_there is (way is not None)


def command(folder: Path, script: str) -> str:
    """An `ollama` that is a script."""
    file = folder / "ollama"
    file.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    file.chmod(0o755)
    return str(file)


@only_posix
def test_the_command_on_the_path_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    program = command(tmp_path, "echo ollama version is 0.34.0")
    monkeypatch.setattr(ollama_program, "_unit", lambda: (None, ""))
    found = read_installation({"PATH": str(tmp_path), "OLLAMA_HOST": "0.0.0.0:11500"})
    assert (found.program, found.version) == (program, "0.34.0")
    assert found.hosts[0] == "0.0.0.0:11500"


@only_posix
def test_what_is_started_goes_on_by_itself_and_listens_where_it_is_told(tmp_path: Path):
    said = tmp_path / "said"
    program = command(tmp_path, f'echo "$1 $OLLAMA_HOST $$" > {said}.new; mv {said}.new {said}; exec sleep 60')
    start_ollama(Installation(program=program), "127.0.0.1:11500", {"PATH": os.environ["PATH"]})
    word, host, process = said.read_text().split()
    try:
        assert (word, host) == ("serve", "127.0.0.1:11500")
        assert os.getsid(int(process)) == int(process), "it has a session of its own: what ends ours does not end it"
    finally:
        os.kill(int(process), 9)
    deadline = time.monotonic() + PATIENCE
    while Path(f"/proc/{process}").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not Path(f"/proc/{process}").exists(), "nobody took note of its end"


@only_posix
def test_one_that_ends_at_once_has_failed(tmp_path: Path):
    with pytest.raises(StartFailed, match="exit code 3"):
        start_ollama(Installation(program=command(tmp_path, "exit 3")))


@only_posix
def test_what_one_wrote_that_ends_at_once_is_told(tmp_path: Path):
    script = 'echo "starting"; echo "Error: listen tcp 127.0.0.1:11434: bind: address already in use" >&2; exit 1'
    with pytest.raises(StartFailed) as failed:
        start_ollama(Installation(program=command(tmp_path, script)))
    assert failed.value.code == 1
    assert failed.value.output == "starting\nError: listen tcp 127.0.0.1:11434: bind: address already in use\n"


@only_posix
@pytest.mark.parametrize(
    ("script", "longest"), [("yes; exit 1", 64 * 1024), ("exec yes", 64 * 1024), (r"printf '\377\000\033[31m'", 20)]
)
def test_what_is_read_of_its_output_is_bounded_however_much_it_writes(tmp_path: Path, script: str, longest: int):
    fails_first = f"if [ ! -e {tmp_path}/once ]; then touch {tmp_path}/once; exit 1; fi; {script}"
    with pytest.raises(StartFailed) as failed:
        start_ollama(Installation(program=command(tmp_path, fails_first)))
    assert 0 < len(failed.value.output) <= longest


@pytest.mark.parametrize("installation", [Installation(), Installation(program="/x", unit=UnitKind.SYSTEM)])
def test_what_takes_more_than_a_click_is_not_started(installation: Installation):
    with pytest.raises(StartFailed):
        start_ollama(installation)


def test_what_is_not_there_has_failed(tmp_path: Path):
    with pytest.raises(StartFailed):
        start_ollama(Installation(program=str(tmp_path / "gone")))


def test_other_programs_get_their_own_libraries(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    bundled = {
        "LD_LIBRARY_PATH": "/bundle",
        "LD_LIBRARY_PATH_ORIG": "/usr/lib",
        "DYLD_LIBRARY_PATH": "/bundle",
        "A": "b",
    }
    assert clean_environment(bundled) == {"LD_LIBRARY_PATH": "/usr/lib", "A": "b"}
