"""Writes `resources/engine_archives.toml`: the builds of llama.cpp that the next release of Chatdesk may download.

`packaging/pin_engine_archives.py [TAG]` pins the newest release, or the one with this tag: size and SHA-256 of each archive as its host
reports them, and the architectures of models that it supports. `--check` compares the list with the host and changes nothing. The exit code
is 1 if the release does not fit: it is a draft, older than the engine that is installed with Chatdesk, or an archive has no hash.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "resources/engine_archives.toml"
REQUIREMENTS = ROOT / "requirements/engine.txt"
API = "https://api.github.com"
RAW = "https://raw.githubusercontent.com"
REPOSITORY = "ggml-org/llama.cpp"
SECONDS = 60
MAX_BYTES = 16 * 1024**2
TAG = re.compile(r"b(\d{4,6})")
DIGEST = re.compile(r"sha256:([0-9a-f]{64})")
ENGINE = re.compile(r"^xllamacpp==[\d.]*?(\d+)\s", re.MULTILINE)
ARCHITECTURE = re.compile(r"\{\s*LLM_ARCH_\w+\s*,\s*\"([\w.-]+)\"\s*\}")
WANTED = (
    ("linux", "x64", "vulkan", (r"llama-{tag}-bin-ubuntu-vulkan-x64\.tar\.gz",)),
    ("linux", "arm64", "vulkan", (r"llama-{tag}-bin-ubuntu-vulkan-arm64\.tar\.gz",)),
    ("linux", "x64", "cpu", (r"llama-{tag}-bin-ubuntu-x64\.tar\.gz",)),
    ("linux", "arm64", "cpu", (r"llama-{tag}-bin-ubuntu-arm64\.tar\.gz",)),
    ("macos", "arm64", "metal", (r"llama-{tag}-bin-macos-arm64\.tar\.gz",)),
    ("windows", "x64", "vulkan", (r"llama-{tag}-bin-win-vulkan-x64\.zip",)),
    (
        "windows",
        "x64",
        "cuda",
        (r"llama-{tag}-bin-win-cuda-12\.\d+-x64\.zip", r"cudart-llama-bin-win-cuda-12\.\d+-x64\.zip"),
    ),
    ("windows", "x64", "cpu", (r"llama-{tag}-bin-win-cpu-x64\.zip",)),
    ("windows", "arm64", "cpu", (r"llama-{tag}-bin-win-cpu-arm64\.zip",)),
)
"""System, processor, variant and the names of its archives. There is no build for CUDA on Linux: Vulkan serves NVIDIA's cards, too."""
HEAD = """\
# Builds of llama.cpp that Chatdesk may download when the user asks for it.
# Written by packaging/pin_engine_archives.py before a release; while there is no archive here, none is offered.
"""


class Unfit(Exception):
    """The release cannot be pinned; the message says why."""


