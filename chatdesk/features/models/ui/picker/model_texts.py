"""Texts about servers and models: rows of the model picker, and the status line on the start page."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from chatdesk.features.models.domain.model_rows import ModelRow, ServerGroup, StateKind
from chatdesk.features.models.services.model_preferences import ModelPreferences
from chatdesk.features.servers.services.models import Models, ServerState
from chatdesk.features.servers.ui.server_texts import ServerHealth, health_of, health_text, server_name
from chatdesk.kernel.models.model import Capability, Model, ModelLoad, ModelRef
from chatdesk.kernel.models.model_file import STARTER_NAME
from chatdesk.kernel.models.model_preference import NO_PREFERENCE, ModelPreference
from chatdesk.kernel.servers.server import ServerConfig, Vendor
from chatdesk.ui_kit.errors.error_texts import describe_error
from chatdesk.ui_kit.text.safe_text import plain_line

if TYPE_CHECKING:
    from chatdesk.features.models.domain.model_fit import Fit


# Display names of models: the user's nickname, or the server's name.


def model_name(models: Models, preferences: ModelPreferences, ref: ModelRef) -> str:
    """Return the display name of a model on one line, even if the model is not listed, for example while it is downloaded."""
    return plain_line(preferences.name(ref, models.name_of(ref)))


_MAX_DISPLAYED_MINUTES = 48 * 60
"""Minutes above which the time until unloading is not displayed."""
_KINDS = {
    ServerHealth.LOOKING: StateKind.BUSY,
    ServerHealth.READY: StateKind.OK,
    ServerHealth.CONNECTED: StateKind.OK,
    ServerHealth.LOADING: StateKind.WARNING,
    ServerHealth.NOT_RUNNING: StateKind.ERROR,
    ServerHealth.NOT_REACHABLE: StateKind.ERROR,
    ServerHealth.KEY_MISSING: StateKind.WARNING,
    ServerHealth.KEY_REJECTED: StateKind.ERROR,
    ServerHealth.KEY_HELD_BACK: StateKind.WARNING,
    ServerHealth.BROKEN: StateKind.ERROR,
}
_WAITING = frozenset({ServerHealth.LOOKING, ServerHealth.LOADING})
"""States that end by themselves."""


def server_group(
    state: ServerState,
    vendor: Vendor,
    fit_of: "Callable[[Model], Fit | None]" = lambda _model: None,
    preference_of: Callable[[ModelRef], ModelPreference] = lambda _model: NO_PREFERENCE,
) -> ServerGroup:
    """Return a server and its models for the picker: favourites first, without hidden ones.

    `fit_of` returns how a model fits this machine, `preference_of` the user's preferences.
    """
    kind, text = server_state(state, vendor)
    name = server_name(state.server)
    shown = [(model, preference_of(model.ref)) for model in state.models if model.can_chat]
    rows = [
        ModelRow.of(
            model.ref,
            wanted.nickname or model.name,
            name,
            model_details(model, fit_of(model)),
            favourite=wanted.favourite,
        )
        for model, wanted in shown
        if not wanted.hidden
    ]
    rows.sort(key=lambda row: not row.favourite)
    can_be_fixed = state.error is not None and not state.server.is_built_in and health_of(state, vendor) not in _WAITING
    return ServerGroup(state.server.id, name, text, kind, tuple(rows), can_be_fixed)


def server_state(state: ServerState, vendor: Vendor) -> tuple[StateKind, str]:
    """Return the state of a server in a few words, or in a sentence if necessary."""
    health = health_of(state, vendor)
    if health is ServerHealth.BROKEN and state.error:
        return StateKind.ERROR, describe_error(state.error).sentence
    return _KINDS[health], health_text(health)


def model_details(model: Model, fit: "Fit | None" = None) -> str:
    """Return details for choosing a model: size, quantisation, capabilities besides chat, fit to this machine."""
    translate = QCoreApplication.translate
    abilities = model.capabilities or frozenset()
    details = [
        model.parameters,
        QLocale().formattedDataSize(model.size_bytes, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
        if model.size_bytes
        else None,
        translate("Models", "reasoning") if Capability.THINKING in abilities else None,
        translate("Models", "vision") if Capability.VISION in abilities else None,
        _in_memory(model) if model.loaded else _fit_text(fit),
    ]
    return " · ".join(word for word in details if word)


def memory_text(model: Model) -> str:
    """Return the state of a model in its server's memory: until when, context, size; empty if unknown."""
    translate = QCoreApplication.translate
    if model.load is None:
        return translate("Models", "Not loaded. It is loaded with the next question.") if model.loaded is False else ""
    load, locale = model.load, QLocale()
    facts = [_loaded_until(load)]
    if load.context_length:
        tokens = locale.toString(load.context_length)
        facts.append(translate("Models", "context {tokens} tokens").format(tokens=tokens))
    if load.size_bytes:
        size = locale.formattedDataSize(load.size_bytes, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
        facts.append(size)
        if load.graphics_bytes:
            share = locale.toString(min(100, round(100 * load.graphics_bytes / load.size_bytes)))
            facts.append(translate("Models", "{share}% on GPU").format(share=share))
    return " · ".join(facts)


def _fit_text(fit: "Fit | None") -> str:
    if fit is None:
        return ""
    from chatdesk.features.models.ui.picker.fit_texts import (  # noqa: PLC0415 - start-up time: nothing is judged yet
        fit_text,
    )

    return fit_text(fit)


def _in_memory(model: Model) -> str:
    """Return the picker's text for a loaded model, with the time until it is unloaded."""
    translate = QCoreApplication.translate
    if model.load is None or model.load.expires_at is None:
        return translate("Models", "loaded")
    minutes = max(0, round((model.load.expires_at - datetime.now(UTC)).total_seconds() / 60))
    if minutes > _MAX_DISPLAYED_MINUTES:
        return translate("Models", "loaded")
    if minutes < 1:
        return translate("Models", "loaded, unloads in less than a minute")
    if minutes < 100:
        return translate("Models", "loaded, unloads in {minutes} min").format(minutes=minutes)
    return translate("Models", "loaded, unloads in {hours} h").format(hours=round(minutes / 60))


def _loaded_until(load: ModelLoad) -> str:
    translate = QCoreApplication.translate
    if load.expires_at is None:
        return translate("Models", "Loaded")
    moment = load.expires_at.astimezone()
    if (load.expires_at - datetime.now(UTC)) > timedelta(days=1):
        day = QLocale().toString(QDate(moment.year, moment.month, moment.day), QLocale.FormatType.ShortFormat)
        return translate("Models", "Loaded until {moment}").format(moment=day)
    clock = QLocale().toString(QTime(moment.hour, moment.minute), QLocale.FormatType.ShortFormat)
    return translate("Models", "Loaded until {moment}").format(moment=clock)


def connection_line(
    chosen: Model | None, states: tuple[ServerState, ...], stopped: ServerConfig | None = None
) -> tuple[StateKind, str]:
    """Return a line with the status and the model that will answer. `stopped` is an installed local server that is not running."""
    translate = QCoreApplication.translate
    if chosen is None:
        if any(state.status is None and state.error is None for state in states):
            return StateKind.BUSY, translate("Models", "Looking for models…")
        if stopped:
            text = translate("Models", "{server} is installed but not running.")
            return StateKind.ERROR, text.format(server=stopped.name)
        return StateKind.ERROR, translate("Models", "No model found. Start Ollama, or add a provider.")
    state = next((state for state in states if state.server.id == chosen.ref.server_id), None)
    if state is None:
        text = translate("Models", "The provider of {model} was removed. Choose another model.")
        return StateKind.ERROR, text.format(model=chosen.name)
    if state.server.is_built_in:
        ready = (
            translate("Models", "Ready now: {model}, short answers in English")
            if chosen.name == STARTER_NAME
            else translate("Models", "Built-in engine ready: {model} will answer.")
        )
        # It may have just been installed; "Choose a model…" starts with it.
        if empty := next((state for state in states if _is_empty_ollama(state)), None):
            ready = ready + " · " + translate("Models", "{server} found, but it has no models yet")
            return StateKind.OK, ready.format(model=chosen.name, server=_with_version(empty))
        if stopped:
            ready = ready + " · " + translate("Models", "{server} is installed but not running")
            return StateKind.OK, ready.format(model=chosen.name, server=stopped.name)
        return StateKind.OK, ready.format(model=chosen.name)
    if state.error:
        return StateKind.ERROR, describe_error(state.error).sentence
    server = _with_version(state)
    count = len([model for model in state.models if model.can_chat])
    if state.server.manages_models:
        # Qt's lupdate supports plurals only in `tr`.
        found = (
            translate("Models", "{server} found: 1 model. {model} will answer.")
            if count == 1
            else translate("Models", "{server} found: {count} models. {model} will answer.")
        )
        return StateKind.OK, found.format(server=server, count=count, model=chosen.name)
    return StateKind.OK, translate("Models", "{server}: {model} will answer.").format(server=server, model=chosen.name)


def _is_empty_ollama(state: ServerState) -> bool:
    return state.server.manages_models and state.status is not None and not state.models


def _with_version(state: ServerState) -> str:
    version = state.status.version if state.status else None
    return f"{state.server.name} {version}" if version else state.server.name
