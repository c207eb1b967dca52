"""Servers of other programs are added switched off and without keys, each once, and can be removed again."""

from collections.abc import Sequence
from pathlib import Path

from chatdesk.features.conversations.importing.foreign_servers import ForeignServer
from chatdesk.features.conversations.services.files.imported_servers import add_servers, new_servers, remove_servers
from chatdesk.kernel.servers.server import ServerConfig
from tests.unit.features.servers.services.secrets_harness import Harness

OPENAI = ForeignServer("a" * 32, "openai", "", "openai", has_key=True)
LAB = ForeignServer("b" * 32, "Lab", "https://lab.example/v1/", "", has_key=False)


def names(servers: Sequence[ServerConfig | ForeignServer]) -> list[str]:
    return [server.name for server in servers]


async def test_servers_come_switched_off_and_without_a_key(tmp_path: Path) -> None:
    harness = Harness(tmp_path)
    added = await add_servers(harness.servers, [OPENAI, LAB])
    assert [(each.name, each.vendor_id, each.base_url) for each in added] == [
        ("OpenAI", "openai", "https://api.openai.com/v1"),
        ("Lab", "custom", "https://lab.example/v1"),
    ]
    assert harness.servers.enabled() == ()
    assert [await harness.servers.key(each) for each in added] == [None, None]
    assert names(harness.again().servers.all()) == ["OpenAI", "Lab"]


async def test_a_server_that_is_here_does_not_come_again(tmp_path: Path) -> None:
    harness = Harness(tmp_path)
    await add_servers(harness.servers, [OPENAI, LAB])
    same_address = ForeignServer("c" * 32, "The lab", "https://lab.example/v1", "", has_key=True)
    assert new_servers(harness.servers, [OPENAI, LAB, same_address]) == []
    assert await add_servers(harness.servers, [OPENAI, same_address]) == []


async def test_a_server_without_a_usable_address_is_not_offered(tmp_path: Path) -> None:
    harness = Harness(tmp_path)
    nowhere = ForeignServer("d" * 32, "Nowhere", "", "", has_key=True)
    strange = ForeignServer("e" * 32, "Strange", "ftp://files.example", "", has_key=False)
    assert names(new_servers(harness.servers, [nowhere, strange, LAB])) == ["Lab"]


async def test_removing_takes_the_key_along(tmp_path: Path) -> None:
    harness = Harness(tmp_path)
    added = await add_servers(harness.servers, [OPENAI, LAB])
    await harness.servers.set_key(added[0], "sk-canary")
    await remove_servers(harness.servers, added)
    assert harness.servers.all() == ()
    assert await harness.keyring.load(added[0]) is None
