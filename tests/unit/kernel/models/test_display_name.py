"""The name under which a model is shown everywhere."""

import pytest

from chatdesk.kernel.models.model import display_name


@pytest.mark.parametrize(
    ("model_id", "name"),
    [
        ("smollm2:latest", "smollm2"),
        ("smollm2:135m", "smollm2:135m"),
        ("smol.gguf", "smol"),
        ("hf.co/user/repo-GGUF:latest", "hf.co/user/repo-GGUF"),
        ("deepseek-chat", "deepseek-chat"),
        (":latest", ":latest"),
        (".gguf", ".gguf"),
        ("", ""),
    ],
)
def test_neither_the_usual_tag_nor_the_ending_of_a_file_is_shown(model_id: str, name: str) -> None:
    assert display_name(model_id) == name
