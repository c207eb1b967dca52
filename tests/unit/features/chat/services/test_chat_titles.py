"""The title in a model's reply, whatever else the reply contains."""

import pytest

from chatdesk.features.chat.services.chat_titles import _fits_language, _prompt, title_of_reply

LONG = "An exhaustive overview of everything that anybody has ever written about compound interest"


@pytest.mark.parametrize(
    ("reply", "title"),
    [
        ("Compound interest", "Compound interest"),
        ('"Compound interest"', "Compound interest"),
        ("“Compound interest.”", "Compound interest"),
        ("「月复利的计算」", "月复利的计算"),
        ("《月复利的计算》。", "月复利的计算"),
        ("## **Compound** `interest`\n", "Compound interest"),
        ("Title: Compound interest", "Compound interest"),
        ('**Title:** "Compound interest"', "Compound interest"),
        ("标题：月复利的计算", "月复利的计算"),
        ("Sure, here is a title:\n\nCompound interest", "Compound interest"),
        ("- Compound interest\n- Monthly interest", "Compound interest"),
        ("1. Compound interest", "Compound interest"),
        ("<think>\nThe user wants…\n</think>\n\nCompound interest", "Compound interest"),
        ("The user wants a title.</think>Compound interest", "Compound interest"),
        ("<think>The user wants a title", ""),
        ("<b>Compound</b> interest<script>", "Compound interest"),
        ("[Compound interest](https://example.org)", "Compound interest"),
        ("Compound\u202e interest\x07\u200b", "Compound interest"),
        ("What does `snake_case` mean?", "What does snake_case mean?"),
        ("C# and __init__ in C++", "C# and __init__ in C++"),
        ("What is 2*3 or 2 * 3?", "What is 2*3 or 2 * 3?"),
        ("*Compound* interest **explained**", "Compound interest explained"),
        ("**Compound interest", "Compound interest"),
        ("~~Old~~ New", "Old New"),
        (".NET and C++", ".NET and C++"),
        ('The word "break"', 'The word "break"'),
        ('"Red" and "green"', '"Red" and "green"'),
        ('"Compound interest', "Compound interest"),
        ("Rock 'n' roll", "Rock 'n' roll"),
        ("Sure! Here is a title: Compound interest", "Compound interest"),
        ("Here's your title: 'Compound interest'", "Compound interest"),
        ("以下是标题：月复利的计算", "月复利的计算"),
        ("Book titles: how to choose one", "Book titles: how to choose one"),
        ("Is 2 < 3 and 5 > 4?", "Is 2 < 3 and 5 > 4?"),
        ("", ""),
        ("\n \n", ""),
        ("***", ""),
        ('""', ""),
        ("😀", ""),
    ],
)
def test_a_title_is_one_plain_line(reply: str, title: str) -> None:
    assert title_of_reply(reply) == title


def test_a_long_title_is_shortened_at_a_word() -> None:
    title = title_of_reply(LONG)
    assert len(title) <= 60
    assert title.endswith("…")
    assert LONG.startswith(title[:-1])


def test_a_long_reply_is_read_in_no_time() -> None:
    assert title_of_reply("[" * 1_000_000 + "<" * 1_000_000) == ""


@pytest.mark.parametrize(
    ("reply", "title"),
    [("Understanding the difference between", ""), ("Compound interest\n\nThis title was chosen", "Compound interest")],
)
def test_the_last_line_of_a_reply_that_was_cut_off_is_not_used(reply: str, title: str) -> None:
    assert title_of_reply(reply, is_cut=True) == title


@pytest.mark.parametrize(
    ("title", "question", "fits"),
    [
        ("月复利的计算", "复利是怎么算的？", True),
        ("Compound interest", "复利是怎么算的？", False),
        ("Python 入门", "怎么学 Python？", True),
        ("Compound interest", "How does compound interest work?", True),
        ("月复利的计算", "How does compound interest work?", False),
        ("The word 你好", "What does 你好 mean?", True),
        ("複利の計算", "複利はどう計算しますか？", True),
        ("Zinseszins", "Wie funktioniert Zinseszins?", True),
    ],
)
def test_a_title_in_another_script_than_the_question_is_not_used(title: str, question: str, *, fits: bool) -> None:
    assert _fits_language(title, question) is fits


def test_the_model_gets_the_question_and_500_characters_of_the_answer() -> None:
    prompt = _prompt("Why? " + "q" * 5_000, "z" * 5_000)
    assert prompt.count("z") == 500
    assert "Why? qqq" in prompt
    assert prompt.count("q") < 2_100


def test_a_chinese_question_is_put_in_chinese() -> None:
    assert _prompt("复利是怎么算的？", "……").startswith("为下面的对话")
    assert _prompt("複利はどう計算しますか？", "……").startswith("Write a title")
    assert _prompt("What does 你好 mean in English, please?", "…").startswith("Write a title")
