"""Makes what people install on macOS of dist/Chatdesk.app: `python3 dev.py build --packages`.

  chatdesk-VERSION-macos-arm64.dmg or -x86_64.dmg   a disk image with the application and a link to the folder it is dragged to

One for each kind of processor, made on a Mac of that kind: the engine's wheels are for one, and an application for both would be twice as
large (Qt's web engine alone has 475 MB for both). Signed and sent to Apple as far as the environment says how (apple_signing.py). The cask
for Homebrew needs the images of both and is made by the release pipeline (cask.py). Not run on macOS so far.
"""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import product  # noqa: E402 - lies beside this folder
from apple_signing import Run, notarise, run, sign, sign_image  # noqa: E402 - lies beside this file
from cask import image_name  # noqa: E402 - likewise

APPLICATION = product.DIST / f"{product.NAME}.app"


TRIES, PAUSE = 5, 10.0
"""How often an image is tried to be made, and seconds between: on build services hdiutil fails now and then, `Resource busy` (GitHub's
runner-images issue 7522)."""


def image(application: Path, work: Path, package: Path, run: Run = run, pause: float = PAUSE) -> None:
    """Make a disk image of an application: compressed, and to be dragged to the folder of programs.

    Raises `subprocess.CalledProcessError` if it cannot be made.
    """
    content = work / "image"
    shutil.rmtree(content, ignore_errors=True)
    content.mkdir(parents=True)
    run(["ditto", str(application), str(content / application.name)])
    (content / "Applications").symlink_to("/Applications")
    command = ["hdiutil", "create", "-volname", product.NAME, "-srcfolder", str(content), "-fs", "HFS+"]
    for left in reversed(range(TRIES)):
        package.unlink(missing_ok=True)
        try:
            run([*command, "-format", "ULFO", str(package)])
            break
        except subprocess.CalledProcessError:
            if not left:
                raise
            time.sleep(pause)
    shutil.rmtree(content)


def main() -> None:
    """Make the image, and say how large it is."""
    if not APPLICATION.is_dir():
        sys.exit("There is no dist/Chatdesk.app. `python3 dev.py build` makes it on macOS.")
    work = product.ROOT / "build"
    sign(APPLICATION, work)
    package = product.DIST / image_name(product.version(), platform.machine())
    image(APPLICATION, work, package)
    sign_image(package)
    notarise(package)
    print(f"{package.stat().st_size / 1e6:8.1f} MB  {package.name}")


if __name__ == "__main__":
    main()
