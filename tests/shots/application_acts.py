"""Scenes of an application as a partner: a Dify app that plans trips, at every point of a chat with it."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from PySide6.QtTest import QTest

from chatdesk.app.program import Program
from chatdesk.features.chat.ui.transcript.controls import Command, Verb
from chatdesk.features.servers.ui.cards.providers_tab import ProvidersTab
from chatdesk.kernel.chat.application import SentFile, files_as_text
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol
from tests.fakes.scripted_applications import INFO, PARAMETERS, ScriptedDify, dify_answer, dify_event
from tests.fakes.scripted_server import Hang, ScriptedServer, chunk, head, reply
from tests.shots import homes
from tests.shots.scene import Scene
from tests.shots.window_driver import WindowDriver

CHINESE = {
    "opening_statement": "你好！想去哪里玩？告诉我城市和天数，我来安排行程。",
    "suggested_questions": ["在杭州怎么过三天？", "周末带孩子去海边，有什么推荐？"],
    "suggested_questions_after_answer": {"enabled": True},
    "user_input_form": [
        {"text-input": {"label": "城市", "variable": "city", "required": True}},
        {"select": {"label": "语气", "variable": "tone", "options": ["亲切", "简短"]}},
        {"number": {"label": "天数", "variable": "days", "default": 3}},
    ],
}
PLAN = "**Day 1.** The Colosseum in the morning, before the sun is high; the Forum after it.\n\n**Day 2.** Trastevere on foot."
CHINESE_PLAN = "**第一天** 上午去西湖，趁人少沿苏堤走一圈；下午去灵隐寺。\n\n**第二天** 龙井村喝茶。"
NEXT = ["Where do people eat there?", "How much does it cost for two?", "Is there a train from the airport?"]
CHINESE_NEXT = ["当地人一般去哪里吃饭？", "两个人大概要花多少钱？"]

SOURCES = [
    {
        "position": 1,
        "dataset_name": "City guides",
        "document_name": "Rome on foot.pdf",
        "score": 0.9817,
        "content": "x",
    },
    {
        "position": 2,
        "dataset_name": "City guides",
        "document_name": "Opening hours of the Colosseum, the Forum and the Palatine hill, with all holidays and exceptions 2026.docx",
        "score": 0.87,
        "content": "The Colosseum opens at 8:30.\n<b>Tickets</b> are valid for 24 hours and include the Forum and the Palatine.\n\n"
        "Last admission is one hour before closing. [Book here](https://tickets.example.org)",
    },
    {"position": 3, "document_name": "Trastevere.md", "score": 0.41, "content": "Narrow lanes."},
]
CHINESE_SOURCES = [
    {
        "position": 1,
        "dataset_name": "城市指南",
        "document_name": "杭州步行路线.pdf",
        "score": 0.9817,
        "content": "苏堤",
    },
    {
        "position": 2,
        "dataset_name": "城市指南",
        "document_name": "灵隐寺与飞来峰开放时间、门票和节假日安排（2026 年版，含周边交通、停车和素斋馆的营业时间说明）.docx",
        "score": 0.87,
        "content": "灵隐寺 7:00 开门。\n<b>门票</b>当日有效。\n\n闭园前一小时停止入园。",
    },
    {"position": 3, "document_name": "龙井村.md", "score": 0.41, "content": "茶园。"},
]


@dataclass(frozen=True)
class ApplicationScene(Scene):
    """A scene beside that app; no Ollama runs."""

    dify: ScriptedDify = field(default_factory=ScriptedDify)

    @asynccontextmanager
    async def server(self) -> AsyncIterator[ScriptedServer | None]:
        """Start the app."""
        async with self.dify.server:
            yield None


def scene(name: str, act, size: tuple[int, int] = (1280, 820)) -> ApplicationScene:
    """Return a scene in which `act` is given the stage and the app."""
    dify = ScriptedDify()

    async def prepare(program: Program, language: str) -> None:
        chinese = language == "zh_CN"
        await homes.chats(program, language, hostile=False)
        dify.info = {**INFO, "name": "旅行助手"} if chinese else INFO
        dify.parameters = CHINESE if chinese else PARAMETERS
        dify.suggested = CHINESE_NEXT if chinese else NEXT
        await program.servers.servers.save(
            ServerConfig("5e7f", "Dify", "dify", ServerProtocol.DIFY, dify.server.url + "/v1")
        )
        await program.servers.servers.set_key(program.servers.servers.find("5e7f"), "app-1")

    async def play(driver: WindowDriver) -> None:
        await driver.until(lambda: any(model.application for model in driver.program.servers.models.all()))
        driver.window._models.choose(
            next(model.ref for model in driver.program.servers.models.all() if model.application)
        )
        await driver.settle(0.2)
        await act(driver, dify)

    return ApplicationScene(name, prepare, play, size, dify=dify)


async def begin(driver: WindowDriver, dify: ScriptedDify) -> None:
    """Look at what it says and asks."""


async def miss(driver: WindowDriver, dify: ScriptedDify) -> None:
    """Send before the form is filled in."""
    driver.type("计划一下" if driver.language == "zh_CN" else "Plan it for me")
    driver.part("sendButton").click()
    await driver.settle(0.3)


async def work(driver: WindowDriver, dify: ScriptedDify) -> None:
    """Wait while its workflow runs."""
    title = "检索知识库" if driver.language == "zh_CN" else "Knowledge search"
    dify.answers = [[head(), _event(dify_event("node_started", data={"title": title})), Hang()]]
    await _ask(driver)
    await driver.settle(1.0)


async def answer(driver: WindowDriver, dify: ScriptedDify) -> None:
    """Read its answer and what it proposes next."""
    plan = CHINESE_PLAN if driver.language == "zh_CN" else PLAN
    dify.answers = []
    dify.says(*dify_answer(plan))
    await _ask(driver)
    await driver.settle(1.2)


async def cite(driver: WindowDriver, dify: ScriptedDify) -> None:
    """Read what its answer is based on, with one passage open."""
    chinese = driver.language == "zh_CN"
    dify.answers = []
    sources = CHINESE_SOURCES if chinese else SOURCES
    dify.says(*dify_answer(CHINESE_PLAN if chinese else PLAN, sources=sources))
    await _ask(driver)
    await driver.settle(1.2)
    driver.window._page.transcript._commands.perform(1, Command(Verb.FOLD_SOURCE, block=1))
    await driver.settle(0.3)


async def send_file(driver: WindowDriver, dify: ScriptedDify) -> None:
    """Look at a form whose file was sent already."""
    contract = {"label": "合同" if driver.language == "zh_CN" else "Contract", "variable": "contract", "required": True}
    dify.parameters = {**dify.parameters, "user_input_form": [{"file": contract}, *dify.parameters["user_input_form"]]}
    await driver.program.servers.models.refresh()
    await driver.settle(0.3)
    driver.window._chat.applications._strip._form._fields[0].set_value('["f-1", "document", "lease-2026-signed.pdf"]')


async def send_files(driver: WindowDriver, dify: ScriptedDify) -> None:
    """Look at a form that takes a list of files, three of which were sent already."""
    pages = {"label": "页面" if driver.language == "zh_CN" else "Pages", "variable": "pages", "required": True}
    dify.parameters = {**dify.parameters, "user_input_form": [{"file-list": {**pages, "max_length": 5}}]}
    await driver.program.servers.models.refresh()
    await driver.settle(0.3)
    names = (
        "page-1.pdf",
        "a-very-long-name-of-a-scan-that-somebody-made-on-a-Monday-morning-2026-11-27.pdf",
        "page-3.pdf",
    )
    files = [SentFile(f"f-{number}", "document", name) for number, name in enumerate(names)]
    driver.window._chat.applications._strip._form._fields[0].set_value(files_as_text(files))
    await driver.settle(0.2)


async def fail(driver: WindowDriver, dify: ScriptedDify) -> None:
    """Meet an app that is not published."""
    dify.answers = [[reply({"code": "app_unavailable", "message": "App unavailable", "status": 400}, 400)]]
    await _ask(driver)
    await driver.settle(1.0)


async def add_n8n(driver: WindowDriver) -> None:
    """Add a workflow of n8n."""
    driver.window.show_settings("servers")
    await driver.settle(0.3)
    section = driver.window.findChild(ProvidersTab)
    assert section is not None
    section.view.begin(driver.program.servers.servers.vendors["n8n"])
    await driver.settle(0.3)


async def _ask(driver: WindowDriver) -> None:
    field_ = driver.part("variable_city")
    QTest.keyClicks(field_.focusProxy() or field_, "Rome" if driver.language == "en" else "Hangzhou")
    driver.type("怎么安排？" if driver.language == "zh_CN" else "What do we do with two days?")
    driver.part("sendButton").click()


def _event(value: dict[str, object]) -> bytes:
    return chunk(f"data: {json.dumps(value)}\n\n")
