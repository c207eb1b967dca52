"""What the person does when presets are imported, before the picture is taken."""

import json
import tempfile
from pathlib import Path

from chatdesk.kernel.presets.preset import Preset, PresetOrigin
from tests.shots.window_driver import WindowDriver

_ENGLISH = (
    (
        "Linux terminal",
        "Answer as a terminal would, with nothing around it. The first command is ${First command:pwd}.",
    ),
    ("Travel guide", "Suggest three places near ${Where} that fit what I like, each with one sentence that says why."),
    ("Weekly report", "Make a report of my notes: done, open, next. Leave nothing out and add nothing."),
    (
        "Interviewer",
        "Ask me the questions of an interview for the post of ${Post:accountant}, one at a time, and wait.",
    ),
)
_CHINESE = (
    ("Linux 终端", "像终端一样回答，除输出外不写别的。第一条命令是 ${首条命令:pwd}。"),
    ("旅行向导", "推荐 ${地点} 附近三处合我口味的地方，每处用一句话说明理由。"),
    ("周报", "把我的笔记整理成周报：已完成、未完成、下一步。不遗漏，也不添加。"),
    ("面试官", "我应聘 ${职位:会计}，请一次问一个问题，等我回答后再继续。"),
)


async def offer_import(driver: WindowDriver) -> None:
    """Read several files, one of them no preset, some in conflict with the library."""
    rows = _CHINESE if driver.language == "zh_CN" else _ENGLISH
    folder = Path(tempfile.mkdtemp())
    for number, prompt in ((2, "Old."), (3, "Another.")):
        await driver.program.presets.presets.create(Preset("", PresetOrigin.OWN, rows[number][0], prompt))
    (folder / "prompts.json").write_text(
        json.dumps([{"act": act, "prompt": prompt} for act, prompt in rows] + [{"act": "x"}])
    )
    card = {
        "name": "Mia",
        "first_mes": "Hello!",
        "description": "{{char}} keeps the library of a small town, and is never in a skip_idle_wait.",
    }
    extras = {"alternate_greetings": ["Hi"], "extensions": {"mcpServers": [{"command": "x"}], "apiKey": "x"}}
    (folder / "mia.json").write_text(json.dumps({"spec": "chara_card_v2", "data": {**card, **extras}}))
    backup = {"myCopilots": [{"name": rows[0][0], "prompt": rows[0][1]}], "session:1": {"id": "1", "messages": []}}
    (folder / "chatbox-exported-data.json").write_text(json.dumps(backup))
    (folder / "contract.pdf").write_bytes(b"%PDF-1.7")
    names = ("prompts.json", "mia.json", "chatbox-exported-data.json", "contract.pdf")
    driver.window._share.import_files([folder / name for name in names])
    await driver.settle(1.5)


async def meet_unreadable(driver: WindowDriver) -> None:
    """Read a file in which no preset is."""
    path = Path(tempfile.mkdtemp()) / "contract.pdf"
    path.write_bytes(b"%PDF-1.7")
    driver.window._share.import_files([path])
    await driver.settle(1.5)


async def take_import(driver: WindowDriver) -> None:
    """Import what is offered."""
    await offer_import(driver)
    driver.part("importButton").click()
    await driver.settle(1.5)


async def offer_chat(driver: WindowDriver) -> None:
    """Open a file of a chat, in which a picture is missing."""
    title = "天空为什么是蓝色的？" if driver.language == "zh_CN" else "Why is the sky blue?"
    said = [{"kind": "text", "text": title}, {"kind": "image", "name": "sky.png"}]
    messages = [{"id": str(number), "role": "user", "parts": said[: 1 + (number == 0)]} for number in range(6)]
    path = Path(tempfile.mkdtemp()) / "sky.chatdesk.json"
    path.write_text(
        json.dumps({"format": "chatdesk-chat", "version": 1, "title": title, "messages": messages}, indent=1)
    )
    driver.window.open_files([path])
    await driver.settle(1.5)


async def refuse_chat(driver: WindowDriver) -> None:
    """Open a file of a chat that was cut off."""
    path = Path(tempfile.mkdtemp()) / "sky.chatdesk.json"
    path.write_text('{"format": "chatdesk-chat", "version": 1, "messages": [')
    driver.window.open_files([path])
    await driver.settle(1.5)
