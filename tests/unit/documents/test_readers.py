"""What is read of each format."""

from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from chatdesk.documents.readers.book import read_book
from chatdesk.documents.readers.html_text import read_html, to_markdown
from chatdesk.documents.readers.messages import enclosed_data, read_email
from chatdesk.documents.readers.other_texts import read_notebook, read_rich_text, read_subtitles
from chatdesk.documents.readers.pdf import read_pdf
from chatdesk.documents.readers.reading import Read, ReadingProblem, UnreadableDocument
from chatdesk.documents.readers.sheets import read_sheets
from chatdesk.documents.readers.slides import read_slides
from chatdesk.documents.readers.word import read_word
from chatdesk.kernel.chat.message import DocumentUnit
from chatdesk.kernel.documents.document_text import EnclosedFile, Section
from tests.fakes.document_files import docx, eml, epub, odp, odt, paragraph, pdf, pptx, xlsx, zipped

Sections = Callable[[Read, bytes], tuple[Section, ...]]


@pytest.fixture
def sections(tmp_path: Path) -> Sections:
    """Write a file and return what is read of it."""

    def read(reader: Read, data: bytes) -> tuple[Section, ...]:
        path = tmp_path / "document"
        path.write_bytes(data)
        return tuple(reader(path).sections)

    return read


def test_a_pdf_has_pages(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf([["First page", "with (two) lines"], ["Second page"]]))
    reading = read_pdf(path)
    assert (reading.unit, reading.count) == (DocumentUnit.PAGE, 2)
    assert [section.text for section in reading.sections] == ["First page\nwith (two) lines", "Second page"]


def test_headers_and_footers_of_a_pdf_are_left_out(sections: Sections) -> None:
    pages = [["Annual report", f"Text of page {number} {'x' * number}", f"Page {number}"] for number in range(1, 9)]
    read = sections(read_pdf, pdf(pages))
    assert [section.text for section in read] == [page[1] for page in pages]


def test_two_pages_may_begin_with_the_same_line(sections: Sections) -> None:
    read = sections(read_pdf, pdf([["Same", "a"], ["Same", "b"]]))
    assert [section.text for section in read] == ["Same\na", "Same\nb"]


def test_a_word_document_has_headings_lists_tables_and_footnotes(sections: Sections) -> None:
    table = (
        f"<w:tbl><w:tr><w:tc>{paragraph('Cost')}</w:tc><w:tc>{paragraph('2025')}</w:tc></w:tr>"
        f"<w:tr><w:tc>{paragraph('Travel')}</w:tc><w:tc>{paragraph('116,300')}</w:tc></w:tr></w:tbl>"
    )
    changed = (
        "<w:p><w:ins w:id='1'><w:r><w:t>inserted</w:t></w:r></w:ins>"
        "<w:del w:id='2'><w:r><w:delText>deleted</w:delText></w:r></w:del></w:p>"
    )
    (section,) = sections(
        read_word, docx(paragraph("我们的承诺", "Heading1") + paragraph("Three promises") + table + changed)
    )
    assert "我们的承诺" in section.text
    assert "| Cost | 2025 |\n| --- | --- |\n| Travel | 116,300 |" in section.text
    assert "inserted" in section.text
    assert "deleted" not in section.text


def test_an_opendocument_text_has_headings_lists_and_tables(sections: Sections) -> None:
    body = (
        "<text:tracked-changes><text:p>removed</text:p></text:tracked-changes>"
        '<text:h text:outline-level="2">Figures</text:h><text:p>One<text:s text:c="2"/>two<text:tab/>three</text:p>'
        "<text:list><text:list-item><text:p>Glass</text:p><text:list><text:list-item><text:p>Green</text:p></text:list-item></text:list>"
        "</text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
        "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>"
    )
    (section,) = sections(read_word, odt(body))
    assert section.text == "## Figures\n\nOne  two\tthree\n\n- Glass\n  - Green\n\n| a | b |\n| --- | --- |"


def test_slides_are_in_the_order_of_the_presentation_with_their_notes(tmp_path: Path) -> None:
    path = tmp_path / "talk.pptx"
    path.write_bytes(pptx([("Welcome", "One\nTwo", "Say hello"), ("结束", "再见", "")]))
    reading = read_slides(path)
    assert (reading.unit, reading.count) == (DocumentUnit.SLIDE, 2)
    assert [section.text for section in reading.sections] == [
        "# Welcome\n\nOne\nTwo\n\nNotes: Say hello",
        "# 结束\n\n再见",
    ]


