"""Names of files, made of what people and models wrote."""

import re

_REFUSED = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]+')
"""Refused by one of the systems, or apt to show a name that is not the real one."""
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)$")
_LONGEST = 80


def file_name_of(title: str) -> str:
    """Return a name, without ending, that every system takes; empty if nothing of the title is left."""
    name = " ".join(_REFUSED.sub(" ", title).split())[:_LONGEST].strip(" .")
    return f"{name}_" if _RESERVED.match(name) else name
