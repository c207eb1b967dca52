"""Lines as Chromium tells them. What it tells was seen in the web engine: it is what these tests say."""

import pytest

from chatdesk.features.previews.domain.page import SourceLine
from tests.unit.features.previews.fences import page


@pytest.mark.parametrize("separator", ["\u2028", "\u2029"])
def test_line_separators_are_counted_in_scripts_only(separator: str) -> None:
    made = page(
        (
            "html",
            f"<!doctype html>{separator}\n<script>\na = '{separator}{separator}'\nlog4()</script>\n<script>log5()</script>",
        )
    )
    assert made.source_of(6) == SourceLine("index.html", 4)
    # Where two scripts could be meant, it is the one that begins there.
    assert made.source_of(5) == SourceLine("index.html", 5)
    assert made.source_of(2) == SourceLine("index.html", 2)


def test_a_script_of_its_own_may_have_line_separators() -> None:
    made = page(("js", "a = '\u2028</script>\u2029'\r\nlog2()"))
    assert made.source_of(4, "script.js") == SourceLine("script.js", 2)
    assert made.source_of(2, "script.js") == SourceLine("script.js", 1)


def test_a_component_may_have_line_separators() -> None:
    assert page(("jsx", "const a = '\u2028'\nexport default () => <p/>")).source_of(3, "App.jsx") == SourceLine(
        "App.jsx", 2
    )


def test_places_of_data_are_those_of_its_own_lines() -> None:
    assert page(("json", '["\u2028",\n}')).source_of(2, "data.json") == SourceLine("data.json", 2)
