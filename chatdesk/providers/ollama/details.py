"""All that Ollama tells of one model (`/api/show`): licence, template, what its file sets.

Format: https://github.com/ollama/ollama/blob/main/docs/api.md
"""

from chatdesk.kernel.models.model_details import ModelDetails
from chatdesk.kernel.text.json_values import elements, members, text_of
from chatdesk.providers.server_api import ServerApi

_LONGEST = 100_000
"""Characters of a text: licences are tens of thousands."""
_MOST_FAMILIES = 20


async def inspect(api: ServerApi, model_id: str) -> ModelDetails:
    """Ask for a model. Raises a `ServerError`."""
    return decode_details(await api.post("/api/show", {"model": model_id}, model=model_id))


def decode_details(value: object) -> ModelDetails:
    """Return what a reply says."""
    shown = members(value)
    details = members(shown.get("details"))
    families = (text_of(family) for family in elements(details.get("families"))[:_MOST_FAMILIES])
    texts = {name: text_of(shown.get(name))[:_LONGEST].strip("\n") for name in ("parameters", "system", "template")}
    licence = shown.get("license")
    # one text, or several: a model and what it was made from each have their own
    licences = [text_of(licence)] if isinstance(licence, str) else [*map(text_of, elements(licence))]
    return ModelDetails(
        tuple(filter(None, families)) or tuple(filter(None, (text_of(details.get("family")),))),
        text_of(details.get("parent_model")),
        texts["parameters"],
        texts["system"],
        texts["template"],
        "\n\n".join(filter(None, licences))[:_LONGEST].strip("\n"),
    )
