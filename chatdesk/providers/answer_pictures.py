"""Pictures and files in an answer: finds the sources of pictures (`data:` or web addresses), and texts for other files.

Supported forms: `images` of OpenRouter and similar gateways, and of Perplexity next to the choices; parts of a content list (`image_url` of
Mistral and OpenAI, files); plain Base64 of OpenAI's image generation. Whether a picture is shown and stored is not decided here.
"""

import binascii
from collections.abc import Iterator, Mapping

from chatdesk.kernel.text.json_values import chunk_of, elements, members, text_of
from chatdesk.kernel.text.safe_line import safe_line

MAX_LISTED = 64
"""Maximum number of elements read from one list."""
_BASE64_FIELDS = ("b64_json", "result", "data")
_MAX_BASE64_TEXT_LENGTH = 256 * 1024
"""Maximum number of Base64 characters of a text file that is shown."""
_MAX_NAME_LENGTH = 100
_TICKS = "```"


def picture_source(value: object) -> str:
    """Return the source of a picture in any of the supported forms; empty for anything else."""
    if isinstance(value, str):
        return value if _is_source(value) else ""
    fields = members(value)
    for name in ("image_url", "url", "image", "source"):
        inner = fields.get(name)
        source = chunk_of(inner) or chunk_of(members(inner).get("url"))
        if _is_source(source):
            return source
    media_type = chunk_of(fields.get("media_type")) or chunk_of(fields.get("mime_type"))
    for name in _BASE64_FIELDS:
        data = chunk_of(fields.get(name))
        if data and (not media_type or media_type.startswith("image/")):
            return from_base64(data)
    inline = members(fields.get("inline_data")) or members(fields.get("inlineData"))
    return picture_source(inline) if inline else ""


def from_base64(data: str) -> str:
    """Return the source of a picture that is plain Base64. Its format is detected from the content later."""
    if not data or not data.isascii():
        return ""
    return data if data.startswith("data:") else f"data:image/png;base64,{data}"


def listed_pictures(images: object) -> Iterator[str]:
    """Yield the sources in a list of pictures."""
    yield from filter(None, map(picture_source, elements(images)[:MAX_LISTED]))


def is_picture_part(part: Mapping[str, object]) -> bool:
    """Return whether an element of a content list is a picture."""
    kind = chunk_of(part.get("type"))
    return kind in ("image", "image_url", "output_image") or (kind == "file" and _media_type(part).startswith("image/"))


def part_picture(part: Mapping[str, object]) -> str:
    """Return the source of the picture in an element of a content list."""
    file = members(part.get("file"))
    return picture_source(part) or picture_source(file) or picture_source(file.get("file_data"))


def file_words(part: Mapping[str, object]) -> str:
    """Return the text to show for a file in the parts of an answer: its content, a link, or its name."""
    file = members(part.get("file")) or part
    candidates = text_of(file.get("filename")) or text_of(file.get("name")) or text_of(file.get("file_id"))
    name = safe_line("".join(sign for sign in candidates if sign not in "`[]"), _MAX_NAME_LENGTH, ellipsis="") or "file"
    data = chunk_of(file.get("file_data")) or chunk_of(file.get("url")) or chunk_of(file.get("data"))
    if data.startswith(("https://", "http://")):
        return f"\n\n[{name}](<{data}>)\n\n" if not set(data) & set("<>\n\r\\") else f"\n\n`{name}`\n\n"
    text = _text_in(data)
    return f"\n\n`{name}`\n\n{_TICKS}\n{text}\n{_TICKS}\n\n" if text else f"\n\n`{name}`\n\n"


def _text_in(data: str) -> str:
    """Return the content of a text file in a `data:` address; empty for anything else."""
    head, _, payload = data[: _MAX_BASE64_TEXT_LENGTH + 1].partition(",")
    if not head.startswith(("data:text/", "data:application/json")) or len(data) > _MAX_BASE64_TEXT_LENGTH:
        return ""
    try:
        text = binascii.a2b_base64(payload).decode("utf-8") if head.endswith(";base64") else ""
    except ValueError:
        return ""
    return "" if _TICKS in text or "\0" in text else text.rstrip("\n")


def _media_type(part: Mapping[str, object]) -> str:
    file = members(part.get("file"))
    candidates = (part.get("mediaType"), part.get("media_type"), part.get("mime_type"), file.get("mime_type"))
    data = chunk_of(file.get("file_data")) or chunk_of(part.get("url"))
    return next(filter(None, map(chunk_of, candidates)), "") or data[5:40] * data.startswith("data:")


def _is_source(text: str) -> bool:
    return text.isascii() and text[:11].lower().startswith(("data:image/", "https://", "http://"))
