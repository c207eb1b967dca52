"""Pages that are made of code, in the engine that shows them: where their messages lead, and what a component may import."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from chatdesk.features.previews.domain.artifact import CodeFence
from chatdesk.features.previews.domain.page import Page, SourceLine
from chatdesk.features.previews.domain.pages import page_of
from chatdesk.features.previews.domain.recognition import artifacts_of
from tests.preview.harness import Harness
from tests.unit.features.previews.fences import LIBRARIES


@pytest.fixture
def harness(qapp: QApplication) -> Iterator[Harness]:
    harness = Harness()
    harness.show()
    yield harness
    harness.take_down()


def page_with(language: str, text: str) -> Page:
    (artifact,) = artifacts_of([CodeFence(0, language, text)])
    return page_of(artifact, LIBRARIES)


def errors_of(harness: Harness, page: Page) -> list[tuple[str, SourceLine | None]]:
    run = harness.open(page.content.decode())
    harness.until(lambda: run.console.errors, "an error")
    return [(line.text, page.source_of(line.line or 0, line.script)) for line in run.console.lines]


@pytest.mark.parametrize("separator", ["", "\u2028", "\u2029\u2028"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_error_leads_to_its_line_whatever_ends_lines_before_it(harness: Harness, separator: str, end: str) -> None:
    lines = [f"<!doctype html>{separator}", f"<script>/*{separator}*/ let a = '{separator}'", "null.x</script>"]
    ((_, place),) = errors_of(harness, page_with("html", end.join(lines)))
    assert place == SourceLine("index.html", 3)


@pytest.mark.parametrize("language", ["jsx", "tsx"])
def test_an_error_of_a_component_leads_to_its_line(harness: Harness, language: str) -> None:
    code = "import React from 'react'\n\nexport default function Board() {\n  return <p>{missing.length}</p>\n}"
    page = page_with(language, code)
    run = harness.open(page.content.decode())
    places = lambda: [page.source_of(line.line or 0, line.script) for line in run.console.lines]  # noqa: E731
    harness.until(lambda: any(places()), "a place in the code")
    assert {place for place in places() if place} == {SourceLine(f"App.{language}", 4)}


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("jsx", "import React from 'react';\nimport _ from 'lodash';"),
        ("tsx", "import { motion } from 'lodash';\nimport { useState } from 'react';"),
        ("tsx", "import * as lodash from 'lodash';"),
        ("jsx", "import 'lodash';"),
    ],
)
def test_a_package_that_is_missing_is_named_even_if_nothing_of_it_is_used(
    harness: Harness, language: str, code: str
) -> None:
    ((text, _),) = errors_of(harness, page_with(language, f"{code}\nexport default () => <p>here</p>"))
    assert "not available here: lodash." in text


@pytest.mark.parametrize(
    "code",
    [
        "import { Size, type Colour } from 'somewhere';\nconst size: Size = 1;",
        "import type { Size } from 'somewhere';",
        "const text = `import a from 'somewhere'`;",
        "import React, { useState } from 'react';",
    ],
)
def test_what_needs_no_package_runs(harness: Harness, code: str) -> None:
    harness.open(page_with("tsx", f"{code}\nexport default () => <p>here</p>").content.decode())
    harness.until_page("document.body.innerText === 'here'")
