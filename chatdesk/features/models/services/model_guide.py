"""Model guide: which variant of a model suits this machine at a chosen context length, and which variants are installed.

`domain/model_fit.py` computes the verdicts; `pulls.py` downloads; this module combines them with the server's models.
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
from chatdesk.features.models.domain.speed_check import ExpectedSpeed, machine_name
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

# Reader of `resources/model_guide.toml`. `domain/model_fit.py` defines the meaning of the values.

_GIGABYTE = 10**9


@dataclass(frozen=True, slots=True)
class ModelGuideData:
    """Content of the file."""

    variants: tuple[ModelVariant, ...]
    bandwidths: Bandwidths
    library_names: tuple[str, ...] = ()
    """Popular names in the library, as suggestions for mistyped names."""


def load_model_guide(text: str) -> ModelGuideData:
    """Parse the guide's file. It is our own, so format errors are raised: `KeyError`, `TypeError`, `ValueError`, `TOMLDecodeError`."""
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
"""Context lengths to choose from, in tokens."""
_READ_TIMEOUT = 10.0
_MAX_DESCRIBED = 100
"""Maximum number of models whose architecture is requested; each request transfers 20 KB."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class GuideRow:
    """Variant of the guide. `ref` is None if there is no server to download it; `installed`: the server has it."""

    judgement: Judgement
    ref: ModelRef | None = None
    installed: bool = False
    pull: Pull | None = None
    recommended: bool = False


@dataclass(frozen=True, slots=True)
class GuideState:
    """State of the guide. `machine` is None until it has been inspected, and for a remote server."""

    is_ready: bool = False
    context: int = GUIDE_CONTEXT.default
    server: ServerState | None = None
    """The Ollama server for downloads; None if there is none."""
    machine: Machine | None = None
    rows: tuple[GuideRow, ...] = ()
    others: tuple[Pull, ...] = ()
    """Downloads that the user requested by name, which are not variants of the guide."""
    advice: ModelRule = field(default_factory=ModelRule)
    """DeepSeek's recommendations for its models."""

    @property
    def server_answers(self) -> bool:
        """Whether models can be downloaded now."""
        return self.server is not None and self.server.status is not None


class SpeedCorrections(Shape):
    """Results of speed checks on this machine; implemented by `features/models/services/speed_checks.py`."""

    async def load(self) -> None:
        """Load the stored results."""

    def correction(self, machine: str, verdict: Verdict) -> float:
        """Return the ratio of measured to estimated speed."""
        ...


class GuideChanged:
    """The guide's state changed."""


