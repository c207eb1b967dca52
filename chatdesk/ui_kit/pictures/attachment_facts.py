"""What is said about an attached document in few words: its icon, its format and its length."""

from PySide6.QtCore import QLocale, QObject

from chatdesk.kernel.chat.attachments import ArrivingFile, ReadingProgress
from chatdesk.kernel.chat.message import Attachment, DocumentPart, DocumentUnit, PassageRange, SentAs, TextQuality
from chatdesk.kernel.documents.document_text import numbers_in
from chatdesk.kernel.documents.kinds import DocumentKind, kind_of
from chatdesk.ui_kit.text.counts import about_tokens, counted
from chatdesk.ui_kit.text.safe_text import plain_line

_ICONS = {
    DocumentKind.SHEETS: "table",
    DocumentKind.TABLE: "table",
    DocumentKind.SLIDES: "presentation",
    DocumentKind.BOOK: "book-open",
    DocumentKind.WEB_PAGE: "globe",
    DocumentKind.EMAIL: "mail",
    DocumentKind.NOTEBOOK: "notebook-pen",
    DocumentKind.SUBTITLES: "captions",
    DocumentKind.CODE: "file-code",
    DocumentKind.SOURCES: "folder",
}

_ENCODING_NAMES = {
    "gb18030": "GB18030",
    "gb2312": "GB2312",
    "gbk": "GBK",
    "big5": "Big5",
    "big5hkscs": "Big5-HKSCS",
    "cp932": "Shift JIS",
    "shift_jis": "Shift JIS",
    "shift_jis_2004": "Shift JIS",
    "euc_jis_2004": "EUC-JP",
    "euc_jp": "EUC-JP",
    "cp949": "Korean (CP949)",
    "euc_kr": "EUC-KR",
    "koi8_r": "KOI8-R",
    "koi8_u": "KOI8-U",
    **{f"cp{number}": f"Windows-{number}" for number in range(1250, 1259)},
    **{f"iso8859_{number}": f"ISO 8859-{number}" for number in range(1, 17)},
    "latin_1": "ISO 8859-1",
    "utf_8": "UTF-8",
    "utf-8": "UTF-8",
    "utf_16": "UTF-16",
    "mac_roman": "Mac Roman",
    "mac_cyrillic": "Mac Cyrillic",
}
"""Names that people know, by Python's names."""


def document_icon(document: DocumentPart) -> str:
    """Return the name of the icon for the kind of a document."""
    if document.quality is TextQuality.SCANNED:
        return "scan-text"
    return kind_icon(kind_of(document.media_type))


def kind_icon(kind: DocumentKind) -> str:
    """Return the name of the icon for a kind of documents."""
    return _ICONS.get(kind, "file-text")


def kind_name(kind: DocumentKind) -> str:
    """Return the name of a kind of documents, such as `PDF`."""
    return _Texts().kind(kind)


def chip_option(attachment: Attachment) -> str:
    """Return the text of the button with which the user chooses what is read of a document; empty if there is no choice."""
    if not isinstance(attachment, DocumentPart):
        return ""
    if attachment.unit is DocumentUnit.SHEET:
        return _sections(attachment)
    if attachment.enclosed:
        return counted(_Texts().enclosed, attachment.enclosed)
    if attachment.quality is not TextQuality.GOOD or attachment.sent_as is SentAs.PICTURES:
        return _Texts().form(attachment)
    return encoding_name(attachment.encoding)


def has_forms(attachment: Attachment) -> bool:
    """Return whether a document can be sent as text or as pictures of its pages."""
    return isinstance(attachment, DocumentPart) and kind_of(attachment.media_type) is DocumentKind.PDF


def encoding_name(encoding: str) -> str:
    """Return the usual name of an encoding, such as `GB18030` or `Windows-1252`, by Python's name."""
    return _ENCODING_NAMES.get(encoding) or encoding.upper().replace("_", "-")


def document_facts(document: DocumentPart, *, with_sections: bool = True) -> str:
    """Return what is sent and its tokens: `12 of 80 pages · about 4,100 tokens`, `12 of 312 passages · about 2,900 tokens`."""
    part = sent_part(document) if with_sections or document.sent_as is not SentAs.TEXT else ""
    return " · ".join(filter(None, (part, sent_tokens(document))))


