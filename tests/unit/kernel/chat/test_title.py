"""Titles taken from the first question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.chat.conversation import title_from


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Why is the sky blue?", "Why is the sky blue?"),
        ("Why is the sky blue? And the sea?", "Why is the sky blue?"),
        ("Hello! Who are you? Tell me.", "Hello! Who are you?"),
        ("你好！你是谁？请介绍一下自己。", "你好！你是谁？请介绍一下自己"),
        ("你好！请介绍一下自己。谢谢！", "你好！请介绍一下自己"),
        ("Hi.", "Hi"),
        ("# Heading\nand more", "Heading"),
        ("\n\n  - a list\n", "a list"),
        ("```python\nprint(1)\n```", "print(1)"),
        ("为什么天是蓝的？还有海呢？", "为什么天是蓝的？"),
        ("请把这句话翻译成英文。谢谢", "请把这句话翻译成英文"),
        ("**bold** and `code`", "bold and code"),
        ("...\n???\nwords", "words"),
        ("\u202egnp.exe\u0000", "gnp.exe"),
        ("", ""),
        ("\n \t\n", ""),
        ("?!", ""),
    ],
)
def test_the_first_sentence_that_says_something_is_the_title(question: str, title: str) -> None:
    assert title_from(question) == title


def test_a_long_question_is_cut_at_a_word() -> None:
    title = title_from("explain " + "in every detail " * 20)
    assert title.endswith("…")
    assert len(title) <= 60
    assert not title.removesuffix("…").endswith(" ")
    assert title.removesuffix("…").split()[-1] in {"in", "every", "detail"}


@given(st.text())
def test_no_text_makes_a_title_that_breaks_a_list(question: str) -> None:
    title = title_from(question)
    assert len(title) <= 60
    assert title == " ".join(title.split())
