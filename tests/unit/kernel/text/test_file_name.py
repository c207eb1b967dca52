"""File names that every system accepts, whatever they are made from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.text.file_name import is_reserved_name, safe_file_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Why is the sky blue?", "Why is the sky blue"),
        ("天为什么是蓝的？", "天为什么是蓝的？"),
        ("../../etc/passwd", "etc passwd"),
        ("C:\\Windows\\evil.dll", "C Windows evil.dll"),
        ("a:b?c*.py", "a b c .py"),
        ("  .hidden ", "hidden"),
        ("...", ""),
        ("Compound interest, monthly or …", "Compound interest, monthly or"),
        ("\u200d", ""),
        ("a\u202egnp.exe", "a gnp.exe"),
        ("a\u2066b\u2069c\u061cd\u200fe", "a b c d e"),
        ("a\u200bb\xadc\ufeffd", "a b c d"),
        ("a\u2028b\x85c\x9bd", "a b c d"),
        ("half \ud83d of an emoji", "half of an emoji"),
        ("👩\u200d🚀 می\u200cخواهم", "👩\u200d🚀 می\u200cخواهم"),
        ("x" * 200, "x" * 80),
        ("x" * 79 + " .tail", "x" * 79),
        ("天" * 200, "天" * 80),
        ("🙂" * 80, "🙂" * 60),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("com1 .tar.gz", "_com1 .tar.gz"),
        ("LPT¹", "_LPT¹"),
        ("conin$", "_conin$"),
        ("console.txt", "console.txt"),
        ("com12", "com12"),
    ],
)
def test_a_name_is_one_that_every_system_accepts(text: str, name: str) -> None:
    assert safe_file_name(text) == name


@given(st.text() | st.sampled_from(["con." + "x" * 100, "nul" + " " * 100 + ".a", "a" * 79 + " b"]))
def test_a_safe_name_stays_as_it_is(text: str) -> None:
    name = safe_file_name(text)
    assert safe_file_name(name) == name
    assert len(name) <= 80
    assert len(name.encode()) <= 240
    assert not is_reserved_name(name)
    assert not set(name) & set('<>:"/\\|?*\0\u202e')
