"""A key that tests protect with little work is opened like one of Chatdesk."""

import pytest

from chatdesk.kernel.errors.backup_errors import BackupDamaged, PassphraseWrong
from chatdesk.storage.files.age_encryption import ProtectedKey, make_key, open_key
from tests.fakes import passphrase_child

PASSPHRASE = "correct horse 电池"

pytestmark = pytest.mark.usefixtures("quick_passphrases")


async def test_a_key_is_opened_by_its_passphrase_alone() -> None:
    key, protected = await make_key(PASSPHRASE)
    assert key.secret.encode() not in protected.content
    assert await open_key(protected, PASSPHRASE) == key
    with pytest.raises(PassphraseWrong):
        await open_key(protected, "correct horse")
    with pytest.raises(BackupDamaged):
        await open_key(ProtectedKey(protected.content[:200]), PASSPHRASE)


@pytest.mark.skipif(not passphrase_child.is_possible(), reason="needs the library cryptography")
def test_pyrage_reads_any_protected_text() -> None:
    pyrage = pytest.importorskip("pyrage")
    for text in (b"", b"x", b"words " * 10_000):
        assert pyrage.passphrase.decrypt(passphrase_child.protect(text, PASSPHRASE, armored=True), PASSPHRASE) == text
