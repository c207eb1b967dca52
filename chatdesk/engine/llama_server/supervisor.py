"""Runs `llama-server` in place of the engine's package: started, watched and ended by our engine process.

`llama-server` does not notice the end of the program that started it. The engine process does, and ends it; on Linux and Windows, the
system also ends it if the engine process is killed.
"""

import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NoReturn

from chatdesk.engine.gguf.metadata import GgufInvalid, read_metadata
from chatdesk.engine.llama_server.command_line import (
    REQUIRED,
    devices_in,
    named_options,
    server_arguments,
    version_in,
)
from chatdesk.engine.messages import Configuration, EngineProgress, EngineStage, Failed, Message, Problem, Ready
from chatdesk.engine.preload import read_into_memory
from chatdesk.kernel.aio.child_program import exit_with_parent, outside_environment
from chatdesk.kernel.models.machine import EngineFacts

_QUESTION_SECONDS = 20.0
"""For `--help`, `--version` and `--list-devices`: a driver that does not respond must not block the program."""
_MAX_OUTPUT_BYTES = 1024 * 1024
_POLL_SECONDS = 0.05
_END_SECONDS = 5.0
"""How long to wait for a killed server to release the memory of the graphics card."""
_PORT_ATTEMPTS = 3
_OUR_VARIABLES = re.compile(r"LLAMA_|AIP_|GGML_RPC", re.IGNORECASE)
"""Variables from which llama-server reads options in the environment, such as an address to listen on."""
_PORT_TAKEN = re.compile(r"couldn't bind|bind.*(?:failed|error)|address already in use", re.IGNORECASE)
_LAYERS_UNKNOWN = 64

if sys.platform == "win32":
    _FLAGS = subprocess.CREATE_NO_WINDOW
else:
    _FLAGS = 0


def run_llama_server(configuration: Configuration, requests: BinaryIO, send: Callable[[Message], None]) -> NoReturn:
    """Run the program of `configuration` until `requests` is closed; without a model, only report its version and devices."""
    running = _Running()
    exit_with_parent(requests, running.end)
    program = configuration.program
    try:
        options = named_options(_output_of(program, "--help"))
        if missing := REQUIRED - options:
            _fail(send, Problem.PROGRAM_UNUSABLE, f"no {min(missing)}")
        if not configuration.model_path:
            send(_facts_of(program, options, with_software=configuration.with_software_devices))
            send(Ready(""))
            os._exit(0)
    except (OSError, subprocess.SubprocessError) as error:
        _fail(send, Problem.PROGRAM_UNUSABLE, str(error))
    if not os.path.isfile(configuration.model_path):  # noqa: PTH113 - the path is a string
        _fail(send, Problem.FILE_MISSING, configuration.model_path)
    try:
        read_into_memory(configuration, send)
    except OSError as error:
        _fail(send, Problem.MODEL_REFUSED, str(error))
    send(EngineProgress(EngineStage.PREPARING_MODEL))
    code = 1
    for _attempt in range(_PORT_ATTEMPTS):
        code = _serve(configuration, options, running, send)
        if not running.port_was_taken:
            break
    os._exit(code if code >= 0 else 128 - code)


def _fail(send: Callable[[Message], None], problem: Problem, detail: str) -> NoReturn:
    send(Failed(problem, detail))
    os._exit(1)


