"""Chats as Word files."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from chatdesk.features.conversations.services.files.chat_settings import ChatSettings
from chatdesk.features.conversations.services.files.chat_word import WORD
from chatdesk.features.conversations.services.files.exported_chat import (
    Export,
    ExportCancelled,
    ExportedChat,
    ExportLabels,
    ExportOptions,
    Include,
    Margins,
    PageSize,
)
from chatdesk.features.conversations.services.files.exported_turns import exported_message, formulas_in
from chatdesk.kernel.chat.message import (
    DocumentPart,
    ImagePart,
    Message,
    ModelRef,
    Part,
    ReasoningPart,
    Role,
    Source,
    SourcesPart,
    TextPart,
)
from chatdesk.kernel.chat.request import Picture
from chatdesk.rendering.formulas.typeset.setter import FormulaSetter
from tests.unit.rendering.export.office.ooxml_rules import WordFile, text_of, violations
from tests.unit.rendering.export.office.word_samples import PICTURE

NOW = datetime(2026, 11, 28, tzinfo=UTC)
LABELS = ExportLabels(format_date=lambda _moment: "28 November 2026")


def message(role: Role, text: str, *parts: Part) -> Message:
    model = ModelRef("server", "llama") if role is Role.ASSISTANT else None
    return Message.new("chat", None, role, NOW, text, model).with_parts((*parts, TextPart(text)))


def question(text: str, *parts: Part) -> Message:
    return message(Role.USER, text, *parts)


def answer(text: str, *parts: Part) -> Message:
    return message(Role.ASSISTANT, text, *parts)


def chat(
    *messages: Message,
    title: str = "Interest",
    pictures: Mapping[str, Picture] | None = None,
    copies: Mapping[str, str] | None = None,
    cited: Mapping[int, DocumentPart] | None = None,
    settings: ChatSettings | None = None,
) -> ExportedChat:
    turns = [exported_message(each, LABELS, frozenset({Include.REASONING})) for each in messages]
    return ExportedChat(
        title,
        turns,
        pictures=pictures or {},
        copies=copies or {},
        cited=cited or {},
        settings=settings or ChatSettings(),
    )


def export(*chats: ExportedChat, options: ExportOptions | None = None, title: str = "Interest") -> Export:
    return Export(title, chats, NOW, options or ExportOptions(), LABELS)


def paragraphs(data: bytes) -> list[tuple[str, str]]:
    """The style and the text of each paragraph that is not empty."""
    assert violations(data) == []
    found = []
    for each in WordFile(data).document.iter("w_p"):
        style = each.find("w_pPr/w_pStyle")
        if text := text_of(each):
            found.append((style.get("w_val", "") if style is not None else "", text))
    return found


def written(*messages: Message) -> list[tuple[str, str]]:
    return paragraphs(WORD.write(export(chat(*messages))))


def test_a_chat_is_its_title_its_date_and_its_messages_under_who_speaks() -> None:
    assert written(question("Why?"), answer("### Because\n\nof this.")) == [
        ("Title", "Interest"),
        ("Subtitle", "28 November 2026"),
        ("Heading1", "You"),
        ("Question", "Why?"),
        ("Heading1", "llama"),
        ("Heading2", "Because"),
        ("", "of this."),
    ]


def test_a_single_answer_is_the_document_itself() -> None:
    assert written(answer("## Report\n\nText.")) == [("Heading1", "Report"), ("", "Text.")]


def test_several_chats_each_begin_on_a_page_under_their_title() -> None:
    data = WORD.write(export(chat(question("a"), title="One"), chat(answer("# b"), title="Two"), title="Money"))
    assert [each for each in paragraphs(data) if each[0] != "Question"] == [
        ("Title", "Money"),
        ("Heading1", "One"),
        ("Subtitle", "28 November 2026"),
        ("Heading2", "You"),
        ("Heading1", "Two"),
        ("Subtitle", "28 November 2026"),
        ("Heading2", "llama"),
        ("Heading3", "b"),
    ]
    assert len(list(WordFile(data).document.iter("w_pageBreakBefore"))) == 2


def test_reasoning_is_folded_under_its_heading_and_the_answer_follows_under_another() -> None:
    data = WORD.write(export(chat(answer("So it is.", ReasoningPart("Let me think.", 12_000)))))
    assert paragraphs(data) == [
        ("ReasoningHeading", "Reasoning (12 s)"),
        ("Reasoning", "Let me think."),
        ("ReasoningHeading", "Answer"),
        ("", "So it is."),
    ]
    folded = [
        text_of(each) for each in WordFile(data).document.iter("w_p") if each.find("w_pPr/w15_collapsed") is not None
    ]
    assert folded == ["Reasoning (12 s)"]


def test_pictures_are_embedded_and_documents_named_or_linked_to_their_copies() -> None:
    picture = ImagePart("p" * 64, "image/png", "photo.png")
    missing = ImagePart("m" * 64, "image/png", "lost.png")
    document = DocumentPart("d" * 64, "application/pdf", "report.pdf")
    asked = question("See", picture, missing, document)
    data = WORD.write(
        export(
            chat(
                asked,
                pictures={picture.sha256: Picture("image/png", PICTURE)},
                copies={document.sha256: "Interest_files/report.pdf"},
            )
        )
    )
    assert [text for style, text in paragraphs(data) if style == "Attachment"] == ["lost.png", "report.pdf"]
    file = WordFile(data)
    assert file.archive.read("word/media/image1.png") == PICTURE
    targets = [each.get("Target") for each in file.xml("word/_rels/document.xml.rels") if each.get("TargetMode")]
    assert targets == ["Interest_files/report.pdf"]


def test_a_formula_that_word_cannot_draw_is_a_picture_and_others_are_equations() -> None:
    text = r"$x^2$ and $\begin{array}{c|c} a & b \end{array}$"
    asked = chat(answer(text))
    keys = [key for key in formulas_in(asked.turns) if WORD.draws(key)]
    assert [key.latex for key in keys] == [r"\begin{array}{c|c} a & b \end{array}"]
    setter = FormulaSetter()
    drawn = {key: setter.set(key.latex, displayed=key.displayed) for key in keys}
    data = WORD.write(replace(export(asked), formulas=drawn))
    file = WordFile(data)
    assert violations(data) == []
    assert len(file.document.findall(".//m_oMath")) == 1
    assert next(file.document.iter("wp_docPr")).get("descr") == keys[0].latex
    assert file.archive.read("word/media/image1.emf")[40:44] == b" EMF"
    assert (
        len(WordFile(WORD.write(export(asked))).document.findall(".//m_oMath")) == 2
    )  # better without lines than not at all


def test_notes_and_warnings_are_named_in_the_language_of_the_user() -> None:
    labels = replace(LABELS, alert_title=lambda kind: f"<{kind}>")
    data = WORD.write(replace(export(chat(answer("> [!TIP]\n> Try."))), labels=labels))
    assert paragraphs(data) == [("AlertTitle", "<tip>"), ("", "Try.")]


def test_sources_and_cited_documents_are_listed() -> None:
    source = Source(number=1, title="A page", address="https://a.example/", passage="What it says.")
    cited = DocumentPart("d" * 64, "application/pdf", "report.pdf")
    data = WORD.write(export(chat(question("q"), answer("See [1].", SourcesPart((source,))), cited={2: cited})))
    assert paragraphs(data)[4:] == [
        ("Heading1", "llama"),
        ("", "See [1]."),
        ("SourcesHeading", "Sources"),
        ("ListParagraph", "A page"),
        ("Quote", "What it says."),
        ("Heading1", "Sources"),
        ("Attachment", "[2] report.pdf"),
    ]


def test_the_instructions_of_a_chat_come_before_its_messages() -> None:
    data = WORD.write(export(chat(question("q"), settings=ChatSettings(instructions="Be *brief*."))))
    assert paragraphs(data)[2:4] == [("Heading1", "Instructions"), ("", "Be brief.")]


@pytest.mark.parametrize(
    ("page", "margins", "expected"),
    [
        (PageSize.A4, Margins.NORMAL, ("11906", "16838", "1134")),
        (PageSize.LETTER, Margins.NARROW, ("12240", "15840", "720")),
    ],
)
def test_the_page_is_the_one_that_was_chosen(page: PageSize, margins: Margins, expected: tuple[str, ...]) -> None:
    options = ExportOptions(page=page, margins=margins)
    document = WordFile(WORD.write(export(chat(question("q")), options=options))).document
    size, around = (next(document.iter(tag)) for tag in ("w_pgSz", "w_pgMar"))
    assert (size.get("w_w"), size.get("w_h"), around.get("w_left")) == expected


def test_progress_is_reported_for_each_message_and_can_cancel() -> None:
    shares: list[float] = []

    def report(share: float) -> None:
        shares.append(share)
        if len(shares) == 3:
            raise ExportCancelled

    messages: Sequence[Message] = [question(str(number)) for number in range(10)]
    with pytest.raises(ExportCancelled):
        WORD.write(Export("t", [chat(*messages)], NOW, labels=LABELS, report=report))
    assert shares == [0.0, 0.1, 0.2]
