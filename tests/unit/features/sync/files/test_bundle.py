import gzip
import hashlib
import json
from pathlib import Path

import pytest

from chatdesk.features.sync.domain.operations import Field, FieldSet, Kind, MessageAdded, Operation
from chatdesk.features.sync.domain.stamps import MAX_AHEAD, Stamp
from chatdesk.features.sync.files.bundle import (
    MAX_BYTES,
    SUFFIX,
    BundleHead,
    BundleProblem,
    BundleRefused,
    Finding,
    NameKind,
    bundle_name,
    finding_of,
    pack,
    parse_name,
    write_findings,
)
from chatdesk.features.sync.files.records import operation_in, to_record
from chatdesk.kernel.chat.message import ImagePart, Message, MessageState, Role, TextPart
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.servers.named_server import named_by
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol
from tests.unit.features.sync.computer import BEGINNING

NOW = 1_793_491_200_000
MACHINE = "0123456789abcdef"
STAMP = Stamp(NOW, MACHINE)
HEAD = BundleHead(MACHINE, "home", 7)
TITLE = FieldSet(STAMP, Kind.CHAT, "chat", Field.TITLE, {"title": "Gardens 花园", "origin": "user"})


def message(*parts: object, model: ModelRef | None = None) -> MessageAdded:
    content = Message("message", "chat", None, 0, Role.ASSISTANT, parts, MessageState.COMPLETE, BEGINNING, model)  # type: ignore[arg-type]
    return MessageAdded(STAMP, STAMP, content)


def read(data: bytes, folder: Path) -> list[Finding]:
    path = folder / "bundle"
    path.write_bytes(data)
    lines: list[bytes] = []
    write_findings(path, NOW, lines.append)
    return [finding_of(line, NOW) for line in lines]


def signed(*lines: object) -> bytes:
    """A bundle with any lines and the right hash."""
    body = "".join(json.dumps(line) + "\n" for line in lines).encode()
    return gzip.compress(body + json.dumps({"sha256": hashlib.sha256(body).hexdigest()}).encode() + b"\n")


def first(**changes: object) -> dict[str, object]:
    return {"format": "chatdesk-sync", "version": 1, "machine": MACHINE, "name": "home", "number": 7} | changes


def refused(problem: BundleProblem) -> list[Finding]:
    return [BundleRefused(problem)]


def test_what_is_packed_is_read_again(tmp_path: Path) -> None:
    operations: list[Operation] = [TITLE, message(TextPart("Ferns 蕨 🌿 \ud83c"))]
    found = read(pack(HEAD, operations), tmp_path)
    assert found[:2] == [HEAD, TITLE]
    assert isinstance(found[2], MessageAdded)
    assert found[2].message.text == "Ferns 蕨 🌿 \ufffd"


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.99])
def test_a_bundle_that_was_copied_in_part_is_damaged(tmp_path: Path, share: float) -> None:
    data = pack(HEAD, [TITLE])
    assert read(data[: int(len(data) * share)], tmp_path) == refused(BundleProblem.DAMAGED)


def test_a_changed_byte_is_noticed(tmp_path: Path) -> None:
    text = gzip.decompress(pack(HEAD, [TITLE])).replace(b"Gardens", b"Hardens")
    assert read(gzip.compress(text), tmp_path) == refused(BundleProblem.DAMAGED)


def test_a_bundle_that_unpacks_to_gigabytes_is_refused(tmp_path: Path) -> None:
    assert read(gzip.compress(bytes(80_000_000)), tmp_path) == refused(BundleProblem.TOO_LARGE)
    assert read(bytes(MAX_BYTES + 1), tmp_path) == refused(BundleProblem.TOO_LARGE)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (first(version=2), BundleProblem.NEWER),
        (first(version=0), BundleProblem.DAMAGED),
        (first(version=True), BundleProblem.DAMAGED),
        (first(format="other"), BundleProblem.OTHER),
        (first(machine="../../etc"), BundleProblem.DAMAGED),
        (first(number=-1), BundleProblem.DAMAGED),
        (["a list"], BundleProblem.OTHER),
    ],
)
def test_a_first_line_that_is_not_ours_is_refused(tmp_path: Path, line: object, problem: BundleProblem) -> None:
    assert read(signed(line), tmp_path) == refused(problem)


