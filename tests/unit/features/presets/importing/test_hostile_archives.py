"""Archives made to do harm (cases.md 123 to 126): nothing of them is taken, and nothing is written anywhere."""

import io
import stat
import struct
import zipfile

import pytest

from chatdesk.features.presets.importing import limits
from chatdesk.features.presets.importing.archive import Archive, ArchiveLimits
from chatdesk.kernel.presets.preset_import import ImportProblem, ImportRefused, SkipReason
from tests.unit.features.presets.importing.samples import contents, refused, zipped

# 123, 124: names and kinds of entries.


@pytest.mark.parametrize(
    "name",
    [
        "../../x.md",
        "/abs.md",
        "C:\\x.md",
        "C:/x.md",
        "..\\x.md",
        "a/../../b.md",
        "CON.md",
        "a/nul",
        "x.",
        "x ./y.md",
        "n" * 1_001,
    ],
)
def test_an_archive_with_a_path_that_leads_out_of_it_is_refused(name: str) -> None:
    assert refused(zipped({"good.md": "Good.", name: "x"})) == ImportProblem.UNSAFE


def test_a_name_that_hides_its_end_behind_a_zero_is_refused() -> None:
    archive = zipped({"aX.md": "x"}).replace(b"aX.md", b"a\0.md")
    assert refused(archive) == ImportProblem.UNSAFE


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFIFO, stat.S_IFBLK, stat.S_IFSOCK])
def test_links_and_devices_in_an_archive_are_refused(kind: int) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        info = zipfile.ZipInfo("link.md")
        info.external_attr = (kind | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    assert refused(made.getvalue()) == ImportProblem.UNSAFE


# 125: archives that grow.


def test_an_entry_that_grows_a_thousand_times_is_refused() -> None:
    assert refused(zipped({"bomb.md": b"a" * 20_000_000})) == ImportProblem.UNSAFE


def test_an_archive_is_read_up_to_a_size_and_not_further() -> None:
    archive = Archive(zipped({"a.md": "x" * 1_000, "b.md": "y" * 1_000}), ArchiveLimits(total_bytes=1_500))
    first, second = archive.members()
    assert archive.read(first) == b"x" * 1_000
    with pytest.raises(ImportRefused) as refusal:
        archive.read(second)
    assert refusal.value.problem is ImportProblem.TOO_LARGE


def test_an_archive_within_an_archive_is_not_opened() -> None:
    found = contents(zipped({"inner.zip": zipped({"a.md": "A."}), "inner.json": zipped({"a.md": "A."}), "b.md": "B."}))
    assert [draft.preset.prompt for draft in found.drafts] == ["B."]
    assert [skipped.reason for skipped in found.skipped] == [SkipReason.NOT_A_PRESET] * 2


def test_entries_that_share_their_bytes_are_refused() -> None:
    data = bytearray(zipped({"a.md": "x" * 500, "b.md": "y" * 500}))
    directory = data.rfind(b"PK\x01\x02")  # the second entry's
    struct.pack_into("<I", data, directory + 42, 0)  # begins where the first one does
    assert refused(bytes(data)) in (ImportProblem.UNSAFE, ImportProblem.DAMAGED)


def test_more_entries_than_anybody_has_are_refused() -> None:
    assert (
        refused(zipped({f"{number}.md": "" for number in range(limits.MAX_ARCHIVE_ENTRIES + 1)}))
        == ImportProblem.UNSAFE
    )


def test_a_list_of_a_million_entries_is_not_even_read() -> None:
    entry = struct.pack("<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    entries = entry * 100_000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, len(entries), 4, 0)
    assert refused(b"PK\x03\x04" + entries + end) == ImportProblem.UNSAFE


def test_a_size_that_is_not_true_is_refused() -> None:
    data = bytearray(zipped({"a.md": "x" * 500}))
    directory = data.rfind(b"PK\x01\x02")
    struct.pack_into("<I", data, directory + 24, 10)
    assert refused(bytes(data)) == ImportProblem.DAMAGED


# 126: archives that cannot be read.


def test_an_archive_with_a_password_says_so() -> None:
    data = bytearray(zipped({"a.md": "x"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + place] |= 1
    assert refused(bytes(data)) == ImportProblem.ENCRYPTED


def test_half_an_archive_is_refused() -> None:
    whole = zipped({"a.md": "x" * 500})
    assert refused(whole[: len(whole) // 2]) == ImportProblem.DAMAGED


def test_one_changed_byte_spoils_the_whole_archive() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.md", "Good.")
        archive.writestr("b.md", "Bad!!")
    assert refused(made.getvalue().replace(b"Bad!!", b"Mad!!")) == ImportProblem.DAMAGED
