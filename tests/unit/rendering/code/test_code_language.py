import pytest

from chatdesk.rendering.code.code_language import find_lexer


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("python", "Python"),
        ("Py", "Python"),
        ("c++", "C++"),
        ("c#", "C#"),
        ("cs", "C#"),
        ("golang", "Go"),
        ("sh", "Bash"),
        ("yml", "YAML"),
        ("jsonc", "JavaScript"),
        ("svg", "XML"),
        ("patch", "Diff"),
        ("{.python}", "Python"),
        ("rs", "Rust"),
        ("kt", "Kotlin"),
        ("tsx", "TSX"),
        ("vue", "Vue"),
        ("dockerfile", "Docker"),
        ("m", "Objective-C"),
        ("js", "JavaScript"),
        ("ts", "TypeScript"),
        ("jsx", "JSX"),
        ("py", "Python"),
        ("rust,ignore", "Rust"),
        ("language-go", "Go"),
        ("python:app.py", "Python"),
        ("js{1,3}", "JavaScript"),
        ("pgsql", "PostgreSQL SQL dialect"),
        ("typescriptreact", "TSX"),
    ],
)
def test_a_language_is_known_by_the_names_people_use(language: str, title: str):
    lexer = find_lexer(language)

    assert lexer is not None
    assert lexer.name == title


@pytest.mark.parametrize(
    "language",
    [
        "",
        "text",
        "plaintext",
        "txt",
        "no-such-language",
        "../../etc/passwd",
        "pygments.lexers",
        "x" * 1_000_000,
        "\0",
        "mermaid",
        "easytrieve",
        "mcschema",
        "systemd",
    ],
)
def test_a_name_that_means_no_language_has_no_lexer(language: str):
    assert find_lexer(language) is None
