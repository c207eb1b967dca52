"""What is in the home before the window opens: the chats and messages of a scene."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from chatdesk.app.program import Program
from chatdesk.kernel.chat.conversation import Draft
from chatdesk.kernel.chat.message import ImagePart, Message, MessageState, TextPart
from chatdesk.kernel.settings.declarations import LAST_CONVERSATION
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.message_repository import MessageRepository
from tests.gui.features.chat.transcript import sample_chat
from tests.gui.features.chat.transcript.sample_animations import gif
from tests.gui.features.conversations.sidebar import sample_sidebar
from tests.gui.features.presets.library import sample_presets
from tests.shots import landscapes

_HARMLESS = 11
SNAKE = Path(__file__).parent / "pages" / "snake.html"


DIAGRAMS = """An order passes five hands. Only two of them can send it back, so the loops stay short.

```mermaid
flowchart LR
  A[Order] --> B{Paid?}
  B -->|yes| C[Pick]
  B -->|no| D[Remind]
  D --> A
  C --> E{All there?}
  E -->|yes| F([Parcel leaves])
  E -->|no| G[Ask customer]
  G -->|agreed| C
```

The same as a graph:

```dot
digraph { order -> paid; paid -> pick; pick -> parcel }
```

Each step has one owner."""


async def chats(program: Program, language: str, *, hostile: bool = True) -> None:
    """Fill the list with titles of several days, also with `hostile` ones."""
    rows = sample_sidebar.CHINESE if language == "zh_CN" else sample_sidebar.ENGLISH
    rows = rows if hostile else rows[:_HARMLESS]
    now = datetime.now(UTC)
    for conversation in reversed(sample_sidebar.conversations(tuple(row for row in rows if row[0]))):
        age = sample_sidebar.TODAY - conversation.updated_at.date()
        moved = replace(conversation, head_id=None, updated_at=now - timedelta(days=age.days), created_at=now)
        await _database(program).run(lambda c, moved=moved: ConversationRepository(c).add(moved))
    await program.chat.conversations.load()


async def folders(program: Program, language: str) -> None:
    """Show a chat beside folders, some unfolded."""
    await chats(program, language, hostile=False)
    names = (
        ("论文", "工作", "旅行")
        if language == "zh_CN"
        else ("Thesis", "Work", "Travel and whatever else comes up on the way")
    )
    made = [await program.conversations.folders.create(name) for name in names]
    listed = [chat.id for chat in program.chat.conversations.all()]
    await program.conversations.folders.move_chats(listed[-2:], made[0].id)
    await program.conversations.folders.move_chats(listed[3:6], made[1].id)
    await program.conversations.folders.set_collapsed(made[1].id, collapsed=True)
    await _show_finished(program, language)


async def marks(program: Program, language: str) -> None:
    """Show a list with everything it can show: drafts, folders, unread answers, unsent text and deleted chats."""
    await folders(program, language)
    chats = program.chat.conversations
    draft = "请税务局延长申报期限" if language == "zh_CN" else "Ask the tax office for more time"
    await chats.create(unsent=Draft(draft))
    listed = [chat for chat in chats.all() if not chat.pinned and chat.id != program.settings.get(LAST_CONVERSATION)]
    for chat in (listed[3], listed[-1]):
        chats.mark_unread(chat.id, "answer")
        await chats.touch(chat.id)
    await chats.save_draft(next(chat for chat in listed[2:] if not chat.folder_id).id, "And then")
    await program.conversations.trash.trash_chats([listed[1].id])


async def finished(program: Program, language: str) -> None:
    """Show a chat with a finished answer."""
    await chats(program, language)
    await _show_finished(program, language)


async def presentable(program: Program, language: str) -> None:
    """Show the same beside a list as one has it: for the README."""
    await chats(program, language, hostile=False)
    await _show_finished(program, language)


async def _show_finished(program: Program, language: str) -> None:
    if language == "zh_CN":
        words, text = "一万欧元，年利率 5%，存十年：按月计息能多赚多少？", sample_chat.CHINESE
    else:
        words, text = "€10,000 at 5% for ten years: how much more if interest is monthly?", sample_chat.ANSWER
    question = sample_chat.question(words, 1)
    await _show_messages(program, [question, sample_chat.answer(text, 2, reasoning=sample_chat.REASONING)])


async def library(program: Program, language: str) -> None:
    """Fill the library: built-in presets, some of one's own, some used and marked, and a file that cannot be read."""
    await chats(program, language, hostile=False)
    presets = program.presets.presets
    await presets.make_folder()
    await presets.load(language)
    sample = sample_presets.CHINESE if language == "zh_CN" else sample_presets.ENGLISH
    own = [(await presets.create(preset)).key for preset in sample]
    (presets.folder / "broken.md").write_text(sample_presets.BROKEN, "utf-8")
    await presets.reload_changed()
    await presets.set_favourite(own[:2], favourite=True)
    for key in (*own, *own[:2], own[0]):
        await presets.record_use(key, {})


