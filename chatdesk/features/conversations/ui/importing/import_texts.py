"""Texts about an import of chats: the names of programs, what is not included, and how to export from a program."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, QObject

from chatdesk.features.conversations.importing.foreign_chat import DamagedChat, Loss, Program
from chatdesk.features.conversations.services.files.chat_imports import AddProgress
from chatdesk.features.conversations.services.files.import_folders import FolderNames
from chatdesk.features.presets.ui.importing.import_texts import refusal_text
from chatdesk.kernel.presets.preset_import import ImportProblem, ImportRefused
from chatdesk.ui_kit.text.counts import counted, listed
from chatdesk.ui_kit.text.safe_text import plain_line

translate = QCoreApplication.translate
"""The translation tools find the texts by this name."""
_MAX_NAMED = 3


class _LossTexts(QObject):
    """Plural texts; Qt's lupdate finds plurals only in `tr`."""

    def of(self, loss: Loss, count: int) -> str:
        words = {
            Loss.PICTURE: lambda number: self.tr("%n picture(s) missing in the file", "", number),
            Loss.DOCUMENT: lambda number: self.tr("%n document(s) missing in the file", "", number),
            Loss.SOUND: lambda number: self.tr("Sound of %n voice message(s)", "", number),
            Loss.VIDEO: lambda number: self.tr("%n video(s)", "", number),
            Loss.EMPTY_CHAT: lambda number: self.tr("%n chat(s) without a message", "", number),
            Loss.DAMAGED_CHAT: lambda number: self.tr("%n damaged chat(s)", "", number),
            Loss.DAMAGED_MESSAGE: lambda number: self.tr("%n damaged message(s)", "", number),
            Loss.TOOL_CALL: lambda number: self.tr("%n tool call(s)", "", number),
            Loss.SOURCE: lambda number: self.tr("%n source(s) of answers", "", number),
            Loss.SHORTENED: lambda number: self.tr("The end of %n very long text(s)", "", number),
            Loss.MEMORY: lambda _number: self.tr("What the program remembers about you"),
            Loss.SHARED_LINK: lambda number: self.tr("%n shared link(s)", "", number),
        }
        return counted(words[loss], count)

    def chats(self, count: int) -> str:
        return counted(lambda number: self.tr("%n chat(s)", "", number), count)

    def more(self, count: int) -> str:
        return counted(lambda number: self.tr("%n more", "", number), count)

    def messages(self, count: int) -> str:
        return counted(lambda number: self.tr("%n message(s)", "", number), count)

    def pictures(self, count: int) -> str:
        return counted(lambda number: self.tr("%n picture(s)", "", number), count)

    def documents(self, count: int) -> str:
        return counted(lambda number: self.tr("%n document(s)", "", number), count)


def chats_text(count: int) -> str:
    """Return "12 chats"."""
    return _LossTexts().chats(count)


def messages_text(count: int) -> str:
    """Return "12 messages"."""
    return _LossTexts().messages(count)


def progress_text(progress: AddProgress) -> str:
    """Return "26,014 of 39,402 messages"."""
    if not progress.total:
        return translate("ImportTexts", "Preparing…")
    text = translate("ImportTexts", "{count} of {messages}")
    return text.format(count=QLocale().toString(progress.messages), messages=messages_text(progress.total))


def pictures_text(count: int) -> str:
    """Return "12 pictures"."""
    return _LossTexts().pictures(count)


def documents_text(count: int) -> str:
    """Return "12 documents"."""
    return _LossTexts().documents(count)


def losses_text(losses: Mapping[Loss, int], damaged: Sequence[DamagedChat] = ()) -> Sequence[str]:
    """Return a sentence for each kind of loss, with the names of `damaged` chats."""
    texts = _LossTexts()
    lines = {loss: texts.of(loss, losses[loss]) for loss in Loss if losses.get(loss)}
    if damaged and (line := lines.get(Loss.DAMAGED_CHAT)):
        named = translate("ImportTexts", "{chats}: {names}")
        lines[Loss.DAMAGED_CHAT] = named.format(chats=line, names=damaged_chats_text(damaged))
    return tuple(lines.values())


def damaged_chat_name(chat: DamagedChat) -> str:
    """Return the title of a chat that cannot be read; its position in the file if it has none."""
    text = translate("ImportTexts", "Chat {number} in the file")
    return plain_line(chat.title) or text.format(number=QLocale().toString(chat.number))


def damaged_chats_text(chats: Sequence[DamagedChat]) -> str:
    """Return the names of chats that cannot be read, at most three of them."""
    more = len(chats) - _MAX_NAMED
    names = [translate("ImportTexts", "“{title}”").format(title=damaged_chat_name(chat)) for chat in chats[:_MAX_NAMED]]
    return listed([*names, *([_LossTexts().more(more)] if more > 0 else [])])


