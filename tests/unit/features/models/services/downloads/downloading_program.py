"""Downloads a model from a scripted hub, and can be killed at any moment: by its parent, or by itself before its Nth renaming of a file.

Arguments: folder, address of the hub, the download as JSON, number of the renaming (-1: never).
"""

import asyncio
import json
import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from chatdesk.features.models.services.downloads.hub_downloader import HubDownloader
from chatdesk.features.servers.services.built_in.model_files import ModelFiles
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.settings.store import Settings
from chatdesk.network.http import HttpClient
from chatdesk.network.network_thread import NetworkThread
from chatdesk.providers.hubs.hugging_face import HuggingFace
from chatdesk.storage.files.json_file import JsonFile
from chatdesk.storage.files.model_store import decoded_download


def die_before_renaming(number: int) -> None:
    """Kill this process before it renames a file for the Nth time."""
    left = number
    real = os.rename if os.name == "nt" else os.replace

    def rename(source: str, target: str) -> None:
        nonlocal left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
        real(source, target)

    Path.replace = lambda path, target: rename(str(path), str(target)) or Path(target)  # type: ignore[method-assign,assignment,func-returns-value]


async def main(folder: Path, address: str, text: str, dies_at: int) -> None:
    if dies_at >= 0:
        die_before_renaming(dies_at)
    download = decoded_download(json.loads(text))
    assert download
    settings = Settings({}, lambda _values: None)
    files = ModelFiles(settings, JsonFile(folder / "heads.json"), folder / "models", folder / "home")
    async with NetworkThread() as network:
        http = Lazy(HttpClient, lambda client: client.aclose())
        downloader = HubDownloader(
            lambda: lambda _kind: HuggingFace(http.get(), address),
            network,
            files.store,
            files,
            "here",
            lambda: datetime.now(UTC),
        )
        ref = await downloader.download(downloader.ref_of(download), download, lambda _progress: None)
        await network.call(http.close)
    sys.stdout.write(ref.model_id)
    await settings.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])))
