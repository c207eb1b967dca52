"""What holds for every test: a home of its own, no network but loopback, no keyring, no screen, and a quiet log.

What a test may leave behind is in tests/leaks.py.
"""

import logging
import os
import socket
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# What passes here passes on the next machine. New examples are looked for with CHATDESK_NEW_EXAMPLES=1; what is found becomes a test.
# How long an example takes tells how busy the machine is: what has to be quick has a test of its own.
settings.register_profile(
    "repeatable",
    derandomize="CHATDESK_NEW_EXAMPLES" not in os.environ,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("repeatable")

pytest_plugins = ["tests.leaks", "tests.long_tests"]

# Before anything makes a QApplication: no window is shown, and Qt finds the UTF-8 locale that it would warn about.
os.environ |= {"QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}
# Nothing of the person who runs the tests: neither their proxy, nor their Ollama, nor their keys.
for _name in (
    "LANGUAGE",
    "OLLAMA_HOST",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "http_proxy",
    "https_proxy",
    "all_proxy",
):
    os.environ.pop(_name, None)
os.environ |= {
    "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere",
}


# httpcore looks for it anew at every lock of every request, and what is missing is looked for in all folders and by all hooks of tests.
if find_spec("sniffio") is None:
    sys.modules["sniffio"] = None  # type: ignore[assignment]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: of the time that unit tests take, a third is waiting."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session")
def new_home(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Names a folder that does not exist yet. To make and remove one for each of thousands of tests takes seconds."""
    numbers = count()
    return lambda: tmp_path_factory.getbasetemp() / f"home of chatdesk {next(numbers)}"


@pytest.fixture(autouse=True)
def home(new_home: Callable[[], Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that Chatdesk keeps everything in for the length of one test; it does not exist yet."""
    folder = new_home()
    monkeypatch.setenv("CHATDESK_HOME", str(folder))
    return folder


@pytest.fixture
def quick_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protect new keys with little work. What that costs otherwise is in `tests/unit/storage/files/test_age_encryption.py`."""
    # Imported here: only few tests need it.
    from chatdesk.kernel.aio.child_program import ChildProgram  # noqa: PLC0415
    from chatdesk.storage.files import age_encryption  # noqa: PLC0415

    monkeypatch.setattr(age_encryption, "PASSPHRASE_CHILD", ChildProgram("", "tests.fakes.passphrase_child"))


@pytest.fixture(scope="session", autouse=True)
def _no_name_is_looked_up() -> Iterator[None]:
    """Whether somebody answers, and how late, is the affair of the network that the tests happen to run in."""
    look_up = socket.getaddrinfo

    def nobody_knows(host: str | bytes | None, *arguments: Any, **options: Any) -> Any:
        if host not in {None, "localhost", socket.gethostname()}:
            look_up(host, None, flags=socket.AI_NUMERICHOST)  # raises what is raised for a name that nobody knows
        return look_up(host, *arguments, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", nobody_knows)
        yield


class _Warnings(logging.Handler):
    """Keeps what is logged as a warning or worse."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        line = f"{record.levelname} {record.name}: {record.getMessage():.300}"
        if record.exc_info and record.exc_info[1]:
            line += f" ({record.exc_info[1]!r})"
        self.lines.append(line)


@pytest.fixture(autouse=True)
def quiet_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """A warning or worse in the log fails the test; one that takes `caplog` looks at the log itself."""
    handler = _Warnings()
    logging.getLogger().addHandler(handler)
    yield
    logging.getLogger().removeHandler(handler)
    if handler.lines and "caplog" not in request.fixturenames:
        pytest.fail("logged:\n" + "\n".join(handler.lines), pytrace=False)
