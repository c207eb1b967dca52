"""Where an Ollama on this machine keeps its models, and how much room is left there.

Source: Ollama's docs/faq.mdx. The server's own environment cannot be seen from here: OLLAMA_MODELS is ours, usually the same.
"""

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

_OF_THE_SERVICE = Path("/usr/share/ollama/.ollama/models")


def models_folder(environment: Mapping[str, str] = os.environ, service: Path = _OF_THE_SERVICE) -> Path:
    """Return the folder; it need not exist yet."""
    if named := environment.get("OLLAMA_MODELS", "").strip():
        return Path(named)
    if sys.platform == "linux" and _may_exist(service.parent):
        return service
    return Path.home() / ".ollama" / "models"


def free_space(folder: Path) -> int | None:
    """Return the bytes that are free where the folder is, or will be; None if the system does not say."""
    for place in (folder, *folder.parents):
        try:
            return shutil.disk_usage(place).free
        except (OSError, ValueError):
            continue
    return None


def _may_exist(folder: Path) -> bool:
    """Tell whether it is there; one that we may not look into is."""
    try:
        return folder.exists()
    except PermissionError:
        return True
    except OSError:
        return False
