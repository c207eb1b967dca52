"""The script that pins llama.cpp's archives, over a host that reports what a test wants."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from chatdesk.engine.llama_server.archives import Variant, read_release
from tests.paths import ROOT

TAG = "b11600"
REPOSITORY = "/repos/ggml-org/llama.cpp"
SOURCE = '{ LLM_ARCH_LLAMA,      "llama"  },\n    { LLM_ARCH_QWEN35, "qwen35" },\n  { LLM_ARCH_UNKNOWN, "(unknown)" },'
NAMES = (
    f"llama-{TAG}-bin-ubuntu-vulkan-x64.tar.gz",
    f"llama-{TAG}-bin-ubuntu-x64.tar.gz",
    f"llama-{TAG}-bin-macos-arm64.tar.gz",
    f"llama-{TAG}-bin-win-vulkan-x64.zip",
    f"llama-{TAG}-bin-win-cuda-12.4-x64.zip",
    "cudart-llama-bin-win-cuda-12.4-x64.zip",
    f"llama-{TAG}-bin-win-cuda-13.3-x64.zip",
)


class Host:
    """The host. `release` is what it says of every release."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.asked: list[str] = []
        self.release: dict[str, Any] = {
            "tag_name": TAG,
            "draft": False,
            "prerelease": False,
            "assets": [
                {"name": name, "size": 1000 + number, "digest": f"sha256:{number:064x}"}
                for number, name in enumerate(NAMES)
            ],
        }
        self.source = SOURCE

    def asset(self, name: str) -> dict[str, Any]:
        return next(asset for asset in self.release["assets"] if name in asset["name"])


@pytest.fixture
def host() -> Iterator[Host]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_arguments: object) -> None:
            pass

        def do_GET(self) -> None:
            host.asked.append(self.path)
            found = {
                f"{REPOSITORY}/releases/latest": json.dumps(host.release),
                f"{REPOSITORY}/releases/tags/{TAG}": json.dumps(host.release),
                f"/ggml-org/llama.cpp/{host.release['tag_name']}/src/llama-arch.cpp": host.source,
            }.get(self.path)
            self.send_response(200 if found is not None else 404)
            self.end_headers()
            self.wfile.write((found or "").encode())

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    host = Host(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield host
    server.shutdown()
    thread.join()
    server.server_close()


def run(host: Host, path: Path, *arguments: str, engine: str = "2026.10.11549") -> subprocess.CompletedProcess[str]:
    requirements = path.with_name("requirements.txt")
    requirements.write_text(f"other==1.0 \\\n    --hash=sha256:00\nxllamacpp=={engine} ; platform_machine != 'x' \\\n")
    options = ["--list", str(path), "--requirements", str(requirements), "--api", host.url, "--raw", host.url]
    command = [sys.executable, str(ROOT / "packaging/pin_engine_archives.py"), *arguments, *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_newest_release_is_pinned_with_sizes_and_hashes(host: Host, tmp_path: Path) -> None:
    done = run(host, tmp_path / "list.toml")
    assert done.returncode == 0, done.stderr
    assert host.asked[0] == f"{REPOSITORY}/releases/latest"
    linux = read_release(tmp_path / "list.toml", ("linux", "x64"))
    assert linux.tag == TAG
    assert linux.architectures == {"llama", "qwen35"}
    vulkan = linux.build(Variant.VULKAN)
    assert vulkan is not None
    (archive,) = vulkan.archives
    assert (archive.name, archive.size, archive.sha256) == (NAMES[0], 1000, f"{0:064x}")
    cuda = read_release(tmp_path / "list.toml", ("windows", "x64")).build(Variant.CUDA)
    assert cuda is not None
    assert [each.name for each in cuda.archives] == [NAMES[4], NAMES[5]], "version 12 and its libraries"
    assert read_release(tmp_path / "list.toml", ("macos", "arm64")).build(Variant.METAL)


def test_a_build_that_the_release_lacks_is_left_out_and_reported(host: Host, tmp_path: Path) -> None:
    done = run(host, tmp_path / "list.toml", TAG)
    assert host.asked[0] == f"{REPOSITORY}/releases/tags/{TAG}"
    assert "no complete build for linux, arm64, vulkan" in done.stderr
    assert read_release(tmp_path / "list.toml", ("linux", "arm64")).builds == ()


def test_libraries_without_their_program_are_no_build(host: Host, tmp_path: Path) -> None:
    host.release["assets"].remove(host.asset("cudart"))
    assert run(host, tmp_path / "list.toml").returncode == 0
    assert read_release(tmp_path / "list.toml", ("windows", "x64")).build(Variant.CUDA) is None


def without_hash(host: Host) -> None:
    host.asset("ubuntu-vulkan")["digest"] = None


def without_size(host: Host) -> None:
    host.asset("ubuntu-vulkan")["size"] = 0


def draft(host: Host) -> None:
    host.release["draft"] = True


def another_kind_of_tag(host: Host) -> None:
    host.release["tag_name"] = "v0.5.0"


def nothing_wanted(host: Host) -> None:
    host.release["assets"] = []


def unreadable_source(host: Host) -> None:
    host.source = "renamed"


@pytest.mark.parametrize(
    "harm", [without_hash, without_size, draft, another_kind_of_tag, nothing_wanted, unreadable_source]
)
def test_a_release_that_does_not_fit_changes_nothing(host: Host, tmp_path: Path, harm: Any) -> None:
    harm(host)
    (tmp_path / "list.toml").write_text("before")
    done = run(host, tmp_path / "list.toml")
    assert done.returncode == 1
    assert "Not pinned" in done.stderr
    assert (tmp_path / "list.toml").read_text() == "before"


def test_a_release_older_than_the_installed_engine_is_refused(host: Host, tmp_path: Path) -> None:
    done = run(host, tmp_path / "list.toml", engine="2026.11.11601")
    assert done.returncode == 1
    assert "b11600 is older than the engine that is installed with Chatdesk, b11601" in done.stderr
    assert run(host, tmp_path / "list.toml", engine="2026.11.11600").returncode == 0


def test_a_release_that_is_not_there_is_reported(host: Host, tmp_path: Path) -> None:
    done = run(host, tmp_path / "list.toml", "b99999")
    assert done.returncode == 1
    assert "404" in done.stderr


def test_the_list_is_compared_with_the_host(host: Host, tmp_path: Path) -> None:
    run(host, tmp_path / "list.toml")
    done = run(host, tmp_path / "list.toml", "--check")
    assert done.returncode == 0
    assert "6 of 6 archives are as pinned" in done.stdout
    host.asset("win-vulkan")["digest"] = "sha256:" + "f" * 64
    done = run(host, tmp_path / "list.toml", "--check")
    assert done.returncode == 1
    assert "win-vulkan-x64.zip is missing or different" in done.stderr


def test_the_requirements_name_the_engine_to_compare_with() -> None:
    text = (ROOT / "requirements/engine.txt").read_text("utf-8")
    sys.path.insert(0, str(ROOT / "packaging"))
    try:
        import pin_engine_archives  # noqa: PLC0415 - a script
    finally:
        sys.path.pop(0)
    assert pin_engine_archives.ENGINE.search(text)
