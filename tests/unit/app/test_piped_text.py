"""Answers in any letters come through a pipe on Windows."""

import io

import pytest

from chatdesk.app.piped_text import use_utf8_in_pipes


def piped(text: bytes = b"") -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(text), encoding="cp1252")


def test_chinese_is_written_and_read_in_pipes_of_windows() -> None:
    out, into = piped(), piped("天空为什么是蓝色的？".encode())
    use_utf8_in_pipes((into, out, None), "win32")
    out.write("因为")
    out.flush()
    assert out.buffer.getvalue() == "因为".encode()
    assert into.read() == "天空为什么是蓝色的？"


def test_what_is_not_utf8_is_read_all_the_same() -> None:
    into = piped(b"caf\xe9")
    use_utf8_in_pipes((into,), "win32")
    assert into.read() == "caf\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_other_systems_say_what_they_want(platform: str) -> None:
    out = piped()
    use_utf8_in_pipes((out,), platform)
    assert out.encoding == "cp1252"


def test_a_terminal_stays_as_it_is() -> None:
    class Terminal(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    out = Terminal(io.BytesIO(), encoding="cp1252")
    use_utf8_in_pipes((out,), "win32")
    assert out.encoding == "cp1252"
