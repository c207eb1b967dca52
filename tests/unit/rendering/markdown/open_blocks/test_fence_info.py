import pytest

from chatdesk.rendering.markdown.open_blocks.fence_info import fence_language, fence_title


@pytest.mark.parametrize(
    ("info", "language", "title"),
    [
        ("", "", ""),
        ("Python", "python", ""),
        ('python title="app.py"', "python", "app.py"),
        ("python title='my app.py'", "python", "my app.py"),
        ("js filename=src/main.js {1,3}", "js", "src/main.js"),
        ("python:app/main.py", "python", "app/main.py"),
        ("tsx src/App.tsx", "tsx", "src/App.tsx"),
        ("{.python}", "python", ""),
        ('{.python title="a.py"}', "python", "a.py"),
        ("{ .js .numberLines }", "js", ""),
        ("rust,ignore", "rust", ""),
        ("js{1,3}", "js", ""),
        ("language-go", "go", ""),
        ("c++", "c++", ""),
        ("c#", "c#", ""),
        ("f# Program.fs", "f#", "Program.fs"),
        ('title="notes.txt"', "", "notes.txt"),
        ("text version 1.5 of it", "text", ""),
        ('python title=""', "python", ""),
    ],
)
def test_language_and_title_are_recognised_in_the_ways_models_use(info: str, language: str, title: str):
    assert fence_language(info) == language
    assert fence_title(info) == title


@pytest.mark.parametrize("info", ["x" * 100_000, "title=" * 20_000, ": " * 50_000, "\0\ud800", "{" * 10_000])
def test_hostile_words_are_no_trouble(info: str):
    assert len(fence_language(info)) <= 1_000
    assert len(fence_title(info)) <= 1_000