def sent_part(document: DocumentPart) -> str:
    """Return what is sent: `80 pages`, `12 of 312 passages`, `Summary`; empty for a whole document without pages."""
    match document.sent_as:
        case SentAs.PASSAGES:
            return _passages(document)
        case SentAs.SUMMARY:
            return _Texts().summary()
        case SentAs.PICTURES:
            return _Texts().as_pictures().format(pages=_sections(document))
        case _:
            return _sections(document)


def document_warning(document: DocumentPart) -> str:
    """Return what is wrong with the text of a document: `Scanned, no text`, `Scanned, 8 of 30 pages`; empty if nothing is."""
    match document.quality:
        case TextQuality.SCANNED:
            is_whole = len(numbers_in(document.selected, document.sections)) == document.sections
            return _Texts().scanned() if is_whole else _Texts().scanned_part().format(pages=_sections(document))
        case TextQuality.POOR if document.sent_as is SentAs.TEXT:
            return _Texts().poor()
        case _:
            return ""


def sent_tokens(document: DocumentPart) -> str:
    """Return the estimated tokens of what is sent; empty if that is not known yet, or nothing."""
    if document.sent_as is SentAs.PASSAGES and not (document.passage_count and document.passages):
        return ""
    if document.sent_as is SentAs.PICTURES:
        return ""  # that depends on the model
    return about_tokens(document.tokens) if document.tokens else "" if document.text else _Texts().no_text()


def section_name(unit: DocumentUnit, number: int, title: str = "") -> str:
    """Return the name of a section: `Page 3`, or `Sheet 2: Costs` if it has a title, or the path of a file. `number` is counted from 1."""
    if unit is DocumentUnit.FILE and title:
        return plain_line(title)
    name = _Texts().section(unit).format(number=QLocale().toString(number))
    return f"{name}: {plain_line(title)}" if title else name


def location_in(document: DocumentPart, passage: PassageRange) -> str:
    """Return the name of a document with the section of a passage: `report.pdf, page 12`. Without sections it is only the name."""
    name = plain_line(document.name)
    if document.unit is DocumentUnit.NONE:
        return name
    return _Texts().template_of(document.unit).format(name=name, number=QLocale().toString(passage.section))


def found_in(document: DocumentPart, passage: PassageRange, text: str) -> tuple[str, int]:
    """Return the line for words found in a document, `In report.pdf, page 12: … words …`, and where the words begin in it."""
    before, _, after = _Texts().found().partition("{words}")
    before = before.format(place=location_in(document, passage))
    return before + text + after, len(before)


