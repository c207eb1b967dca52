"""What is said of a model whose weights stay at its server under other names: before it is deleted, and after."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QLocale

from chatdesk.features.models.services.model_management import Freed
from chatdesk.kernel.models.model import ModelRef

_MOST_NAMES = 5


def weights_stay(freed: Freed, name_of: Callable[[ModelRef], str]) -> str:
    """Return a sentence that names the models that keep the weights; empty if none does."""
    if not freed.kept_by:
        return ""
    names = [name_of(ref) for ref in freed.kept_by[:_MOST_NAMES]]
    names += ["…"] if len(freed.kept_by) > _MOST_NAMES else []
    words = QCoreApplication.translate("DeletionSheet", "This frees no space: the weights stay for {models}.")
    return words.format(models=QLocale().createSeparatedList(names))
