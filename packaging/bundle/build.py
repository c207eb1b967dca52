"""Makes the bundle for the system it runs on: `python3 dev.py build`.

build [--without-model] [--report] [--smoke] [--packages]

into dist/chatdesk, and on macOS dist/Chatdesk.app. The last three print the size by part, start the program and look at its parts, and make
what people install, also of a bundle that is there already.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from report import report
from third_party import third_party

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BUNDLE = ROOT / "dist/chatdesk"
APPLICATION = ROOT / "dist/Chatdesk.app"
PACKERS = {
    "linux": "linux/packages.py",
    "win32": "windows/windows_packages.py",
    "darwin": "macos/macos_packages.py",
}
"""What makes the packages of each system."""


def build(*, with_model: bool) -> None:
    """Make the bundle anew."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level=ERROR"]
    command += [f"--distpath={ROOT / 'dist'}", f"--workpath={ROOT / 'build'}", str(HERE / "chatdesk.spec")]
    environment = {**os.environ, "CHATDESK_BUNDLE_MODEL": "1" if with_model else "0"}
    if subprocess.call(command, cwd=ROOT, env=environment):
        sys.exit("The bundle could not be made; the lines above say why.")
    locks = [ROOT / "requirements/run.txt", ROOT / "requirements/engine.txt"]
    text = third_party(locks, ROOT / "resources/licences")
    for folder in (BUNDLE, *([APPLICATION / "Contents/Resources"] if sys.platform == "darwin" else ())):
        (folder / "THIRD-PARTY.txt").write_text(text, encoding="utf-8", newline="\n")


def packer(platform: str) -> Path:
    """Return the script that makes the packages of a system, named as `sys.platform` does. Raises `SystemExit` if there is none."""
    if platform not in PACKERS:
        raise SystemExit(f"There are no packages for {platform}. The bundle itself is what there is: dist/chatdesk.")
    return HERE.parent / PACKERS[platform]


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(prog="dev.py build", description="Make the bundle in dist/chatdesk.")
    parser.add_argument("--without-model", action="store_true", help="leave the starter model out")
    parser.add_argument("--report", action="store_true", help="print the size by part; makes no bundle if there is one")
    parser.add_argument("--smoke", action="store_true", help="start the frozen program and look at its parts; likewise")
    parser.add_argument("--packages", action="store_true", help="make what people install; likewise")
    options = parser.parse_args()
    if not BUNDLE.is_dir() or not (options.report or options.smoke or options.packages):
        build(with_model=not options.without_model)
    if options.report:
        print("\n".join(report(BUNDLE)))
    if options.smoke and (code := subprocess.call([sys.executable, HERE / "smoke.py"])):
        sys.exit(code)
    if options.packages:
        sys.exit(subprocess.call([sys.executable, packer(sys.platform)]))


if __name__ == "__main__":
    main()
