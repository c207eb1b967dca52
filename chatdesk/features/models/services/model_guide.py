"""The guide: which variant of a model suits this machine, at a context the user chooses, and what is there of it already.

The sums and verdicts are `domain/model_fit/`; downloads are `pulls.py`; this puts them together with what the server has.
"""

import asyncio
import logging
import tomllib
from collections.abc import Callable
from dataclasses import field, replace
from typing import Protocol as Shape

from chatdesk.features.models.domain.model_fit import (
    Bandwidths,
    Fit,
    Judgement,
    ModelVariant,
    Purpose,
    Verdict,
    estimate_speed,
    fit_of,
    judge,
    recommended,
    weights_bytes,
)
from chatdesk.features.models.domain.model_names import NameProblem, read_model_name
from chatdesk.features.models.domain.speed_check import Expected, machine_name
from chatdesk.features.models.services.model_contexts import ContextBudgets
from chatdesk.features.models.services.model_preferences import ModelPreferences
from chatdesk.features.models.services.pulls import Pulls
from chatdesk.features.servers.services.models import Models, ModelsChanged, ServerState
from chatdesk.kernel.aio.daemon_thread import run_in_daemon_thread
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.context.context_size import CONTEXTS, USUAL_CONTEXT
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.machine import Machine
from chatdesk.kernel.models.memory_need import Architecture, kv_cache_bytes, memory_need
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.models.model_rules import ModelRule, rule_for
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.models.pulls import Pull, PullChanged
from chatdesk.kernel.settings.declarations import GUIDE_CONTEXT
from chatdesk.kernel.settings.store import Settings
from chatdesk.providers.ollama.models import full_name

# Reads `resources/model_guide.toml`. What its values mean: `domain/model_fit/`.

_GIGABYTE = 10**9


@dataclass(frozen=True, slots=True)
class ModelGuideData:
    """What the file says."""

    variants: tuple[ModelVariant, ...]
    bandwidths: Bandwidths
    library_names: tuple[str, ...] = ()
    """Names of the library that people often look for, for who mistypes one."""


def load_model_guide(text: str) -> ModelGuideData:
    """Return what the file says, in its order. Raises `KeyError`, `TypeError`, `ValueError` or `tomllib.TOMLDecodeError`: it is ours."""
    file = tomllib.loads(text)
    speeds = {name: value * _GIGABYTE for name, value in file["bandwidth"].items()}
    return ModelGuideData(tuple(map(_variant, file["variant"])), Bandwidths(speeds), tuple(file["library"]["names"]))


def _variant(row: dict[str, object]) -> ModelVariant:
    values = dict(row)
    measured = values.pop("bytes", None)
    values["architecture"] = Architecture(**values["architecture"])  # type: ignore[arg-type]
    values["purpose"] = Purpose(str(values["purpose"]))
    values.setdefault("active_parameters", values["parameters"])
    weights = measured or weights_bytes(int(str(values["parameters"])), str(values["quantization"]))
    if weights is None:
        raise ValueError(f"{values['tag']}: unknown quantisation")
    return ModelVariant(**values, weights=weights, weights_estimated=measured is None)  # type: ignore[arg-type]


GUIDE_CONTEXTS = CONTEXTS[1:]
"""Tokens to choose from."""
_READING_SECONDS = 10.0
_MOST_ASKED = 100
"""Models that are asked how they are built; each costs a question of 20 KB."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class GuideRow:
    """One variant. `ref` is None while there is no server to get it; `installed` is what the server has of it."""

    judgement: Judgement
    ref: ModelRef | None = None
    installed: bool = False
    pull: Pull | None = None
    recommended: bool = False


@dataclass(frozen=True, slots=True)
class GuideState:
    """What the guide shows. `machine` is None until it was read, and for a server elsewhere."""

    is_ready: bool = False
    context: int = GUIDE_CONTEXT.default
    server: ServerState | None = None
    """The Ollama that is asked for models."""
    machine: Machine | None = None
    rows: tuple[GuideRow, ...] = ()
    others: tuple[Pull, ...] = ()
    """Downloads of models that are no variants of the guide: the user named them."""
    advice: ModelRule = field(default_factory=ModelRule)
    """What DeepSeek advises for its models."""

    @property
    def server_answers(self) -> bool:
        """Whether models can be downloaded now."""
        return self.server is not None and self.server.status is not None


class Measured(Shape):
    """What speed checks of this machine came to; `features/models/services/speed_checks.py` knows."""

    async def load(self) -> None:
        """Have at hand what was kept."""

    def correction(self, machine: str, verdict: Verdict) -> float:
        """Return by how much a machine is quicker than estimated."""
        ...


class GuideChanged:
    """Something in the guide's state is other than it was."""


