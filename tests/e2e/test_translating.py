"""The translator with the real engine and its small model: not how well it translates, but that an answer comes to its place."""

import pytest

from chatdesk.app.composition import open_program
from chatdesk.features.servers.services.servers import BUILT_IN_ID
from chatdesk.features.translation.domain.document import RowStatus
from chatdesk.kernel.redaction import Redactor
from chatdesk.system.folders import Folders
from chatdesk.system.resources import Resources
from tests.e2e.test_engine_process import missing

pytestmark = [pytest.mark.engine, pytest.mark.skipif(bool(missing()), reason=missing())]


async def test_the_built_in_model_fills_the_rows_of_a_text() -> None:
    folders = Folders.locate()
    folders.make()
    async with open_program(folders, Resources.locate(), Redactor()) as program:
        await program.servers.models.refresh()
        model = next(model for model in program.servers.models.all() if model.ref.server_id == BUILT_IN_ID)
        translation = program.translation.get()
        await translation.session.load()
        translation.session.set_languages("en", "fr")
        translation.session.set_text("# Good morning!\n\n```\ncode\n```\n")
        translation.translate(model.ref)
        await translation.wait()
        title, code = translation.session.document.rows
        assert title.status in {RowStatus.DONE, RowStatus.FAILED}  # it may go astray, and is stopped then
        assert title.result
        assert code.status is RowStatus.VERBATIM
        assert translation.session.document.result_text.endswith("\n\n```\ncode\n```\n")
