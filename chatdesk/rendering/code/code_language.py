"""The lexer for the language of a code fence. Only pygments' own lexers are used: a name never loads anything else."""

from functools import cache

from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class, get_all_lexers

from chatdesk.rendering.markdown.open_blocks.fence_info import fence_language

_ALSO_CALLED = {
    "apex": "java",
    "assembly": "nasm",
    "astro": "html",
    "blade": "html+php",
    "conf": "ini",
    "cshtml": "html",
    "csv": "",
    "docker-compose": "yaml",
    "dotenv": "bash",
    "ejs": "html",
    "env": "bash",
    "erl": "erlang",
    "git-diff": "diff",
    "gql": "graphql",
    "htaccess": "apacheconf",
    "ipython": "python",
    "javascriptreact": "jsx",
    "jsonc": "javascript",
    "m": "objective-c",
    "mdx": "markdown",
    "metal": "cpp",
    "mm": "objective-c++",
    "objectivec": "objective-c",
    "opencl": "c",
    "pgsql": "postgresql",
    "pl": "perl",
    "plaintext": "",
    "plsql": "postgresql",
    "razor": "html",
    "shellscript": "bash",
    "sqlite": "sql",
    "svelte": "html",
    "svg": "xml",
    "terminal": "console",
    "text": "",
    "txt": "",
    "typescriptreact": "tsx",
    "vb": "vb.net",
    "vba": "vb.net",
    "viml": "vim",
    "wasm": "wat",
    "x86asm": "nasm",
}
"""Names used by models that pygments does not know or assigns to another language; empty for plain text."""

_TOO_SLOW = frozenset({"Easytrieve", "MCSchema", "Systemd"})
"""Titles of lexers that take seconds for a malicious line."""

_MAX_NAME_LENGTH = 32


def find_lexer(language: str) -> Lexer | None:
    """Return a new lexer for one of a language's names or file extensions; None if there is none."""
    name = fence_language(language)
    if len(name) > _MAX_NAME_LENGTH:
        return None
    title = _titles().get(_ALSO_CALLED.get(name, name))
    lexer_class = find_lexer_class(title) if title else None
    # The text must not be changed by adding or removing lines.
    return lexer_class(stripnl=False, ensurenl=False) if lexer_class else None


@cache
def _titles() -> dict[str, str]:
    """Pygments' title of each language by its usual names. Aliases take precedence over file extensions, both in pygments' order."""
    names: dict[str, str] = {}
    endings: dict[str, str] = {}
    for title, aliases, patterns, _ in get_all_lexers(plugins=False):
        if title in _TOO_SLOW:
            continue
        for alias in aliases:
            names.setdefault(alias.lower(), title)
        for pattern in patterns:
            endings.setdefault(pattern.removeprefix("*.").lower(), title)
    return endings | names
