"""What every verb of the command line works with."""

from chatdesk.app.console.output import Output
from chatdesk.app.console.words import Words
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.redaction import Redactor
from chatdesk.system.folders import Folders


@dataclass(frozen=True, slots=True)
class Console:
    """One per run. `redactor` knows the keys in use, which must not get into the log."""

    output: Output
    words: Words
    folders: Folders
    redactor: Redactor
