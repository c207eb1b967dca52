import pytest

from chatdesk.rendering.export.plain_text import to_plain_text
from chatdesk.rendering.markdown.markdown import parse


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        (
            "# *Title*\n\nText with `code`, [a link](/x) and ![a picture](/y).",
            "Title\n\nText with code, a link and a picture.",
        ),
        ("- a\n- b\n  - c\n\n1. d\n2. e", "- a\n- b\n  - c\n\n1. d\n2. e"),
        ("- a\n\n- b\n\n  c", "- a\n\n- b\n\n  c"),
        ("- [x] a\n- [ ] b\n  c", "- [x] a\n- [ ] b c"),
        ("> a\n>\n> b\n> - c\n\nd", "> a\n>\n> b\n>\n> - c\n\nd"),
        ("10. a\n\n    b", "10. a\n\n    b"),
        ("```py\nx\n\n  y\n```", "x\n\n  y"),
        ("- ```\n  a\n  b\n  ```", "- a\n  b"),
        ("| a | b |\n|---|---|\n| 1 | **2** |", "a\tb\n1\t2"),
        ("a\n\n---\n\nb", "a\n\n———\n\nb"),
        ("-\n- a", "- \n- a"),
        ("a  \nb", "a\nb"),
        ("a[^x]\n\n[^x]: b", "a[1]\n\n[1] b"),
        ("> [!NOTE]\n> a", "> Note: a"),
        ("T\n: a\n: b", "T\n: a\n: b"),
        ("a $x$\n\n\\[y\\]", "a $x$\n\n\\[y\\]"),
        ("", ""),
    ],
)
def test_marks_of_lists_and_quotes_stay_and_those_of_looks_do_not(markdown: str, plain: str):
    assert to_plain_text(parse(markdown)) == plain


def test_sections_and_breaks_are_lines():
    text = "<details><summary>a</summary>b<br>c</details>\n<details>\nd\n</details>\n\n| e |\n|-|\n| f<br>g |"

    assert to_plain_text(parse(text)) == "a\n\nb\nc\n\nd\n\ne\nf g"
