"""What the person does with the citations of an answer."""

from dataclasses import replace

from PySide6.QtCore import Qt

from chatdesk.kernel.chat.message import SentAs
from tests.fakes.scripted_models import ScriptedAnswer
from tests.shots.document_view_acts import attach, report
from tests.shots.window_driver import WindowDriver

CITING = ScriptedAnswer(
    (
        "The report promised **30% less packaging per litre** by the end of 2025, measured against 2022 [1, p. 2]. ",
        "It was nearly kept: by December the figure had fallen by 26% [1, p. 4], mostly through lighter bottles [1, pp. 4-5].\n\n",
        "Two plants missed their share because of film prices, and a new date is given for them [1, p. 112].\n\n",
        "| Promise | Kept | Where |\n| --- | --- | --- |\n| Packaging | nearly | [1, p. 4] |\n| Refills | no | [2] |\n",
    ),
)


async def see_citations(driver: WindowDriver) -> None:
    """Ask about a report, and let the focus be on the second citation of the answer."""
    await _ask_about_report(driver)
    _go_to_citation(driver, 2)
    await driver.settle()


async def follow_citation(driver: WindowDriver) -> None:
    """Ask about a report, then open what the answer cites first."""
    await _ask_about_report(driver)
    _go_to_citation(driver, 1)
    driver.press(Qt.Key.Key_Return)
    await driver.settle(1.5)


async def rest_on_citation(driver: WindowDriver) -> None:
    """Ask about a report, and let the pointer rest on the first citation of the answer."""
    await _ask_about_report(driver)
    _go_to_citation(driver, 1)
    view = driver.window._page.transcript
    citation = view.focused_control
    assert citation
    place = view._geometry.to_view(citation.rect).center()
    driver.rest_on(view.viewport(), place)
    await driver.settle()


async def _ask_about_report(driver: WindowDriver) -> None:
    await attach(driver, report(driver.language))
    driver.type("Was the report’s promise about packaging kept?")
    driver.part("sendButton").click()
    document = driver.window._page.transcript.document
    await driver.until(lambda: any("[2]" in message.text for message in document.messages))
    await driver.settle(1.0)


def _go_to_citation(driver: WindowDriver, number: int) -> None:
    """Go from the question to the answer, and to one of its citations."""
    driver.window._page.transcript.setFocus(Qt.FocusReason.TabFocusReason)
    driver.press(Qt.Key.Key_Down)
    driver.press(Qt.Key.Key_Tab, number)


async def find_nothing(driver: WindowDriver) -> None:
    """Ask about what is not in a report."""
    document = await attach(driver, report(driver.language))
    sought = replace(document, sent_as=SentAs.PASSAGES, passage_count=24, tokens=0)
    driver.window._page.composer.set_attachments([sought])
    driver.type({"en": "Where are the refill stations of Oslo?", "zh_CN": "奥斯陆的补货站在哪里？"}[driver.language])
    driver.part("sendButton").click()
    await driver.until(lambda: len(driver.window._page.transcript.document) > 1)
    await driver.settle(1.0)
