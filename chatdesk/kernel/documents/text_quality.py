"""Whether the text that was read from the pages of a document represents it."""

import re
from collections.abc import Sequence

from chatdesk.kernel.chat.message import TextQuality
from chatdesk.kernel.documents.document_text import Section

_SCANNED_SHARE = 0.7
_POOR_SHARE = 0.1
_SAMPLE = 200_000
"""Characters that are examined."""
_UNKNOWN = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff\x00-\x08\x0e-\x1f]")
"""Characters of which a file does not define the meaning."""
_SPACE = re.compile(r"\s+")


def quality_of(sections: Sequence[Section]) -> TextQuality:
    """Return how well the text of sections represents them."""
    if sum(section.is_picture for section in sections) > _SCANNED_SHARE * len(sections):
        return TextQuality.SCANNED
    sample = _SPACE.sub("", "".join(section.text for section in sections)[:_SAMPLE])
    return TextQuality.POOR if len(_UNKNOWN.findall(sample)) > _POOR_SHARE * len(sample) else TextQuality.GOOD
