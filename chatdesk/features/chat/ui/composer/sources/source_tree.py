"""The tree of the files that the user chooses from: which rows are shown, and which files are chosen."""

from collections.abc import Iterator, Sequence

from chatdesk.kernel.documents.sources import SourceFile, SourceUse


class SourceNode:
    """A folder or a file of the tree. Its counts include everything below it."""

    __slots__ = (
        "checked",
        "checked_tokens",
        "children",
        "count",
        "file",
        "folded",
        "is_open",
        "name",
        "parent",
        "tokens",
    )

    def __init__(self, name: str, parent: "SourceNode | None", file: SourceFile | None = None) -> None:
        self.name = name
        self.parent = parent
        self.file = file
        self.folded = file.path.casefold() if file else ""
        """The path of a file, as it is compared with what is sought."""
        self.children: list[SourceNode] = []
        self.is_open = False
        self.count = self.checked = 0
        """Number of files, and of those that are chosen."""
        self.tokens = self.checked_tokens = 0

    @property
    def depth(self) -> int:
        """How many folders the node is in."""
        return 0 if self.parent is None else self.parent.depth + 1

    def files(self) -> "Iterator[SourceNode]":
        """Yield the files at or below the node."""
        if self.file:
            yield self
        for child in self.children:
            yield from child.files()


class SourceTree:
    """The files of a folder or an archive below a root. Texts are chosen at first; if there are none, documents are."""

    def __init__(self, name: str, files: Sequence[SourceFile]) -> None:
        self.root = SourceNode(name, None)
        self._sought = ""
        folders = {"": self.root}
        wanted = SourceUse.TEXT if any(each.use is SourceUse.TEXT for each in files) else SourceUse.DOCUMENT
        for file in files:
            folder, _, name = file.path.rpartition("/")
            node = SourceNode(name, self._folder(folder, folders), file)
            assert node.parent  # noqa: S101 - a file is in a folder
            node.parent.children.append(node)
            tokens = 0 if file.use is SourceUse.DOCUMENT else file.tokens
            self._add(node, 1, tokens, is_checked=file.use is wanted)
        for node in self._single_folders():
            node.is_open = True

    def _folder(self, path: str, folders: dict[str, SourceNode]) -> SourceNode:
        if path not in folders:
            above, _, name = path.rpartition("/")
            parent = self._folder(above, folders)
            folders[path] = SourceNode(name, parent)
            parent.children.append(folders[path])
        return folders[path]

    def _single_folders(self) -> Iterator[SourceNode]:
        """Yield the root, and folders that are alone in theirs."""
        node = self.root
        yield node
        while len(node.children) == 1 and node.children[0].children:
            node = node.children[0]
            yield node

    def rows(self) -> list[SourceNode]:
        """Return the nodes that are shown, from top to bottom: those of open folders, or those that are sought."""
        rows: list[SourceNode] = []
        self._collect(self.root, rows)
        return rows

    def _collect(self, node: SourceNode, rows: list[SourceNode]) -> bool:
        """Add a node and what is shown of it; return whether any of it is sought."""
        length = len(rows)
        rows.append(node)
        if node.file:
            found = self._is_sought(node)
        elif self._sought:
            found = sum(self._collect(child, rows) for child in node.children) > 0
        else:
            found = True
            for child in node.children if node.is_open else ():
                self._collect(child, rows)
        if not found and node is not self.root:
            del rows[length:]
        return found

    def search(self, text: str) -> None:
        """Show only files whose path contains these words; all of them for none."""
        self._sought = text.strip().casefold()

    def is_open(self, node: SourceNode) -> bool:
        """Return whether what is in a folder is shown."""
        return bool(node.children) and (node.is_open or bool(self._sought))

    def toggle(self, node: SourceNode) -> None:
        """Choose everything at or below a node that is shown, or nothing of it if all of that is chosen."""
        checked, tokens = self._check(node, wanted=self._has_unchecked(node))
        self._count(node.parent, checked=checked, checked_tokens=tokens)

    def _is_sought(self, node: SourceNode) -> bool:
        return self._sought in node.folded

    def _has_unchecked(self, node: SourceNode) -> bool:
        if node.file:
            return not node.checked and self._is_sought(node)
        return node.checked < node.count and any(map(self._has_unchecked, node.children))

    def _check(self, node: SourceNode, *, wanted: bool) -> tuple[int, int]:
        """Choose what is shown at or below a node, or not; return by how much the counts have changed."""
        checked = tokens = 0
        if not node.file:
            for child in node.children:
                more, more_tokens = self._check(child, wanted=wanted)
                checked += more
                tokens += more_tokens
        elif bool(node.checked) is not wanted and self._is_sought(node):
            checked = 1 if wanted else -1
            tokens = checked * node.tokens
        node.checked += checked
        node.checked_tokens += tokens
        return checked, tokens

    def chosen(self, *uses: SourceUse) -> list[str]:
        """Return the paths of the chosen files with one of these uses."""
        return [each.file.path for each in self.root.files() if each.file and each.checked and each.file.use in uses]

    def _add(self, node: SourceNode, count: int, tokens: int, *, is_checked: bool) -> None:
        self._count(node, count, tokens, int(is_checked), tokens * is_checked)

    @staticmethod
    def _count(
        node: SourceNode | None, count: int = 0, tokens: int = 0, checked: int = 0, checked_tokens: int = 0
    ) -> None:
        while node:
            node.count += count
            node.tokens += tokens
            node.checked += checked
            node.checked_tokens += checked_tokens
            node = node.parent
