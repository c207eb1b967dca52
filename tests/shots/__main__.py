"""`python3 dev.py shots DIRECTORY [SCENE ...]`: draws every screen of the real window into PNG files.

The program is the real one, on no screen, with its own services over a home made for the purpose and a scripted Ollama; only its data are
invented. Without options each scene of scenes.py is drawn in light and dark, English and Chinese, at 100 % and 200 %.
"""

import argparse
import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.shots.looks import LOOKS, USUAL_LOOKS

SCALES = ("1", "1.25", "1.5", "2")
SCREEN = Path(__file__).parent / "screen.json"
"""A screen that holds the largest window at the largest scale: what floats is moved onto the screen."""


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    folder = options.directory.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    codes = []
    for scale in options.scale:  # Qt reads its scale once, at start
        environment = os.environ | {
            "QT_QPA_PLATFORM": f"offscreen:configfile={SCREEN}",
            "QT_SCALE_FACTOR": scale,
            "LC_ALL": "C.UTF-8",
            "OLLAMA_HOST": "",
        }
        command = [
            sys.executable,
            "-m",
            "tests.shots.draw",
            str(folder),
            scale,
            options.size or "",
            ",".join(options.look),
        ]
        command += options.scene
        codes.append(code := subprocess.call(command, env=environment))
        if code < 0:
            name = signal.Signals(-code).name
            sys.stderr.write(
                f"Drawing at {scale} ended with {name}: an error while painting ends Qt's process as well.\n"
            )
    return int(any(codes))


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 dev.py shots", description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("scene", nargs="*")
    parser.add_argument("--scale", action="append", choices=SCALES)
    parser.add_argument("--look", action="append", choices=LOOKS)
    parser.add_argument("--size", type=_size, help="WIDTHxHEIGHT of the window, instead of each scene's own")
    # Python 3.12 reads scenes behind an option only when told that both may be mixed.
    options = parser.parse_intermixed_args(arguments)
    options.scale = options.scale or ["1", "2"]
    options.look = options.look or list(USUAL_LOOKS)
    return options


def _size(text: str) -> str:
    """Return the text of a size, or raise ValueError."""
    width, height = map(int, text.split("x"))
    return f"{width}x{height}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
