"""A person who wants short answers of the starter model: it is so small that it may go on for minutes."""

import json
from pathlib import Path

from chatdesk.features.servers.services.servers import BUILT_IN_ID

MAX_TOKENS = 48


def want_short_answers(folder: Path) -> Path:
    """Write it down in the folder of the settings, as the program does, and return the file."""
    wanted = {
        "server": BUILT_IN_ID,
        "model": "SmolLM2-135M-Instruct.Q4_1",
        "parameters": {"max_tokens": MAX_TOKENS},
    }
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "models.json"
    file.write_text(json.dumps({"models": [wanted]}), encoding="utf-8")
    return file
