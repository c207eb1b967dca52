"""File dialog for models."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget


def ask_for_models(window: QWidget, before: Sequence[Path], *, folders: bool) -> QFileDialog:
    """Open the dialog at the location of the last path of `before`. It deletes itself when it is closed."""
    translate = QCoreApplication.translate
    title = (
        translate("ModelDialog", "Add a folder of models") if folders else translate("ModelDialog", "Add GGUF files")
    )
    *_, last = (Path.home(), *(path.parent for path in before))
    dialog = QFileDialog(window, title, str(last))
    dialog.setObjectName("modelDialog")
    if folders:
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    else:
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        kinds = (translate("ModelDialog", "GGUF models"), translate("ModelDialog", "All files"))
        dialog.setNameFilters([f"{kinds[0]} (*.gguf *.GGUF)", f"{kinds[1]} (*)"])
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
