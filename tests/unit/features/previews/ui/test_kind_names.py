"""Every kind of thing that can run has a name."""

from chatdesk.features.previews.domain.artifact import ArtifactKind
from chatdesk.features.previews.ui.kind_names import DIAGRAM_LANGUAGES, KIND_NAMES, STILL_KINDS, VISUAL_KINDS


def test_all_kinds_have_names_and_nothing_else_has() -> None:
    assert KIND_NAMES.keys() == set(ArtifactKind)
    assert set(ArtifactKind) > VISUAL_KINDS | STILL_KINDS | set(DIAGRAM_LANGUAGES.values())
