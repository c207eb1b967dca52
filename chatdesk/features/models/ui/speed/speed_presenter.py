"""Presenter of the speed sheet: opens it and measures on request. The sheet's module is imported when it is first opened."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from chatdesk.features.models.services.model_services import ModelServices
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks

if TYPE_CHECKING:
    from chatdesk.features.models.ui.speed.speed_sheet import SpeedSheet


class SpeedPresenter(QObject):
    """Opens speed sheets. `choose` is called if no model is chosen."""

    def __init__(
        self,
        appearance: Appearance,
        services: ModelServices,
        tasks: Tasks,
        window: QWidget,
        choose: Callable[[], object],
    ) -> None:
        super().__init__(window)
        self._appearance = appearance
        self._services = services
        self._tasks = tasks
        self._window = window
        self._choose = choose

    def open(self, ref: ModelRef | None, measure: bool = False) -> None:
        """Show the speed of a model, and measure it at once if `measure`."""
        from chatdesk.features.models.ui.speed.speed_sheet import (  # noqa: PLC0415 - start-up time: made when it is asked for
            SpeedSheet,
        )

        if ref is None:
            self._choose()
            return
        model = self._services.models.find(ref)
        sheet = SpeedSheet(self._appearance, self._window.window(), model.name if model else ref.model_id)
        running: list[asyncio.Task[object]] = []
        sheet.measure_requested.connect(
            lambda: running.append(self._tasks.start(self._measure(sheet, ref), "measure a model"))
        )
        sheet.stopped.connect(lambda: [task.cancel() for task in running])
        sheet.open()
        begin = self._load_and_measure if measure else self._load
        running.append(self._tasks.start(begin(sheet, ref), "read the speed checks"))
        self._tasks.start(self._check_newer_version(), "tell of speed checks of a newer version")

    async def _load(self, sheet: "SpeedSheet", ref: ModelRef) -> None:
        await self._services.library.prepare()
        speeds = self._services.library.speed_checks
        await speeds.load()
        if not sheet.is_measuring:  # the user may have started a measurement already
            sheet.show_results(speeds.results(ref))

    async def _check_newer_version(self) -> None:
        await self._services.library.prepare()
        speeds = self._services.library.speed_checks
        await speeds.load()
        speeds.show_newer_version()

    async def _load_and_measure(self, sheet: "SpeedSheet", ref: ModelRef) -> None:
        await self._load(sheet, ref)
        await self._measure(sheet, ref)

    async def _measure(self, sheet: "SpeedSheet", ref: ModelRef) -> None:
        speeds = self._services.library.speed_checks
        try:
            await speeds.measure(ref, sheet.show_progress)
        except ChatdeskError as error:
            sheet.show_failure(error)
        else:
            sheet.show_results(speeds.results(ref))
