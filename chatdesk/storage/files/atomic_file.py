"""Writes a small file so that a crash or a full disk leaves the old one or the new one, never half of either."""

from pathlib import Path

from chatdesk.storage.files.private_files import create_private_file, force_to_disk, make_private_folder


def replace_file(path: Path, content: bytes) -> None:
    """Put `content` in place of what `path` held, readable by its owner only. Raises `OSError`; the old file is there then.

    One caller at a time for one path.
    """
    make_private_folder(path.parent)
    new = path.with_name(f"{path.name}.new")
    try:
        create_private_file(new)
        new.write_bytes(content)
        force_to_disk(new)
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    force_to_disk(path.parent)