def _output_of(program: str, *arguments: str) -> str:
    """Return all output of the program. Raises `OSError`, or `SubprocessError` if it fails or takes too long."""
    done = subprocess.run(  # noqa: S603 - the user chose this program
        [program, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=_QUESTION_SECONDS,
        check=True,
        cwd=Path(program).parent,
        env=_environment(),
        creationflags=_FLAGS,
        preexec_fn=_end_with_parent,
    )
    return done.stdout[:_MAX_OUTPUT_BYTES].decode("utf-8", "replace")


def _facts_of(program: str, options: frozenset[str], *, with_software: bool) -> EngineFacts:
    version = version_in(_output_of(program, "--version"))
    if "--list-devices" not in options:
        return EngineFacts(version, "")
    first = (
        name for name in ("--offline", "--verbose") if name in options
    )  # verbose: tells which cards are integrated
    listed = _output_of(program, *first, "--list-devices")
    sys.stderr.write(listed)
    return EngineFacts(version, "", devices_in(listed, with_software=with_software))


def _environment(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    cleaned = outside_environment(environment)
    return {name: value for name, value in cleaned.items() if not _OUR_VARIABLES.match(name)}


def _serve(
    configuration: Configuration, options: frozenset[str], running: "_Running", send: Callable[[Message], None]
) -> int:
    """Run the server until it ends. Return its exit code."""
    port = _free_port()
    with _key_file(configuration.key) as key_file:
        arguments = server_arguments(options, configuration, port, key_file, _layers_of(configuration.model_path))
        try:
            running.start([configuration.program, *arguments], port)
        except OSError as error:
            _fail(send, Problem.PROGRAM_UNUSABLE, str(error))
        while running.is_running and not (running.is_listening and _is_healthy(port)):
            time.sleep(_POLL_SECONDS)
    if running.is_running:
        send(Ready(f"http://127.0.0.1:{port}", running.process_id))
    return running.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


@contextmanager
def _key_file(key: str) -> Iterator[str]:
    """Write the key into a file that only this user can read, and delete it afterwards: all users can read the arguments of a program."""
    with tempfile.TemporaryDirectory(prefix="chatdesk-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "key"
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(key + "\n")
        yield str(path)


def _is_healthy(port: int) -> bool:
    """Return whether the server has loaded its model; while it loads, it answers 503."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _layers_of(model_path: str) -> int:
    """Return the number of layers that can be offloaded: those of the model, and the output layer."""
    try:
        values = read_metadata(Path(model_path)).values
    except GgufInvalid:
        return _LAYERS_UNKNOWN
    layers = values.get(f"{values.get('general.architecture')}.block_count")
    return layers + 1 if isinstance(layers, int) else _LAYERS_UNKNOWN


class _Running:
    """The server process, if it was started."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None
        self._lock = threading.Lock()
        self._is_ending = False
        self._job = _kill_on_close_job()
        self.is_listening = False
        self.port_was_taken = False

    @property
    def process_id(self) -> int:
        """Process id of the server; 0 before it is started."""
        return self._process.pid if self._process else 0

    @property
    def is_running(self) -> bool:
        """Whether the system reports the process as running."""
        return self._process is not None and self._process.poll() is None

    def start(self, command: list[str], port: int) -> None:
        """Start the server. Raises `OSError`."""
        environment = _environment()
        environment.setdefault("GOMP_SPINCOUNT", "1000")  # see `child.py`
        environment.setdefault("GGML_NO_BACKTRACE", "1")  # its lines would hide the reason for a crash
        self.is_listening = self.port_was_taken = False
        with self._lock:
            if self._is_ending:
                os._exit(1)
            self._process = process = subprocess.Popen(  # noqa: S603 - the user chose this program
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                cwd=Path(command[0]).parent,  # libraries are also looked for in the working directory
                env=environment,
                creationflags=_FLAGS,
                preexec_fn=_end_with_parent,  # noqa: PLW1509 - only one system call
            )
        _add_to_job(self._job, process)
        self._reader = threading.Thread(target=self._read, args=(process, port), name="server-output", daemon=True)
        self._reader.start()

    def wait(self) -> int:
        """Wait until the server has ended and its output is read. Return its exit code."""
        assert self._process is not None  # noqa: S101 - called after `start`
        assert self._reader is not None  # noqa: S101 - likewise
        code = self._process.wait()
        self._reader.join(_END_SECONDS)
        return code

    def end(self) -> None:
        """Kill the server, and wait until it has released its memory. Called on another thread when the parent ends."""
        with self._lock:
            self._is_ending = True
            process = self._process
        if process:
            process.kill()
            with suppress(subprocess.TimeoutExpired):
                process.wait(_END_SECONDS)

    def _read(self, process: subprocess.Popen[bytes], port: int) -> None:
        listening = re.compile(rf"listen.*(?<!\d){port}(?!\d)")
        output = process.stdout
        assert output is not None  # noqa: S101 - opened as a pipe
        while line := output.readline(4096):
            text = line.decode("utf-8", "replace")
            self.is_listening = self.is_listening or listening.search(text) is not None
            self.port_was_taken = self.port_was_taken or (
                not self.is_listening and _PORT_TAKEN.search(text) is not None
            )
            sys.stderr.buffer.write(line)
            sys.stderr.buffer.flush()


# The system ends the server when this process is killed:

if sys.platform == "linux":
    import ctypes
    import signal

    _PR_SET_PDEATHSIG = 1
    _libc = ctypes.CDLL(None)

    def _end_with_parent() -> None:
        """Have the kernel kill the new process when the thread that started it ends."""
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)

else:
    _end_with_parent: Callable[[], None] | None = None

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
    _JOB_OBJECT_EXTENDED_LIMIT_INFORMATION = 9
    _JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE = 0x2000
    _kernel32.CreateJobObjectW.restype = wintypes.HANDLE
    _kernel32.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
    _kernel32.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD)

    class _BasicLimits(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", wintypes.LARGE_INTEGER),
            ("PerJobUserTimeLimit", wintypes.LARGE_INTEGER),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class _ExtendedLimits(ctypes.Structure):
        _fields_ = (
            ("BasicLimitInformation", _BasicLimits),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    def _kill_on_close_job() -> int | None:
        """Return a job whose processes are killed when its last handle, which only this process has, is closed."""
        job: int | None = _kernel32.CreateJobObjectW(None, None)
        limits = _ExtendedLimits()
        limits.BasicLimitInformation.LimitFlags = _JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE
        _kernel32.SetInformationJobObject(
            job, _JOB_OBJECT_EXTENDED_LIMIT_INFORMATION, ctypes.byref(limits), ctypes.sizeof(limits)
        )
        return job

    def _add_to_job(job: int | None, process: subprocess.Popen[bytes]) -> None:
        _kernel32.AssignProcessToJobObject(job, int(process._handle))  # type: ignore[attr-defined]  # noqa: SLF001

else:

    def _kill_on_close_job() -> int | None:
        return None

    def _add_to_job(job: int | None, process: subprocess.Popen[bytes]) -> None:
        pass
