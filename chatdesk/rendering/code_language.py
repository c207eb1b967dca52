"""Which lexer belongs to the language a code fence names. Only pygments' own lexers: a name never loads anything else."""

from functools import cache

from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class, get_all_lexers

_ALSO_CALLED = {
    "csv": "",
    "docker-compose": "yaml",
    "dotenv": "bash",
    "env": "bash",
    "jsonc": "javascript",
    "m": "objective-c",
    "objectivec": "objective-c",
    "pl": "perl",
    "plaintext": "",
    "shellscript": "bash",
    "svg": "xml",
    "terminal": "console",
    "text": "",
    "txt": "",
    "vb": "vb.net",
}
"""Names models use that pygments does not know; empty for those that mean no language."""

_LONGEST_NAME = 32


def find_lexer(language: str) -> Lexer | None:
    """Return a new lexer for a language by one of its names or file endings; None if there is none."""
    name = language.lower().strip("{.}")
    if len(name) > _LONGEST_NAME:
        return None
    title = _titles().get(_ALSO_CALLED.get(name, name))
    lexer_class = find_lexer_class(title) if title else None
    # The text is ours: no line may be added or taken away.
    return lexer_class(stripnl=False, ensurenl=False) if lexer_class else None


@cache
def _titles() -> dict[str, str]:
    """Pygments' title of each language by the names people use. Names count before file endings, and both as pygments lists them."""
    names: dict[str, str] = {}
    endings: dict[str, str] = {}
    for title, aliases, patterns, _ in get_all_lexers(plugins=False):
        for alias in aliases:
            names.setdefault(alias.lower(), title)
        for pattern in patterns:
            endings.setdefault(pattern.removeprefix("*.").lower(), title)
    return endings | names