def test_an_opendocument_presentation_is_read_too(sections: Sections) -> None:
    page = (
        "<draw:page><draw:frame><draw:text-box><text:p>Title</text:p></draw:text-box></draw:frame>"
        "<presentation:notes><draw:frame><draw:text-box><text:p>Say hello</text:p></draw:text-box></draw:frame>"
        "</presentation:notes></draw:page>"
    )
    assert [section.text for section in sections(read_slides, odp(page))] == ["Title\n\nNotes: Say hello"]


def test_sheets_are_tables_with_their_names_and_hidden_ones_are_marked(sections: Sections) -> None:
    data = xlsx({"Costs": [["Cost", "2025"], ["Travel", 116300], ["差旅", 0.256]], "Old": [["secret"]]}, hidden=["Old"])
    assert sections(read_sheets, data) == (
        Section("| Cost | 2025 |\n| --- | --- |\n| Travel | 116300 |\n| 差旅 | 0.256 |", "Costs", "A1:B3"),
        Section("| secret |\n| --- |", "Old", "A1", is_hidden=True),
    )


def test_the_chapters_of_a_book_are_in_the_order_of_its_spine(sections: Sections) -> None:
    read = sections(read_book, epub(["<h1>Call me Ishmael</h1><p>Some years ago</p>", "<h1>Second</h1><p>二</p>"]))
    assert read == (
        Section("# Call me Ishmael\n\nSome years ago", "Call me Ishmael"),
        Section("# Second\n\n二", "Second"),
    )


def test_the_readable_part_of_a_page_is_read(sections: Sections) -> None:
    page = """<html><head><title>t</title><style>p {}</style></head><body><nav>Menu</nav><script>alert(1)</script>
    <article><h2>News</h2><p>One <b>bold</b> word.<br>Next line</p><ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>
    <pre>  x = 1
  y = 2</pre><table><tr><th>a<th>b</tr><tr><td colspan=2>wide</td></tr></table></article></body></html>"""
    (section,) = sections(read_html, page.encode())
    assert section.text == (
        "## News\n\nOne bold word.\nNext line\n\n- a\n- b\n  1. c\n\n```\n  x = 1\n  y = 2\n```\n\n"
        "| a | b |\n| --- | --- |\n| wide |  |"
    )


@pytest.mark.parametrize(
    ("title", "words", "around"), [("Rain", "It rained all week.", "Log in"), ("下雨了", "整个星期都在下雨。", "登录")]
)
@pytest.mark.parametrize("tag", ["main", "article", "div"])
def test_what_is_around_the_text_of_a_page_is_left_out(
    sections: Sections, tag: str, title: str, words: str, around: str
) -> None:
    page = f"""<html><body><header>{around} 1</header><nav>{around} 2</nav><div role=dialog>{around} 3</div><{tag}>
    <h1>{title}</h1><p>{words}</p><p style="color: red; display: none">{around} 4</p><p hidden>{around} 5</p></{tag}>
    <aside>{around} 6</aside><footer>{around} 7</footer></body></html>"""
    assert sections(read_html, page.encode())[0].text == f"# {title}\n\n{words}"


def test_a_page_with_several_articles_is_read_whole(sections: Sections) -> None:
    page = b"<header>Menu</header><article><header><h2>One</h2></header><p>a</p></article><article><h2>Two</h2><p>b</p></article>"
    assert sections(read_html, page)[0].text == "## One\n\na\n\n## Two\n\nb"


def test_what_is_hidden_in_something_hidden_is_left_out(sections: Sections) -> None:
    page = b"<div hidden>a<aside>b</aside>" * 100 + b"</div>" * 100 + b"<footer><aside>c</aside></footer><p>words</p>"
    assert sections(read_html, page)[0].text == "words"


def test_powers_and_numbers_of_footnotes_are_distinguished(sections: Sections) -> None:
    page = b"<p>3 m<sup>2</sup> of glass<sup><a href='#n1'>1</a></sup></p><p>1 A source <a href='#r1'>&#8593;</a></p>"
    assert sections(read_html, page)[0].text == "3 m^2 of glass[^1]\n\n1 A source"


def test_tables_in_a_table_that_is_only_a_layout_are_read_once(sections: Sections) -> None:
    inner = "<table><tr><th>Cost<th>Sum<tr><td>Travel<td>84</table>"
    page = f"<table><tr><td>Menu</td><td><h1>Costs</h1>{inner}</td></tr><tr><td>End</td></tr></table>"
    (section,) = sections(read_html, page.encode())
    assert section.text == "Menu\n\n# Costs\n\n| Cost | Sum |\n| --- | --- |\n| Travel | 84 |\n\nEnd"


