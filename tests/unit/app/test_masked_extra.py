"""A key in a server's extra JSON is in a file, which a person is warned of. It is masked wherever else it might turn up."""

from dataclasses import replace
from pathlib import Path

from chatdesk.app.core import open_core
from chatdesk.kernel.redaction import Redactor
from chatdesk.system.folders import Folders
from chatdesk.system.resources import Resources

CANARY = "CANARY-0123-of-extra-json"
EXTRA = f'{{"plugins": [{{"api_key": "{CANARY}"}}], "top_k": 20}}'


async def test_it_is_masked_from_when_it_is_saved_and_after_the_next_start(tmp_path: Path) -> None:
    folders, redactor = Folders(tmp_path, tmp_path, tmp_path, tmp_path), Redactor()
    async with open_core(folders, Resources.locate(), redactor) as core:
        assert CANARY in redactor(CANARY)
        await core.servers.servers.save(replace(core.servers.servers.all()[0], extra_body=EXTRA))
        assert CANARY not in redactor(f"the server said {CANARY}!")
    again = Redactor()
    async with open_core(folders, Resources.locate(), again):
        assert CANARY not in again(f"the server said {CANARY}!")
        assert again("top_k is 20") == "top_k is 20"
