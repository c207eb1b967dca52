"""Encryption with a passphrase."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from chatdesk.kernel.errors.backup_errors import BackupDamaged, EncryptionFailed, KeyNotKnown, PassphraseWrong
from chatdesk.storage.files import age_encryption
from chatdesk.storage.files.age_encryption import (
    AgeKey,
    ProtectedKey,
    decrypt_file,
    encrypt_file,
    hidden_name,
    make_key,
    open_key,
)

PASSPHRASE = "correct horse 电池"
SECRET = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"  # of the age specification
KEY = AgeKey.of(SECRET)
OTHER = AgeKey.of("AGE-SECRET-KEY-184JMZMVQH3E6U0PSL869004Y3U2NYV7R30EU99CSEDNPH02YUVFSZW44VU")


def encrypted(tmp_path: Path, content: bytes) -> Path:
    (tmp_path / "plain").write_bytes(content)
    encrypt_file(tmp_path / "plain", tmp_path / "file.age", KEY.public)
    return tmp_path / "file.age"


@pytest.mark.parametrize("size", [0, 1, 65_536, 1_000_003])
def test_a_file_is_the_same_after_encryption_and_decryption(tmp_path: Path, size: int) -> None:
    content = os.urandom(size)
    path = encrypted(tmp_path, content)
    assert not size or content[:64] not in path.read_bytes() or size < 16
    decrypt_file(path, tmp_path / "back", KEY)
    assert (tmp_path / "back").read_bytes() == content


def test_another_key_opens_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyNotKnown):
        decrypt_file(encrypted(tmp_path, b"secret"), tmp_path / "back", OTHER)
    assert not (tmp_path / "back").exists()


@pytest.mark.parametrize("damage", ["cut", "cut between pieces", "changed", "longer", "empty", "no age file"])
def test_a_damaged_file_is_refused_and_leaves_nothing(tmp_path: Path, damage: str) -> None:
    path = encrypted(tmp_path, os.urandom(300_000))
    data = path.read_bytes()
    head = len(data) % 65_552  # what is not whole pieces of 64 KB with their tags
    damaged = {
        "cut": data[:-1000],
        "cut between pieces": data[: head - 300_000 % 65_536 - 16 + 2 * 65_552],
        "changed": data[:90_000] + bytes([data[90_000] ^ 1]) + data[90_001:],
        "longer": data + b"x",
        "empty": b"",
        "no age file": b"x" * 1000,
    }
    path.write_bytes(damaged[damage])
    with pytest.raises(BackupDamaged):
        decrypt_file(path, tmp_path / "back", KEY)
    assert not (tmp_path / "back").exists()


def test_an_error_of_the_caller_ends_the_work_and_leaves_nothing(tmp_path: Path) -> None:
    class Stopped(Exception): ...

    def stop() -> None:
        raise Stopped

    path = encrypted(tmp_path, b"x" * 300_000)
    with pytest.raises(Stopped):
        encrypt_file(tmp_path / "plain", tmp_path / "again", KEY.public, stop)
    with pytest.raises(Stopped):
        decrypt_file(path, tmp_path / "back", KEY, stop)
    assert not (tmp_path / "again").exists()
    assert not (tmp_path / "back").exists()


async def test_a_key_is_opened_by_its_passphrase_alone() -> None:
    key, protected = await make_key(PASSPHRASE)
    assert key.secret.encode() not in protected.content
    assert await open_key(protected, PASSPHRASE) == key
    with pytest.raises(PassphraseWrong):
        await open_key(protected, "correct horse")
    with pytest.raises(BackupDamaged):
        await open_key(ProtectedKey(protected.content[:200]), PASSPHRASE)


def opened_with_age(folder: Path, passphrase: bytes) -> int:
    """Run the program, which asks the terminal for the passphrase, and return its exit code."""
    import pty  # noqa: PLC0415 - Windows has none

    ours, theirs = pty.openpty()
    command = ["setsid", "--ctty", "age", "--decrypt", "-i", "chatdesk-key.age", "-o", "back", "file.age"]
    process = subprocess.Popen(command, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    asked = b""
    while b": " not in asked:
        asked += os.read(ours, 1000)
    os.write(ours, passphrase + b"\n")
    code = process.wait(60)
    os.close(ours)
    return code


async def test_a_computer_that_is_too_busy_for_the_key_tries_again_and_then_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = [{"problem": "too slow"}, {"secret": SECRET}, *[{"problem": "too slow"}] * 3]

    async def answer(_request: dict[str, str]) -> dict[str, str]:
        return answers.pop(0)

    monkeypatch.setattr(age_encryption, "_ask", answer)
    assert await open_key(ProtectedKey(b"key"), PASSPHRASE) == KEY
    with pytest.raises(EncryptionFailed):
        await open_key(ProtectedKey(b"key"), PASSPHRASE)
    assert answers == []


@pytest.mark.skipif(not shutil.which("age"), reason="the program age is not installed")
async def test_the_program_age_opens_a_file_with_the_key_next_to_it_and_the_passphrase(tmp_path: Path) -> None:
    key, protected = await make_key("correct horse")
    (tmp_path / "chatdesk-key.age").write_bytes(protected.content)
    (tmp_path / "plain").write_bytes(b"the chats")
    encrypt_file(tmp_path / "plain", tmp_path / "file.age", key.public)
    assert opened_with_age(tmp_path, b"correct horse") == 0
    assert (tmp_path / "back").read_bytes() == b"the chats"


def test_names_of_encrypted_files_do_not_tell_the_hash_of_their_content() -> None:
    sha256 = "ab" * 32
    assert hidden_name(sha256, KEY.public) != hidden_name(sha256, OTHER.public)
    assert sha256 not in hidden_name(sha256, KEY.public)


def test_the_secret_is_in_no_representation_and_a_text_that_is_no_key_is_refused() -> None:
    assert SECRET not in repr(KEY)
    with pytest.raises(BackupDamaged):
        AgeKey.of("AGE-SECRET-KEY-1NOTONE")
