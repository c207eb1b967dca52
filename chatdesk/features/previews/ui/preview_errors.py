"""From the lines of a page's console to its code, and to a question that asks for a fix."""

from PySide6.QtCore import QObject

from chatdesk.features.previews.domain.fix import CodeError, FixWords, fix_question, relevant_part
from chatdesk.features.previews.domain.page import SourceLine
from chatdesk.features.previews.ui.open_things import Thing
from chatdesk.features.previews.ui.panel.stage import ConsoleLine, Severity


class PreviewErrors(QObject):
    """What it knows of a page is told with each question."""

    def source_of(self, thing: Thing | None, line: ConsoleLine) -> SourceLine | None:
        """Return where in the code a line of the console was written."""
        return thing.page.source_of(line.line, line.script) if thing and thing.page and line.line else None

    def place_of(self, thing: Thing | None, line: ConsoleLine) -> str:
        """Return the same in words; empty if it is not known."""
        source = self.source_of(thing, line)
        return f"{source.file}:{source.line}" if source else ""

    def question(self, thing: Thing, console: tuple[ConsoleLine, ...]) -> str:
        """Return a message that asks for the errors to be fixed, with the part of the code they are about."""
        errors = []
        for line in console:
            if line.severity is Severity.ERROR:
                source = self.source_of(thing, line)
                errors.append(CodeError(line.text, source.file, source.line) if source else CodeError(line.text))
        code = {file.name: file.text for file in thing.shown.artifact.files}
        words = FixWords(
            self.tr("The page has these errors. Please fix them and give me the whole code again."),
            self.tr("{file}, line {line}"),
            self.tr("… and {count} more"),
            self.tr("{file}, lines {first} to {last}:"),
        )
        return fix_question(relevant_part(code, errors), words)
