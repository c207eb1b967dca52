import pytest

from chatdesk.rendering.markdown.leaves import Definition
from chatdesk.rendering.markdown.open_blocks.open_document import extract_definitions


def test_definitions_are_taken_from_the_head_of_a_paragraph_only():
    content = "[a]: /x 't'\n[B  c]:\n<y z>\n\"u\nv\"\ntext\n[d]: /z"

    definitions, end = extract_definitions(content)

    assert definitions == [("A", Definition("/x", "t")), ("B C", Definition("y z", "u\nv"))]
    assert content[end:] == "text\n[d]: /z"


def test_a_title_that_is_not_one_is_text_if_it_stands_on_its_own_line():
    definitions, end = extract_definitions("[a]: /x\n'no title' at all")

    assert definitions == [("A", Definition("/x"))]
    assert end == len("[a]: /x\n")


@pytest.mark.parametrize(
    "content",
    [
        "[a]: /x 't' more",
        "[a]:",
        "[]: /x",
        "[ ]: /x",
        "[a] : /x",
        "[a[]: /x",
        "[a]: <x",
        "a [b]: /x",
        f"[{'a' * 1_000}]: /x",
    ],
)
def test_what_is_no_definition_is_left(content: str):
    assert extract_definitions(content) == ([], 0)
