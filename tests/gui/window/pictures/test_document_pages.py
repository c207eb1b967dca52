"""Scanned documents in the window: their pages are sent as pictures, and counted as such."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from chatdesk.kernel.chat.message import SentAs
from tests.fakes.document_files import pdf, scanned_pdf
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.pictures.attach_steps import attach, notice, pictures, sent_pictures


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    path = tmp_path / "contract.pdf"
    path.write_bytes(scanned_pdf(2))
    return path


async def test_the_pages_of_a_scanned_document_are_sent_as_pictures(
    harness: Harness, fake_model: FakeModel, contract: Path
) -> None:
    await attach(harness, contract)
    await harness.ask_and_wait("Who signed?")
    sent = [QImage.fromData(data) for data in sent_pictures(fake_model)]
    assert [(image.width(), image.height()) for image in sent] == [(1212, 1568)] * 2
    assert [image.pixelColor(600, 700).lightness() // 16 for image in sent] == [85 // 16, 170 // 16]
    words = fake_model.asked[-1]["messages"][-1]["content"]
    assert 'name="contract.pdf" content="pictures" pages="1-2"' in words
    assert "These pages are attached as pictures, in this order." in words


async def test_the_next_turn_sends_the_same_pictures(harness: Harness, fake_model: FakeModel, contract: Path) -> None:
    await attach(harness, contract)
    await harness.ask_and_wait("Who signed?")
    await harness.ask_and_wait("And when?")
    first, second = (asked["messages"] for asked in fake_model.asked[-2:])
    assert second[: len(first)] == first


async def test_only_the_first_pages_of_a_long_scanned_document_are_chosen(harness: Harness, tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(scanned_pdf(30))
    await attach(harness, path)
    (document,) = pictures(harness)
    assert (document.sent_as, document.selected, document.sections) == (SentAs.PICTURES, "1-8", 30)


async def test_a_model_that_cannot_see_is_said_before_sending(
    harness: Harness, fake_model: FakeModel, contract: Path, tmp_path: Path
) -> None:
    harness.choose_model("blind")
    await attach(harness, contract)
    assert notice(harness) == "blind:1b does not support pictures."
    (tmp_path / "text.pdf").write_bytes(pdf([["A page with words in it, enough of them to be read"]]))
    harness.window._page.composer.set_attachments(())
    await attach(harness, tmp_path / "text.pdf")
    assert notice(harness) == ""
