"""Lines of a page become paragraphs, and every character stays where it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.chat.ui.documents.flowing_lines import flowing, without_joints

PARAGRAPHS = """\
What we promised
In last year's report we set out three promises for 2025. The first concerns
packaging: 30% less packaging per litre by the end of 2025, measured against
2022.
The second concerns refills: stations in 120 shops, of which at least 40 are
outside the capital.
Cost 2024 2025
Travel 84,200 116,300
Cloud services 61,000 79,900
• Glass that is brought back to the shop by those who bought it and is used
• Card
1. First of all the things that have to be done before the end of this year
2. Second"""


def flow(text: str) -> str:
    (joined,) = flowing([text])
    return joined


def test_a_page_with_few_lines_goes_by_the_others() -> None:
    short = "Packaging belongs to the plants, refills to the shops and the fleet belongs\nto logistics."
    assert flow(short) == short
    assert flowing([PARAGRAPHS, short])[1] == short.replace("\n", " ")


def test_lines_of_a_paragraph_are_joined() -> None:
    lines = flow(PARAGRAPHS).split("\n")
    assert lines[:3] == [
        "What we promised",
        (
            "In last year's report we set out three promises for 2025. The first concerns packaging: 30% less packaging per litre "
            "by the end of 2025, measured against 2022."
        ),
        "The second concerns refills: stations in 120 shops, of which at least 40 are outside the capital.",
    ]


def test_rows_and_items_stay_lines() -> None:
    assert flow(PARAGRAPHS).split("\n")[3:] == PARAGRAPHS.split("\n")[6:]


def test_chinese_lines_are_joined_without_a_space() -> None:
    lines = [
        "去年的报告里我们为今年定下了三项承诺它们是与门店和供应商一起选定的每",
        "一项都有数字期限和负责人第一项是包装到今年底每升产品的包装用量比三年",
        "前减少三成。",
    ]
    joined = flow("\n".join(lines))
    assert "\n" not in joined
    assert without_joints(joined) == "".join(lines)


def test_lines_of_verse_and_of_short_texts_stay() -> None:
    verse = "Roses are red\nviolets are blue\nsugar is sweet\nand so are you"
    assert flow(verse) == verse


@pytest.mark.parametrize("text", ["", "\n", "\n\n", "one line"])
def test_texts_without_lines_stay(text: str) -> None:
    assert flow(text) == text


@given(st.lists(st.text("aB1 .é中。•\t", max_size=60), max_size=12).map("\n".join))
def test_only_ends_of_lines_change(text: str) -> None:
    joined = flow(text)
    assert len(joined) == len(text)
    assert all(now == before or before == "\n" for before, now in zip(text, joined, strict=True))
