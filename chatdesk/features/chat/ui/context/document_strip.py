"""The strip above the composer for documents: which of them do not fit, what is sent of them, and the options."""

from collections.abc import Collection
from dataclasses import field
from enum import Enum, StrEnum, auto

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QWidget

from chatdesk.features.chat.ui.context.action_strip import ActionStrip
from chatdesk.features.chat.ui.context.context_texts import about
from chatdesk.kernel.chat.message import DocumentPart
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.errors.context_wordings import size_name
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.counts import listed
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated


class DocumentAction(StrEnum):
    """The actions of the strip's buttons, in their order."""

    LEAVE_OUT = "leave_out"
    """Do without the document."""
    TEXT = "text"
    """Send the text in place of pictures."""
    RECOGNISE = "recognise"
    SEE = "see"
    """Choose a model that accepts pictures."""
    CHOOSE = "choose"
    """Choose pages or sheets in the document view."""
    SUMMARISE = "summarise"
    LARGER = "larger"
    """Use the smallest context that is large enough."""
    SUGGEST = "suggest"
    """Let the model suggest words to search for."""
    CHANGE = "change"
    STOP = "stop"
    """Stop writing the summary, asking for words, or indexing by meaning."""
    LEAVE = "leave"
    """Do without the summary."""
    AGAIN = "again"
    """Go on with the summary."""
    WHOLE = "whole"
    PASSAGES = "passages"


class DocumentNotice(Enum):
    """What the strip says."""

    UNSEEN = auto()
    """The model does not accept pictures."""
    TOO_LONG = auto()
    FILLS = auto()
    PASSAGES = auto()
    """Passages are sent."""
    NOTHING = auto()
    """No passage matches what is written."""
    SUGGESTING = auto()
    """The model is asked for other words."""
    SUMMARISING = auto()
    SUMMARY_FAILED = auto()
    SUMMARY = auto()


@dataclass(frozen=True, slots=True)
class DocumentState:
    """What the strip says, and about which documents."""

    notice: DocumentNotice
    documents: tuple[DocumentPart, ...] = ()
    actions: frozenset[DocumentAction] = field(default_factory=frozenset)
    tokens: int = 0
    free: int = 0
    """Tokens that there are for the documents."""
    sent: int | None = None
    """Number of passages that are sent; None if that is not known yet."""
    count: int = 0
    """Number of all passages, or of the steps of a summary."""
    step: int = 0
    """The step of the summary, from 1."""
    combines: bool = False
    """Whether the notes on the parts are combined in this step."""
    words: str = ""
    """What was searched for; of passages, only if the model has suggested it."""
    reason: str = ""
    """Why there is no summary, or why other words did not help."""
    model: str = ""
    other_model_sees: bool = False
    enough: int = 0
    """The smallest context that is large enough."""
    indexed: int = 0
    """Number of passages that have been indexed by their meaning."""
    to_index: int = 0
    """Number of passages that are being indexed by their meaning; 0 if none are."""

    @property
    def warns(self) -> bool:
        """Whether something is to be decided or has failed."""
        return self.notice in {
            DocumentNotice.UNSEEN,
            DocumentNotice.TOO_LONG,
            DocumentNotice.FILLS,
            DocumentNotice.NOTHING,
            DocumentNotice.SUMMARY_FAILED,
        }


_BEST = {
    DocumentNotice.UNSEEN: (DocumentAction.TEXT, DocumentAction.RECOGNISE, DocumentAction.SEE),
    DocumentNotice.TOO_LONG: (DocumentAction.PASSAGES, DocumentAction.CHOOSE),
    DocumentNotice.FILLS: (DocumentAction.WHOLE,),
    DocumentNotice.SUMMARY_FAILED: (DocumentAction.AGAIN,),
}
_ICONS = {
    DocumentNotice.PASSAGES: "text-quote",
    DocumentNotice.SUMMARY: "file-text",
    DocumentNotice.SUMMARISING: "file-text",
    DocumentNotice.SUGGESTING: "search",
}


