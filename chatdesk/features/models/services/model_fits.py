"""How well models run on this machine: which fit into its memory, and how fast they answer."""

import asyncio
import logging
from collections.abc import Callable
from typing import Protocol

from chatdesk.features.models.domain.catalogue import Catalogue, engine_name
from chatdesk.features.models.domain.model_fit import Fit, Verdict, estimate_speed, fit_of
from chatdesk.features.models.domain.speed_check import ExpectedSpeed, machine_name
from chatdesk.features.models.services.model_contexts import ContextBudgets
from chatdesk.features.servers.services.models import Models
from chatdesk.kernel.aio.daemon_thread import run_in_daemon_thread
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.context.context_size import USUAL_CONTEXT
from chatdesk.kernel.models.machine import Machine
from chatdesk.kernel.models.memory_need import kv_cache_bytes, memory_need
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.providers.ollama.models import full_name

_READ_TIMEOUT = 10.0
_MAX_DESCRIBED = 100
"""Maximum number of models whose architecture is requested; each request transfers 20 KB."""

_log = logging.getLogger(__name__)


class SpeedCorrections(Protocol):
    """Results of speed checks on this machine; implemented by `features/models/services/speed_checks.py`."""

    async def load(self) -> None:
        """Load the stored results."""

    def correction(self, machine: str, verdict: Verdict) -> float:
        """Return the ratio of measured to estimated speed."""
        ...


class FitsChanged:
    """The machine was inspected."""


class ModelFits:
    """Judges models. One per program. `read_data` and `read_machine` block, and run on threads."""

    def __init__(
        self,
        models: Models,
        budgets: ContextBudgets,
        read_data: Callable[[], Catalogue],
        read_machine: Callable[[], Machine],
        measured: Callable[[], SpeedCorrections] | None = None,
    ) -> None:
        self.changes: Announcer[FitsChanged] = Announcer()
        self.data: Catalogue | None = None
        """The catalogue; None until it has been loaded."""
        self._models = models
        self._budgets = budgets
        self._read_data = read_data
        self._read_machine = read_machine
        self._measured = measured
        self._machine: Machine | None = None

    @property
    def machine(self) -> Machine | None:
        """This machine; None until it has been inspected."""
        return self._machine

    @property
    def machine_name(self) -> str:
        """Name of this machine in the results of speed checks; empty until it has been inspected."""
        return machine_name(self._machine) if self._machine else ""

    async def refresh(self) -> None:
        """Load the catalogue once, and inspect the machine each time, because free memory and disk space change."""
        if self.data is None:
            self.data = await asyncio.to_thread(self._read_data)
        try:
            self._machine = await run_in_daemon_thread(self._read_machine, "machine", _READ_TIMEOUT)
        except TimeoutError:
            _log.warning("The machine did not tell its memory in %s s", _READ_TIMEOUT)
            self._machine = self._machine or Machine()
        if self._measured:
            await self._measured().load()
        self.changes.announce(FitsChanged())

    async def judge_installed(self) -> None:
        """Inspect the machine, and request the architecture of the models on its Ollama servers, which lists omit."""
        await self.refresh()
        here = (state for state in self._models.states() if state.server.is_on_this_machine)
        unknown = [
            model.ref
            for state in here
            if state.server.manages_models
            for model in state.models
            if not model.described and not model.remote
        ]
        for ref in unknown[:_MAX_DESCRIBED]:
            await self._models.describe(ref)
        for server_id in {ref.server_id for ref in unknown}:
            # After `describe`, the server reports for the model whether it shares a loaded one.
            await self._models.refresh_loaded_models(server_id)

    def fit_of_model(self, model: Model) -> Fit | None:
        """Return how a model of a server fits this machine with the context of a chat; None if its architecture is unknown."""
        if self._machine is None or model.size_bytes is None or model.architecture is None:
            return None
        server = next((each.server for each in self._models.states() if each.server.id == model.ref.server_id), None)
        if server is None or model.remote or not (server.is_on_this_machine or server.is_built_in):
            return None
        need = memory_need(model.size_bytes, kv_cache_bytes(model.architecture, self.context_of(model)))
        return fit_of(need, self._machine)

    def speed_of_model(self, model: Model, fit: Fit) -> float | None:
        """Return the expected speed of a model in tokens per second, corrected by measurements; None if it cannot be estimated."""
        speed = self._estimate(model.ref, fit)
        return None if speed is None else self.corrected(speed, fit.verdict)

    def corrected(self, speed: float, verdict: Verdict) -> float:
        """Return an estimated speed, corrected by measurements of models with the same verdict on this machine."""
        if not self._measured or self._machine is None:
            return speed
        return speed * self._measured().correction(machine_name(self._machine), verdict)

    def context_of(self, model: Model) -> int:
        """Return the context length in tokens for a model's verdict."""
        return self._budgets.budget_of(model.ref, Parameters()).tokens or USUAL_CONTEXT

    async def expected(self, ref: ModelRef) -> ExpectedSpeed:
        """Return what is expected of a model on this machine; only the machine's name if its architecture is unknown."""
        await self.refresh()
        model = await self._models.describe(ref)
        fit = self.fit_of_model(model) if model else None
        machine = self._machine or Machine()
        if fit is None or self.data is None:
            return ExpectedSpeed(machine_name(machine))
        return ExpectedSpeed(machine_name(machine), self._estimate(ref, fit), fit.verdict)

    def _estimate(self, ref: ModelRef, fit: Fit) -> float | None:
        if self.data is None or self._machine is None:
            return None
        return estimate_speed(fit, self._machine, self.data.bandwidths, self._active_share(ref.model_id))

    def _active_share(self, model_id: str) -> float:
        """Return the share of its weights that a model of the catalogue reads per token, from Ollama's library or a hub; 1 if unknown."""
        for model in self.data.models if self.data else ():
            names = {full_name(build.tag) for build in model.ollama_builds} | {engine_name(model.download)}
            if full_name(model_id) in names or model_id in names:
                return model.active_parameters / model.parameters
        return 1.0
