"""What is served for each kind, and the way back to the code."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.previews.domain.page import SourceLine
from tests.unit.features.previews.fences import LIBRARIES, only, page

LINES = st.lists(st.text(alphabet="ab<>/ é\0\ud800", max_size=8), max_size=6)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_document_of_one_fence_is_served_byte_for_byte(body: str) -> None:
    text = f"<!-- made -->\r\n<!DOCTYPE html>{body}"
    assert page(("html", text)).content == text.encode()


def test_half_characters_are_served_as_replacement_characters() -> None:
    assert page(("html", "<html>\ud800")).content == "<html>\ufffd".encode()


def test_two_megabytes_are_served_as_they_are() -> None:
    text = "<!doctype html>" + "<p>word</p>\n" * 180_000
    assert page(("html", text)).content == text.encode()


@given(LINES, LINES, LINES, st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_every_line_of_a_joined_page_leads_to_the_line_it_is(
    html: list[str], css: list[str], js: list[str], end: str, named: bool
) -> None:
    marked = {
        kind: end.join(f"{kind}{number}:{line if kind == 'html' else ''}" for number, line in enumerate(lines, 1))
        for kind, lines in (("html", [re.sub("[<>/]", "", line) for line in html]), ("css", css), ("js", js))
    }
    places = ('<link rel=stylesheet href="a.css">', '<script src="b.js"></script>') if named else ("", "")
    source = f"<!doctype html>{end}{places[0]}{marked['html']}{end}{places[1]}{end}last"
    made = page(("html", source), ("css", marked["css"] or "css1:", "a.css"), ("js", marked["js"] or "js1:", "b.js"))
    lines = re.split(r"\r\n|\r|\n", made.content.decode())
    files = {"html": "index.html", "css": "a.css", "js": "b.js"}
    for number, line in enumerate(lines, 1):
        for kind, index in re.findall(r"(html|css|js)(\d+):", line)[:1]:
            expected = int(index) + (kind == "html")
            assert made.source_of(number) == SourceLine(files[kind], expected)


def test_a_joined_page_changes_only_its_references() -> None:
    html = '<!doctype html><head><link rel="stylesheet" media="print" href="a.css"></head><b>x</b><script src="b.js"></script>'
    made = page(("html", html), ("css", "b{}", "a.css"), ("js", "go()", "b.js")).content.decode()
    assert made == ('<!doctype html><head><style media="print">\nb{}\n</style></head><b>x</b><script>\ngo()\n</script>')


@pytest.mark.parametrize("hazard", ["'</script>'", "'</SCRIPT '", "/* <!-- <script> */"])
def test_a_script_that_would_end_early_runs_as_data(hazard: str) -> None:
    made = page(("html", '<html><script src="b.js"></script>'), ("js", f"x = {hazard}", "b.js"))
    assert hazard not in made.content.decode()
    assert b'<script src="data:text/javascript' in made.content
    assert made.source_of(7, "b.js") == SourceLine("b.js", 7)


def test_a_deferred_script_stays_deferred() -> None:
    made = page(("html", '<html><script defer src="b.js"></script>'), ("js", "1", "b.js")).content.decode()
    assert re.fullmatch(r'<html><script src="data:[^"]+" defer></script>', made)


def test_the_end_of_a_style_sheet_inside_it_is_escaped() -> None:
    made = page(("html", "<html>"), ("css", "a::after{content:'</style>'}")).content
    assert made.count(b"</style>") == 1


def test_modules_find_what_they_import() -> None:
    html = '<html><script type="module" src="main.js"></script>'
    made = page(
        ("html", html),
        ("js", "import { a } from './lib/a'", "main.js"),
        ("js", "import { b } from './b.js'", "lib/a.js"),
        ("js", "export const b = 1", "lib/b.js"),
    )
    assert made.content.index(b'<script type="importmap">') < made.content.index(b'type="module"')
    assert b'"./lib/a": "data:' in made.content


def test_a_fragment_gets_a_skeleton_and_light_colours_if_it_has_its_own() -> None:
    plain, styled = page(("html", "<p>x")).content.decode(), page(("html", "<p style='color:red'>x")).content.decode()
    assert plain.startswith('<!doctype html>\n<meta charset="utf-8">\n<meta name="viewport"')
    assert "light dark" in plain
    assert "light dark" not in styled


@pytest.mark.parametrize(
    ("language", "text"),
    [("json", '{"a": "</script><b>"}'), ("csv", "a,b\n</script><b>,1"), ("mermaid", "graph TD\n a[</script><b>]"),
     ("dot", 'digraph { a [label="</script><b>"] }'), ("jsx", 'export default () => "</script><b>"')],
)  # fmt: skip
def test_nothing_of_the_data_is_markup_of_the_page(language: str, text: str) -> None:
    assert b"</script><b>" not in page((language, text)).content


@pytest.mark.parametrize("depth", [500, 100_000])
def test_json_of_any_depth_is_a_page(depth: int) -> None:
    assert page(("json", "[" * depth + "]" * depth)).content


def test_invalid_json_says_where() -> None:
    assert b"line 2, column 2" in page(("json", "{\n x}")).content


def test_an_open_quote_in_csv_says_where() -> None:
    assert b"line 2, column 3" in page(("csv", 'a,b\n1,"x\n2,3')).content


def test_big_tables_say_what_is_shown() -> None:
    made = page(("csv", "id,n\n" + "".join(f"{number},x\n" for number in range(52_331)))).content
    assert b"first 10,000 of 52,331 rows" in made


def test_numbers_of_json_keep_all_digits() -> None:
    assert b"12345678901234567890.10" in page(("json", "[12345678901234567890.10]")).content


def test_a_drawing_begins_behind_what_only_xml_knows() -> None:
    made = page(("xml", '<?xml version="1.0"?>\n<!-- <svg> -->\n<svg><g/></svg>'))
    assert b"<?xml" not in made.content
    line = made.content.decode().split("\n").index("<svg><g/></svg>") + 1
    assert made.source_of(line) == SourceLine("drawing.svg", 3)


def test_messages_of_a_script_lead_to_its_lines() -> None:
    made = page(("js", "let a\nboom()"))
    line = made.content.decode().split("\n").index("boom()") + 1
    assert made.source_of(line) == SourceLine("script.js", 2)
    assert made.source_of(1) is None


def test_a_component_brings_its_files() -> None:
    artifact = only(("tsx", "import './a.css'; export default () => <p/>", "my App.tsx"), ("css", "p{}", "a.css"))
    assert [file.name for file in artifact.files] == ["my App.tsx", "a.css"]
    made = page(("tsx", "import './a.css'; export default () => <p/>", "my App.tsx"), ("css", "p{}", "a.css"))
    assert made.source_of(3, "my%20App.tsx") == SourceLine("my App.tsx", 3)


def test_markdown_is_the_callers_html() -> None:
    assert LIBRARIES.markdown("# x").encode() in page(("md", "# x")).content


@given(st.sampled_from(["html", "svg", "json", "csv", "js", "md"]), st.text(), st.text())
def test_any_text_makes_a_page(language: str, text: str, other: str) -> None:
    page((language, f"<svg>{text}x"), *([("css", f"{other}x")] if language == "html" else []))
