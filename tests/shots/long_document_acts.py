"""What the person does with documents that do not fit into the context of the model."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path
from tempfile import mkdtemp

from chatdesk.features.chat.ui.composer.offered_files import OfferedFiles
from chatdesk.kernel.chat.message import DocumentPart, FinishReason
from chatdesk.kernel.chat.request import ChatRequest
from chatdesk.kernel.chat.stream_events import Finished, StreamEvent, TextDelta
from chatdesk.kernel.errors.base import ServerUnreachable
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.parameters import Parameters
from tests.fakes.document_files import pdf, scanned_pdf
from tests.shots.acts import Act
from tests.shots.window_driver import WindowDriver

_PROMISE = "By the end of 2025 we will use 30% less packaging per litre, measured against 2022."
_LINE = "The committee met again and postponed every decision about budgets and rooms. Item {} of session {}."
_QUESTION = {"en": "What was promised about packaging?", "zh_CN": "packaging 方面承诺了什么？"}
_NOTES = "Packaging is to be reduced by 30% [page 47]; the rest was postponed. "


class _Model:
    """Writes notes on some parts of a document; then it fails, or takes its time."""

    def __init__(self, parts: int, *, fails: bool) -> None:
        self._left = parts
        self._fails = fails

    def stores_conversations(self, _model: ModelRef) -> bool:
        return False

    async def stream(self, _model: ModelRef, _request: ChatRequest) -> AsyncGenerator[tuple[StreamEvent, ...]]:
        self._left -= 1
        if self._left < 0 and self._fails:
            raise ServerUnreachable("Ollama", "http://localhost:11434")
        if self._left < 0:
            await asyncio.Event().wait()
        yield (TextDelta(_NOTES * 6), Finished(FinishReason.STOP))


def attach_long(*names: str, pages: int = 80, size: int = 8192) -> Act:
    """Attach documents that are longer than the context, and write a question."""

    async def act(driver: WindowDriver) -> None:
        chosen = names or ("Annual report 2025.pdf",)
        folder = Path(mkdtemp(prefix="chatdesk-shots-"))
        conversations, conversation_id = driver.program.chat.conversations, driver.window._chat.conversation_id
        await conversations.set_parameters(conversation_id, Parameters(num_ctx=size))
        for number, name in enumerate(chosen):
            texts = [
                [_PROMISE] if page == 47 else [_LINE.format(item, page + number) for item in range(8)]
                for page in range(1, pages + 1)
            ]
            (folder / name).write_bytes(pdf(texts))
        composer = driver.window._page.composer
        composer.files_offered.emit(OfferedFiles(tuple(folder / name for name in chosen)))
        await driver.until(lambda: len(composer.attachments()) == len(chosen))
        driver.type(_QUESTION[driver.language])
        await driver.settle(1.0)

    return act


async def use_passages(driver: WindowDriver) -> None:
    """Send the relevant passages."""
    await attach_long()(driver)
    driver.part("document.passages").click()
    await driver.until(lambda: _documents(driver)[0].passage_count == 0)
    await driver.settle(1.0)


async def send_passages(driver: WindowDriver) -> None:
    """Ask with the relevant passages, and write the next question."""
    await use_passages(driver)
    driver.window._page.composer.send()
    await driver.settle(1.5)
    driver.type("And who decides about budgets?")
    await driver.settle(1.0)


async def find_nothing(driver: WindowDriver) -> None:
    """Ask for something that is in no passage."""
    await attach_long()(driver)
    driver.part("document.passages").click()
    driver.window._page.composer.set_text("Refill stations?")
    await driver.settle(1.0)


def summarise(parts: int, *, fails: bool = False) -> Act:
    """Let the model summarise a document, and look after some parts."""

    async def act(driver: WindowDriver) -> None:
        await attach_long()(driver)
        driver.program.chat.summaries.get()._completion_client = _Model(parts, fails=fails)
        driver.part("document.summarise").click()
        await driver.settle(1.5)

    return act


def _documents(driver: WindowDriver) -> list[DocumentPart]:
    return [each for each in driver.window._page.composer.attachments() if isinstance(each, DocumentPart)]


async def attach_scanned(driver: WindowDriver) -> None:
    """Attach a scanned document in a chat with a model that does not accept pictures."""
    path = Path(mkdtemp(prefix="chatdesk-shots-")) / "Contract, signed.pdf"
    path.write_bytes(scanned_pdf(3))
    composer = driver.window._page.composer
    composer.files_offered.emit(OfferedFiles((path,)))
    await driver.until(composer.attachments)
    driver.type("Who signed it?")
    await driver.settle(1.0)
