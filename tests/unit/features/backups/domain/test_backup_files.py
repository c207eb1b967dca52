"""Names and manifests of daily backups."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from chatdesk.features.backups.domain.backup_files import BackupManifest, BackupName, ManifestNewer

MANIFEST = BackupManifest(
    datetime(2026, 11, 28, 3, 10, tzinfo=UTC), 96_000_000, "ab" * 32, 1284, "Why √2 is irrational", None, database=23
)


@pytest.mark.parametrize("encrypted", [False, True])
def test_a_name_is_read_back(encrypted: bool) -> None:
    name = BackupName(12, date(2026, 11, 28), is_encrypted=encrypted)
    assert name.database == "chatdesk-000012-20261128-daily.sqlite3" + (".age" if encrypted else "")
    assert BackupName.of(name.database) == name
    assert BackupName.of(name.manifest) is None
    assert {BackupName.of_any_file(each) for each in (name.database, name.manifest, name.attachments)} == {name}


@pytest.mark.parametrize(
    "name",
    ["", "chats.sqlite3", "chatdesk-1-20261128-daily.sqlite3", "chatdesk-000012-20261341-daily.sqlite3", "x" * 300],
)
def test_other_files_are_no_backups(name: str) -> None:
    assert BackupName.of(name) is None


def test_a_manifest_is_read_back() -> None:
    assert BackupManifest.from_json(MANIFEST.to_json()) == MANIFEST


def test_a_manifest_of_a_version_that_did_not_write_the_format_of_the_database_is_valid() -> None:
    written = json.loads(MANIFEST.to_json())
    del written["database"]
    assert BackupManifest.from_json(json.dumps(written).encode()) == replace(MANIFEST, database=0)


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b"null", b"\xff", MANIFEST.to_json().replace(b"96000000", b"-1"), b"[" * 100_000],
)
def test_a_manifest_that_is_not_valid_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"^"):
        BackupManifest.from_json(content)


def test_the_manifest_of_a_newer_version_is_distinguished_whatever_is_in_it() -> None:
    with pytest.raises(ManifestNewer):
        BackupManifest.from_json(b'{"version": 2, "made": "otherwise"}')
    for version in (b"0", b'"2"', b"2.5"):
        with pytest.raises(ValueError, match="not the manifest") as caught:
            BackupManifest.from_json(MANIFEST.to_json().replace(b'"version": 1', b'"version": ' + version))
        assert not isinstance(caught.value, ManifestNewer)
