"""The secrets of a folder: in the keyring, or in memory while that cannot keep them."""

import pytest

from chatdesk.kernel.errors.keyring_errors import KeyInvalid, KeyringLocked
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.secret_storage import PasswordState, SecretStorage
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.system.folder_secrets import FolderSecrets
from chatdesk.system.key_store import KEY, Secret, SessionKeyStore
from tests.fakes.keyrings import LockedKeyring, NoKeyring

ADDRESS = "https://dav.example.com/Chatdesk"


class OpenedLater(SessionKeyStore):
    """A keyring that the user has not unlocked yet."""

    is_open = False

    async def save(self, server: ServerConfig, secret: Secret, which: str = KEY) -> None:
        if not self.is_open:
            raise KeyringLocked
        await super().save(server, secret, which)


def session() -> SessionKeyStore:
    return SessionKeyStore(Redactor())


async def test_a_password_and_keys_are_kept_apart_and_for_each_purpose() -> None:
    keyring = session()
    backups, sync = FolderSecrets(keyring, session(), "backups"), FolderSecrets(keyring, session(), "sync")
    await backups.save_password(ADDRESS, "pass word")
    await backups.save_key("age1one", "AGE-SECRET-KEY-1ONE")
    assert await backups.password(ADDRESS) == "pass word"
    assert await backups.key("age1one") == "AGE-SECRET-KEY-1ONE"
    assert await backups.key("age1two") == ""
    assert await sync.password(ADDRESS) == ""
    assert await sync.key("age1one") == ""


async def test_a_password_is_not_returned_for_another_server() -> None:
    secrets = FolderSecrets(session(), session(), "sync")
    await secrets.save_password(ADDRESS, "pass word")
    assert await secrets.password("https://elsewhere.example.com/Chatdesk") == ""


async def test_a_locked_keyring_leaves_a_password_in_memory_for_this_run() -> None:
    memory = session()
    secrets = FolderSecrets(LockedKeyring(), memory, "sync")
    await secrets.save_password(ADDRESS, "pass word")
    assert await secrets.password(ADDRESS) == "pass word"
    assert await FolderSecrets(LockedKeyring(), session(), "sync").password(ADDRESS) == ""


async def test_a_password_that_the_keyring_takes_later_replaces_the_one_in_memory() -> None:
    keyring = OpenedLater(Redactor())
    secrets = FolderSecrets(keyring, session(), "sync")
    await secrets.save_password(ADDRESS, "old")
    keyring.is_open = True
    await secrets.save_password(ADDRESS, "new")
    assert await secrets.password(ADDRESS) == "new"


async def test_a_text_that_cannot_be_a_password_is_refused() -> None:
    with pytest.raises(KeyInvalid):
        await FolderSecrets(session(), session(), "sync").save_password(ADDRESS, "two\nlines")


async def test_a_password_in_the_keyring_need_not_be_typed_again() -> None:
    secrets = FolderSecrets(session(), session(), "sync")
    assert await secrets.password_state("") == PasswordState(SecretStorage.KEYRING)
    assert await secrets.password_state(ADDRESS) == PasswordState(SecretStorage.KEYRING)
    await secrets.save_password(ADDRESS, "pass word")
    assert await secrets.password_state(ADDRESS) == PasswordState(SecretStorage.KEYRING, is_known=True)


async def test_without_a_keyring_a_password_is_known_until_the_program_ends() -> None:
    secrets = FolderSecrets(NoKeyring(), session(), "sync")
    assert await secrets.password_state("") == PasswordState(SecretStorage.NO_KEYRING)
    await secrets.save_password(ADDRESS, "pass word")
    assert await secrets.password_state(ADDRESS) == PasswordState(SecretStorage.NO_KEYRING, is_known=True)
    after_start = FolderSecrets(NoKeyring(), session(), "sync")
    assert await after_start.password_state(ADDRESS) == PasswordState(SecretStorage.NO_KEYRING)


async def test_a_keyring_that_does_not_open_is_reported_as_locked() -> None:
    assert await FolderSecrets(LockedKeyring(), session(), "sync").password_state(ADDRESS) == PasswordState(
        SecretStorage.UNUSABLE
    )
    secrets = FolderSecrets(OpenedLater(Redactor()), session(), "sync")
    await secrets.save_password(ADDRESS, "pass word")
    assert await secrets.password_state(ADDRESS) == PasswordState(SecretStorage.UNUSABLE, is_known=True)