class ModelGuide:
    """One per program; `close` it. `read_data` and `read_machine` block and are called on threads."""

    def __init__(
        self,
        models: Models,
        budgets: ContextBudgets,
        pulls: Pulls,
        settings: Settings,
        preferences: ModelPreferences,
        rules: tuple[ModelRule, ...],
        read_data: Callable[[], ModelGuideData],
        read_machine: Callable[[], Machine],
        measured: Callable[[], Measured] | None = None,
    ) -> None:
        self.changes: Announcer[GuideChanged] = Announcer()
        self.pulls = pulls
        self._models = models
        self._budgets = budgets
        self._settings = settings
        self._preferences = preferences
        self._rules = rules
        self._read_data = read_data
        self._read_machine = read_machine
        self._measured = measured
        self._data: ModelGuideData | None = None
        self._machine: Machine | None = None
        self._end_listening = (
            models.changes.subscribe(self._on_change),
            pulls.changes.subscribe(self._on_change),
        )

    async def look(self) -> None:
        """Read what the guide knows, once, and what the machine has, each time: memory and disks fill up."""
        if self._data is None:
            self._data = await asyncio.to_thread(self._read_data)
        try:
            self._machine = await run_in_daemon_thread(self._read_machine, "machine", _READING_SECONDS)
        except TimeoutError:
            _log.warning("The machine did not tell its memory in %s s", _READING_SECONDS)
            self._machine = self._machine or Machine()
        if self._measured:
            await self._measured().load()
        self.changes.announce(GuideChanged())

    def state(self) -> GuideState:
        """Return what is known now."""
        context = self.context
        server = self._server()
        if self._data is None or self._machine is None:  # verdicts that change after a moment are none
            return GuideState(context=context, server=server)
        machine = self._machine_of(server)
        judgements = [
            self._corrected(judge(each, context, machine, self._data.bandwidths), machine)
            for each in self._data.variants
        ]
        best = recommended(judgements)
        rows = tuple(self._row(each, server, best) for each in judgements)
        variants = {row.ref for row in rows}
        others = tuple(pull for pull in self.pulls.all() if pull.ref not in variants)
        advice = rule_for(self._rules, self._data.variants[0].tag)
        return GuideState(True, context, server, machine, rows, others, advice)

    @property
    def context(self) -> int:
        """The tokens for which is judged."""
        chosen = self._settings.get(GUIDE_CONTEXT)
        return chosen if chosen in GUIDE_CONTEXTS else GUIDE_CONTEXT.default

    @property
    def machine_name(self) -> str:
        """What this machine is called in the results of speed checks; empty until it was looked at."""
        return machine_name(self._machine) if self._machine else ""

    def set_context(self, tokens: int) -> None:
        """Judge for another context."""
        self._settings.set(GUIDE_CONTEXT, tokens)
        self.changes.announce(GuideChanged())

    def get(self, row: GuideRow, *, insists: bool = False) -> None:
        """Have the server download a variant; `insists`: also where the disk seems to have no room for it."""
        if row.ref:
            variant = row.judgement.variant
            self.pulls.start(row.ref, 0 if variant.weights_estimated else variant.weights, insists=insists)

    def get_named(self, text: str, server_id: str = "") -> NameProblem | None:
        """Have a server download the model that a text names, and return why it cannot; whether there is one, its library says.

        Without an id it is the server that the guide is about.
        """
        named = read_model_name(text)
        if named.problem:
            return named.problem
        server = next((each for each in self.downloaders() if each.server.id == server_id), None) or self._server()
        if server:
            ref = ModelRef(server.server.id, full_name(named.name))
            known = next((row for row in self.state().rows if row.ref == ref), None)
            self.get(known) if known else self.pulls.start(ref)
        return None

    def known_names(self) -> tuple[str, ...]:
        """Return the names that are known without asking the library: what this guide lists, and what is installed."""
        listed = tuple(variant.tag for variant in self._data.variants) if self._data else ()
        others = self._data.library_names if self._data else ()
        return (*listed, *others, *(model.ref.model_id for model in self._models.all()))

    def prepare_chat(self, ref: ModelRef) -> None:
        """Have chats with a variant ask for the context that it was judged for; any other model is left as it is.

        The usual one needs no choice: it is asked for anyway, and a larger one where a chat needs that.
        """
        row = next((row for row in self.state().rows if row.ref == ref), None)
        if row and (self.context != USUAL_CONTEXT or self._preferences.context(ref) is not None):
            self._preferences.set_context(ref, row.judgement.context)

    async def judge_installed(self) -> None:
        """Look at the machine, and ask its Ollamas how their models are built: lists do not tell."""
        await self.look()
        here = (state for state in self._models.states() if state.server.is_on_this_machine)
        unknown = [
            model.ref
            for state in here
            if state.server.manages_models
            for model in state.models
            if not model.described and not model.remote
        ]
        for ref in unknown[:_MOST_ASKED]:
            await self._models.describe(ref)
        for server_id in {ref.server_id for ref in unknown}:
            # What is described tells whether it shares what is in memory.
            await self._models.look_into_memory(server_id)

    def fit_of_model(self, model: Model) -> Fit | None:
        """Judge any model of a server on this machine, with the context a chat would ask for; None where its build is not known."""
        if self._machine is None or model.size_bytes is None or model.architecture is None:
            return None
        server = next((each.server for each in self._models.states() if each.server.id == model.ref.server_id), None)
        if server is None or model.remote or not (server.is_on_this_machine or server.is_built_in):
            return None
        need = memory_need(model.size_bytes, kv_cache_bytes(model.architecture, self.context_of(model)))
        return fit_of(need, self._machine)

    def speed_of_model(self, model: Model, fit: Fit) -> float | None:
        """Return how fast any model would answer that fits so, in tokens a second, as this machine was measured; None = no estimate."""
        speed = self._estimate(model.ref, fit)
        if speed is None or self._machine is None or not self._measured:
            return speed
        return speed * self._measured().correction(machine_name(self._machine), fit.verdict)

    def context_of(self, model: Model) -> int:
        """Return the tokens for which any model is judged."""
        return self._budgets.room(model.ref, Parameters()).tokens or self.context

    async def expected(self, ref: ModelRef) -> Expected:
        """Return what is known of a model of this machine before it is asked: nothing but the machine where its build is not told."""
        await self.look()
        model = await self._models.describe(ref)
        fit = self.fit_of_model(model) if model else None
        machine = self._machine or Machine()
        if fit is None or self._data is None:
            return Expected(machine_name(machine))
        return Expected(machine_name(machine), self._estimate(ref, fit), fit.verdict)

    def _estimate(self, ref: ModelRef, fit: Fit) -> float | None:
        if self._data is None or self._machine is None:
            return None
        variants = (each for each in self._data.variants if full_name(each.tag) == full_name(ref.model_id))
        share = next((each.active_share for each in variants), 1.0)
        return estimate_speed(fit, self._machine, self._data.bandwidths, share)

    async def close(self) -> None:
        """Stop all downloads and listen no longer."""
        for end in self._end_listening:
            end()
        await self.pulls.close()

    def known_variant(self, text: str, server_id: str) -> GuideRow | None:
        """Return the variant that a text names, as it would be at a server; None where it names none that is known."""
        named = read_model_name(text)
        if named.problem or self._data is None or self._machine is None:
            return None
        variant = next((each for each in self._data.variants if full_name(each.tag) == full_name(named.name)), None)
        server = next((each for each in self.downloaders() if each.server.id == server_id), None)
        if variant is None or server is None:
            return None
        machine = self._machine_of(server)
        return self._row(
            self._corrected(judge(variant, self.context, machine, self._data.bandwidths), machine), server, None
        )

    def downloaders(self) -> tuple[ServerState, ...]:
        """Return the servers that download models, the best first: those that answer, and of them those on this machine."""
        found = [state for state in self._models.states() if state.server.manages_models]
        return tuple(sorted(found, key=lambda each: (each.status is None, not each.server.is_on_this_machine)))

    def _server(self) -> ServerState | None:
        """Return the Ollama to get models with."""
        return next(iter(self.downloaders()), None)

    def _machine_of(self, server: ServerState | None) -> Machine | None:
        """Return the machine that models would run on, if it is this one. Without any Ollama: an answer to whether it is worth having."""
        return self._machine if server is None or server.server.is_on_this_machine else None

    def _corrected(self, judgement: Judgement, machine: Machine | None) -> Judgement:
        """Return it with its speed as this machine was measured with models that fit it alike."""
        if not self._measured or machine is None or judgement.speed is None:
            return judgement
        factor = self._measured().correction(machine_name(machine), judgement.fit.verdict)
        return replace(judgement, speed=judgement.speed * factor)

    def _row(self, judgement: Judgement, server: ServerState | None, best: Judgement | None) -> GuideRow:
        if server is None:
            return GuideRow(judgement, recommended=judgement is best)
        ref = ModelRef(server.server.id, full_name(judgement.variant.tag))
        installed = any(full_name(model.ref.model_id) == ref.model_id for model in server.models)
        pull = self.pulls.find(ref)
        row = GuideRow(judgement, ref, installed, pull, recommended=judgement is best)
        # what is there already needs no room on the disk
        return replace(row, judgement=replace(judgement, disk_is_short=False)) if installed else row

    def _on_change(self, _change: ModelsChanged | PullChanged) -> None:
        self.changes.announce(GuideChanged())
