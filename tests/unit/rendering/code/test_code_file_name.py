import pytest

from chatdesk.rendering.code.code_file_name import suggested_file_name
from chatdesk.rendering.markdown.blocks import Code


def code(text: str, info: str = "") -> Code:
    return Code(start=0, end=len(text), text=text, info=info)


@pytest.mark.parametrize(
    ("text", "info", "name"),
    [
        ("x = 1\n", "python", "code.py"),
        ("x = 1\n", 'python title="app.py"', "app.py"),
        ("x = 1\n", "python:src/app.py", "app.py"),
        ("# app.py\nx = 1\n", "python", "app.py"),
        ("#!/usr/bin/env python3\n# tools/app.py\n", "python", "app.py"),
        ("// src/main.rs\n", "rust", "main.rs"),
        ("/* style.css */\n", "css", "style.css"),
        ("<!-- index.html -->\n", "html", "index.html"),
        ("# File: `a-b.py`\n", "python", "a-b.py"),
        ("# Dockerfile\nFROM x\n", "", "Dockerfile"),
        ("# this reads config.json first\n", "python", "code.py"),
        ("# 1.5\n", "python", "code.py"),
        ("<html><head><title> Snake: the game </title>\n", "html", "Snake the game.html"),
        ("public class Main {\n", "java", "Main.java"),
        ("FROM x\n", "dockerfile", "Dockerfile"),
        ("all:\n", "makefile", "Makefile"),
        ("import os\n\ndef f():\n", "", "code.py"),
        ("anything\n", "", "code.txt"),
        ("a-->b\n", "mermaid", "code.mmd"),
        ("x\n", "tsx", "code.tsx"),
        ("x\n", "nobody-knows", "code.txt"),
        ("x\n", "rust,ignore", "code.rs"),
        ("你好\n", 'text title="说明.txt"', "说明.txt"),
    ],
)
def test_a_name_is_recognised_by_fence_comment_title_or_language(text: str, info: str, name: str):
    assert suggested_file_name(code(text, info)) == name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../.ssh/authorized_keys", "authorized_keys"),
        ("C:\\Windows\\System32\\evil.dll", "evil.dll"),
        ("..", "code.py"),
        ("a\u202egnp.exe", "a gnp.exe"),
        ("nul.txt", "_nul.txt"),
        ("x" * 500, "x" * 80),
        ("  .hidden ", "hidden"),
        ("a:b?c*.py", "a b c .py"),
    ],
)
def test_a_hostile_name_is_made_harmless(title: str, name: str):
    assert suggested_file_name(code("x = 1\n", f'python title="{title}"')) == name


def test_long_code_is_looked_at_only_at_its_beginning():
    assert suggested_file_name(code("<title" * 200_000 + "\n", "html")) == "code.html"
    assert suggested_file_name(code("# " + "a." * 500_000 + "\n", "python")) == "code.py"