class DocumentStrip(Translated, ActionStrip):
    """The strip. `chosen` carries a `DocumentAction`."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, "document", DocumentAction, parent)
        self._state: DocumentState | None = None
        self._retranslate()

    @property
    def state(self) -> DocumentState | None:
        """What is said; None if nothing is."""
        return self._state

    def show_state(self, state: DocumentState | None) -> None:
        """Say something about documents, or hide the strip."""
        self._state = state
        if state is None:
            self.hide()
            return
        self.name_action(
            DocumentAction.LARGER,
            self.tr("Use a {size} context").format(size=size_name(state.enough)),
            self.tr("The model uses more memory"),
        )
        see = self.tr("Use a model with vision…") if state.other_model_sees else self.tr("Choose a model…")
        self.name_action(DocumentAction.SEE, see)
        share = max(0, state.step - 1) / max(1, state.count) if state.notice is DocumentNotice.SUMMARISING else None
        if state.to_index:
            share = state.indexed / state.to_index
        best = next((each for each in _BEST.get(state.notice, ()) if each in state.actions), None)
        self.show_text(
            self._with_indexing(state),
            state.actions,
            best,
            warns=state.warns,
            icon=_ICONS.get(state.notice, "info"),
            share=share,
        )

    def _with_indexing(self, state: DocumentState) -> str:
        """Return what the strip says, with the passages that are being indexed."""
        text = self._text(state)
        if not state.to_index:
            return text
        indexing = self.tr("{sentence} Indexing by meaning: {done} of {total}.")
        return indexing.format(sentence=text, done=_number(state.indexed), total=_number(state.to_index))

    def _text(self, state: DocumentState) -> str:
        name = named(state.documents)
        match state.notice:
            case DocumentNotice.UNSEEN:
                text = self.tr("{name} is sent as pictures, which {model} does not support.")
                return text.format(name=name, model=plain_line(state.model))
            case DocumentNotice.TOO_LONG:
                return self._too_long(state).format(name=name, tokens=about(state.tokens), room=about(state.free))
            case DocumentNotice.FILLS:
                text = self.tr(
                    "{name}: about {tokens} tokens. That fills the context; earlier messages may be left out."
                )
                return text.format(name=name, tokens=about(state.tokens))
            case DocumentNotice.PASSAGES:
                return self._passages(state).format(
                    name=name, sent=_number(state.sent or 0), count=_number(state.count), words=state.words
                )
            case DocumentNotice.NOTHING:
                text = self.tr("Nothing in {name} matches “{words}”.").format(name=name, words=state.words)
                return f"{text} {state.reason}".rstrip()
            case DocumentNotice.SUGGESTING:
                return self.tr("Asking the model for alternative search terms…")
            case DocumentNotice.SUMMARISING:
                if not state.count:
                    return self.tr("Summarising {name}…").format(name=name)
                if state.combines:
                    return self.tr("Summarising {name}: combining the parts").format(name=name)
                text = self.tr("Summarising {name}: part {step} of {count}")
                return text.format(name=name, step=_number(state.step), count=_number(state.count))
            case DocumentNotice.SUMMARY_FAILED:
                return self.tr("{name} has not been summarised. {reason}").format(name=name, reason=state.reason)
            case DocumentNotice.SUMMARY:
                text = self.tr("A summary of {name} will be sent: about {tokens} tokens.")
                return text.format(name=name, tokens=about(state.tokens))

    def _too_long(self, state: DocumentState) -> str:
        if len(state.documents) > 1:
            return self.tr(
                "These documents are longer than the model can read here: about {tokens} tokens, with room for {room}."
            )
        return self.tr("{name} is longer than the model can read here: about {tokens} tokens, with room for {room}.")

    def _passages(self, state: DocumentState) -> str:
        if state.sent is None:
            return self.tr("The passages of {name} that match the question will be sent.")
        if state.words:
            return self.tr("{sent} of {count} passages of {name} will be sent, found with “{words}”.")
        return self.tr("{sent} of {count} passages of {name} will be sent.")

    def _retranslate(self) -> None:
        labels: dict[DocumentAction, tuple[str, str]] = {
            DocumentAction.LEAVE_OUT: (self.tr("Leave out"), self.tr("Send the question without the document")),
            DocumentAction.TEXT: (self.tr("Send the text"), self.tr("The text in the file, without its layout")),
            DocumentAction.RECOGNISE: (
                self.tr("Read with Tesseract"),
                self.tr("Tesseract recognises the text on this computer"),
            ),
            DocumentAction.CHOOSE: (self.tr("Choose pages…"), self.tr("Send only a part of the document")),
            DocumentAction.SUMMARISE: (
                self.tr("Summarise first"),
                self.tr("The model writes a summary, which is sent in place of the text"),
            ),
            DocumentAction.SUGGEST: (
                self.tr("Let the model suggest search terms"),
                self.tr("The model is asked for alternative search terms for your question"),
            ),
            DocumentAction.CHANGE: (self.tr("Change…"), self.tr("Choose what is sent of the document")),
            DocumentAction.STOP: (self.tr("Stop"), ""),
            DocumentAction.LEAVE: (self.tr("Dismiss"), ""),
            DocumentAction.AGAIN: (self.tr("Try again"), self.tr("Finished parts are not summarised again")),
            DocumentAction.WHOLE: (self.tr("Send the whole text"), ""),
            DocumentAction.PASSAGES: (
                self.tr("Use the relevant passages"),
                self.tr("For each question, the passages that fit it are found and sent"),
            ),
        }
        for action, (text, hint) in labels.items():
            self.name_action(action, text, hint)
        self.show_state(self._state)


def named(documents: Collection[DocumentPart]) -> str:
    """Return the names of documents."""
    return listed(plain_line(each.name) for each in documents)


def _number(number: int) -> str:
    return QLocale().toString(number)
