"""Archives like those of llama.cpp's releases, with a stand-in for llama-server, and lists that pin them."""

import hashlib
import io
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from chatdesk.engine.llama_server.archives import this_computer
from tests.fakes.llama_server import make_llama_server

TAG = "b11600"


def make_tar(path: Path, files: Mapping[str, bytes], links: Mapping[str, str] | None = None) -> Path:
    """Write a tar archive of files and symbolic links."""
    with tarfile.open(path, "w:gz") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        for name, target in (links or {}).items():
            member = tarfile.TarInfo(name)
            member.type, member.linkname = tarfile.SYMTYPE, target
            archive.addfile(member)
    return path


def make_zip(path: Path, files: Mapping[str, bytes]) -> Path:
    """Write a zip archive of files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def make_release_archive(folder: Path, **behaviour: object) -> Path:
    """Write an archive as a release has it, whose program behaves as tests/fakes/llama_server.py says."""
    program = make_llama_server(folder / "made", **behaviour)  # type: ignore[arg-type]
    top = f"llama-{TAG}/"
    files = {
        f"{top}LICENSE": b"MIT",
        f"{top}llama-server": program.read_bytes(),
        f"{top}libggml-base.so.0.1": b"base",
        f"{top}libggml-vulkan.so": b"vulkan",
    }
    links = {f"{top}libggml-base.so.0": "libggml-base.so.0.1", f"{top}libggml-base.so": "libggml-base.so.0"}
    return make_tar(folder / f"llama-{TAG}-bin-ubuntu-vulkan-x64.tar.gz", files, links)


def write_list(path: Path, archive: Path, variant: str = "vulkan", architectures: tuple[str, ...] = ("llama",)) -> Path:
    """Write a list that pins an archive for this computer."""
    system, machine = this_computer()
    content = archive.read_bytes()
    path.write_text(
        f'tag = "{TAG}"\narchitectures = {list(architectures)}\n[[archives]]\nsystem = "{system}"\nmachine = "{machine}"\n'
        f'variant = "{variant}"\nname = "{archive.name}"\nsize = {len(content)}\n'
        f'sha256 = "{hashlib.sha256(content).hexdigest()}"\n'
    )
    return path
