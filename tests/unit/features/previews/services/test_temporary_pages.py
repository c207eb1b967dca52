import stat
import sys
from pathlib import Path

import pytest

from chatdesk.features.previews.services.temporary_pages import TemporaryPages
from chatdesk.kernel.errors.storage_errors import FileNotSaved


@pytest.mark.asyncio
async def test_a_page_for_the_browser_is_for_its_owner_alone(tmp_path: Path):
    page = await TemporaryPages(tmp_path / "pages").write("Snake.html", b"<p>")
    assert page.read_bytes() == b"<p>"
    assert page.name == "Snake.html"
    if sys.platform != "win32":
        assert stat.S_IMODE(page.stat().st_mode) == 0o600
        assert stat.S_IMODE(page.parent.stat().st_mode) == 0o700


@pytest.mark.asyncio
async def test_two_pages_of_one_name_are_two_files(tmp_path: Path):
    temporary_pages = TemporaryPages(tmp_path / "pages")
    first, second = await temporary_pages.write("a.html", b"1"), await temporary_pages.write("a.html", b"2")
    assert (first.read_bytes(), second.read_bytes()) == (b"1", b"2")


@pytest.mark.asyncio
async def test_what_was_handed_out_is_gone_afterwards_also_when_the_program_crashed_in_between(tmp_path: Path):
    page = await TemporaryPages(tmp_path / "pages").write("Snake.html", b"<p>")
    await TemporaryPages(tmp_path / "pages").forget()
    assert not page.exists()
    await TemporaryPages(tmp_path / "pages").forget()


@pytest.mark.asyncio
async def test_a_folder_that_cannot_be_made_is_an_error_with_the_files_name(tmp_path: Path):
    (tmp_path / "pages").write_text("in the way")
    with pytest.raises(FileNotSaved) as caught:
        await TemporaryPages(tmp_path / "pages").write("Snake.html", b"<p>")
    assert caught.value.name == "Snake.html"
