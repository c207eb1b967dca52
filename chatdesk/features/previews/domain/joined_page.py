"""HTML as a page: a complete document unchanged, byte for byte; one with its style sheets and scripts embedded; a fragment with a skeleton.

Only the references of a page change. Style sheets are embedded at the position of the reference, and so are scripts if that has the
same meaning; a script that is deferred, or that could end its element early, becomes a data URL, which runs exactly like the file.
"""

import re
from collections.abc import Sequence

from chatdesk.features.previews.domain.artifact import Artifact, SourceFile
from chatdesk.features.previews.domain.belonging import Reference, references
from chatdesk.features.previews.domain.file_names import find_named
from chatdesk.features.previews.domain.html_tags import Tag, tags
from chatdesk.features.previews.domain.modules import find_module, imported_files, is_module, with_imports
from chatdesk.features.previews.domain.page import Page, PageWriter, script_name
from chatdesk.features.previews.domain.skeleton import HEAD, LIGHT, LIGHT_AND_DARK, data_address, json_text

_DOCUMENT = re.compile(
    r"[\ufeff\s]*+(?:(?><!--.*?-->|<\?[^>]*+>)\s*+)*+<(?:!doctype|html)[\s>]", re.IGNORECASE | re.DOTALL
)
_STYLED = re.compile(r"<style|\sstyle\s*=|<body[^>]*\sbgcolor|\sclass\s*=", re.IGNORECASE)
_PLACE_TAGS = frozenset({"head", "body", "html", "script"})
_DOCTYPE = re.compile(r"[\ufeff\s]*+<!doctype[^>]*+>", re.IGNORECASE)
_STYLE_END = re.compile(r"</(?=style)", re.IGNORECASE)
_UNSAFE_SCRIPT = re.compile(r"</script|<!--|<script", re.IGNORECASE)
_LINK_ATTRIBUTES = frozenset(
    {"href", "rel", "type", "as", "integrity", "crossorigin", "referrerpolicy", "hreflang", "sizes", "fetchpriority"}
)
_REFERENCE_ATTRIBUTES = frozenset({"src", "integrity", "crossorigin", "referrerpolicy", "fetchpriority"})
_MODULE_PREFIX = "module:"


def is_document(html: str) -> bool:
    """Return whether HTML is a complete document rather than a fragment."""
    return bool(_DOCUMENT.match(html))


def joined_page(artifact: Artifact) -> Page:
    """Return the page of an HTML artifact with the files it refers to."""
    return _JoinedPageBuilder(artifact).page()


