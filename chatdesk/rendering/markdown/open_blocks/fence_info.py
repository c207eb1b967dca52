"""The info string of a code fence: the language, and sometimes the name of the code's file.

Models write `python`, `python title="app.py"`, `python:app.py`, `rust,ignore`, `{.python}`, `js {1,3}`, `language-js`. This module does not
use lexers.
"""

import re

_LANGUAGE = re.compile(r"(?:language-|lang-)?([^\s,:;{}()=]+)")
_TITLE = re.compile(r"""\b(?:title|file|filename|path|name)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'}]+))""", re.IGNORECASE)
_FILE = re.compile(r"[\w.-]*\w\.[A-Za-z]\w{0,11}")
"""A name that is recognisable as a file name."""
_MAX_LENGTH = 1_000


def fence_language(info: str) -> str:
    """Return the name of the language in lower case; empty if there is none."""
    text = info[:_MAX_LENGTH].strip().removeprefix("{").lstrip(" .")
    found = _LANGUAGE.match(text)
    language = found.group(1).lower() if found else ""
    # `title="x.py"` alone does not name a language.
    return "" if found and text[found.end() :].startswith("=") else language


def fence_title(info: str) -> str:
    """Return the given name or path of a file; empty if there is none.

    It is untrusted text and must be sanitised before use as a file name.
    """
    text = info[:_MAX_LENGTH]
    if found := _TITLE.search(text):
        return next(filter(None, found.groups()), "")
    for word in re.split(r"[\s:]+", text)[1:]:
        if _FILE.fullmatch(re.split(r"[/\\]", word)[-1]):
            return word
    return ""