@pytest.mark.parametrize("charset", ["gb2312", "shift_jis", "windows-1251"])
def test_a_page_is_decoded_as_it_says(sections: Sections, charset: str) -> None:
    words = {"gb2312": "你好，世界", "shift_jis": "こんにちは", "windows-1251": "Привет"}[charset]
    page = f"<meta charset={charset}><p>{words}</p>".encode(charset)
    assert sections(read_html, page)[0].text == words


def test_rich_text_is_read(sections: Sections) -> None:
    rtf = rb"{\rtf1\ansi\ansicpg936 Hello \b bold\b0\par \u20320?\u22909? caf\'e9}"
    assert sections(read_rich_text, rtf)[0].text.startswith("Hello bold\n你好")


def test_an_email_has_its_head_its_text_and_the_names_of_attachments(sections: Sections) -> None:
    data = (
        b"Subject: =?utf-8?B?5oql5ZGK?=\r\nFrom: Ann <ann@example.org>\r\nTo: bob@example.org\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Hello <i>Bob</i></p>\r\n"
        b"--x\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=plan.pdf\r\n\r\nx\r\n--x--\r\n"
    )
    assert sections(read_email, data)[0].text == (
        "Subject: 报告\nFrom: Ann <ann@example.org>\nTo: bob@example.org\nAttachments: plan.pdf\n\nHello Bob"
    )


def test_what_is_attached_to_an_email_is_enclosed(tmp_path: Path) -> None:
    path = tmp_path / "mail.eml"
    path.write_bytes(eml("Words", {"计划.docx": b"docx", "../../photo.png": b"png"}))
    enclosed = read_email(path).enclosed
    assert enclosed == (EnclosedFile("计划.docx", 4), EnclosedFile("../../photo.png", 3))
    assert [enclosed_data(path, index) for index in range(2)] == [b"docx", b"png"]
    with pytest.raises(UnreadableDocument):
        enclosed_data(path, 2)


def test_an_email_in_an_email_is_enclosed_with_its_subject_as_name(tmp_path: Path) -> None:
    outer = EmailMessage()
    outer["Subject"] = "Outer"
    outer.set_content("Words")
    outer.add_attachment(message_from_bytes(eml("Inner words", {}, "Inner"), policy=default))
    path = tmp_path / "mail.eml"
    path.write_bytes(outer.as_bytes())
    (enclosed,) = read_email(path).enclosed
    assert enclosed.name == "Inner.eml"
    assert b"Inner words" in enclosed_data(path, 0)


def test_a_notebook_has_its_text_its_code_and_what_it_printed(sections: Sections) -> None:
    data = b"""{"metadata": {"language_info": {"name": "python"}}, "cells": [{"cell_type": "markdown", "source": ["# Title"]},
    {"cell_type": "code", "source": "print(1)", "outputs": [{"output_type": "stream", "text": ["1\\n"]},
    {"output_type": "display_data", "data": {"image/png": "AAAA"}}]}]}"""
    assert sections(read_notebook, data)[0].text == ("# Title\n\n```python\nprint(1)\n```\n\nOutput:\n```\n1\n```")


def test_a_notebook_without_what_notebooks_have_is_read(sections: Sections) -> None:
    data = b'{"metadata": {"language_info": []}, "cells": [5, {"cell_type": "markdown", "source": "words"}]}'
    assert sections(read_notebook, data)[0].text == "words"


def test_subtitles_have_their_times(sections: Sections) -> None:
    data = "1\n00:01:05,000 --> 00:01:07,000\n<i>Hello</i>\nthere\n\n2\n00:02:00,000 --> 00:02:01,000\n再见\n".encode()
    assert sections(read_subtitles, data)[0].text == "[0:01:05] Hello\nthere\n[0:02:00] 再见"
    cue = b"WEBVTT\n\n01:05.000 --> 01:07.000\nHi\n"
    assert sections(read_subtitles, cue)[0].text == "[0:01:05] Hi"


@pytest.mark.parametrize("reader", [read_word, read_slides, read_sheets, read_book, read_pdf, read_notebook])
@pytest.mark.parametrize("data", [b"PK\x03\x04broken", b"%PDF-1.7 broken", b"{", zipped({"a": "b"})])
def test_what_is_broken_is_said_to_be(sections: Sections, reader: Read, data: bytes) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        sections(reader, data)
    assert caught.value.problem is ReadingProblem.DAMAGED


def test_plain_html_of_another_reader_becomes_markdown() -> None:
    assert to_markdown("<p>a</p><p>b</p>") == "a\n\nb"
    assert to_markdown("") == ""