def loss_heading(loss: Loss) -> str:
    """Return the heading for the chats that a kind of loss concerns."""
    return {
        Loss.PICTURE: translate("ImportTexts", "Pictures missing in the file"),
        Loss.DOCUMENT: translate("ImportTexts", "Documents missing in the file"),
        Loss.SOUND: translate("ImportTexts", "Voice messages, text only"),
        Loss.VIDEO: translate("ImportTexts", "Videos left out"),
        Loss.EMPTY_CHAT: translate("ImportTexts", "Chats without a message"),
        Loss.DAMAGED_CHAT: translate("ImportTexts", "Damaged chats"),
        Loss.DAMAGED_MESSAGE: translate("ImportTexts", "Damaged messages"),
        Loss.TOOL_CALL: translate("ImportTexts", "Tool calls left out"),
        Loss.SOURCE: translate("ImportTexts", "Sources left out"),
        Loss.SHORTENED: translate("ImportTexts", "Very long texts, shortened"),
        Loss.MEMORY: translate("ImportTexts", "What the program remembers about you"),
        Loss.SHARED_LINK: translate("ImportTexts", "Shared links"),
    }[loss]


def folder_name_texts() -> FolderNames:
    """Return the names of folders that have none in their program."""
    project = translate("ImportTexts", "ChatGPT project {number}")
    folder = translate("ImportTexts", "Open WebUI folder {number}")
    return FolderNames(
        translate("ImportTexts", "Archived"),
        lambda number: project.format(number=number),
        lambda number: folder.format(number=number),
    )


HARMLESS = frozenset({Loss.EMPTY_CHAT, Loss.MEMORY, Loss.SHARED_LINK})
"""What is left out without a loss for any chat."""


def program_name(program: Program) -> str:
    """Return the name of a program."""
    match program:
        case Program.OPENAI_MESSAGES:
            return translate("ImportTexts", "OpenAI messages")
        case Program.MARKDOWN:
            return "Markdown"
        case _:
            return program


def known_formats() -> str:
    """Return a sentence that names what can be read."""
    return translate(
        "ImportTexts",
        "Reads exports of ChatGPT, Claude, DeepSeek, Open WebUI, Chatbox, Cherry Studio, LM Studio, Jan, Ollama, LibreChat, "
        "LobeChat and SillyTavern, OpenAI messages as JSON, Markdown, and Chatdesk’s own files.",
    )


def chat_refusal_text(error: ImportRefused) -> str:
    """Return why a file with chats cannot be read."""
    match error.problem:
        case ImportProblem.UNKNOWN | ImportProblem.NO_PRESETS | ImportProblem.NO_CARD | ImportProblem.CHATS:
            return translate("ImportTexts", "{file}: this export format is not known.").format(file=error.file)
        case ImportProblem.TOO_MANY:
            text = translate("ImportTexts", "{file} contains too many files. Choose the folder with the chats.")
            return text.format(file=error.file)
        case ImportProblem.NOT_A_FILE:
            return translate("ImportTexts", "{file} is a link or a device, not a file.").format(file=error.file)
        case _:
            return refusal_text(error)


def day_text(moment: datetime | None) -> str:
    """Return the date of a chat; empty if it is unknown."""
    if moment is None:
        return ""
    date = QDateTime.fromSecsSinceEpoch(int(moment.timestamp())).date()
    return QLocale().toString(date, QLocale.FormatType.ShortFormat)


def export_steps(program: Program) -> Sequence[str]:
    """Return how to make an export in a program whose data only it can read. The names are those of its English interface."""
    drop = translate("ImportTexts", "Drop the file below, or choose it.")
    match program:
        case Program.CHATBOX:
            return (
                translate("ImportTexts", "In Chatbox, open Settings and then General."),
                translate(
                    "ImportTexts",
                    "Under Data Backup, tick Chat History and My Copilots, and press Export Selected Data.",
                ),
                drop,
            )
        case Program.CHERRY_STUDIO:
            return (
                translate("ImportTexts", "Update Cherry Studio to version 2, and start it once."),
                translate("ImportTexts", "Quit it and check again here, or make a backup in Settings, Data Settings."),
                drop,
            )
        case Program.LOBECHAT:
            return (
                translate("ImportTexts", "In LobeHub, open Settings and then Data Storage."),
                translate("ImportTexts", "Press Export data."),
                drop,
            )
        case Program.CHATGPT:
            return (
                translate("ImportTexts", "In ChatGPT, open Settings and then Data controls, and press Export data."),
                translate(
                    "ImportTexts", "Download the ZIP file from the link that you get by mail. It works for 24 hours."
                ),
                drop,
            )
        case Program.CLAUDE:
            return (
                translate("ImportTexts", "In Claude, open Settings and then Privacy, and press Export data."),
                translate(
                    "ImportTexts", "Download the ZIP file from the link that you get by mail. It works for 24 hours."
                ),
                drop,
            )
        case _:
            return (
                translate("ImportTexts", "Export your chats in {program}.").format(program=program_name(program)),
                drop,
            )
