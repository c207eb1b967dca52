"""The tree of files to choose from."""

from chatdesk.features.chat.ui.composer.sources.source_tree import SourceNode, SourceTree
from chatdesk.kernel.documents.sources import SourceFile, SourceUse

FILES = (
    SourceFile("README.md", 340),
    SourceFile("uv.lock", 3_400, SourceUse.GENERATED),
    SourceFile("src/a.py", 340),
    SourceFile("src/pay/card.py", 680),
    SourceFile("src/pay/plan.pdf", 9_000, SourceUse.DOCUMENT),
)
TEXTS = (SourceUse.TEXT, SourceUse.GENERATED)


def node(tree: SourceTree, *names: str) -> SourceNode:
    found = tree.root
    for name in names:
        found = next(each for each in found.children if each.name == name)
    return found


def test_texts_are_chosen_at_first() -> None:
    tree = SourceTree("shop", FILES)
    assert tree.chosen(*TEXTS) == ["README.md", "src/a.py", "src/pay/card.py"]
    assert (tree.root.count, tree.root.checked, tree.root.checked_tokens) == (5, 3, 400)


def test_documents_are_chosen_where_there_are_no_texts() -> None:
    tree = SourceTree("papers", FILES[-1:])
    assert tree.chosen(SourceUse.DOCUMENT) == ["src/pay/plan.pdf"]


def test_a_folder_is_chosen_and_left_out_as_a_whole() -> None:
    tree = SourceTree("shop", FILES)
    tree.toggle(node(tree, "src"))
    assert node(tree, "src").checked == node(tree, "src").count == 3
    tree.toggle(node(tree, "src"))
    assert tree.chosen(*TEXTS) == ["README.md"]
    assert (tree.root.checked, tree.root.checked_tokens) == (1, 100)


def test_only_what_is_sought_is_chosen() -> None:
    tree = SourceTree("shop", FILES)
    tree.search(" PAY/C")
    assert [each.name for each in tree.rows()] == ["shop", "src", "pay", "card.py"]
    tree.toggle(tree.root)
    tree.search("")
    assert tree.chosen(*TEXTS) == ["README.md", "src/a.py"]


def test_folders_that_are_alone_are_open() -> None:
    tree = SourceTree("shop.zip", (SourceFile("shop-main/src/a.py", 1), SourceFile("shop-main/src/b.py", 1)))
    assert [each.name for each in tree.rows()] == ["shop.zip", "shop-main", "src", "a.py", "b.py"]
