"""What the fences of an answer make."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.previews.domain.artifact import CodeFence
from chatdesk.features.previews.domain.file_names import name_in_line
from chatdesk.features.previews.domain.recognition import artifacts_of
from tests.unit.features.previews.fences import fences, only

DOCUMENT = "<!doctype html><html><head><title>A &amp; B</title></head><body></body></html>"


def made(*parts: tuple[str, str] | tuple[str, str, str]) -> list[tuple[str, tuple[int, ...]]]:
    return [(artifact.kind.value, artifact.fences) for artifact in artifacts_of(fences(*parts))]


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("html", "<p>x", "html"),
        ("svg", "<svg></svg>", "svg"),
        ("xml", '<?xml version="1.0"?><!-- a --><svg xmlns="x"/>', "svg"),
        ("md", "# x", "markdown"),
        ("mermaid", "graph TD", "mermaid"),
        ("dot", "digraph {}", "graphviz"),
        ("json", "{}", "json"),
        ("tsv", "a\tb", "csv"),
        ("js", "let a", "javascript"),
        ("jsx", "export default () => <p/>", "react"),
        ("javascript", "import React from 'react'\nexport default () => <p/>", "react"),
    ],
)
def test_a_language_says_what_runs(language: str, text: str, kind: str) -> None:
    assert made((language, text)) == [(kind, (0,))]


def test_other_code_makes_nothing() -> None:
    assert made(("python", "print()"), ("css", "a{}"), ("xml", "<a/>"), ("", "words"), ("html", "  \n")) == []


def test_a_page_takes_what_it_refers_to_by_name() -> None:
    html = '<link rel=stylesheet href="css/a.css?v=1"><script src="./b.js"></script>'
    assert made(("css", "x{}", "a.css"), ("html", html), ("js", "1", "c.js"), ("js", "2", "b.js")) == [
        ("html", (1, 0, 3)),
        ("javascript", (2,)),
    ]


def test_a_page_without_code_of_its_own_takes_what_follows_it() -> None:
    assert made(("html", "<p>"), ("css", "p{}"), ("js", "1")) == [("html", (0, 1, 2))]


def test_a_page_with_code_of_its_own_takes_no_excerpts() -> None:
    assert made(("html", "<style>a{}</style><script>1</script>"), ("css", "p{}"), ("js", "1")) == [
        ("html", (0,)),
        ("javascript", (2,)),
    ]


def test_unnamed_code_is_what_the_page_asks_for() -> None:
    artifact = only(("html", '<script src="game.js"></script>'), ("js", "1"))
    assert [file.name for file in artifact.files] == ["index.html", "game.js"]


def test_two_pages_share_what_both_refer_to() -> None:
    link = '<link rel="stylesheet" href="a.css">'
    assert made(("html", link), ("html", link), ("css", "x{}", "a.css")) == [("html", (0, 2)), ("html", (1, 2))]


def test_each_page_gets_what_stands_behind_it() -> None:
    assert made(("html", "<p>"), ("css", "a{}"), ("html", "<b>"), ("css", "b{}")) == [
        ("html", (0, 1)),
        ("html", (2, 3)),
    ]


def test_a_reference_inside_a_comment_or_a_script_is_none() -> None:
    html = "<!-- <script src=b.js></script> --><script>'<script src=b.js>'</script>"
    assert made(("html", html), ("js", "1", "b.js")) == [("html", (0,)), ("javascript", (1,))]


def test_a_component_takes_what_it_imports_and_the_page_that_starts_it_is_none() -> None:
    assert made(
        ("html", '<div id="root"></div><script type="module" src="/src/main.jsx"></script>'),
        ("jsx", "import App from './App'; import './App.css'", "src/main.jsx"),
        ("jsx", "export default () => <p/>", "src/App.jsx"),
        ("css", "p{}", "src/App.css"),
    ) == [("react", (1, 2, 3))]


@pytest.mark.parametrize(
    ("language", "text", "title"),
    [
        ("html", DOCUMENT, "A & B"),
        ("html", "<h1>Big <b>words</b></h1>", "Big words"),
        ("svg", "<svg><title>Ball</title></svg>", "Ball"),
        ("md", "text\n## Second ##\n", "Second"),
        ("dot", "digraph Deps { a }", "Deps"),
        ("js", "// Snake game\nlet a", "Snake game"),
        ("js", "function run() {}", "run"),
        ("tsx", "export default function Clock() {}", "Clock"),
        ("json", "{}", None),
    ],
)
def test_an_artifact_is_called_what_it_says(language: str, text: str, title: str | None) -> None:
    assert only((language, text)).title == title


@pytest.mark.parametrize(
    "line", ["**style.css**", "### 2. `style.css`:", "File: style.css", "- *style.css*:", "style.css"]
)
def test_a_line_that_is_only_a_name_names_a_file(line: str) -> None:
    assert name_in_line(line) == "style.css"


def test_a_sentence_names_no_file() -> None:
    assert name_in_line("Put this into style.css, please") == ""


def test_an_open_fence_makes_an_artifact_that_is_not_complete() -> None:
    (artifact,) = artifacts_of([CodeFence(0, "html", "<p>", closed=False)])
    assert not artifact.complete


LANGUAGES = st.sampled_from(["html", "css", "js", "jsx", "svg", "xml", "md", "json", "csv", "dot", "mermaid", ""])
PIECES = st.lists(
    st.sampled_from(
        ["<script src=a.js>", "</script>", "<!--", "-->", "<link rel=stylesheet href=a.css>", "<style>", '"', "'", "<svg",
         "import x from './a.js'", "\r", "\n", "\0", "\ud800", "<", ">", "=", "/", "export default ", "</body>", "a"]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@given(st.lists(st.tuples(LANGUAGES, st.one_of(PIECES, st.text()), st.sampled_from(["", "a.js", "a.css", "b.html"]))))
def test_whatever_an_answer_says_each_main_fence_makes_one_artifact(parts: list[tuple[str, str, str]]) -> None:
    artifacts = artifacts_of(fences(*parts))
    assert len({artifact.identity for artifact in artifacts}) == len(artifacts)


@pytest.mark.parametrize(
    "piece",
    ["<a ", '="', "<!--", "<script>", "</script", "<svg>", " import a", "<!-- --> ", "<h1>", "return (<a ", "a: "],
)
@pytest.mark.parametrize("language", ["html", "xml", "js", "jsx", "md"])
def test_megabytes_of_anything_are_recognised_in_bounded_time(piece: str, language: str) -> None:
    begin = time.process_time()
    artifacts_of(fences((language, piece * (1_000_000 // len(piece))), ("js", piece * 50_000, "a.js")))
    assert time.process_time() - begin < 6
