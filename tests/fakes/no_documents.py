"""For tests in which no document is read."""

import pytest

from chatdesk.features.attachments.services.documents import Documents
from chatdesk.kernel.lazy import Lazy


def _no_documents() -> Documents:
    pytest.fail("no document is read here")


NO_DOCUMENTS = Lazy(_no_documents)
