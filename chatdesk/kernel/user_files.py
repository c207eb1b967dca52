"""Where presets and glossaries are in a weekly backup and in an export of everything: in subfolders of a folder with a fixed name."""

USER_FILES = "user-files"
"""Name of the folder."""
PRESETS, GLOSSARIES = "presets", "glossaries"
"""Names of its subfolders, and of those in the data folder."""
SUFFIXES = {PRESETS: ".md", GLOSSARIES: ".csv"}
"""Endings of the files in each subfolder."""


def user_file_kind(name: str) -> str:
    """Return the subfolder of a file in an export, `presets` or `glossaries`; empty for other files. `name` is a path with slashes."""
    *_, above, kind, base = ("", "", *name.split("/"))
    is_user_file = above == USER_FILES and kind in SUFFIXES and base.lower().endswith(SUFFIXES[kind])
    return kind if is_user_file else ""