class _JoinedPageBuilder:
    """Builder of one page."""

    def __init__(self, artifact: Artifact) -> None:
        self._html = artifact.main
        self._other_files = artifact.files[1:]
        self._names = [file.name for file in self._other_files]
        self._imported = self._find_imported()
        self._writer = PageWriter()
        self._position = 0

    def page(self) -> Page:
        asked, _ = references(self._html.text)
        found = {index: find_named(reference.path, self._names) for index, reference in enumerate(asked)}
        used = {index for index in found.values() if index is not None} | self._imported
        unasked = [file for index, file in enumerate(self._other_files) if index not in used]
        styles = [file for file in unasked if file.name.lower().endswith(".css")]
        scripts = [file for file in unasked if file not in styles]
        insertions: list[tuple[int, int, Reference | Sequence[SourceFile], SourceFile | None]] = [
            (reference.tag.start, 1, reference, self._other_files[index])
            for reference, index in zip(asked, found.values(), strict=True)
            if index is not None
        ]
        head, end, first_module = _insert_positions(self._html.text)
        if styles:
            insertions.append((head, 0, styles, None))
        if scripts:
            insertions.append((end, 2, scripts, None))
        if self._imported:
            insertions.append((first_module, -1, (), None))
        if not is_document(self._html.text):
            self._writer.write(
                HEAD + (LIGHT if self._other_files or _STYLED.search(self._html.text) else LIGHT_AND_DARK)
            )
        for offset, _, what, file in sorted(insertions, key=lambda entry: entry[:2]):
            self._copy(offset)
            if isinstance(what, Reference) and file is not None:
                self._write_reference(what, file)
            elif isinstance(what, Reference) or not what:
                self._write_import_map()
            else:
                for added in what:
                    self._write_added(added, style=what is styles)
        self._copy(len(self._html.text))
        return self._writer.page()

    def _copy(self, end: int) -> None:
        self._writer.write_file(self._html.name, self._html.text, self._position, end)
        self._position = max(self._position, end)

    def _write_reference(self, reference: Reference, file: SourceFile) -> None:
        tag = reference.tag
        if tag.name == "link":
            self._write_style(file, _attributes(tag, _LINK_ATTRIBUTES))
            self._position = tag.end
            return
        self._write_script(file, tag)
        self._position = tag.close_end

    def _write_added(self, file: SourceFile, *, style: bool) -> None:
        if style:
            self._write_style(file, "")
            self._writer.write("\n")
        else:
            self._write_script(file, None)

    def _write_style(self, file: SourceFile, attributes: str) -> None:
        self._writer.write(f"<style{attributes}>")
        self._writer.write_fresh_file(file.name, _STYLE_END.sub(r"<\\/", file.text))
        self._writer.write("</style>")

    def _write_script(self, file: SourceFile, tag: Tag | None) -> None:
        attributes = _attributes(tag, _REFERENCE_ATTRIBUTES) if tag else ""
        module = (tag.value("type") or "").strip().lower() == "module" if tag else is_module(file.text)
        if not tag and module:
            attributes = ' type="module"'
        waits = tag is not None and not module and (tag.value("defer") is not None or tag.value("async") is not None)
        if waits or _UNSAFE_SCRIPT.search(file.text):
            address = self._script_address(file)
            self._writer.write(f'<script src="{address}"{attributes}></script>')
        else:
            self._writer.write(f"<script{attributes}>")
            self._writer.write_fresh_file(file.name, file.text)
            self._writer.write("</script>")

    def _write_import_map(self) -> None:
        addresses = {}
        for index in sorted(self._imported):
            address = self._script_address(self._other_files[index])
            addresses[f"{_MODULE_PREFIX}{index}"] = address
            addresses |= dict.fromkeys(self._specifiers_of(index), address)
        self._writer.write(f'<script type="importmap">{json_text({"imports": addresses})}</script>')

    def _script_address(self, file: SourceFile) -> str:
        """Return a script as a data URL. Relative imports are not resolved in it, so they are replaced by mapped names."""
        self._writer.add_script(file.name, file.text)
        text = with_imports(file.text, self._renamed) if self._imported else file.text
        return data_address(f"{text}\n//# sourceURL={script_name(file.name)}")

    def _renamed(self, name: str) -> str:
        index = find_module(name, self._names)
        return name if index is None else f"{_MODULE_PREFIX}{index}"

    def _find_imported(self) -> set[int]:
        files = [self._html, *self._other_files]
        scripts = [file.text for file in files if not file.name.lower().endswith(".css")]
        return {index for script in scripts for index in imported_files(script, self._names)}

    def _specifiers_of(self, index: int) -> set[str]:
        """Return the specifiers by which inline scripts can import a module."""
        name = self._names[index].removeprefix("./").removeprefix("/")
        last, stem = name.rpartition("/")[2], name.rpartition(".")[0]
        return {f"./{name}", f"/{name}", f"./{last}", f"/{last}", f"./{stem}"}


def _attributes(tag: Tag | None, without: frozenset[str]) -> str:
    kept = [attribute.source for attribute in tag.attributes if attribute.name not in without] if tag else []
    return "".join(f" {source}" for source in kept)


def _insert_positions(html: str) -> tuple[int, int, int]:
    """Return the positions for unreferenced style sheets, for unreferenced scripts, and of the first script."""
    found = list(tags(html, _PLACE_TAGS))
    opening = {tag.name: tag for tag in reversed(found) if not tag.closing}
    closing = {tag.name: tag for tag in found if tag.closing}
    doctype = _DOCTYPE.match(html)
    begin = max(
        (opening[name].end for name in ("html", "head") if name in opening), default=doctype.end() if doctype else 0
    )
    head = closing["head"].start if "head" in closing else opening["body"].start if "body" in opening else begin
    last = closing.get("body") or closing.get("html")
    end = max(head, last.start if last else len(html))
    return head, end, opening["script"].start if "script" in opening else end
