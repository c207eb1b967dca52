"""Whatever state the standard streams are in, a run ends with a word and a code, and never with a traceback. As real processes."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from chatdesk.app.exit_code import ExitCode
from tests.fakes.scripted_models import ScriptedAnswer, scripted_ollama
from tests.fakes.scripted_server import ScriptedServer, on_thread
from tests.own_time import TIMEOUT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="its shell has other words for this")
VERBS = (["ask", "Hi"], ["ask", "--json", "Hi"], ["models"], ["models", "--json"], ["presets"], ["help"], ["--version"])
FAILS = ["ask", "--model", "nosuch", "Hi"]

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with on_thread(scripted_ollama()) as running:
        yield running


@pytest.fixture
def run(server: ScriptedServer) -> Run:
    """Runs a verb in a shell, with what is written behind it."""

    def run(verb: Sequence[str], redirected: str, **environment: str) -> subprocess.CompletedProcess[str]:
        variables = os.environ | {"OLLAMA_HOST": f"127.0.0.1:{server.port}"} | environment
        command = ["sh", "-c", f'exec "$@" {redirected}', "sh", sys.executable, "-m", "chatdesk", *verb]
        return subprocess.run(
            command,
            env=variables,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
            timeout=TIMEOUT,
        )

    return run


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk here that is always full")
@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_a_full_disk_is_reported_in_one_line(run: Run, verb: Sequence[str]) -> None:
    done = run(verb, ">/dev/full")
    assert (done.returncode, done.stderr) == (
        ExitCode.BUG,
        "Cannot write the output: No space left on device.\n",
    )


@pytest.mark.parametrize("verb", [*VERBS, FAILS], ids=" ".join)
def test_a_closed_output_is_reported_before_anybody_is_asked(
    run: Run, verb: Sequence[str], server: ScriptedServer
) -> None:
    done = run(verb, ">&-")
    assert (done.returncode, done.stderr) == (ExitCode.BUG, "Cannot write the output: Bad file descriptor.\n")
    assert server.requests == []


@pytest.mark.parametrize("redirected", ["2>&-", "2>/dev/full", "2>&- <&-"])
def test_where_nothing_can_be_reported_the_exit_code_still_says_it(run: Run, redirected: str) -> None:
    answered, failed = run(["ask", "Hi"], redirected), run(FAILS, redirected)
    assert (answered.stdout, answered.returncode) == ("Hello there.\n", ExitCode.ANSWERED)
    assert (failed.stdout, failed.returncode) == ("", ExitCode.NOT_AVAILABLE)


def test_with_all_streams_closed_no_file_of_ours_takes_their_place(run: Run, home: Path) -> None:
    assert run(["ask", "Hi"], ">&- 2>&- <&-").returncode == ExitCode.BUG
    assert run(FAILS, ">&- 2>&-").returncode == ExitCode.BUG


@pytest.mark.parametrize("encoding", ["ascii:strict", "latin-1:strict"])
def test_an_encoding_without_the_letters_of_the_answer_gets_escapes(encoding: str) -> None:
    with on_thread(scripted_ollama(ScriptedAnswer(("天", "空 é")))) as server:
        environment = os.environ | {"OLLAMA_HOST": f"127.0.0.1:{server.port}", "PYTHONIOENCODING": encoding}
        for verb in (["ask", "Hi"], ["ask", "--json", "Hi"]):
            command = [sys.executable, "-m", "chatdesk", *verb]
            done = subprocess.run(command, env=environment, capture_output=True, check=False, stdin=subprocess.DEVNULL)
            assert (done.returncode, done.stderr) == (ExitCode.ANSWERED, b"")
            lines = [json.loads(line) for line in done.stdout.splitlines()] if "--json" in verb else []
            if lines:
                assert "".join(line["text"] for line in lines if line["event"] == "text") == "天空 é"
            else:
                assert done.stdout.decode("latin-1").startswith("\\u5929\\u7a7a ")


@pytest.mark.parametrize("home", ["/dev/null", "/proc/nowhere", "~nobody-of-this-name/x"])
@pytest.mark.parametrize("verb", [["ask", "Hi"], ["models", "--json"]], ids=" ".join)
def test_a_folder_that_cannot_be_used_is_named(run: Run, verb: Sequence[str], home: str) -> None:
    done = run(verb, "", CHATDESK_HOME=home)
    assert done.returncode == ExitCode.BUG
    assert home in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("verb", [[], ["quick"], ["./chat.json"]], ids=" ".join)
def test_a_home_that_is_nowhere_is_reported_by_a_start_of_the_window_too(run: Run, verb: Sequence[str]) -> None:
    done = run(verb, "", CHATDESK_HOME="~nobody-of-this-name/x")
    sentence = "Chatdesk cannot use its data folder. Set CHATDESK_HOME to use another folder."
    first, second, *_ = done.stderr.splitlines()
    assert (done.returncode, first) == (ExitCode.BUG, sentence)
    assert second.startswith("~nobody-of-this-name/x")
    assert "Traceback" not in done.stderr


def test_what_nobody_expected_is_reported_with_its_kind_and_written_into_the_log(
    run: Run, home: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "sitecustomize.py"
    broken.write_text(
        "import tomllib\ndef loads(text): raise ZeroDivisionError('a secret text')\ntomllib.loads = loads\n"
    )
    done = run(["ask", "--json", "Hi"], "", PYTHONPATH=os.pathsep.join((str(tmp_path), *sys.path)))
    assert (done.returncode, done.stderr.splitlines()[1:]) == (ExitCode.BUG, ["ZeroDivisionError"])
    assert "ZeroDivisionError" in done.stderr
    assert [json.loads(line)["event"] for line in done.stdout.splitlines()] == ["start", "error", "end"]
    log = (home / "logs" / "chatdesk.log").read_text()
    assert log.count("Traceback") == 1


def interrupted(
    verb: Sequence[str], server: ScriptedServer, when: Callable[[], object], times: int = 1
) -> tuple[int, str, str]:
    """Run a verb, press Ctrl+C `when` that returns, and return the exit code and what was printed."""
    environment = os.environ | {"OLLAMA_HOST": f"127.0.0.1:{server.port}"}
    with subprocess.Popen(
        [sys.executable, "-m", "chatdesk", *verb],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        when()
        for _ in range(times):
            program.send_signal(signal.SIGINT)
        out, err = program.communicate(timeout=TIMEOUT)
        return program.returncode, out, err


@pytest.mark.parametrize("times", [1, 2])
def test_ctrl_c_ends_an_answer_in_order_and_says_so_to_programs(times: int) -> None:
    """Twice at once is one press that somebody passed on."""
    with on_thread(scripted_ollama(ScriptedAnswer(("word ",), stall=True))) as server:

        def is_asked() -> bool:
            return server.wait_until(lambda: any(request.path == "/api/chat" for request in server.requests))

        code, out, err = interrupted(["ask", "--json", "Hi"], server, is_asked, times=times)
        assert (code, err) == (ExitCode.STOPPED, "")
        assert json.loads(out.splitlines()[-1]) == {"event": "end", "status": "stopped", "exit_code": 130}
        assert server.wait_until(lambda: server.disconnects)


TELLS_ITS_HANDLERS = """
import signal, sys
plain = signal.signal
def record(number, handler):
    plain(number, handler)
    print(callable(handler), file=sys.stderr, flush=True)
