"""The report of an import: what came, what did not, and in which chats."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QLocale, QObject

from chatdesk.features.conversations.importing.foreign_chat import Loss
from chatdesk.features.conversations.services.files.chat_imports import ChatState, ImportPreview, ImportResult
from chatdesk.features.conversations.services.files.import_folders import DestinationKind, ImportDestination
from chatdesk.features.conversations.ui.importing.import_texts import (
    HARMLESS,
    chat_refusal_text,
    damaged_chat_name,
    documents_text,
    loss_heading,
    messages_text,
    pictures_text,
)
from chatdesk.features.presets.services.preset_sharing import ImportResult as ImportedPresets
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.preset_import import GlossaryFound
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.ui_kit.text.counts import counted
from chatdesk.ui_kit.text.download_texts import join_parts
from chatdesk.ui_kit.text.safe_text import plain_line

translate = QCoreApplication.translate
"""The translation tools find the texts by this name."""
_MINUTE = 60
_WORTH_TELLING = 10
"""Minimum duration in seconds of an import whose duration is shown."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to know about an import: how many, and the lines that are shown when it is unfolded."""

    heading: str
    count: int
    lines: Sequence[str] = ()
    is_warning: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """The texts of the report, in the current language."""

    sentence: str
    facts: str
    findings: Sequence[Finding] = ()

    def as_text(self) -> str:
        """Return the report as plain text."""
        lines = [self.sentence, self.facts]
        for finding in self.findings:
            lines += ["", f"{finding.heading}: {finding.count}", *(f"- {line}" for line in finding.lines)]
        return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class FinishedImport:
    """An import that was completed.

    `preset_problem`, `server_problem` and `glossary_problem` are why the presets, providers and glossaries in the files could not be
    imported; empty if they were.
    """

    preview: ImportPreview
    result: ImportResult
    destination: ImportDestination
    seconds: float
    presets: ImportedPresets = ImportedPresets()
    preset_problem: str = ""
    servers: Sequence[ServerConfig] = ()
    server_problem: str = ""
    glossaries: Sequence[GlossaryFound] = ()
    glossary_problem: str = ""


class _ReportTexts(QObject):
    """Plural texts; Qt's lupdate finds plurals only in `tr`."""

    def in_folder(self, count: int) -> str:
        return counted(lambda number: self.tr("%n chat(s) are in the folder {folder}", "", number), count)

    def imported(self, count: int) -> str:
        return counted(lambda number: self.tr("%n chat(s) imported", "", number), count)

    def grown(self, count: int) -> str:
        return counted(lambda number: self.tr("%n chat(s) with new messages", "", number), count)

    def restored(self, count: int) -> str:
        return counted(lambda number: self.tr("%n chat(s) back from Recently deleted", "", number), count)

    def folders(self, count: int) -> str:
        return counted(lambda number: self.tr("%n new folder(s)", "", number), count)

    def presets(self, count: int) -> str:
        return counted(lambda number: self.tr("%n preset(s)", "", number), count)

    def servers_added(self, count: int) -> str:
        return counted(lambda number: self.tr("%n provider(s) added", "", number), count)

    def glossaries(self, count: int) -> str:
        return counted(lambda number: self.tr("%n glossary(s)", "", number), count)

    def glossaries_imported(self, count: int) -> str:
        return counted(lambda number: self.tr("%n glossary(s) imported", "", number), count)

    def presets_imported(self, count: int) -> str:
        return counted(lambda number: self.tr("%n preset(s) imported", "", number), count)


def import_sentence(done: FinishedImport) -> str:
    """Return what an import did, in one sentence without a full stop."""
    texts, result = _ReportTexts(), done.result
    if result.added and done.destination.kind is DestinationKind.FOLDER:
        return texts.in_folder(len(result.added)).format(folder=plain_line(done.destination.folder))
    if result.added:
        return texts.imported(len(result.added))
    if result.grown:
        return texts.grown(len(result.grown))
    if result.restored:
        return texts.restored(len(result.restored))
    if done.presets.count:
        return texts.presets_imported(done.presets.count)
    if done.glossaries:
        return texts.glossaries_imported(len(done.glossaries))
    return texts.servers_added(len(done.servers))


