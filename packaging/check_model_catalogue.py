"""Compares `resources/model_catalogue.toml` with the hubs, and fails on every difference: before a release, by hand, with a network.

A file whose size or hash changed on a hub would be refused by the program, and a repository with a newer commit may have better files. Both
are printed with the new values. Nothing is downloaded but lists of files, and nothing is changed. Standard library only, and the program's
settings, which have the addresses of the hubs.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from chatdesk.kernel.settings.declarations import HUB_HUGGING_FACE, HUB_MODELSCOPE  # noqa: E402 - the program need not be installed

CATALOGUE = ROOT / "resources/model_catalogue.toml"
_TIMEOUT = 60.0
_MAX_BYTES = 50_000_000

Files = Mapping[str, tuple[int, str]]
"""Size and SHA-256 of each file by path."""


class Refused(Exception):
    """A hub did not list the files of a repository."""


def fetch(url: str) -> object:
    """Return the JSON document at an address. Raises `Refused`."""
    try:
        with urllib.request.urlopen(url, timeout=_TIMEOUT) as reply:  # noqa: S310 - the addresses are those of the arguments
            return json.loads(reply.read(_MAX_BYTES))
    except urllib.error.HTTPError as error:
        raise Refused(f"status {error.code}") from error
    except (OSError, ValueError) as error:
        raise Refused(str(error)) from error


def hugging_face_files(base: str, repository: str, revision: str) -> tuple[str, Files]:
    """Return the commit of a revision on Hugging Face, and its files. Raises `Refused`."""
    quoted = urllib.parse.quote(revision, safe="")
    info = fetch(f"{base}/api/models/{repository}/revision/{quoted}?blobs=true")
    if not isinstance(info, dict) or not isinstance(info.get("siblings"), list):
        raise Refused("not a list of files")
    files = {}
    for entry in info["siblings"]:
        lfs = entry.get("lfs") or {}
        files[str(entry.get("rfilename"))] = (int(entry.get("size") or 0), str(lfs.get("sha256") or ""))
    return str(info.get("sha") or ""), files


def modelscope_files(base: str, repository: str) -> Files:
    """Return the files of a repository on ModelScope. Raises `Refused`."""
    info = fetch(f"{base}/api/v1/models/{repository}/repo/files?Revision=master&Recursive=True")
    data = info.get("Data") if isinstance(info, dict) else None
    if not isinstance(data, dict) or not isinstance(data.get("Files"), list):
        raise Refused("not a list of files")
    return {
        str(entry["Path"]): (int(entry.get("Size") or 0), str(entry.get("Sha256") or "").lower())
        for entry in data["Files"]
        if entry.get("Type") == "blob"
    }


def differences(row: Mapping[str, object], hugging_face: str, modelscope: str) -> Iterator[str]:
    """Yield what differs between a row of the catalogue and the hubs."""
    wanted: list[Mapping[str, object]] = [row[key] for key in ("file", "projector") if key in row]  # type: ignore[misc]
    repository, commit = str(row["repository"]), str(row.get("commit", ""))
    try:
        newest, files = hugging_face_files(hugging_face, repository, "main")
        if commit and commit != newest:
            yield f"{repository}: the newest commit is {newest} instead of {commit}"
            _, files = hugging_face_files(hugging_face, repository, commit)
        yield from _changed(repository, wanted, files)
    except Refused as error:
        yield f"{repository}: {error}"
    if other := str(row.get("modelscope", "")):
        try:
            yield from _changed(f"ModelScope {other}", wanted, modelscope_files(modelscope, other))
        except Refused as error:
            yield f"ModelScope {other}: {error}"


def _changed(where: str, wanted: list[Mapping[str, object]], files: Files) -> Iterator[str]:
    for file in wanted:
        size, sha256 = files.get(str(file["path"]), (0, ""))
        if not size:
            yield f"{where}: there is no {file['path']}"
        elif (size, sha256) != (file["size"], file["sha256"]):
            yield f"{where}: {file['path']} now has {size} bytes and SHA-256 {sha256 or 'unknown'}"


def main(arguments: list[str] | None = None) -> int:
    """Print all differences, and return 1 if there are any."""
    parser = argparse.ArgumentParser(description="Compare the catalogue of models with the hubs.")
    parser.add_argument("--catalogue", type=Path, default=CATALOGUE)
    parser.add_argument("--hugging-face", default=HUB_HUGGING_FACE.default, help="base address, such as a mirror")
    parser.add_argument("--modelscope", default=HUB_MODELSCOPE.default)
    options = parser.parse_args(arguments)
    rows = tomllib.loads(options.catalogue.read_text("utf-8"))["model"]
    found = 0
    for row in rows:
        for difference in differences(row, options.hugging_face, options.modelscope):
            print(f"{row['id']}: {difference}")
            found += 1
    print(f"{len(rows)} models, {found} differences")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
