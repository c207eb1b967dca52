from pathlib import Path

import pytest

from chatdesk.kernel.errors.storage_errors import FileNotSaved
from chatdesk.storage.files.file_writing import save_text


@pytest.mark.asyncio
async def test_a_text_is_saved_byte_for_byte(tmp_path: Path):
    await save_text(tmp_path / "x.txt", "a\r\nb\n中🙂\u202e")

    assert (tmp_path / "x.txt").read_bytes() == "a\r\nb\n中🙂\u202e".encode()


@pytest.mark.asyncio
async def test_half_a_character_does_not_keep_the_rest_from_being_saved(tmp_path: Path):
    await save_text(tmp_path / "x.txt", "a\ud800b")

    assert (tmp_path / "x.txt").read_bytes() == b"a?b"


@pytest.mark.asyncio
async def test_a_folder_that_is_gone_is_an_error_with_the_files_name(tmp_path: Path):
    with pytest.raises(FileNotSaved) as caught:
        await save_text(tmp_path / "gone" / "x.txt", "a")

    assert caught.value.name == "x.txt"