@pytest.mark.parametrize(
    "change",
    [
        {"op": "run"},
        {"kind": "server"},
        {"field": "content"},
        {"field": "parent"},
        {"id": ""},
        {"id": "line\nbreak"},
        {"id": 7},
        {"at": [NOW + MAX_AHEAD + 1, MACHINE]},
        {"at": [-1, MACHINE]},
        {"at": [2**70, MACHINE]},
        {"at": [NOW, "../machine"]},
        {"at": "now"},
        {"value": None},
        {"value": {"title": 7}},
    ],
    ids=str,
)
def test_a_bundle_with_a_value_that_cannot_be_is_refused_as_a_whole(tmp_path: Path, change: dict[str, object]) -> None:
    assert read(signed(first(), to_record(TITLE) | change), tmp_path) == refused(BundleProblem.DAMAGED)


def test_lines_that_are_no_json_or_too_deep_are_refused(tmp_path: Path) -> None:
    for line in (b"{", b"NaN", b"[" * 100_000, b"\xff\xfe", b'{"at": 1e999}'):
        body = json.dumps(first()).encode() + b"\n" + line + b"\n"
        end = json.dumps({"sha256": hashlib.sha256(body).hexdigest()}).encode() + b"\n"
        assert read(gzip.compress(body + end), tmp_path) == refused(BundleProblem.DAMAGED)


def test_a_model_is_named_by_vendor_address_and_name_without_credentials() -> None:
    server = ServerConfig(
        "secret-id", "Work", "openai", ServerProtocol.OPENAI, "https://user:pw@api.example.com/v1?key=1"
    )
    record = to_record(message(TextPart("Hi"), model=ModelRef("secret-id", "model-1")), lambda _id: server)
    text = json.dumps(record)
    assert "secret-id" not in text
    assert "pw" not in text
    read_again = operation_in(json.loads(text), NOW)
    assert isinstance(read_again, MessageAdded)
    assert read_again.message.model is not None
    assert read_again.message.model.model_id == "model-1"
    named = named_by(read_again.message.model.server_id)
    assert named is not None
    assert named.address == "https://api.example.com/v1"


def test_a_bundle_cannot_name_a_server_to_use_or_a_file_to_open() -> None:
    record = to_record(message(TextPart("Hi"), ImagePart("a" * 64, "image/png", "leaf.png", 4, 3, 9)))
    inner = record["message"]
    assert isinstance(inner, dict)
    inner["model"], inner["server"] = "model", {"id": "ollama", "name": "Ollama"}
    inner["parts"][1]["sha256"] = "../../../etc/passwd"
    inner["parts"].append({"kind": "file", "name": "x", "sha256": "/etc/passwd", "text_sha256": "../x", "text": ""})
    read_again = operation_in(record, NOW)
    assert isinstance(read_again, MessageAdded)
    model = read_again.message.model
    assert model is not None
    assert model.server_id.startswith("named:")
    assert read_again.message.pictures == ()
    assert [(each.sha256, each.text_sha256) for each in read_again.message.documents] == [("", "")]


def test_an_unfinished_message_is_refused() -> None:
    record = to_record(message(TextPart("Hi")))
    inner = record["message"]
    assert isinstance(inner, dict)
    inner["state"] = "streaming"
    found = operation_in(record, NOW)
    assert isinstance(found, MessageAdded)
    assert found.message.state is MessageState.INTERRUPTED


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        (bundle_name(MACHINE, 7), NameKind.BUNDLE),
        (bundle_name(MACHINE, 7, encrypted=True), NameKind.BUNDLE),
        (f"{MACHINE}-00000007 (Anna's conflicted copy 2026-11-29){SUFFIX}", NameKind.COPY),
        (f"{MACHINE}-00000007-LAPTOP{SUFFIX}", NameKind.COPY),
        (f"{MACHINE}-00000007.sync-conflict-20261129-101500-ABCDEFG{SUFFIX}", NameKind.COPY),
        (f"{MACHINE}-00000007 2{SUFFIX}", NameKind.COPY),
        (f"{MACHINE}-00000007{SUFFIX} (1).age", NameKind.COPY),
        (f".{bundle_name(MACHINE, 7)}.icloud", NameKind.PLACEHOLDER),
        (f"{bundle_name(MACHINE, 7)}.partial", None),
        (f".syncthing.{bundle_name(MACHINE, 7)}.tmp", None),
        (f"._{bundle_name(MACHINE, 7)}", None),
        ("desktop.ini", None),
        (f"{MACHINE}-7{SUFFIX}", None),
    ],
)
def test_names_in_the_folder_are_recognised(name: str, kind: NameKind | None) -> None:
    found = parse_name(name)
    assert (found.kind if found else None) is kind
    assert found is None or (found.machine, found.number) == (MACHINE, 7)