async def everything(program: Program, language: str) -> None:
    """Show a chat with everything that can stand in one."""
    await chats(program, language)
    await _show_messages(program, sample_chat.full_chat())


async def everything_once(program: Program, language: str) -> None:
    """Show the message with every kind of block from its beginning."""
    await chats(program, language)
    question = sample_chat.question("Show me everything you can write.", 1)
    await _show_messages(program, [question, sample_chat.answer(sample_chat.EVERYTHING, 2)])


async def code(program: Program, language: str) -> None:
    """Show code of several kinds."""
    await chats(program, language)
    question = sample_chat.question("Show me code.", 1)
    await _show_messages(program, [question, sample_chat.answer(sample_chat.CODE, 2)])


async def rich(program: Program, language: str) -> None:
    """Show formulas, notes, alerts and a picture from elsewhere."""
    await chats(program, language)
    question = sample_chat.question("Why does the geometric series converge?", 1)
    await _show_messages(program, [question, sample_chat.answer(sample_chat.RICH, 2)])


async def html(program: Program, language: str) -> None:
    """Show the HTML that models write: breaks in cells, sections that fold, keys, highlighted and small text."""
    await chats(program, language)
    question = sample_chat.question("How does an order become a parcel?", 1)
    await _show_messages(program, [question, sample_chat.answer(sample_chat.HTML, 2)])


async def diagrams(program: Program, language: str) -> None:
    """Show an answer with a diagram of each kind."""
    await chats(program, language)
    question = sample_chat.question("How does an order become a parcel?", 1)
    await _show_messages(program, [question, sample_chat.answer(DIAGRAMS, 2)])


async def odd(program: Program, language: str) -> None:
    """Show what is seldom written: words without an end, other scripts, faces, deep nesting, a wide table."""
    await chats(program, language)
    await _show_messages(program, [sample_chat.question(sample_chat.HEBREW, 1), sample_chat.answer(sample_chat.ODD, 2)])


async def broken(program: Program, language: str) -> None:
    """Show answers that ended in every way but well."""
    await chats(program, language)
    await _show_messages(program, sample_chat.failed_chat())


async def snake(program: Program, language: str) -> None:
    """Show a chat in which a game was made and changed."""
    await chats(program, language)
    page = SNAKE.read_text("utf-8")
    first = page.replace(" Walls wrap around. Faster every five apples.", "").replace(
        "      if (score % 5 === 0) wait = Math.max(60, wait - 10);\n", ""
    )
    broken = page.replace("function show() {", "function show() {\n  drawTrail(snake);")
    turns = (
        (
            "A snake game in one HTML file, please.",
            "One file, no libraries. The best score lasts until the preview closes.",
            first,
        ),
        (
            "Let walls wrap around, and speed up every five apples.",
            "Walls wrap now. Every fifth apple shortens a step.",
            page,
        ),
        ("Show the way it came.", "A trail fades behind the snake.", broken),
    )
    messages = []
    for question, words, code in turns:
        number = len(messages)
        messages.append(sample_chat.question(question, number + 1))
        messages.append(sample_chat.answer(f"{words}\n\n```html\n{code}```\n", number + 2))
    await _show_messages(program, messages)


