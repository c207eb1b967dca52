"""Chats as one web page, which runs and loads nothing."""

import re
from collections import Counter
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from chatdesk.features.conversations.services.files.chat_html import HTML
from chatdesk.features.conversations.services.files.chat_settings import ChatSettings
from chatdesk.features.conversations.services.files.chat_text import TEXT
from chatdesk.features.conversations.services.files.exported_chat import Export, ExportedChat, ExportLabels, Include
from chatdesk.features.conversations.services.files.exported_turns import exported_message, formulas_in
from chatdesk.kernel.chat.message import (
    DocumentPart,
    ImagePart,
    Message,
    MessageState,
    Part,
    ReasoningPart,
    Role,
    Source,
    SourcesPart,
    TextPart,
)
from chatdesk.kernel.chat.request import Picture
from chatdesk.kernel.models.model import ModelRef
from chatdesk.rendering.formulas.typeset.setter import FormulaSetter
from chatdesk.rendering.markdown.blocks import AlertKind

NOW = datetime(2026, 11, 28, 12, 30, tzinfo=UTC)
LABELS = ExportLabels()
SHOWN = frozenset({Include.QUESTIONS, Include.REASONING, Include.ATTACHMENTS})
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&"
EMPTY_ELEMENTS = {"meta", "br", "hr", "img", "input", "path", "rect", "use"}


def answer(text: str, *more: Part, model: str = "qwen3:8b") -> Message:
    parts = (*more, TextPart(text))
    return Message("a", "c", "q", 2, Role.ASSISTANT, parts, MessageState.COMPLETE, NOW, ModelRef("s", model))


def question(text: str, *more: Part) -> Message:
    return Message("q", "c", None, 1, Role.USER, (*more, TextPart(text)), MessageState.COMPLETE, NOW)


def export_of(*chats: ExportedChat, title: str = "Title") -> Export:
    setter = FormulaSetter()
    keys = [key for chat in chats for key in formulas_in(chat.turns)]
    formulas = {key: setter.set(key.latex, displayed=key.displayed) for key in keys}
    return Export(title, chats, NOW, formulas=formulas)


def chat_of(*messages: Message, include: frozenset[Include] = SHOWN, title: str = "Title") -> ExportedChat:
    return ExportedChat(title, [exported_message(message, LABELS, include) for message in messages])


def page_of(*messages: Message) -> str:
    return HTML.write(export_of(chat_of(*messages))).decode()


