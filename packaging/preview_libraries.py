"""Fetches the JavaScript libraries of the preview anew, by version, and checks that they are what docs/third-party.md says.

  preview_libraries.py          check the files in resources/preview
  preview_libraries.py fetch    fetch them with npm, and keep those that have the right hash

Needs npm and its registry for `fetch` only. To take a newer version: change its row here and in the list, fetch, and look at the pages.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parents[1] / "resources/preview"


class Library(NamedTuple):
    """A file of ours, the package it comes from, and the member of the package; empty for a bundle made here."""

    file: str
    package: str
    version: str
    member: str
    sha256: str


LIBRARIES = (
    Library(
        "mermaid.js",
        "mermaid",
        "11.17.2",
        "package/dist/mermaid.min.js",
        "581ed7d74bd9048d0e3a91363927d72ef22942d7722546b27f7cc29e35390eb8",
    ),
    Library(
        "graphviz.js",
        "@viz-js/viz",
        "3.31.0",
        "package/dist/viz-global.js",
        "c9e0b310f9883910e01c66054b48b7ff4be3d8695141116635e72b0af152692e",
    ),
    Library(
        "react.js",
        "react",
        "18.3.1",
        "package/umd/react.production.min.js",
        "d949f1c3687aedadcedac85261865f29b17cd273997e7f6b2bfc53b2f9d4c4dd",
    ),
    Library(
        "react-dom.js",
        "react-dom",
        "18.3.1",
        "package/umd/react-dom.production.min.js",
        "35f4f974f4b2bcd44da73963347f8952e341f83909e4498227d4e26b98f66f0d",
    ),
    Library(
        "sucrase.js",
        "sucrase",
        "3.35.1",
        "",
        "f86ea99199bb5b7afcc4e53abc20a5c9ed5bcafbb40f003827fbbd71eeabf6eb",
    ),
)
BUNDLED = (
    "esbuild@0.28.2",
    "lines-and-columns@1.2.4",
    "ts-interface-checker@0.1.13",
    "@jridgewell/gen-mapping@0.3.13",
    "@jridgewell/resolve-uri@3.1.3",
    "@jridgewell/sourcemap-codec@1.6.0",
    "@jridgewell/trace-mapping@0.3.31",
)
"""What the bundle is made with, and all that is in it besides its package."""


def digest(file: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def wrong() -> list[str]:
    """Return the files that are missing or not what they should be."""
    return [
        library.file
        for library in LIBRARIES
        if not (FOLDER / library.file).is_file() or digest(FOLDER / library.file) != library.sha256
    ]


def fetch(library: Library, folder: Path) -> bytes:
    """Return a file as npm gives it."""
    name = f"{library.package}@{library.version}"
    if library.member:
        packed = subprocess.run(
            ["npm", "pack", name, "--silent"], cwd=folder, check=True, capture_output=True, text=True
        )
        with tarfile.open(folder / packed.stdout.split()[-1]) as archive:
            member = archive.extractfile(library.member)
            assert member  # noqa: S101  # it is a file
            return member.read()
    (folder / "package.json").write_text("{}")
    subprocess.run(
        ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", name, *BUNDLED], cwd=folder, check=True
    )
    (folder / "in.js").write_text('export { transform } from "sucrase";\n')
    esbuild = [
        str(folder / "node_modules/.bin/esbuild"),
        "in.js",
        "--bundle",
        "--minify",
        "--format=iife",
        "--global-name=Sucrase",
    ]
    made = [*esbuild, "--target=chrome110", "--legal-comments=eof", "--outfile=out.js"]
    subprocess.run(made, cwd=folder, check=True)
    return (folder / "out.js").read_bytes()


def main() -> int:
    """Check, or fetch what is asked for."""
    if sys.argv[1:] == ["fetch"]:
        for library in LIBRARIES:
            with tempfile.TemporaryDirectory() as folder:
                content = fetch(library, Path(folder))
            if hashlib.sha256(content).hexdigest() == library.sha256:
                (FOLDER / library.file).write_bytes(content)
            else:
                print(f"{library.file}: npm gives {hashlib.sha256(content).hexdigest()}")
    for file in wrong():
        print(f"{file}: not what docs/third-party.md lists")
    return 1 if wrong() else 0


if __name__ == "__main__":
    sys.exit(main())
