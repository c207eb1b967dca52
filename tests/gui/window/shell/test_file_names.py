"""Names of files made of titles."""

import pytest

from chatdesk.ui_kit.files.file_saver import file_name_of


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Why is the sky blue?", "Why is the sky blue"),
        ("../../etc/passwd", "etc passwd"),
        ("a\u202egnp.exe", "a gnp.exe"),
        ("CON", "CON_"),
        ("x" * 200, "x" * 80),
        ("...", ""),
        ("天为什么是蓝的？", "天为什么是蓝的？"),
    ],
)
def test_a_name_is_one_that_every_system_takes(title: str, name: str) -> None:
    assert file_name_of(title) == name
