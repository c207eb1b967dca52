"""The log file is private, small, and says nothing it should not."""

import logging
import os
import stat
from pathlib import Path

import pytest

from chatdesk.kernel.redaction import MASK, Redactor
from chatdesk.system.log_files import log_file

pytestmark = pytest.mark.usefixtures("caplog")  # these tests log warnings on purpose
LOG = logging.getLogger("chatdesk.test")


def test_nothing_to_say_makes_no_file(tmp_path: Path) -> None:
    with log_file(tmp_path, Redactor()) as path:
        LOG.info("all is well")
    assert not path.exists()


def test_a_warning_is_written_without_secrets(tmp_path: Path) -> None:
    redactor = Redactor()
    redactor.add("canary-key")
    with log_file(tmp_path, redactor) as path:
        LOG.warning("refused %s and %s", "canary-key", "Bearer abcdef123456")
    text = path.read_text(encoding="utf-8")
    assert f"WARNING chatdesk.test: refused {MASK} and Bearer {MASK}" in text


def test_the_network_libraries_tell_no_more_than_warnings_even_when_debugging(tmp_path: Path) -> None:
    with log_file(tmp_path, Redactor(), logging.DEBUG) as path:
        LOG.debug("ours")
        logging.getLogger("httpx").info("HTTP Request: POST https://host/v1")
        logging.getLogger("httpcore.http11").debug("send_request_headers")
    text = path.read_text(encoding="utf-8")
    assert "ours" in text
    assert "POST" not in text
    assert "headers" not in text


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_this_user_may_read_it_also_after_it_was_rotated(tmp_path: Path) -> None:
    with log_file(tmp_path, Redactor()):
        for _ in range(12):
            LOG.warning("x " * 125_000)
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == ["chatdesk.log", "chatdesk.log.1", "chatdesk.log.2"]
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in files)
    assert all(file.stat().st_size <= 1_000_000 for file in files)


def test_half_a_surrogate_pair_does_not_lose_the_line(tmp_path: Path) -> None:
    with log_file(tmp_path, Redactor()) as path:
        # To the file alone: pytest's own record of what was logged cannot be sent from one process to another with such a half in it.
        file = logging.getLogger().handlers[-1]
        file.handle(LOG.makeRecord(LOG.name, logging.WARNING, __file__, 1, "broken \ud83d emoji", (), None))
    assert r"broken \ud83d emoji" in path.read_text(encoding="utf-8")


def test_afterwards_logging_is_as_it_was(tmp_path: Path) -> None:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    with log_file(tmp_path, Redactor(), logging.DEBUG):
        assert root.level == logging.DEBUG
    assert root.handlers == handlers
    assert root.level == level
