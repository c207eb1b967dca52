import json
from dataclasses import replace
from pathlib import Path

import pytest

from chatdesk.kernel.servers.server import (
    ConnectionOptions,
    Header,
    ProxyChoice,
    ServerConfig,
    ServerProtocol,
    WireFormat,
)
from chatdesk.storage.files.json_file import FileOutcome
from chatdesk.storage.files.servers_file import ServersFile

LOCAL = ServerConfig("local", "Local", "ollama", ServerProtocol.OLLAMA, "http://127.0.0.1:11434")
TEAM = ServerConfig(
    "team",
    "团队",
    "vllm",
    ServerProtocol.OPENAI,
    "https://llm.example/v1",
    (Header("X-Team"), Header("X-Gate", "of an earlier version", in_file=True)),
    enabled=False,
    unencrypted_key_origin="http://llm.example:80",
    wire_format=WireFormat.RESPONSES,
    model_ids=("ours/one", "二号"),
    api_version="2024-10-21",
    extra_body='{"top_k": 20}',
    connection=ConnectionOptions(ProxyChoice.ADDRESS, "http://proxy.example:3128", "/etc/ca.pem", 30, 600.5),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "servers.json"


def _rows(path: Path) -> list[dict[str, object]]:
    return json.loads(path.read_text("utf-8"))["servers"]


def test_servers_come_back_in_order(path: Path) -> None:
    file = ServersFile(path)
    assert file.read() == ((), FileOutcome.NEW)
    file.write([TEAM, LOCAL])
    assert ServersFile(path).read() == ((TEAM, LOCAL), FileOutcome.READ)
    file.write([LOCAL])
    assert ServersFile(path).read() == ((LOCAL,), FileOutcome.READ)


def test_removed_servers_are_kept_apart_from_the_list_with_what_another_version_wrote(path: Path) -> None:
    file, removed = ServersFile(path), replace(TEAM, removed=True)
    file.read()
    file.write([LOCAL, TEAM])
    content = json.loads(path.read_text("utf-8"))
    content["servers"][1]["colour"] = "red"
    path.write_text(json.dumps(content))
    file.read()
    file.write([LOCAL, removed])
    assert [row["id"] for row in _rows(path)] == ["local"]
    assert [row["colour"] for row in json.loads(path.read_text("utf-8"))["removed"]] == ["red"]
    assert ServersFile(path).read() == ((LOCAL, removed), FileOutcome.READ)
    file.write([LOCAL])
    assert ServersFile(path).read() == ((LOCAL,), FileOutcome.READ)
    assert "removed" not in json.loads(path.read_text("utf-8"))


def test_a_row_of_an_unknown_protocol_is_skipped_and_kept(path: Path) -> None:
    file = ServersFile(path)
    file.write([LOCAL, TEAM])
    content = json.loads(path.read_text("utf-8"))
    content["servers"][0]["protocol"] = "telepathy"
    content["colours"] = 2
    path.write_text(json.dumps(content))
    assert file.read() == ((TEAM,), FileOutcome.READ)
    file.write([TEAM])
    assert [row["protocol"] for row in _rows(path)] == ["openai", "telepathy"]
    assert json.loads(path.read_text("utf-8"))["colours"] == 2


def test_a_field_of_another_version_stays_with_its_server(path: Path) -> None:
    file = ServersFile(path)
    file.write([LOCAL, TEAM])
    content = json.loads(path.read_text("utf-8"))
    content["servers"][0]["colour"] = "red"
    path.write_text(json.dumps(content))
    file.read()
    file.write([TEAM, LOCAL])
    assert [row.get("colour") for row in _rows(path)] == [None, "red"]


@pytest.mark.parametrize(
    "change",
    [
        {"headers": None},
        {"headers": [3, {"name": 1}, {"name": "", "value": "x"}]},
        {"headers": "x"},
        {"enabled": "yes"},
        {"vendor": "unheard of"},
        {"key_in_clear_at": True},
        {"wire_format": "telepathy"},
        {"wire_format": ["responses"]},
        {"models": "one"},
        {"models": [3, "", None]},
        {"api_version": 3},
        {"extra_body": {"top_k": 20}},
        {"connection": "direct"},
        {"connection": {"proxy": "telepathy", "proxy_address": 3, "ca_file": ["x"]}},
        {"connection": {"connect_seconds": True, "silence_seconds": "long"}},
        {"connection": {"connect_seconds": 0, "silence_seconds": 1e9}},
    ],
)
def test_a_strange_value_hides_no_server(path: Path, change: dict[str, object]) -> None:
    file = ServersFile(path)
    file.write([LOCAL])
    path.write_text(json.dumps({"servers": [{**_rows(path)[0], **change}]}))
    (server,), _ = file.read()
    assert (server.id, server.base_url, server.headers, server.enabled) == (LOCAL.id, LOCAL.base_url, (), True)
    assert server == replace(LOCAL, vendor_id=server.vendor_id)


def test_numbers_that_are_none_are_no_time_out(path: Path) -> None:
    file = ServersFile(path)
    file.write([LOCAL])
    content = path.read_text("utf-8")
    for number in ("NaN", "Infinity", "-3", "9" * 4000):
        path.write_text(content.replace('"connect_seconds": null', f'"connect_seconds": {number}'))
        assert file.read() == ((LOCAL,), FileOutcome.READ)


def test_what_another_version_knows_stays_as_it_is_until_a_person_changes_it(path: Path) -> None:
    file = ServersFile(path)
    file.write([LOCAL])
    content = json.loads(path.read_text("utf-8"))
    theirs = {"proxy": "script", "script": "http://wpad.example", "ca_file": "/etc/ca.pem"}
    content["servers"][0] |= {"wire_format": "realtime", "connection": theirs}
    path.write_text(json.dumps(content))
    (server,), _ = file.read()
    file.write([replace(server, name="Renamed")])
    row = _rows(path)[0]
    assert (row["name"], row["wire_format"], row["connection"]) == ("Renamed", "realtime", theirs)
    (server,), _ = file.read()
    file.write([replace(server, wire_format=WireFormat.RESPONSES)])
    assert _rows(path)[0]["wire_format"] == "responses"


@pytest.mark.parametrize(
    "servers",
    [
        None,
        3,
        {},
        ["text", 3, None],
        [{}],
        [{"id": "", "name": "", "vendor": "", "protocol": "openai", "base_url": ""}],
    ],
)
def test_rows_that_are_no_servers_are_skipped(path: Path, servers: object) -> None:
    path.write_text(json.dumps({"servers": servers}))
    assert ServersFile(path).read() == ((), FileOutcome.READ)


def test_a_corrupt_file_gives_the_last_good_list(path: Path) -> None:
    ServersFile(path).write([LOCAL])
    path.write_text("corrupt")
    assert ServersFile(path).read() == ((LOCAL,), FileOutcome.RESTORED)
