"""The packages that go into the Flatpak, each by name, checksum and machine: what flatpak-builder wants to know before it builds offline.

  wheels.py update                writes wheels.json: asks the index which files are behind requirements/run.txt and engine.txt
  wheels.py sources ADDRESS       writes python-sources.json for flatpak-builder; ADDRESS is the index's server of files
  wheels.py sources FOLDER        likewise, of files that lie in a folder: `pip download` puts them there

No address stands in wheels.json: where packages come from is the business of each machine. `path` is where index servers keep a file.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
LIST = HERE / "wheels.json"
LOCKS = ("run", "engine")
PYTHON = (3, 13)
"""The runtime's."""
MACHINES = ("x86_64", "aarch64")
_NEWEST_GLIBC = (2, 40)
"""The runtime has a newer one."""
_WHEEL = re.compile(r"[^-]+-[^-]+(?:-\d[^-]*)?-(?P<python>[^-]+)-(?P<abi>[^-]+)-(?P<platform>[^-]+)\.whl")
_LOCKED = re.compile(
    r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(?:\s*;\s*([^\\\n]+?))?\s*\\$((?:\n\s+--hash=sha256:[0-9a-f]{64}\s*\\?)+)",
    re.MULTILINE,
)
_HASH = re.compile(r"sha256:([0-9a-f]{64})")


def locked(text: str) -> dict[str, tuple[str, frozenset[str]]]:
    """Return the version and the checksums of every package of a lock that the Flatpak needs, by name."""
    return {
        name: (version, frozenset(_HASH.findall(hashes)))
        for name, version, condition, hashes in _LOCKED.findall(text)
        if _holds(condition)
    }


def _holds(condition: str) -> bool:
    """Whether a condition of a lock holds in the Flatpak. Locks use few of them, and no brackets."""
    return all(any(_is_true(term) for term in part.split(" or ")) for part in condition.split(" and ") if part)


def _is_true(term: str) -> bool:
    found = re.fullmatch(r"\s*(\w+)\s*(==|!=|<=|>=|<|>)\s*'([^']*)'\s*", term)
    if not found:
        raise ValueError(f"a condition that is not understood: {term}")
    name, sign, value = found.groups()
    here = {
        "sys_platform": "linux",
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
        "platform_machine": "x86_64",
    }
    if name == "python_full_version":
        order = ((numbers := _numbers(value)) < PYTHON) - (numbers > PYTHON)
        return {"<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0, "==": not order, "!=": bool(order)}[
            sign
        ]
    return (here[name] == value) is (sign == "==")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in version.split("."))[:2]


def fits(file: str) -> frozenset[str]:
    """Return the machines that a wheel runs on in the Flatpak."""
    found = _WHEEL.fullmatch(file)
    if not found or not _is_for_python(found["python"], found["abi"]):
        return frozenset()
    if found["platform"] == "any":
        return frozenset(MACHINES)
    return frozenset(
        machine for machine in MACHINES if any(_is_for(tag, machine) for tag in found["platform"].split("."))
    )


def _is_for_python(pythons: str, abi: str) -> bool:
    own = f"cp{PYTHON[0]}{PYTHON[1]}"
    tags = pythons.split(".")
    if abi == "abi3":
        return any(re.fullmatch(r"cp3\d+", tag) and int(tag[3:]) <= PYTHON[1] for tag in tags)
    return (abi == "none" and not {"py3", own}.isdisjoint(tags)) or (abi == own and own in tags)


def _is_for(tag: str, machine: str) -> bool:
    if tag in {f"manylinux2014_{machine}", f"manylinux2010_{machine}", f"manylinux1_{machine}", f"linux_{machine}"}:
        return True
    found = re.fullmatch(rf"manylinux_(\d+)_(\d+)_{machine}", tag)
    return found is not None and (int(found[1]), int(found[2])) <= _NEWEST_GLIBC


def chosen(
    packages: Iterable[Mapping[str, Any]], locks: Mapping[str, tuple[str, frozenset[str]]]
) -> Iterator[dict[str, Any]]:
    """Yield the wheels to take of what an index has, one for each package and machine; a lock's checksum is on every one."""
    for package in packages:
        name = package["name"]
        if name not in locks:
            continue
        _, hashes = locks[name]
        left = set(MACHINES)
        for wheel in sorted(package.get("wheels", ()), key=lambda wheel: _preference(_file_of(wheel))):
            file, sha256 = _file_of(wheel), wheel["hashes"]["sha256"]
            machines = fits(file) & left
            if machines and sha256 in hashes:
                left -= machines
                path = urlsplit(wheel["url"]).path.lstrip("/")
                yield {"name": name, "file": file, "path": path, "sha256": sha256, "machines": sorted(machines)}
        if left:
            raise LookupError(f"{name} has no wheel for {', '.join(sorted(left))}")


def _file_of(wheel: Mapping[str, Any]) -> str:
    return str(wheel.get("name") or urlsplit(wheel["url"]).path.rpartition("/")[2])


def _preference(file: str) -> tuple[bool, str]:
    """Prefer a wheel that is built for this Python and machine."""
    return file.endswith("-any.whl"), file


def update() -> None:
    """Write the list anew."""
    locks = {name: each for lock in LOCKS for name, each in locked(_lock(lock)).items()}
    with tempfile.TemporaryDirectory() as folder:
        wanted, told = Path(folder, "wanted.in"), Path(folder, "pylock.toml")
        wanted.write_text("".join(f"{name}=={version}\n" for name, (version, _) in sorted(locks.items())), "utf-8")
        command = [
            sys.executable,
            "-m",
            "uv",
            "pip",
            "compile",
            "--quiet",
            "--no-deps",
            "--universal",
            "--format=pylock.toml",
        ]
        command += [f"--python-version={PYTHON[0]}.{PYTHON[1]}", str(wanted), f"--output-file={told}"]
        subprocess.run(command, check=True)
        packages = tomllib.loads(told.read_text("utf-8"))["packages"]
    wheels = sorted(chosen(packages, locks), key=lambda wheel: (wheel["name"], wheel["file"]))
    LIST.write_text(json.dumps(wheels, indent=1) + "\n", "utf-8")


def sources(location: str) -> list[dict[str, object]]:
    """Return the list as flatpak-builder wants it: addresses at a server, or files in a folder."""
    found: list[dict[str, object]] = []
    for wheel in json.loads(LIST.read_text("utf-8")):
        where = (
            {"url": f"{location.rstrip('/')}/{wheel['path']}"}
            if ":" in location
            else {"path": Path(location, wheel["file"]).as_posix()}
        )
        only = {} if wheel["machines"] == sorted(MACHINES) else {"only-arches": wheel["machines"]}
        found.append({"type": "file", **where, "sha256": wheel["sha256"], "dest-filename": wheel["file"], **only})
    return found


def _lock(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")


def main(arguments: list[str]) -> None:
    """Do what the arguments say."""
    match arguments:
        case ["update"]:
            update()
        case ["sources", location]:
            written = json.dumps(sources(location), indent=1) + "\n"
            (HERE / "python-sources.json").write_text(written, "utf-8")
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
