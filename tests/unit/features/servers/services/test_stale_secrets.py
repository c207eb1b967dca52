"""Secrets a server has no longer, and a keyring that does not let go of them."""

from dataclasses import replace
from pathlib import Path

import pytest

from chatdesk.kernel.errors.keyring_errors import KeyringFailed
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.servers.server import Header, ServerConfig
from chatdesk.system.key_store import KEY, SessionKeyStore, header_value
from tests.unit.features.servers.services.secrets_harness import GATE, Harness, server_at


class ClingingKeyring(SessionKeyStore):
    """One that lets go of nothing until it is `opened`."""

    opened = False

    async def delete(self, server: ServerConfig, which: str = KEY) -> None:
        if not self.opened:
            raise KeyringFailed(reason="no answer")
        await super().delete(server, which)


@pytest.mark.usefixtures("caplog")  # it warns
async def test_a_removed_header_that_the_keyring_does_not_let_go_is_remembered_and_forgotten_at_the_next_start(
    tmp_path: Path,
) -> None:
    keyring = ClingingKeyring(Redactor())
    harness = Harness(tmp_path, keyring)
    server = server_at("https://lab.example", GATE, Header("X-Stays", "s"))
    await harness.servers.save(server)
    await harness.servers.save(replace(server, headers=(Header("X-Stays"),)))
    assert harness.servers.find("s").stale_secrets == (header_value(GATE.name),)
    again = harness.again()
    await again.servers.forget_removed()
    assert again.servers.find("s").stale_secrets == (header_value(GATE.name),)
    keyring.opened = True
    last = again.again()
    await last.servers.forget_removed()
    assert await keyring.load(server, header_value(GATE.name)) is None
    assert await keyring.load(server, header_value("X-Stays"))
    assert last.servers.find("s").stale_secrets == ()
    assert "stale" not in last.files


@pytest.mark.usefixtures("caplog")  # it warns
async def test_a_header_that_comes_back_is_not_forgotten_later(tmp_path: Path) -> None:
    keyring = ClingingKeyring(Redactor())
    harness = Harness(tmp_path, keyring)
    server = server_at("https://lab.example", GATE)
    await harness.servers.save(server)
    await harness.servers.save(replace(server, headers=()))
    await harness.servers.save(server)
    keyring.opened = True
    await harness.again().servers.forget_removed()
    assert await keyring.load(server, header_value(GATE.name))


@pytest.mark.usefixtures("caplog")  # it warns
async def test_a_removed_server_takes_along_what_the_keyring_had_not_let_go(tmp_path: Path) -> None:
    keyring = ClingingKeyring(Redactor())
    harness = Harness(tmp_path, keyring)
    server = server_at("https://lab.example", GATE)
    await harness.servers.save(server)
    await harness.servers.save(replace(server, headers=()))
    await harness.servers.remove("s")
    keyring.opened = True
    await harness.again().servers.forget_removed()
    assert await keyring.load(server, header_value(GATE.name)) is None
