"""Fences and pages for the tests of this folder, in few words."""

from chatdesk.features.previews.domain.artifact import Artifact, CodeFence
from chatdesk.features.previews.domain.libraries import Libraries
from chatdesk.features.previews.domain.page import Page
from chatdesk.features.previews.domain.pages import page_of
from chatdesk.features.previews.domain.recognition import artifacts_of
from tests.paths import ROOT

LIBRARIES = Libraries(ROOT / "resources/preview", lambda text: f"<p>{len(text)}</p>")


def fences(*parts: tuple[str, str] | tuple[str, str, str]) -> list[CodeFence]:
    """Fences of one answer, each as language, text and the name of its file."""
    return [CodeFence(number, part[0], part[1], part[2] if len(part) > 2 else "") for number, part in enumerate(parts)]


def only(*parts: tuple[str, str] | tuple[str, str, str]) -> Artifact:
    """The one artifact of an answer."""
    (artifact,) = artifacts_of(fences(*parts))
    return artifact


def page(*parts: tuple[str, str] | tuple[str, str, str]) -> Page:
    """The page of the one artifact of an answer."""
    return page_of(only(*parts), LIBRARIES)
