"""Word files: what ECMA-376 demands of them, and what another program reads in them."""

import re
from collections import Counter
from html.parser import HTMLParser
from io import BytesIO
from xml.etree import ElementTree as ET

import mammoth
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatdesk.rendering.export.office.word_document import WordDocument, WordPage
from chatdesk.rendering.export.office.word_parts import picture_of
from chatdesk.rendering.export.office.word_styles import Looks
from chatdesk.rendering.markdown.markdown import parse
from tests.unit.rendering.export.office.ooxml_rules import WordFile, text_of, violations
from tests.unit.rendering.export.office.word_samples import CORPUS, NOW, PICTURE, said, word_of


class _Words(HTMLParser):
    """Collects the text of what mammoth reads, without the marks of footnotes that it adds itself."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self._skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        is_mark = tag == "a" and str(attributes.get("href", "")).startswith(("#footnote", "#doc"))
        if tag == "a" and (is_mark or self._skipped):
            self._skipped += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._skipped:
            self._skipped -= 1

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.text.append(data)


def read_back(data: bytes) -> str:
    words = _Words()
    words.feed(mammoth.convert_to_html(BytesIO(data)).value)
    return "".join(words.text)


def characters(text: str) -> Counter[str]:
    """All characters but spaces, which end paragraphs here and not there, and those that XML forbids."""
    return Counter(re.sub("[\\s\x00-\x1f\ufffe\uffff]", "", text))


def numbers_of_repeated_notes(data: bytes) -> Counter[str]:
    """What stands where a text refers to a footnote again."""
    file = WordFile(data)
    fields = (each for part in ("document", "footnotes") for each in file.xml(f"word/{part}.xml").iter("w_instrText"))
    return characters("".join(str(each.text).split()[1].removeprefix("_Note") for each in fields))


@pytest.mark.parametrize("name", CORPUS)
def test_every_rule_of_the_standard_is_kept(name: str) -> None:
    assert violations(word_of(CORPUS[name])) == []


@pytest.mark.parametrize("name", CORPUS)
def test_every_text_is_read_once_by_another_program(name: str) -> None:
    read = read_back(word_of(CORPUS[name]))

    expected = characters("".join(said(parse(CORPUS[name]))))
    assert characters(read) == expected + numbers_of_repeated_notes(word_of(CORPUS[name]))


_WORDS = st.text("abcdefghij中文字符مرحبا", min_size=1, max_size=8)
_INLINE = st.sampled_from(("{}", "**{}**", "*{}*", "`{}`", "~~{}~~", "[{}](https://example.org/)", "<kbd>{}</kbd>"))
_AROUND = st.lists(st.sampled_from(("> ", "- ", "1. ", "- [x] ", "> [!NOTE]\n> ")), max_size=3)
_BLOCK = st.sampled_from(
    ("{}", "# {}", "### {}", "```py\n{}\n```", "| {} |\n|---|\n| x |", "{}\n: y", "w[^{}]\n\n[^{}]: z")
)


@st.composite
def _documents(draw: st.DrawFn) -> str:
    parts = []
    for _ in range(draw(st.integers(0, 6))):
        block = draw(_BLOCK).replace("{}", draw(_INLINE).replace("{}", draw(_WORDS)))
        for prefix in draw(_AROUND):
            first, *rest = block.split("\n")
            lines = prefix.split("\n")
            indent = "> " if prefix.startswith(">") else " " * len(prefix)
            block = "\n".join([*lines[:-1], lines[-1] + first, *(indent + line for line in rest)])
        parts.append(block)
    return "\n\n".join(parts)


@given(_documents())
@settings(max_examples=120, deadline=None)
def test_any_nesting_keeps_the_rules_and_says_everything_once(markdown: str) -> None:
    data = word_of(markdown)

    assert violations(data) == []
    expected = characters("".join(said(parse(markdown))))
    assert characters(read_back(data)) == expected + numbers_of_repeated_notes(data)


# What is a heading, a list, a link.


def _styles(data: bytes) -> list[tuple[str, str]]:
    """The style and the text of each paragraph."""
    return [
        (style.get("w_val", "") if (style := paragraph.find("w_pPr/w_pStyle")) is not None else "", text_of(paragraph))
        for paragraph in WordFile(data).document.iter("w_p")
    ]


def test_the_highest_heading_of_an_answer_is_a_heading_of_the_first_level() -> None:
    assert _styles(word_of("### Top\n\n##### Below\n\n### Next")) == [
        ("Heading1", "Top"),
        ("Heading3", "Below"),
        ("Heading1", "Next"),
    ]


def test_in_a_chat_the_headings_of_answers_are_below_who_speaks() -> None:
    document = WordDocument("Chat", Looks("en", 1), NOW)
    document.heading("llama", 1)
    document.blocks(parse("# One\n\n## Two"), first_heading=2)
    assert _styles(document.packed()) == [("Heading1", "llama"), ("Heading2", "One"), ("Heading3", "Two")]


def test_each_numbered_list_counts_from_its_own_beginning() -> None:
    file = WordFile(word_of("1. a\n2. b\n\ntext\n\n5. e\n   1. inner\n6. f\n"))
    lists = file.xml("word/numbering.xml")
    starts = []
    for paragraph in file.document.iter("w_p"):
        if (used := paragraph.find("w_pPr/w_numPr")) is not None:
            level, number = (used[at].get("w_val") for at in (0, 1))
            start = lists.find(f"w_abstractNum[@w_abstractNumId='{number}']/w_lvl[@w_ilvl='{level}']/w_start")
            starts.append((text_of(paragraph), level, number, start.get("w_val") if start is not None else None))
    assert starts == [
        ("a", "0", "2", "1"),
        ("b", "0", "2", "1"),
        ("e", "0", "3", "5"),
        ("inner", "1", "4", "1"),
        ("f", "0", "3", "5"),
    ]


def test_an_item_that_begins_with_code_has_its_mark() -> None:
    assert _styles(word_of("1. ```\n   x\n   ```\n")) == [("ListParagraph", ""), ("Code", "x")]


def test_only_links_that_a_browser_or_mail_program_opens_are_links() -> None:
    data = word_of(
        "[a](https://user:secret@a.example) [b](https://b.example) [c](mailto:c@c.example) [d](file:///etc/passwd) [e](ftp://e.example)"
    )
    targets = [
        each.get("Target") for each in WordFile(data).xml("word/_rels/document.xml.rels") if each.get("TargetMode")
    ]
    assert targets == ["https://b.example", "mailto:c@c.example"]
    assert read_back(data).endswith("a b c d e")


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("https://a.example/x?q=[1]&r=100%#a#b", "https://a.example/x?q=%5B1%5D&r=100%25#a%23b"),
        ("https://bücher.example:8443/中", "https://xn--bcher-kva.example:8443/%E4%B8%AD"),
        ("HTTPS://a.example", "https://a.example"),
        ("https://[::1]/a", None),
        ("https://a.`b", None),
        ("https://a.example:port/", None),
    ],
)
def test_a_link_becomes_a_correct_address_or_text(link: str, target: str | None) -> None:
    data = word_of(f"[a](<{link}>)")
    assert violations(data) == []
    targets = [
        each.get("Target") for each in WordFile(data).xml("word/_rels/document.xml.rels") if each.get("TargetMode")
    ]
    assert targets == ([target] if target else [])
    assert read_back(data) == "a"


def test_a_link_that_is_too_long_for_word_is_text() -> None:
    assert "TargetMode" not in _relationships(word_of(f"[a](https://a.example/{'中' * 1_000})"))


def _relationships(data: bytes) -> str:
    return WordFile(data).archive.read("word/_rels/document.xml.rels").decode()


def test_code_keeps_its_lines_and_tabs_and_is_not_checked_for_spelling() -> None:
    data = word_of("```py\ndef f():\n\treturn 1\n\n```")
    assert _styles(data) == [("Code", "def f():"), ("Code", "\treturn 1"), ("Code", "")]
    code = WordFile(data).xml("word/styles.xml").find("w_style[@w_styleId='Code']/w_rPr/w_noProof")
    assert code is not None
    colors = [each.get("w_val") for each in WordFile(data).document.iterfind(".//w_r/w_rPr/w_color")]
    assert "7A3796" in colors  # a keyword


def test_short_columns_beside_a_long_text_are_wide_enough_for_their_words() -> None:
    text = "A rather long description that needs some lines. " * 5
    table = f"| Nr. | Text | Price | Remark |\n|--:|---|--:|---|\n| 10 | {text} | €1,234.50 | None |\n"
    root = WordFile(word_of(table)).document
    number, long, price, remark = (int(column.get("w_w", "0")) for column in root.iter("w_gridCol"))
    letter, margins = 110, 240  # twentieths of a point, of 10 points
    assert number >= 3 * letter + margins
    assert price >= 9 * letter + margins
    assert remark >= 6 * letter + margins
    assert long > price + remark


def test_a_table_with_many_columns_has_small_letters() -> None:
    styles = []
    for columns in (4, 14):
        table = "| Column " * columns + "|\n" + "|---" * columns + "|\n" + "| 1234567 " * columns + "|\n"
        root = WordFile(word_of(table)).document
        styles.append({each.get("w_val") for each in root.iter("w_pStyle")} & {"TableText", "SmallTableText"})
    assert styles == [{"TableText"}, {"SmallTableText"}]


def test_a_table_repeats_its_header_and_keeps_its_alignment() -> None:
    document = WordFile(word_of("| a | b |\n|---|--:|\n| c | d |\n")).document
    rows = document.findall(".//w_tr")
    assert [row.find("w_trPr/w_tblHeader") is not None for row in rows] == [True, False]
    assert [each.get("w_val") for each in document.iterfind(".//w_tc/w_p/w_pPr/w_jc")] == ["right", "right"]


def test_columns_of_numbers_are_at_the_right_as_on_the_screen() -> None:
    document = WordFile(word_of("| Name | Sum |\n|---|---|\n| a | €1,000 |\n| b | – |\n")).document
    aligned = [(text_of(each), each.find("w_p/w_pPr/w_jc") is not None) for each in document.iter("w_tc")]
    assert aligned == [("Name", False), ("Sum", True), ("a", False), ("€1,000", True), ("b", False), ("–", True)]


def test_a_picture_is_embedded_and_not_wider_than_the_page() -> None:
    document = WordDocument("Chat", Looks("en"), NOW, WordPage(width=30, margin=14.9))
    picture = picture_of(PICTURE)
    assert picture
    document.picture(picture, "two by three")
    file = WordFile(document.packed())
    extent = next(file.document.iter("wp_extent"))
    assert int(extent.get("cx", "0")) <= 0.2 * 36_000
    assert file.archive.read("word/media/image1.png") == PICTURE
    assert next(file.document.iter("wp_docPr")).get("descr") == "two by three"


def test_the_same_picture_is_in_a_file_once() -> None:
    names = WordFile(word_of(f"{CORPUS['pictures']}\n\n{CORPUS['pictures']}")).names
    assert [name for name in names if "media" in name] == ["word/media/image1.png"]


@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"<svg/>", b"\xff\xd8" + b"\xff" * 99]
)
def test_what_is_no_picture_is_not_embedded(data: bytes) -> None:
    assert picture_of(data) is None


def test_footnotes_are_those_of_word() -> None:
    file = WordFile(word_of("One[^a], two[^b], one again[^a].\n\n[^a]: First.\n[^b]: Second, see[^a].\n"))
    notes = {each.get("w_id"): text_of(each).strip() for each in file.xml("word/footnotes.xml")}
    assert notes == {"-1": "", "0": "", "1": "First.", "2": "Second, see1."}
    assert [each.get("w_id") for each in file.document.iter("w_footnoteReference")] == ["1", "2"]
    assert [each.text for each in file.document.iter("w_instrText")] == [" NOTEREF _Note1 \\h "]


def test_a_formula_is_an_equation_and_what_is_no_formula_stays_as_written() -> None:
    document = WordFile(word_of("$x^2$ and $\\nonsense$\n\n$$\\frac{a}{b}$$")).document
    assert [each.tag for each in document.iterfind(".//m_oMath/*")] == ["m_sSup", "m_f"]
    assert len(document.findall(".//m_oMathPara")) == 1
    assert "$\\nonsense$" in text_of(document)


def test_arabic_runs_from_right_to_left_and_latin_words_in_it_do_not() -> None:
    document = WordFile(word_of("مرحبا hello بالعالم")).document
    assert document.find(".//w_pPr/w_bidi") is not None
    runs = [(text_of(run).strip(), run.find("w_rPr/w_rtl") is not None) for run in document.iter("w_r")]
    assert runs == [("مرحبا", True), ("hello", False), ("بالعالم", True)]


def test_chinese_has_its_font_and_its_quotation_marks() -> None:
    file = WordFile(word_of("他说“你好”。\n\nHe said “hello”."))
    fonts = file.xml("word/styles.xml").find("w_docDefaults/w_rPrDefault/w_rPr/w_rFonts")
    assert fonts is not None
    assert fonts.get("w_eastAsia") == "Microsoft YaHei"
    assert [each.get("w_hint") for each in file.document.iter("w_rFonts")] == ["eastAsia"]


@pytest.mark.parametrize(
    ("language", "font", "latin", "east_asian"),
    [
        ("zh-CN", "Microsoft YaHei", "en-US", "zh-CN"),
        ("zh-TW", "Microsoft JhengHei", "en-US", "zh-TW"),
        ("ja", "Yu Gothic", "en-US", "ja"),
        ("de-DE", "Microsoft YaHei", "de-DE", "zh-CN"),
        ("en", "Microsoft YaHei", "en-US", "zh-CN"),
    ],
)
def test_the_language_of_the_user_decides_about_fonts_and_spelling(
    language: str, font: str, latin: str, east_asian: str
) -> None:
    defaults = WordFile(WordDocument("", Looks(language), NOW).packed()).xml("word/styles.xml").find("w_docDefaults")
    assert defaults is not None
    fonts, languages = (next(defaults.iter(tag)) for tag in ("w_rFonts", "w_lang"))
    assert (fonts.get("w_eastAsia"), languages.get("w_val"), languages.get("w_eastAsia")) == (font, latin, east_asian)


def test_a_short_question_is_in_the_navigation_pane_and_a_long_one_is_not() -> None:
    for text, expected in (("Why?", "1"), ("Why? " * 100, None)):
        document = WordDocument("Chat", Looks("en", 1), NOW)
        document.question(parse(text))
        level = WordFile(document.packed()).document.find(".//w_pPr/w_outlineLvl")
        assert (level.get("w_val") if level is not None else None) == expected


def test_a_question_with_a_list_is_in_a_box_of_one_cell() -> None:
    document = WordDocument("Chat", Looks("en", 1), NOW)
    document.question(parse("Do:\n\n1. one\n2. two\n\n| a |\n|---|\n| b |\n"))
    data = document.packed()
    assert violations(data) == []
    assert [text for text in WordFile(data).texts(".//w_body/w_tbl/w_tr/w_tc/w_p") if text] == ["Do:", "one", "two"]


def test_the_paper_has_its_size_margins_and_page_numbers() -> None:
    data = WordDocument("Chat", Looks("en"), NOW, WordPage(215.9, 279.4, 12.7)).packed()
    file = WordFile(data)
    size, margins = (next(file.document.iter(tag)) for tag in ("w_pgSz", "w_pgMar"))
    assert (size.get("w_w"), size.get("w_h"), margins.get("w_left")) == ("12240", "15840", "720")
    assert next(file.xml("word/footer1.xml").iter("w_fldSimple")).get("w_instr") == "PAGE"


def test_the_file_tells_its_title_and_nothing_about_the_user_or_the_computer() -> None:
    file = WordFile(WordDocument("A <title> & \x00more", Looks("en"), NOW).packed())
    core = ET.fromstring(file.archive.read("docProps/core.xml"))
    properties = {each.tag.partition("}")[2]: each.text for each in core}
    assert properties == {
        "title": "A <title> & more",
        "language": "en",
        "created": "2026-11-28T09:30:00Z",
        "modified": "2026-11-28T09:30:00Z",
    }
    assert {entry.date_time for entry in file.archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