async def games(program: Program, language: str) -> None:
    """Show a chat in which several things were made."""
    await chats(program, language)
    titles = (
        "Snake",
        "Minesweeper & other games of patience",
        "三体问题模拟：在浏览器里看行星的轨道",
        "Clock",
        "A calculator whose title never seems to come to an end, however long one reads it",
        "Tetris",
    )
    messages = []
    for title in titles:
        number = len(messages)
        messages.append(sample_chat.question(f"Make this: {title}", number + 1))
        lines = "\n".join(f"  play{number}_{line}();" for line in range(12))
        code = f"<!DOCTYPE html>\n<title>{title}</title>\n<script>\n{lines}\n</script>\n"
        messages.append(sample_chat.answer(f"Here it is.\n\n```html\n{code}```\n", number + 2))
    await _show_messages(program, messages)


async def pictures(program: Program, language: str) -> None:
    """Show questions with pictures: one, several, one whose file is gone; and a draft with some."""
    await chats(program, language)
    keep = program.chat.attachments.add_data
    moving = await keep(gif(size=240), "wheel.gif")
    one = await keep(landscapes.hills(2400, 1500), "evening over the hills.png")
    wide = await keep(landscapes.hills(1800, 600, 30), "panorama.png")
    tall = await keep(landscapes.hills(600, 1400, 280), "tower.png")
    small = await keep(landscapes.sign(24), "sign.png")
    gone = ImagePart("0" * 64, "image/jpeg", "holiday.jpg", 1600, 1200, 2_400_000)
    chinese = language == "zh_CN"
    first = "这张照片是在什么季节拍的？" if chinese else "Which season was this taken in?"
    second = "这些里哪一张最适合做封面？" if chinese else "Which of these is best for the cover?"
    questions = (
        sample_chat.question(first, 1).with_parts((one, TextPart(first))),
        sample_chat.question(second, 3).with_parts((wide, tall, small, gone, TextPart(second))),
        sample_chat.question("", 5).with_parts((moving, tall)),
    )
    said = (
        ("秋天：光线低，树叶已经发黄。", "全景那张。", "一座塔。")
        if chinese
        else (
            "Autumn: the light is low, and the leaves have turned.",
            "The panorama: its sky leaves room for a title.",
            "A tower on a hill.",
        )
    )
    messages = []
    for number, (asked, answered) in enumerate(zip(questions, said, strict=True)):
        messages += [asked, sample_chat.answer(answered, 2 * number + 2)]
    await _show_messages(program, messages)
    conversation_id = program.settings.get(LAST_CONVERSATION)
    await program.chat.conversations.save_draft(conversation_id, "", (one, wide, small, gone))


async def interrupted(program: Program, language: str) -> None:
    """Show a chat whose answer broke off."""
    await chats(program, language)
    question = sample_chat.question("Shorten the second paragraph of chapter 3 and keep all three citations.", 1)
    half = sample_chat.answer(
        "Soils hold more carbon than air and plants together [4], yet what is lost when grassland is ploughed returns slowly [11], and",
        2,
        state=MessageState.INTERRUPTED,
    )
    await _show_messages(program, [question, half])


async def _show_messages(program: Program, messages: list[Message]) -> None:
    conversation = next(c for c in program.chat.conversations.all() if not c.pinned)
    parent = None
    for message in messages:
        copied = replace(message, conversation_id=conversation.id, parent_id=parent)
        await _database(program).run(lambda c, copied=copied: MessageRepository(c).add(copied))
        parent = copied.id
    await program.chat.conversations.set_head(conversation.id, parent)
    await program.chat.conversations.set_model(conversation.id, sample_chat.MODEL)
    program.settings.set(LAST_CONVERSATION, conversation.id)


def _database(program: Program) -> Database:
    return program.chat.conversations._database
