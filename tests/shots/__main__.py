"""`python3 dev.py shots DIRECTORY [SCENE ...]`: draws every screen of the real window into PNG files.

The program is the real one, on no screen, with its own services over a home made for the purpose and a scripted Ollama; only its data are
invented. Each scene of scenes.py is drawn in light and dark, English and Chinese, at 100 % and 200 %.
"""

import os
import subprocess
import sys
from pathlib import Path

SCALES = ("1", "2")


def main(arguments: list[str]) -> int:
    if not arguments:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    folder = Path(arguments[0]).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    for scale in SCALES:  # Qt reads its scale once, at start
        environment = os.environ | {
            "QT_QPA_PLATFORM": "offscreen",
            "QT_SCALE_FACTOR": scale,
            "LC_ALL": "C.UTF-8",
            "OLLAMA_HOST": "",
        }
        command = [sys.executable, "-m", "tests.shots.draw", str(folder), scale, *arguments[1:]]
        if code := subprocess.call(command, env=environment):
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
