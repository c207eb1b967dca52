"""Whatever a page is made of: it loads, or nothing opens in its place; the window stays alive either way."""

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile

from chatdesk.features.previews.web_engine.run import End
from tests.preview.harness import Harness, Heartbeat, wait_until
from tests.preview.test_bombs import PROMISE

_XHTML = (
    "<html xmlns='http://www.w3.org/1999/xhtml'><body><h1>x</h1><script>document.body.append('ran')</script>{}</html>"
)
_SVG = "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='90'><text>drawn</text></svg>"
_PDF = "%PDF-1.4\n1 0 obj\nendobj\ntrailer\n%%EOF"
_HTML = "text/html; charset=utf-8"
_TEXT = "document.documentElement.textContent.trim()"


def _load(harness: Harness, content: bytes, content_type: str = _HTML) -> bool:
    """Return whether the page says that it is loaded."""
    run = harness.host.open(content, content_type)
    run.ended.connect(harness.ends.append)
    loaded: list[bool] = []
    run.loaded.connect(loaded.append)
    harness.until(lambda: loaded or run.is_over, "the page to be loaded", 60_000)
    return loaded == [True]


@pytest.mark.parametrize(
    ("content", "content_type", "text"),
    [
        (
            "<h1>größe 你好</h1>".encode("utf-16"),
            _HTML,
            "größe 你好",
        ),  # a mark of byte order is stronger than what the head says
        ("\ufeff<h1>marked</h1>".encode(), _HTML, "marked"),
        (f"<?xml version='1.0'?>{_XHTML.format('</body>')}".encode(), _HTML, "xdocument.body.append('ran')ran"),
        (_XHTML.format("</body>").encode(), "application/xhtml+xml", "xdocument.body.append('ran')ran"),
        (_SVG.encode(), _HTML, "drawn"),
        (_SVG.encode(), "image/svg+xml", "drawn"),
        (b"<html><<b><i></b><table><div></i></p>\xff\xfe<p>end", _HTML, "<\ufffd\ufffdend"),
        (b"<h1>a\0b</h1>", _HTML, "ab"),
        (_PDF.encode(), _HTML, _PDF),  # is text, and no more
        (b"", _HTML, ""),
    ],
    ids=["UTF-16", "BOM", "XHTML as HTML", "XHTML", "SVG as HTML", "SVG", "invalid", "NUL", "PDF as HTML", "nothing"],
)
def test_a_page_of_any_kind_is_shown(harness: Harness, content: bytes, content_type: str, text: str) -> None:
    assert _load(harness, content, content_type)
    assert harness.ask(_TEXT) == text


def test_broken_xhtml_says_so_in_the_page(harness: Harness) -> None:
    assert _load(harness, _XHTML.format("").encode(), "application/xhtml+xml")
    assert harness.ask("!!document.querySelector('parsererror')")


@pytest.mark.parametrize("content_type", ["application/pdf", "application/octet-stream", "application/zip"])
def test_what_is_no_page_is_neither_shown_nor_saved(harness: Harness, content_type: str) -> None:
    assert not _load(harness, _PDF.encode(), content_type)
    assert harness.ask(_TEXT) == ""
    assert _load(harness, b"<h1>next</h1>")


@pytest.mark.alone
@pytest.mark.parametrize("size", [3 << 20, 8 << 20, 50 << 20])
def test_a_large_page_is_shown(harness: Harness, size: int) -> None:
    with Heartbeat() as heartbeat:
        assert _load(harness, b"<!--" + b"x" * size + b"--><h1>large</h1>")
    assert harness.ask(_TEXT) == "large"
    assert heartbeat.longest <= PROMISE


@pytest.mark.alone
def test_50_megabytes_of_text_are_shown_or_ended(harness: Harness) -> None:
    with Heartbeat() as heartbeat:
        shown = _load(harness, b"<p>" + b"word " * (10 << 20))
    assert shown or harness.ends[0] in {End.UNRESPONSIVE, End.MEMORY, End.CRASHED}
    assert heartbeat.longest <= PROMISE
    assert _load(harness, b"<h1>next</h1>")


def test_chromium_itself_says_that_it_is_sandboxed(harness: Harness) -> None:
    """Asked in a profile without our layers: pages of ours cannot go there."""
    profile = QWebEngineProfile()
    page = QWebEnginePage(profile)
    received: list[str] = []
    page.loadFinished.connect(lambda _: page.toPlainText(received.append))
    page.load(QUrl("chrome://sandbox"))
    wait_until(lambda: received)
    page.deleteLater()
    profile.deleteLater()
    assert "You are adequately sandboxed." in received[0], received[0]