class Elements(HTMLParser):
    """The elements of a page; fails if they are not nested well."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[str] = []
        self.feed(page)
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in EMPTY_ELEMENTS:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY_ELEMENTS:
            assert self._open.pop() == tag

    def attributes(self, name: str) -> list[str]:
        return [value for _, attributes in self.found if (value := attributes.get(name)) is not None]


def test_a_page_is_well_formed_and_has_a_policy_against_everything_from_outside() -> None:
    page = page_of(
        question("Why?"), answer("# So\n\n- a\n  - b\n\n| x |\n| - |\n| y |\n\n```py\nif 1: pass\n```\n\n$x^2$")
    )
    elements = Elements(page)
    (policy,) = (each["content"] for tag, each in elements.found if tag == "meta" and "http-equiv" in each)
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
    assert not {"script", "iframe", "object", "embed", "link", "base", "form"} & {tag for tag, _ in elements.found}
    assert "prefers-color-scheme: dark" in page
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')


@pytest.mark.parametrize(
    "place", ["text", "code", "title", "model", "name", "source", "reasoning", "instructions", "formula"]
)
def test_nothing_of_a_chat_becomes_an_element(place: str) -> None:
    placed = {
        "text": answer(HOSTILE),
        "code": answer(f"```{HOSTILE}\n{HOSTILE}\n```\n\n`{HOSTILE}`"),
        "model": answer("So.", model=HOSTILE),
        "name": question("Look", ImagePart("1", "image/png", HOSTILE), DocumentPart("2", "", HOSTILE)),
        "source": answer("So.", SourcesPart((Source(1, HOSTILE, HOSTILE, HOSTILE, "javascript:alert(1)"),))),
        "reasoning": answer("So.", ReasoningPart(HOSTILE)),
        "formula": answer(f"$\\text{{{HOSTILE}}}$"),
    }
    message = placed.get(place, answer("So."))
    title = HOSTILE if place == "title" else "Title"
    chat = ExportedChat(
        title,
        [exported_message(message, LABELS)],
        settings=ChatSettings(HOSTILE if place == "instructions" else ""),
    )
    elements = Elements(HTML.write(export_of(chat, title=title)).decode())
    assert "script" not in {tag for tag, _ in elements.found}
    assert not any(name.startswith("on") for _, attributes in elements.found for name in attributes)
    assert not [each for each in (*elements.attributes("src"), *elements.attributes("href")) if "alert" in each]


@pytest.mark.parametrize(
    "source",
    [
        "https://tracker.example/?q=1",
        "file:///etc/passwd",
        "//host/x",
        "x.png",
        "data:text/html,x",
        "data:image/svg+xml;base64,AAAA",
    ],
)
def test_only_pictures_that_are_in_the_file_are_shown(source: str) -> None:
    elements = Elements(page_of(answer(f"![words]({source})")))
    assert "img" not in {tag for tag, _ in elements.found}


def test_pictures_are_in_the_file() -> None:
    chat = chat_of(
        question("Look", ImagePart("1", "image/png", "cat.png")), answer("![dot](data:image/png;base64,AAAA)")
    )
    chat = ExportedChat(chat.title, chat.turns, pictures={"1": Picture("image/png", b"\x89PNG")})
    elements = Elements(HTML.write(export_of(chat)).decode())
    assert elements.attributes("src") == ["data:image/png;base64,iVBORw==", "data:image/png;base64,AAAA"]


def test_links_lead_only_where_links_may_lead() -> None:
    elements = Elements(
        page_of(answer("[a](https://a.example) [b](javascript:alert(1)) [c](file:///etc) [d](mailto:x@y.z)"))
    )
    assert elements.attributes("href") == ["https://a.example", "mailto:x@y.z"]


def test_formulas_are_mathml_that_can_be_selected_and_read_aloud() -> None:
    page = page_of(answer(r"So $\frac{a}{b}$ and" + "\n\n$$x < y$$"))
    tags = [tag for tag, _ in Elements(page).found]
    assert tags.count("math") == 2
    assert {"mfrac", "annotation"} <= set(tags)
    assert "svg" not in tags


def test_formulas_that_browsers_lack_are_drawn_and_their_shapes_stand_in_the_file_once() -> None:
    page = page_of(answer(r"$\cancelto{0}{x}$ and $\cancelto{0}{x}$ and $x$"))
    elements = Elements(page)
    names = elements.attributes("id")
    shapes = [f"#{name}" for name in names if re.fullmatch(r"s\d+", name)]
    used = [value for tag, each in elements.found if tag == "use" and (value := each["href"])]
    assert set(used) == set(shapes)
    assert len(used) > len(shapes)
    assert r'aria-label="\cancelto{0}{x}"' in page


def test_names_of_footnotes_are_unique_in_a_page_with_several_answers() -> None:
    note = "So[^1].\n\n[^1]: Why."
    elements = Elements(page_of(answer(note, ReasoningPart(note)), answer(note)))
    names = Counter(elements.attributes("id"))
    assert max(names.values()) == 1
    assert all(target.removeprefix("#") in names for target in elements.attributes("href"))


def test_several_chats_have_a_list_of_contents() -> None:
    page = HTML.write(export_of(chat_of(question("Why?"), title="One"), chat_of(title="Two"), title="Folder")).decode()
    elements = Elements(page)
    assert elements.attributes("href") == ["#chat-0", "#chat-1"]
    assert {"chat-0", "chat-1"} <= set(elements.attributes("id"))
    assert "<title>Folder</title>" in page


def test_reasoning_is_folded() -> None:
    page = page_of(answer("So.", ReasoningPart("Hm", 3200)))
    assert '<details class="reasoning">\n<summary>Reasoning (3 s)</summary>\n<p>Hm</p>\n</details>' in page


def test_plain_text_has_no_markup() -> None:
    chat = chat_of(
        question("**Why?**", ImagePart("1", "image/png", "cat.png")), answer("# So\n\n*Because*", ReasoningPart("Hm"))
    )
    assert TEXT.write(export_of(chat)).decode() == (
        "Title\n========================================\n\nYou:\n\n[cat.png]\n\nWhy?\n\n"
        "qwen3:8b:\n\n  Reasoning:\n  Hm\n\nSo\n\nBecause\n"
    )


def test_lists_quotes_and_tables_begin_at_the_right_if_their_text_does() -> None:
    text = (
        "- عنصر\n\n1. عنصر\n\n> اقتباس\n\n> [!NOTE]\n> ملاحظة\n\n| اسم |\n| --- |\n| واحد |\n\nTerm\n: D[^1]\n\n[^1]: N"
    )
    found = Elements(page_of(answer(text))).found
    sided = {
        tag: attributes.get("dir") for tag, attributes in found if tag in {"ul", "ol", "blockquote", "table", "dl"}
    }
    assert sided == dict.fromkeys(("ul", "ol", "blockquote", "table", "dl"), "auto")


@pytest.mark.parametrize("kind", AlertKind)
def test_an_alert_has_a_colour_in_both_schemes(kind: AlertKind) -> None:
    page = page_of(answer(f"> [!{kind.upper()}]\n> Mind this."))
    assert f'class="alert-{kind}"' in page
    color = re.search(rf"\.alert-{kind} {{ --alert: var\((--\w+)\)", page)
    assert color is not None
    assert page.count(f"{color[1]}: #") == 2