class _Texts(QObject):
    """Plural texts; Qt's lupdate finds plurals only in `tr`."""

    def kind(self, kind: DocumentKind) -> str:
        """Return the name of a kind."""
        match kind:
            case DocumentKind.PDF:
                return self.tr("PDF")
            case DocumentKind.WORD:
                return self.tr("Text document")
            case DocumentKind.SLIDES:
                return self.tr("Slides")
            case DocumentKind.SHEETS | DocumentKind.TABLE:
                return self.tr("Table")
            case DocumentKind.BOOK:
                return self.tr("Book")
            case DocumentKind.RICH_TEXT:
                return self.tr("Rich text")
            case DocumentKind.WEB_PAGE:
                return self.tr("Web page")
            case DocumentKind.EMAIL:
                return self.tr("E-mail")
            case DocumentKind.NOTEBOOK:
                return self.tr("Notebook")
            case DocumentKind.SUBTITLES:
                return self.tr("Subtitles")
            case DocumentKind.CODE:
                return self.tr("Code")
            case DocumentKind.TEXT:
                return self.tr("Text")
            case DocumentKind.SOURCES:
                return self.tr("Files")

    def summary(self) -> str:
        return self.tr("Summary")

    def awaited_passages(self) -> str:
        """Return what is said of a document before its passages have been looked for."""
        return self.tr("Relevant passages")

    def no_passage(self) -> str:
        return self.tr("No matching passage")

    def passages(self) -> str:
        return self.tr("{sent} of {count} passages")

    def scanned(self) -> str:
        return self.tr("Scanned, no text")

    def scanned_part(self) -> str:
        return self.tr("Scanned, {pages}")

    def poor(self) -> str:
        """Return what is said of a text whose characters are mostly unknown."""
        return self.tr("Its text cannot be read reliably")

    def as_pictures(self) -> str:
        return self.tr("{pages} as pictures")

    def form(self, document: DocumentPart) -> str:
        """Return in which form a PDF is sent."""
        if document.sent_as is SentAs.PICTURES:
            return self.tr("As pictures")
        return self.tr("Recognised text") if document.quality is TextQuality.RECOGNISED else self.tr("As text")

    def no_text(self) -> str:
        return self.tr("no text")

    def waiting(self) -> str:
        """Return what is said of a file that is read after others."""
        return self.tr("Waiting")

    def reading(self, progress: ReadingProgress) -> str:
        """Return how far a document has been read."""
        if not progress.count:
            return self.tr("Reading…")
        read, count = QLocale().toString(progress.read), QLocale().toString(progress.count)
        match progress.unit:
            case DocumentUnit.PAGE:
                text = self.tr("Reading, {read} of {count} pages")
            case DocumentUnit.SHEET:
                text = self.tr("Reading, {read} of {count} sheets")
            case DocumentUnit.SLIDE:
                text = self.tr("Reading, {read} of {count} slides")
            case DocumentUnit.FILE:
                text = self.tr("Reading, {read} of {count} files")
            case _:
                text = self.tr("Reading, {read} of {count} parts")
        return text.format(read=read, count=count)

    def whole(self, unit: DocumentUnit, count: int) -> str:
        """Return a number of sections."""
        match unit:
            case DocumentUnit.PAGE:
                return self.tr("%n page(s)", "", count)
            case DocumentUnit.SHEET:
                return self.tr("%n sheet(s)", "", count)
            case DocumentUnit.SLIDE:
                return self.tr("%n slide(s)", "", count)
            case DocumentUnit.FILE:
                return self.tr("%n file(s)", "", count)
            case _:
                return self.tr("%n chapter(s)", "", count)

    def enclosed(self, count: int) -> str:
        """Return a number of attachments of an e-mail."""
        return self.tr("%n attachment(s)", "", count)

    def section(self, unit: DocumentUnit) -> str:
        """Return the name of one section."""
        match unit:
            case DocumentUnit.PAGE:
                return self.tr("Page {number}")
            case DocumentUnit.SHEET:
                return self.tr("Sheet {number}")
            case DocumentUnit.SLIDE:
                return self.tr("Slide {number}")
            case DocumentUnit.FILE:
                return self.tr("File {number}")
            case _:
                return self.tr("Chapter {number}")

    def template_of(self, unit: DocumentUnit) -> str:
        """Return the text for one section."""
        match unit:
            case DocumentUnit.PAGE:
                return self.tr("{name}, page {number}")
            case DocumentUnit.SHEET:
                return self.tr("{name}, sheet {number}")
            case DocumentUnit.SLIDE:
                return self.tr("{name}, slide {number}")
            case DocumentUnit.FILE:
                return self.tr("{name}, file {number}")
            case _:
                return self.tr("{name}, chapter {number}")

    def found(self) -> str:
        return self.tr("In {place}: {words}")

    def part(self, unit: DocumentUnit) -> str:
        """Return the text for a part of the sections."""
        match unit:
            case DocumentUnit.PAGE:
                return self.tr("{sent} of {count} pages")
            case DocumentUnit.SHEET:
                return self.tr("{sent} of {count} sheets")
            case DocumentUnit.SLIDE:
                return self.tr("{sent} of {count} slides")
            case DocumentUnit.FILE:
                return self.tr("{sent} of {count} files")
            case _:
                return self.tr("{sent} of {count} chapters")


def reading_note(file: ArrivingFile) -> str:
    """Return how far a file has been read: `Reading, 12 of 80 pages`."""
    return _Texts().waiting() if file.is_waiting else _Texts().reading(file.progress)


def _sections(document: DocumentPart) -> str:
    count, unit = document.sections, document.unit
    if unit is DocumentUnit.NONE or not count:
        return ""
    sent = len(numbers_in(document.selected, count))
    if sent == count:
        return counted(lambda number: _Texts().whole(unit, number), count)
    return _Texts().part(unit).format(sent=QLocale().toString(sent), count=QLocale().toString(count))


def _passages(document: DocumentPart) -> str:
    if not document.passage_count:
        return _Texts().awaited_passages()
    if not document.passages:
        return _Texts().no_passage()
    sent, count = map(QLocale().toString, (len(document.passages), document.passage_count))
    return _Texts().passages().format(sent=sent, count=count)