signal.signal = record
sys.argv = ["chatdesk", "ask", "--json"]
from chatdesk.__main__ import main
sys.exit(main())
"""


def test_ctrl_c_while_input_is_awaited_ends_the_run(server: ScriptedServer) -> None:
    read_end, write_end = os.pipe()
    command = [sys.executable, "-c", TELLS_ITS_HANDLERS]
    with subprocess.Popen(command, stdin=read_end, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        while program.stderr.readline() != b"True\n":
            pass
        program.send_signal(signal.SIGINT)
        out, err = program.communicate(timeout=TIMEOUT)
    os.close(read_end)
    os.close(write_end)
    assert program.returncode == ExitCode.STOPPED
    assert b"Traceback" not in err
    assert json.loads(out.splitlines()[-1])["status"] == "stopped"


COUNTS_CALLS = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
left = {calls}
def count(frame, event, argument):
    global left
    left -= 1
    if not left:
        os.kill(os.getpid(), signal.SIGINT)
sys.setprofile(count)
sys.argv = ["chatdesk", "ask", "Hi"]
from chatdesk.__main__ import main
sys.exit(main())
"""


@pytest.mark.thorough
@pytest.mark.parametrize(
    "calls", [1, 10, 100, 1_000, 5_000, 20_000, 40_000, 60_000, 80_000, 120_000, 200_000, 300_000, 400_000, 450_000]
)
def test_ctrl_c_at_any_moment_leaves_no_traceback(server: ScriptedServer, calls: int) -> None:
    """From the first line of ours on: before it, Python itself is starting."""
    environment = os.environ | {"OLLAMA_HOST": f"127.0.0.1:{server.port}"}
    command = [sys.executable, "-c", COUNTS_CALLS.format(calls=calls)]
    done = subprocess.run(command, env=environment, capture_output=True, check=False, stdin=subprocess.DEVNULL)
    assert b"Traceback" not in done.stderr
    assert done.returncode in {ExitCode.ANSWERED, ExitCode.STOPPED, -signal.SIGINT}
