"""Diagrams drawn without being shown: a picture in our colours, or the reason for none."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QImage

from chatdesk.app.preview_hosts import EnginePreviewHosts
from chatdesk.features.previews.domain.artifact import Artifact, ArtifactKind, SourceFile
from chatdesk.features.previews.domain.libraries import Libraries
from chatdesk.features.previews.domain.pages import MAX_PICTURE_PIXELS, picture_page
from chatdesk.features.previews.web_engine.diagram_run import DiagramRun
from chatdesk.features.previews.web_engine.run import Processes
from tests.paths import RESOURCES
from tests.preview.harness import PROCESSES, SHIMS, Harness

MERMAID, GRAPHVIZ = ArtifactKind.MERMAID, ArtifactKind.GRAPHVIZ
FLOWCHART = "flowchart LR\n A[Order] --> B{Paid?}\n B -->|yes| C[Pick]\n B -->|no| D[Remind]\n D --> A"
SOURCES = [
    (MERMAID, FLOWCHART),
    (MERMAID, "sequenceDiagram\n Alice->>Bob: Hello\n Bob-->>Alice: Hi"),
    (MERMAID, "classDiagram\n Animal <|-- Duck\n Animal : +int age"),
    (MERMAID, "stateDiagram-v2\n [*] --> Still\n Still --> [*]"),
    (MERMAID, 'pie title Pets\n "Dogs" : 386\n "Cats" : 85'),
    (MERMAID, "gantt\n title A\n section S\n Task :a1, 2024-01-01, 3d"),
    (MERMAID, "erDiagram\n A ||--o{ B : has"),
    (MERMAID, "mindmap\n root((m))\n  a\n  b"),
    (GRAPHVIZ, "digraph { a -> b; b -> c [label=yes] }"),
]
Answer = tuple[bytes, float, str]


def run_page(
    harness: Harness,
    page: bytes,
    max_pixels: int = MAX_PICTURE_PIXELS,
    processes: Processes = PROCESSES,
    **limits: float,
) -> Answer:
    run = DiagramRun(page, SHIMS, processes, max_pixels, harness, **limits)
    answers: list[Answer] = []
    run.finished.connect(lambda *answer: answers.append(answer))
    run.begin()
    harness.until(lambda: answers, "the diagram")
    return answers[0]


def draw(harness: Harness, kind: ArtifactKind, source: str, *, dark: bool = False, scale: float = 1.0) -> Answer:
    artifact = Artifact(kind, None, (SourceFile("diagram", source, 0),))
    page = picture_page(artifact, Libraries(RESOURCES / "preview", str), dark=dark, scale=scale)
    return run_page(harness, page.content)


@pytest.mark.parametrize(("kind", "source"), SOURCES)
def test_a_diagram_becomes_a_picture(harness: Harness, kind: ArtifactKind, source: str) -> None:
    png, scale, reason = draw(harness, kind, source)
    assert (scale, reason) == (1, "")
    picture = QImage.fromData(png)
    assert picture.width() > 50
    colors = {picture.pixel(x, y) for x in range(0, picture.width(), 3) for y in range(0, picture.height(), 3)}
    assert len(colors) > 2


def test_a_sharper_screen_gets_a_larger_picture_and_a_dark_window_a_dark_one(harness: Harness) -> None:
    plain, sharp = (QImage.fromData(draw(harness, MERMAID, FLOWCHART, scale=scale)[0]) for scale in (1.0, 2.0))
    assert abs(sharp.width() - 2 * plain.width()) <= 2
    dark = QImage.fromData(draw(harness, MERMAID, FLOWCHART, dark=True)[0])
    assert dark.size() == plain.size()
    assert dark != plain


def test_a_mistake_in_the_source_is_the_reason(harness: Harness) -> None:
    png, _, reason = draw(harness, MERMAID, "flowchart LR\n A[")
    assert png == b""
    assert reason.startswith("Parse error on line")
    png, _, reason = draw(harness, GRAPHVIZ, "digraph {")
    assert png == b""
    assert reason


def test_what_computes_too_long_is_ended(harness: Harness) -> None:
    assert run_page(harness, b"<script>while (true);</script>", max_processor_seconds=0.5) == (b"", 0, "")


def test_what_waits_too_long_is_ended(harness: Harness) -> None:
    assert run_page(harness, b"<p>x", timeout=500) == (b"", 0, "")


def test_time_in_which_a_page_gets_no_processor_does_not_count(harness: Harness) -> None:
    """A local model that answers uses all processors: a diagram then takes several times as long, and is a diagram all the same."""
    wait = "const end = Date.now() + 1000; while (Date.now() < end);"
    answer = """document.querySelector('output').textContent = '{"reason": "late"}'"""
    page = f"<output id='chatdesk-picture'></output><script>{wait} {answer}</script>"
    starved = replace(PROCESSES, processor_time_of=lambda _process: 0.0)
    assert run_page(harness, page.encode(), processes=starved, max_processor_seconds=0.5) == (b"", 0, "late")


@pytest.mark.parametrize(
    "answer",
    [
        '{"picture": "data:image/png;base64,AAAA", "scale": 1}',
        '{"picture": "data:image/svg+xml;base64,PHN2Zy8+", "scale": 1}',
        '{"picture": 3}',
        "[]",
        "nonsense",
    ],
)
def test_what_a_page_says_is_no_picture_unless_it_is_one(harness: Harness, answer: str) -> None:
    page = f"<output id='chatdesk-picture'></output><script>document.querySelector('output').textContent = {answer!r}</script>"
    assert run_page(harness, page.encode()) == (b"", 0, "")


def test_a_picture_beyond_the_limit_is_refused(harness: Harness) -> None:
    assert run_page(harness, page_of(FLOWCHART), max_pixels=100) == (b"", 0, "")


def page_of(source: str) -> bytes:
    artifact = Artifact(MERMAID, None, (SourceFile("diagram", source, 0),))
    return picture_page(artifact, Libraries(RESOURCES / "preview", str), dark=False, scale=1.0).content


def test_the_first_diagram_warms_the_engine_up_and_is_drawn_then(harness: Harness) -> None:
    hosts = EnginePreviewHosts(RESOURCES / "preview")
    hosts.warm_up(harness, lambda: False)  # an answer with a page is being written, and the user types
    answers: list[Answer] = []
    hosts.draw(page_of(FLOWCHART), MAX_PICTURE_PIXELS, lambda *answer: answers.append(answer), harness)
    assert not answers
    harness.until(lambda: answers, "the diagram")
    assert answers[0][0]


def test_a_drawing_that_is_cancelled_is_never_answered(harness: Harness) -> None:
    hosts = EnginePreviewHosts(RESOURCES / "preview")
    answers: list[Answer] = []

    def answer(*arguments: object) -> None:
        answers.append(arguments)

    early = hosts.draw(page_of(FLOWCHART), MAX_PICTURE_PIXELS, answer, harness)
    early()
    assert hosts.obstacle() is None
    hosts.stop_warm_up()
    late = hosts.draw(page_of(FLOWCHART), MAX_PICTURE_PIXELS, answer, harness)
    late()
    last: list[Answer] = []
    hosts.draw(
        page_of("flowchart LR\n A --> B"), MAX_PICTURE_PIXELS, lambda *arguments: last.append(arguments), harness
    )
    harness.until(lambda: last, "the last diagram")
    assert answers == []
