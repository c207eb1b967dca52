"""What systems and programs say of Ollama, as documented, and what is made of it; and starting one, which is a script of ours."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import Mock

import psutil
import pytest

from chatdesk.kernel.aio.child_program import outside_environment
from chatdesk.kernel.servers.ollama_installation import Installation, StartMethod, UnitKind, start_method
from chatdesk.system import ollama_program
from chatdesk.system.ollama_processes import hosts_of_processes, is_running, serves
from chatdesk.system.ollama_program import hosts_in, read_installation, unit_kind_in, version_in
from chatdesk.system.ollama_start import StartFailed, start_ollama
from tests.own_time import TIMEOUT

Listing = Callable[..., psutil.Process]

only_posix = pytest.mark.skipif(sys.platform == "win32", reason="a script with a first line that names its interpreter")
only_linux = pytest.mark.skipif(sys.platform != "linux", reason="the process of a script has its name")


def command(folder: Path, script: str, name: str = "ollama") -> str:
    """An `ollama` that is a script."""
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    file.chmod(0o755)
    return str(file)


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
        ("SHELL=/bin/sh\nOLLAMA_HOST=:9999\nSECRET=x\n", (":9999",)),
        ("MY_OLLAMA_HOST=no", ()),
        ("OLLAMA_HOST=" + "x" * 5000, ("x" * 200,)),
    ],
)
def test_where_it_listens_is_found_in_its_environment_and_nothing_else_is_kept(text: str, hosts: tuple[str, ...]):
    assert hosts_in(text) == hosts


@pytest.mark.parametrize(
    ("command", "is_server"),
    [
        ("/usr/local/bin/ollama serve", True),
        ("ollama serve", True),
        ("/usr/local/bin/ollama runner --model /x/sha256-1", True),
        ("/Applications/Ollama.app/Contents/Resources/ollama serve", True),
        ("C:\\Users\\A B\\AppData\\Local\\Programs\\Ollama\\ollama.exe serve", True),
        ('"C:\\Users\\A B\\AppData\\Local\\Programs\\Ollama\\ollama.exe" serve', True),
        ("C:\\Users\\A B\\AppData\\Local\\Programs\\Ollama\\ollama app.exe", True),
        ("ollama run deepseek-r1:7b", False),
        ("/usr/bin/ollama pull serve", False),
        ("myollama serve", False),
        ("vim ollama-serve.md", False),
        ("", False),
    ],
)
def test_a_server_is_distinguished_from_somebody_who_chats_in_a_terminal(command: str, is_server: bool):
    assert serves(command) is is_server


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Listing]:
    """Starts a program, and lets the system list it alone. Its name is that of its file, as for any script."""
    with ExitStack() as ends:

        def start(name: str, *arguments: str, **environment: str) -> psutil.Process:
            file = Path(command(tmp_path, "read line", name))
            started = ends.enter_context(subprocess.Popen([file, *arguments], stdin=subprocess.PIPE, env=environment))
            ends.callback(started.kill)
            process = psutil.Process(started.pid)
            while process.cmdline()[-len(arguments) :] != list(arguments):  # until then it is a copy of this program
                time.sleep(0.002)
            list_only(monkeypatch, process)
            return process

        yield start


def list_only(monkeypatch: pytest.MonkeyPatch, process: psutil.Process) -> None:
    def processes(attributes: list[str]) -> Iterator[psutil.Process]:
        process.info = process.as_dict(attributes)
        yield process

    monkeypatch.setattr(psutil, "process_iter", processes)


@only_linux
@pytest.mark.parametrize(
    ("name", "arguments", "runs"),
    [
        ("ollama", ("serve",), True),
        ("Ollama", ("serve",), True),
        ("ollama", ("run", "qwen3"), False),
        ("ollamarama", ("serve",), False),
    ],
)
def test_a_server_is_known_by_its_whole_name_and_a_client_is_none(
    listed: Listing, name: str, arguments: tuple[str, ...], runs: bool
):
    listed(name, *arguments)
    assert is_running() is runs


@only_linux
def test_one_whose_command_line_may_not_be_read_is_taken_for_a_server(listed: Listing, monkeypatch: pytest.MonkeyPatch):
    process = listed("ollama", "run", "qwen3")
    monkeypatch.setattr(process, "cmdline", Mock(side_effect=psutil.AccessDenied(process.pid)))
    assert is_running() is True


@only_linux
def test_one_that_ends_while_it_is_looked_at_does_not_run(listed: Listing, monkeypatch: pytest.MonkeyPatch):
    process = listed("ollama", "serve")
    for method in ("cmdline", "environ"):
        monkeypatch.setattr(process, method, Mock(side_effect=psutil.NoSuchProcess(process.pid)))
    assert is_running() is False
    assert hosts_of_processes() == ()


@pytest.mark.parametrize("error", [FileNotFoundError(), psutil.AccessDenied()])
def test_where_processes_are_not_listed_nothing_is_known(monkeypatch: pytest.MonkeyPatch, error: Exception):
    monkeypatch.setattr(psutil, "process_iter", Mock(side_effect=error))
    assert is_running() is None
    assert hosts_of_processes() == ()


@only_linux
def test_where_a_process_listens_is_found_in_its_environment_and_nothing_else_is_kept(listed: Listing):
    listed("ollama", "serve", OLLAMA_HOST=":9999", SECRET="x")
    assert hosts_of_processes() == (":9999",)
    listed("ollama", "serve", MY_OLLAMA_HOST="no")
    assert hosts_of_processes() == ()


@pytest.mark.parametrize(
    ("installation", "expected"),
    [
        (Installation(), None),
        (Installation(program="/usr/bin/ollama"), StartMethod.SERVE),
        (Installation(program="/usr/bin/ollama", app="/Applications/Ollama.app"), StartMethod.APP),
        (Installation(program="/usr/bin/ollama", unit=UnitKind.SYSTEM), StartMethod.SYSTEM_UNIT),
        (Installation(program="/usr/bin/ollama", unit=UnitKind.USER), StartMethod.USER_UNIT),
    ],
)
def test_a_unit_goes_before_a_program_of_ones_own(installation: Installation, expected: StartMethod | None):
    assert start_method(installation) is expected
    assert installation.is_there is (expected is not None)


@only_posix
def test_the_command_on_the_path_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    program = command(tmp_path, "echo ollama version is 0.34.0")
    monkeypatch.setattr(ollama_program, "_unit", lambda: (None, ""))
    found = read_installation({"PATH": str(tmp_path), "OLLAMA_HOST": "0.0.0.0:11500"})
    assert (found.program, found.version) == (program, "0.34.0")
    assert found.hosts[0] == "0.0.0.0:11500"


@only_posix
def test_what_is_started_goes_on_by_itself_and_listens_at_the_configured_address(tmp_path: Path):
    said = tmp_path / "said"
    program = command(tmp_path, f'echo "$1 $OLLAMA_HOST $$" > {said}.new; mv {said}.new {said}; exec sleep 60')
    start_ollama(Installation(program=program), "127.0.0.1:11500", {"PATH": os.environ["PATH"]})
    word, host, process = said.read_text().split()
    try:
        assert (word, host) == ("serve", "127.0.0.1:11500")
        assert os.getsid(int(process)) == int(process), "it has a session of its own: what ends ours does not end it"
    finally:
        os.kill(int(process), 9)
    deadline = time.monotonic() + TIMEOUT
    while psutil.pid_exists(int(process)) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not psutil.pid_exists(int(process)), "nobody took note of its end"


@only_posix
def test_one_that_ends_at_once_has_failed(tmp_path: Path):
    with pytest.raises(StartFailed, match="exit code 3"):
        start_ollama(Installation(program=command(tmp_path, "exit 3")))


@only_posix
def test_what_one_wrote_that_ends_at_once_is_reported(tmp_path: Path):
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
    assert outside_environment(bundled) == {"LD_LIBRARY_PATH": "/usr/lib", "A": "b"}