def main() -> int:
    """Pin a release, or check the list."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tag", nargs="?", default="", help="such as b11600; default: the newest release")
    parser.add_argument("--check", action="store_true", help="compare the list with the host")
    parser.add_argument("--list", type=Path, default=TARGET)
    parser.add_argument("--requirements", type=Path, default=REQUIREMENTS)
    parser.add_argument("--api", default=API)
    parser.add_argument("--raw", default=RAW)
    options = parser.parse_args()
    try:
        if options.check:
            return check(options.list, options.api)
        text = pinned(options.tag, options.requirements.read_text("utf-8"), options.api, options.raw)
    except (Unfit, OSError, ValueError) as error:
        print(f"Not pinned: {error}", file=sys.stderr)
        return 1
    options.list.write_text(text, "utf-8")
    print(f"Wrote {options.list}")
    return 0


def pinned(tag: str, requirements: str, api: str, raw: str) -> str:
    """Return the list for a release. Raises `Unfit`."""
    release = release_of(tag, api)
    tag = str(release.get("tag_name"))
    build, installed = TAG.fullmatch(tag), ENGINE.search(requirements)
    if build is None:
        raise Unfit(f"{tag!r} is not the tag of a build")
    if release.get("draft") or release.get("prerelease"):
        raise Unfit(f"{tag} is not published yet")
    if installed is None:
        raise Unfit("the requirements name no engine to compare with")
    if int(build[1]) < int(installed[1]):
        raise Unfit(f"{tag} is older than the engine that is installed with Chatdesk, b{installed[1]}")
    assets = assets_of(release)
    rows = []
    for system, machine, variant, patterns in WANTED:
        found = [find(assets, pattern.format(tag=tag)) for pattern in patterns]
        if None in found:
            print(f"{tag} has no complete build for {system}, {machine}, {variant}", file=sys.stderr)
            continue
        rows += [row(system, machine, variant, asset) for asset in found if asset]
    if not rows:
        raise Unfit(f"{tag} has none of the archives")
    source = fetch(f"{raw}/{REPOSITORY}/{tag}/src/llama-arch.cpp").decode("utf-8")
    architectures = sorted(set(ARCHITECTURE.findall(source)) - {"(unknown)"})
    if "llama" not in architectures:
        raise Unfit(f"the architectures that {tag} supports cannot be read from its source")
    names = "".join(f'  "{name}",\n' for name in architectures)
    return f'{HEAD}tag = "{tag}"\narchitectures = [\n{names}]\n' + "".join(rows)


def row(system: str, machine: str, variant: str, asset: dict[str, Any]) -> str:
    """Return the entry of an archive. Raises `Unfit` without a hash or size."""
    digest = DIGEST.fullmatch(str(asset.get("digest")))
    size = asset.get("size")
    if digest is None or not isinstance(size, int) or size <= 0:
        raise Unfit(f"the host reports no hash or size of {asset['name']}")
    values = {"system": system, "machine": machine, "variant": variant, "name": asset["name"]}
    lines = [f'{key} = "{value}"' for key, value in values.items()]
    return "\n".join(["\n[[archives]]", *lines, f"size = {size}", f'sha256 = "{digest[1]}"', ""])


def check(path: Path, api: str) -> int:
    """Compare the list with the host. Return 1 if an archive is gone or different."""
    content = tomllib.loads(path.read_text("utf-8"))
    if not content["archives"]:
        print("The list is empty")
        return 0
    assets = assets_of(release_of(content["tag"], api))
    wrong = []
    for archive in content["archives"]:
        asset = assets.get(archive["name"], {})
        if (asset.get("size"), asset.get("digest")) != (archive["size"], f"sha256:{archive['sha256']}"):
            wrong.append(archive["name"])
    for name in wrong:
        print(f"{name} is missing or different", file=sys.stderr)
    print(
        f"{content['tag']}: {len(content['archives']) - len(wrong)} of {len(content['archives'])} archives are as pinned"
    )
    return 1 if wrong else 0


def release_of(tag: str, api: str) -> dict[str, Any]:
    """Return what the host reports about a release. Raises `Unfit`."""
    path = f"tags/{tag}" if tag else "latest"
    release = json.loads(fetch(f"{api}/repos/{REPOSITORY}/releases/{path}"))
    if not isinstance(release, dict):
        raise Unfit("the host did not describe a release")
    return release


def assets_of(release: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the files of a release by name."""
    assets = release.get("assets")
    rows = assets if isinstance(assets, list) else []
    return {asset["name"]: asset for asset in rows if isinstance(asset, dict) and isinstance(asset.get("name"), str)}


def find(assets: dict[str, dict[str, Any]], pattern: str) -> dict[str, Any] | None:
    """Return the file whose whole name matches; the last one in order if there are several versions."""
    names = sorted(name for name in assets if re.fullmatch(pattern, name))
    return assets[names[-1]] if names else None


def fetch(url: str) -> bytes:
    """Return the content at an address. Raises `Unfit`."""
    headers = {"Accept": "application/vnd.github+json", "User-Agent": "Chatdesk"}
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - the address of an argument
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as reply:  # noqa: S310 - likewise
            content: bytes = reply.read(MAX_BYTES + 1)
    except urllib.error.HTTPError as error:
        raise Unfit(f"{url}: {error.code}") from error
    if len(content) > MAX_BYTES:
        raise Unfit(f"{url}: too large")
    return content


if __name__ == "__main__":
    sys.exit(main())
