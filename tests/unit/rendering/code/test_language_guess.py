import pytest

from chatdesk.rendering.code.code_language import find_lexer
from chatdesk.rendering.code.language_guess import MAX_GUESSED_LINES, LanguageGuess, guess_language
from tests.unit.rendering.code_samples import SAMPLES

CODE = {
    "python": [
        "import os\n\ndef main():\n    print(os.name)\n",
        "#!/usr/bin/env python3\n",
        "from a.b import c\n\nfor x in c:\n",
    ],
    "javascript": ["const a = 1;\nconst f = (x) => x + a;\nconsole.log(f(2));\n", "function f(x) {\n  let y = x;\n"],
    "typescript": ["interface A {\n  x: number;\n}\nconst a: A = { x: 1 };\n"],
    "html": ["<!DOCTYPE html>\n", "<div class='x'>\n  <p>hi</p>\n</div>\n"],
    "xml": ['<?xml version="1.0"?>\n', '<svg viewBox="0 0 1 1">\n'],
    "php": ["<?php\n"],
    "bash": ["#!/bin/bash\n", "mkdir demo\ncd demo\nnpm install x\n", "pip install x\npip install y\n"],
    "diff": ["diff --git a/x b/x\n", "@@ -1,2 +1,2 @@\n"],
    "java": ["public class A {\n    public static void main(String[] args) {\n"],
    "c": ["#include <stdio.h>\n\nint main(void) {\n"],
    "cpp": ["#include <iostream>\n\nint main() {\n    std::cout << 1;\n"],
    "go": ["package main\n\nfunc main() {\n"],
    "rust": ["fn main() {\n    let mut x = 1;\n"],
    "sql": ["SELECT a, b FROM t\nWHERE a = 1;\n"],
    "css": [".a {\n  color: red;\n}\n"],
    "json": ['{\n  "a": 1,\n  "b": "c"\n}\n'],
    "toml": ["[tool.ruff]\nline-length = 120\n"],
    "dockerfile": ["FROM python:3.12-slim\nWORKDIR /app\n"],
}
PLAIN = [
    "",
    "hello\n",
    "x = 1\n",
    "The import of this is clear.\nFor example, print it and select what you want.\n",
    "project/\n├── src/\n│   └── main.py\n└── README.md\n",
    "2026-11-24 10:00:01 INFO started\n2026-11-24 10:00:02 ERROR failed: x\n",
    "+---+---+\n| a | b |\n+---+---+\n",
    "Hello, {name}\n\nThank you for your message.\n- one\n- two\n",
    "a -> b -> c\nif a: yes\nelse: no\n",
    "x" * 100_000,
    "中文的文字\n第二行\n",
]


@pytest.mark.parametrize(("language", "code"), [(name, code) for name, codes in CODE.items() for code in codes])
def test_code_with_strong_signs_is_known(language: str, code: str):
    assert guess_language(code) == language
    assert find_lexer(language) is not None


@pytest.mark.parametrize("text", PLAIN)
def test_what_may_be_anything_stays_plain(text: str):
    assert guess_language(text) == ""


@pytest.mark.parametrize("name", [*SAMPLES])
def test_a_guess_is_never_changed(name: str):
    guess = LanguageGuess()
    seen = []
    for line in (SAMPLES[name] * 5).split("\n"):
        guess.add(line)
        if guess.language:
            seen.append(guess.language)

    assert len(set(seen)) <= 1
    assert guess_language(SAMPLES[name]) in ("", *seen[:1])


def test_after_many_lines_no_guess_is_made_any_more():
    assert guess_language("words\n" * MAX_GUESSED_LINES + "#!/usr/bin/env python3\nimport os\n\ndef f():\n") == ""
    guess = LanguageGuess()
    for _ in range(MAX_GUESSED_LINES):
        assert not guess.settled
        guess.add("words")
    assert guess.settled
