from hypothesis import given
from hypothesis import strategies as st

from chatdesk.rendering.markdown.blocks import Paragraph, Span, Style
from chatdesk.rendering.markdown.open_blocks.plain_growth import plain_blocks
from chatdesk.rendering.markdown.open_blocks.source_lines import showable


def test_lines_stay_lines_and_empty_ones_part_paragraphs():
    text = "One\ntwo\n\n \n  three\r\nfour\n"
    assert [block.spans for block in plain_blocks(text)] == [(Span("One\ntwo"),), (Span("  three"),), (Span("four"),)]


@given(st.text(st.sampled_from("ab*_`<>[](!)#|~-$\\\n\r \x00\u202e") | st.characters()))
def test_nothing_in_it_is_markdown_and_no_word_is_lost(text: str):
    blocks = plain_blocks(text)
    assert all(isinstance(block, Paragraph) and len(block.spans) == 1 for block in blocks)
    assert all(span.style is Style.PLAIN and not (span.link or span.image) for block in blocks for span in block.spans)
    assert "".join("".join(block.spans[0].text.split()) for block in blocks) == "".join(showable(text).split())