class ModelGuide:
    """The model guide. One per program; `close` it at the end. `read_data` and `read_machine` block, and run on threads."""

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
        measured: Callable[[], SpeedCorrections] | None = None,
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

    async def refresh(self) -> None:
        """Load the guide's data once, and inspect the machine each time, because free memory and disk space change."""
        if self._data is None:
            self._data = await asyncio.to_thread(self._read_data)
        try:
            self._machine = await run_in_daemon_thread(self._read_machine, "machine", _READ_TIMEOUT)
        except TimeoutError:
            _log.warning("The machine did not tell its memory in %s s", _READ_TIMEOUT)
            self._machine = self._machine or Machine()
        if self._measured:
            await self._measured().load()
        self.changes.announce(GuideChanged())

    def state(self) -> GuideState:
        """Return the current state."""
        context = self.context
        server = self._server()
        if self._data is None or self._machine is None:  # no verdicts yet, as they would change after a moment
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
        """Context length in tokens for the verdicts."""
        chosen = self._settings.get(GUIDE_CONTEXT)
        return chosen if chosen in GUIDE_CONTEXTS else GUIDE_CONTEXT.default

    @property
    def machine(self) -> Machine | None:
        """This machine; None until it has been inspected."""
        return self._machine

    def corrected(self, speed: float, verdict: Verdict) -> float:
        """Return an estimated speed, corrected by measurements of models with the same verdict on this machine."""
        if not self._measured or self._machine is None:
            return speed
        return speed * self._measured().correction(machine_name(self._machine), verdict)

    @property
    def machine_name(self) -> str:
        """Name of this machine in the results of speed checks; empty until it has been inspected."""
        return machine_name(self._machine) if self._machine else ""

    def set_context(self, tokens: int) -> None:
        """Set the context length for the verdicts."""
        self._settings.set(GUIDE_CONTEXT, tokens)
        self.changes.announce(GuideChanged())

    def get(self, row: GuideRow, *, ignore_disk_space: bool = False) -> None:
        """Let the server download a variant; `ignore_disk_space` ignores missing disk space."""
        if row.ref:
            variant = row.judgement.variant
            self.pulls.start(
                row.ref, 0 if variant.weights_estimated else variant.weights, ignore_disk_space=ignore_disk_space
            )

    def download_named(self, text: str, server_id: str = "") -> NameProblem | None:
        """Let a server download the model named in a text, and return why the text is not a name; None if it is.

        Whether the model exists is not checked. Without an ID, the guide's server is used.
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
        """Return the names known without a request: variants of the guide, popular names, and installed models."""
        listed = tuple(variant.tag for variant in self._data.variants) if self._data else ()
        others = self._data.library_names if self._data else ()
        return (*listed, *others, *(model.ref.model_id for model in self._models.all()))

    def prepare_chat(self, ref: ModelRef) -> None:
        """Use the context length of the verdict for chats with a variant; other models are unchanged.

        The default context length is not stored: it is used anyway, and increased if a chat needs more.
        """
        row = next((row for row in self.state().rows if row.ref == ref), None)
        if row and (self.context != USUAL_CONTEXT or self._preferences.context(ref) is not None):
            self._preferences.set_context(ref, row.judgement.context)

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
        if speed is None or self._machine is None or not self._measured:
            return speed
        return speed * self._measured().correction(machine_name(self._machine), fit.verdict)

    def context_of(self, model: Model) -> int:
        """Return the context length in tokens for a model's verdict."""
        return self._budgets.budget_of(model.ref, Parameters()).tokens or self.context

    async def expected(self, ref: ModelRef) -> ExpectedSpeed:
        """Return what is expected of a model on this machine; only the machine's name if its architecture is unknown."""
        await self.refresh()
        model = await self._models.describe(ref)
        fit = self.fit_of_model(model) if model else None
        machine = self._machine or Machine()
        if fit is None or self._data is None:
            return ExpectedSpeed(machine_name(machine))
        return ExpectedSpeed(machine_name(machine), self._estimate(ref, fit), fit.verdict)

    def _estimate(self, ref: ModelRef, fit: Fit) -> float | None:
        if self._data is None or self._machine is None:
            return None
        variants = (each for each in self._data.variants if full_name(each.tag) == full_name(ref.model_id))
        share = next((each.active_share for each in variants), 1.0)
        return estimate_speed(fit, self._machine, self._data.bandwidths, share)

    async def close(self) -> None:
        """Stop all downloads, and stop listening for changes."""
        for end in self._end_listening:
            end()
        await self.pulls.close()

    def known_variant(self, text: str, server_id: str) -> GuideRow | None:
        """Return the variant named in a text, for a server; None if it names no variant of the guide."""
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
        """Return the servers that can download models, the best first: responding ones, and among them local ones."""
        found = [state for state in self._models.states() if state.server.manages_models]
        return tuple(sorted(found, key=lambda each: (each.status is None, not each.server.is_on_this_machine)))

    def _server(self) -> ServerState | None:
        """Return the Ollama server for downloads; None if there is none."""
        return next(iter(self.downloaders()), None)

    def _machine_of(self, server: ServerState | None) -> Machine | None:
        """Return this machine if models would run on it, otherwise None. Without a server, it shows whether Ollama is worth installing."""
        return self._machine if server is None or server.server.is_on_this_machine else None

    def _corrected(self, judgement: Judgement, machine: Machine | None) -> Judgement:
        """Return the judgement with its speed corrected by measurements of models with the same verdict."""
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
        # An installed variant needs no disk space.
        return replace(row, judgement=replace(judgement, disk_is_short=False)) if installed else row

    def _on_change(self, _change: ModelsChanged | PullChanged) -> None:
        self.changes.announce(GuideChanged())
