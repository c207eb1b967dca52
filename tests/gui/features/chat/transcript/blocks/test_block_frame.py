"""Room, indents and markers around blocks."""

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from chatdesk.features.chat.ui.transcript.blocks.block_frame import BlockFrame, gap_between
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.rendering.markdown.blocks import Block
from chatdesk.rendering.markdown.markdown import parse
from chatdesk.ui_kit.style.theme import Theme


def gaps(text: str) -> list[str]:
    """The names of the gaps above each block."""
    above: Block | None = None
    found = []
    for block in parse(text):
        found.append(gap_between(above, block))
        above = block
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one\n\ntwo", ["", "m"]),
        ("one\n\n# head\n\ntwo", ["", "xl", "s"]),
        ("one\n\n### head", ["", "l"]),
        ("one\n\n- a\n- b", ["", "s", ""]),
        ("- a\n\n- b", ["", "s"]),
        ("- a\n  - b\n- c", ["", "", ""]),
        ("- a\n\n  more of a\n- b", ["", "s", "s"]),
        ("- a\n\ntwo", ["", "m"]),
        ("one\n\n---\n\ntwo", ["", "xl", "xl"]),
        ("> one\n>\n> two", ["", "m"]),
        ("a\n\n<details><summary>b</summary>c</details>\nd", ["", "m", "", "m"]),
        ("<details><summary>b</summary>\n\n```\nc\n```\n</details>", ["", "s"]),
    ],
)
def test_blocks_keep_the_distance_that_shows_how_they_belong_together(text: str, expected: list[str]) -> None:
    assert gaps(text) == expected


def frames(text: str, theme: Theme, width: int = 600) -> list[BlockFrame]:
    blocks = parse(text)
    return [
        BlockFrame(block, blocks[index - 1] if index else None, theme, "reading", width, mirrored=False)
        for index, block in enumerate(blocks)
    ]


def test_a_tenth_item_stands_where_the_ninth_does(page: PageContext) -> None:
    found = frames("\n".join(f"{number}. item" for number in range(8, 12)), page.theme)
    assert len({frame.left for frame in found}) == 1


def test_every_quote_and_item_indents_its_content(page: PageContext) -> None:
    outer, inner = frames("- a\n  > - b", page.theme)
    assert 0 < outer.left < inner.left


def test_the_frames_of_sections_stand_inside_each_other(page: PageContext) -> None:
    *_, inner = frames("<details><summary>a</summary>\n<details><summary>b</summary>c</details></details>", page.theme)
    (outside, inside) = inner.sections
    assert outside.left < inside.left < inner.left
    assert inner.left + inner.inner_width < inside.right < outside.right


def test_however_deep_the_sections_half_of_the_width_is_left_and_words_keep_off_the_frame(page: PageContext) -> None:
    *_, deepest = frames("<details>\n" * 30 + "words", page.theme)
    assert deepest.inner_width >= 300 - page.theme.length("m")
    assert deepest.sections[-1].left < deepest.left


def test_however_deep_the_nesting_half_of_the_width_is_left(page: PageContext) -> None:
    for frame in frames("> " * 60 + "deep", page.theme, 400):
        assert frame.inner_width >= 200


def painted(frame: BlockFrame, width: int = 600, height: int = 24) -> QImage:
    image = QImage(width, height + frame.gap, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    frame.paint(painter, height)
    painter.end()
    return image


def ink(image: QImage, left: int, right: int) -> bool:
    return any(image.pixelColor(x, y) != QColor("white") for x in range(left, right) for y in range(image.height()))


def test_a_marker_stands_before_the_first_block_of_an_item_only(page: PageContext) -> None:
    first, second = frames("- a\n\n  more of a", page.theme)
    assert ink(painted(first), 0, first.left)
    assert not ink(painted(second), 0, second.left)


def test_the_marker_of_text_from_the_right_stands_at_the_right(page: PageContext) -> None:
    block = parse("- שלום")[0]
    frame = BlockFrame(block, None, page.theme, "reading", 600, mirrored=True)
    assert frame.left == 0
    image = painted(frame)
    assert ink(image, 600 - frame.indent, 600)
    assert not ink(image, 0, 600 - frame.indent)


def test_the_bar_of_a_quote_runs_through_the_gap_between_its_blocks(page: PageContext) -> None:
    _, second = frames("> one\n>\n> two", page.theme)
    image = painted(second)
    bar = page.theme.color("borderDefault")
    assert all(image.pixelColor(0, y) == bar for y in range(image.height()))


@pytest.mark.parametrize("ratio", [1.25, 1.5, 1.75])
def test_bars_of_two_blocks_meet_without_a_seam_at_any_scale(ratio: float, page: PageContext) -> None:
    first, second = frames("> one\n>\n> two", page.theme)
    image = QImage(round(60 * ratio), round(90 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(page.theme.color("page"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(0, 7)
    first.paint(painter, 23)
    painter.translate(0, first.gap + 23)
    second.paint(painter, 24)
    painter.end()
    column = [image.pixelColor(round(ratio), y) for y in range(round(9 * ratio), round((7 + 23 + 24) * ratio))]
    assert {color.name() for color in column} == {page.theme.color("borderDefault").name()}


def test_an_alert_has_its_head_once_and_a_bar_in_its_colour(page: PageContext) -> None:
    first, second = frames("> [!WARNING]\n> one\n>\n> two", page.theme)
    assert first.gap >= page.theme.line("label")
    assert second.gap == page.theme.length("m")
    assert painted(second).pixelColor(0, 3) == page.theme.color("warning")


def test_a_description_is_indented_below_its_term(page: PageContext) -> None:
    term, one, other = frames("term\n: one\n: other", page.theme)
    assert term.left == 0 < one.left == other.left
    assert one.gap == other.gap == 0


def test_a_footnote_that_is_referred_to_leads_back(page: PageContext) -> None:
    _, note = frames("a[^x]\n\n[^x]: b", page.theme)
    (unused,) = frames("[^x]: b", page.theme)
    points = range(note.left)
    assert {link.target for x in points if (link := note.link_at(x, note.gap + 4))} == {"back:#fn-x"}
    assert not any(unused.link_at(x, 4) for x in points)