def is_plain(done: FinishedImport) -> bool:
    """Return whether an import added one chat, and there is nothing else to report."""
    others = done.presets.count or done.servers or done.glossaries
    return len(done.result.added) == 1 and not others and not _findings(done)


def make_report(done: FinishedImport) -> Report:
    """Return the report in the current language."""
    texts, result = _ReportTexts(), done.result
    facts = join_parts(
        _years(done),
        messages_text(result.messages) if result.messages else "",
        pictures_text(result.pictures) if result.pictures else "",
        documents_text(result.documents) if result.documents else "",
        texts.grown(len(result.grown)) if result.grown and result.added else "",
        texts.restored(len(result.restored)) if result.restored and (result.added or result.grown) else "",
        texts.folders(len(result.folders))
        if result.folders and done.destination.kind is DestinationKind.SOURCE_FOLDERS
        else "",
        texts.presets(done.presets.count) if done.presets.count and result.messages else "",
        texts.glossaries(len(done.glossaries)) if done.glossaries and (result.messages or done.presets.count) else "",
        _duration(done.seconds),
    )
    return Report(import_sentence(done), facts, tuple(_findings(done)))


def _findings(done: FinishedImport) -> Sequence[Finding]:
    preview, result = done.preview, done.result
    findings: list[Finding] = []
    if done.preset_problem:
        heading = translate("ImportReport", "The presets could not be imported")
        findings.append(Finding(heading, len(preview.presets.offers), (done.preset_problem,), is_warning=True))
    if done.glossary_problem:
        heading = translate("ImportReport", "The glossaries could not be imported")
        count = len(preview.presets.glossaries)
        findings.append(Finding(heading, count, (done.glossary_problem,), is_warning=True))
    if done.server_problem:
        heading = translate("ImportReport", "The providers could not be added")
        findings.append(Finding(heading, len(preview.servers), (done.server_problem,), is_warning=True))
    refused = (*preview.refused, *result.refused)
    reasons = tuple(dict.fromkeys(map(chat_refusal_text, refused)))
    if reasons:
        findings.append(
            Finding(translate("ImportReport", "Files that could not be read"), len(reasons), reasons, is_warning=True)
        )
    here = tuple(plain_line(chat.summary.title) for chat in preview.chats if chat.state is ChatState.HERE)
    if here:
        findings.append(Finding(translate("ImportReport", "Skipped, here already"), len(here), here))
    for loss in Loss:
        titles = tuple(map(plain_line, result.lost.get(loss, ())))
        if loss is Loss.DAMAGED_CHAT:
            titles = (*map(damaged_chat_name, preview.damaged), *titles)
        if count := max(len(titles), preview.left_out.get(loss, 0)):
            findings.append(Finding(loss_heading(loss), count, titles, is_warning=loss not in HARMLESS))
    return findings


def _years(done: FinishedImport) -> str:
    added = frozenset(done.result.added)
    moments = [
        moment.astimezone().year
        for chat in done.preview.chats
        if chat.summary.id in added and (moment := chat.summary.updated_at or chat.summary.created_at)
    ]
    if not moments:
        return ""
    first, last = min(moments), max(moments)
    if first == last:
        return str(first)
    return translate("ImportReport", "{first} to {last}").format(first=first, last=last)


def _duration(seconds: float) -> str:
    if seconds < _WORTH_TELLING:
        return ""
    minutes, rest = divmod(round(seconds), _MINUTE)
    locale = QLocale()
    if not minutes:
        return translate("ImportReport", "took {seconds} s").format(seconds=locale.toString(rest))
    text = translate("ImportReport", "took {minutes} min {seconds} s")
    return text.format(minutes=locale.toString(minutes), seconds=locale.toString(rest))
