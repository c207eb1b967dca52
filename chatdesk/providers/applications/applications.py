"""The providers of application platforms, and how each recognises its errors. Loaded with the first server of this kind."""

from collections.abc import Callable, Mapping

from chatdesk.kernel.servers.server import ServerProtocol
from chatdesk.providers.applications import db_gpt, dify, fastgpt, n8n, vectorvein
from chatdesk.providers.applications.db_gpt import DbGptProvider
from chatdesk.providers.applications.dify import DifyProvider
from chatdesk.providers.applications.fastgpt import FastGptProvider
from chatdesk.providers.applications.n8n import N8nProvider
from chatdesk.providers.applications.vectorvein import VectorVeinProvider
from chatdesk.providers.provider import Provider
from chatdesk.providers.server_api import ServerApi

MAKERS: Mapping[ServerProtocol, Callable[[str, ServerApi], Provider]] = {
    ServerProtocol.DIFY: DifyProvider,
    ServerProtocol.FASTGPT: FastGptProvider,
    ServerProtocol.DB_GPT: DbGptProvider,
    ServerProtocol.N8N: N8nProvider,
    ServerProtocol.VECTORVEIN: VectorVeinProvider,
}
"""Functions that make the provider of a platform from the ID of the server and its API."""
JUDGES = {
    ServerProtocol.DIFY: dify.dify_error,
    ServerProtocol.FASTGPT: fastgpt.fastgpt_error,
    ServerProtocol.DB_GPT: db_gpt.judge,
    ServerProtocol.N8N: n8n.n8n_error,
    ServerProtocol.VECTORVEIN: vectorvein.judge,
}
"""Functions that recognise the errors of a platform."""
