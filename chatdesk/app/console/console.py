"""The services that every command of the command line uses."""

from chatdesk.app.console.output import Output
from chatdesk.app.console.texts import ConsoleTexts
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.redaction import Redactor
from chatdesk.system.folders import Folders


@dataclass(frozen=True, slots=True)
class Console:
    """One per run. `redactor` knows the keys in use, which must not appear in the log."""

    output: Output
    texts: ConsoleTexts
    folders: Folders
    redactor: Redactor
