"""Names of files are shown, and never lead anywhere."""

import pytest

from chatdesk.features.attachments.services.incoming import shown_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("cat.png", "cat.png"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\cat.png", "cat.png"),
        ("a\nb\tc\0.png", "a b c.png"),
        ("photo\u202egnp.exe", "photognp.exe"),
        ("猫 的 照片.png", "猫 的 照片.png"),
        ("  spaced   out .png", "spaced out .png"),
        ("half \ud83d of an emoji.png", "half of an emoji.png"),
        ("", ""),
        ("/", ""),
    ],
)
def test_only_the_last_part_is_shown_and_nothing_hidden(name: str, shown: str) -> None:
    assert shown_name(name) == shown


def test_a_long_name_keeps_its_ending() -> None:
    shown = shown_name("x" * 500 + ".jpeg")
    assert len(shown) <= 100
    assert shown.endswith("….jpeg")
    assert len(shown_name("y" * 500)) <= 100
    assert len(shown_name("z." + "y" * 500)) <= 100
