"""The block phase of CommonMark 0.31 (appendix A) with GFM, formulas, definition lists and `details`. Other HTML is text.

A line is read only once: the result consists of closed leaves and the few open blocks. Therefore, the cost of streaming an answer does not
grow with its length, however long its lists, tables, quotes and code blocks are. Inline Markdown is not parsed here.
"""

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown import block_marks, html_tags
from chatdesk.rendering.markdown import long_texts as long_blocks
from chatdesk.rendering.markdown.block_marks import ListMark
from chatdesk.rendering.markdown.blocks import Alert, Description, Details, Footnote, ListItem, Quote, Rule, Term
from chatdesk.rendering.markdown.footnotes import footnote_key
from chatdesk.rendering.markdown.leaves import ParsedLines, RawText
from chatdesk.rendering.markdown.line_cursor import LineCursor
from chatdesk.rendering.markdown.open_blocks.open_blocks import (
    CODE_INDENT,
    OpenFence,
    OpenFootnote,
    OpenIndentedCode,
    OpenItem,
    OpenList,
    OpenParagraph,
    OpenQuote,
    OpenTable,
    parse_delimiter_row,
    split_row,
)
from chatdesk.rendering.markdown.open_blocks.open_document import OpenDocument
from chatdesk.rendering.markdown.open_blocks.open_formula import OpenFormula
from chatdesk.rendering.markdown.open_blocks.open_html import OpenComment, OpenDetails, OpenSummary

MAX_DEPTH = 32
"""Maximum nesting of quotes and lists; deeper ones are shown as written."""

_TAGS_IN_A_ROW = 64
"""Number of tags that are read one after another in a line, because each costs as much as the rest of the line is long."""
_BYTE_ORDER_MARK = "\ufeff"
_DEFINITION_LINES = 4
"""More lines than a link definition usually has."""


@dataclass(slots=True)
class LineParser(OpenDocument):
    """Parses lines into leaves. `take_lines` returns the closed ones; `preview` returns what would follow if the text ended here."""

    def add(self, text: str, start: int) -> None:
        """Parse a line without its line end, which begins at offset `start` of the source."""
        cursor = LineCursor(text, start)
        if not start and text.startswith(_BYTE_ORDER_MARK):
            cursor.skip(1)
        depth = self._match_containers(cursor)
        if depth == len(self._containers):
            self._open_formula_behind_text(cursor)
            if self._continue_code(cursor) or self._continue_formula(cursor) or self._continue_html(cursor):
                return
        if cursor.blank:
            self._close_to(depth)
            self._blank_from = self._blank_scope(depth)
            return
        for _ in range(_TAGS_IN_A_ROW):
            behind = self._add_words(cursor, depth)
            if behind is None:
                break
            self._close_details(len(self._containers))
            if behind.blank:
                break
            cursor, depth = behind, len(self._containers)
        self._blank_from = None

    def _add_words(self, cursor: LineCursor, depth: int) -> LineCursor | None:
        """Parse what follows the markers of the open containers in a line, in the innermost of `depth` containers.

        If the line ends a section after some text, only that is parsed. Return a cursor behind the tag then.
        """
        depth = self._read_tags(cursor, depth)
        behind = self._cut_at_section_end(cursor, depth)
        while not self._open_leaf(cursor, depth):
            if not self._open_container(cursor, depth):
                self._add_text(cursor, depth)
                break
            depth = self._read_tags(cursor, len(self._containers))
            behind = behind or self._cut_at_section_end(cursor, depth)
        return behind

    def add_all(self, text: str) -> None:
        """Parse a whole text in which all line ends are newlines."""
        at = 0
        while (end := text.find("\n", at)) >= 0:
            self.add(text[at:end], at)
            at = end + 1
            leaf = self._leaf
            if isinstance(leaf, OpenFence) and not leaf.indent and not self._containers:
                at = leaf.add_lines(text, at)
        self.end(text[at:], at)

    def end(self, text: str, start: int) -> None:
        """Parse the last line, which may be empty, and close all open blocks."""
        if text:
            self.add(text, start)
        self._close_to(0)

    def preview(self, text: str, start: int) -> ParsedLines:
        """Return the result if `text`, which may be empty, was the last line. The parser itself does not change."""
        twin = LineParser(
            [container.fork() for container in self._containers],
            self._leaf.fork() if self._leaf else None,
            self._blank_from,
            self._leaf_count,
        )
        twin.end(text, start)
        return twin.take_lines()

    def _match_containers(self, cursor: LineCursor) -> int:
        """Consume the markers of open containers in the line. Return how many of them continue."""
        for depth, container in enumerate(self._containers):
            if not container.continues(cursor):
                return depth
        return len(self._containers)

    def _continue_code(self, cursor: LineCursor) -> bool:
        """Add the line to an open code block if it is code. Return whether it was."""
        if isinstance(self._leaf, OpenFence):
            self._leaf.add(cursor)
            if self._leaf.closed:
                self._close_leaf()
            self._blank_from = None
            return True
        if isinstance(self._leaf, OpenIndentedCode) and self._leaf.add(cursor):
            self._blank_from = self._blank_scope(len(self._containers)) if cursor.blank else None
            return True
        return False

    def _open_formula_behind_text(self, cursor: LineCursor) -> None:
        """Start a formula whose delimiter is at the end of the paragraph so far, because a further line has arrived."""
        paragraph = self._leaf
        if cursor.blank or not isinstance(paragraph, OpenParagraph) or not paragraph.lines:
            return
        offset, line = paragraph.lines[-1]
        if formula := OpenFormula.open_behind(offset, line):
            paragraph.pop_last_line()
            if text := line[: formula.start - offset].rstrip(" \t"):
                paragraph.lines.append((offset, text))
                paragraph.end = offset + len(text)
            self._close_leaf()
            self._leaf = formula

    def _continue_formula(self, cursor: LineCursor) -> bool:
        """Add the line to an open formula. Return False if a part of the line remains."""
        formula = self._leaf
        if not isinstance(formula, OpenFormula):
            return False
        if cursor.blank and not formula.alone:
            self._leaf = OpenParagraph(formula.lines, formula.end)
            return False
        self._blank_from = None
        behind = formula.add(cursor)
        if behind is not None or formula.is_abandoned:
            self._close_leaf()
        if behind is None:
            return True
        cursor.skip_words(behind)
        return cursor.blank

    def _continue_html(self, cursor: LineCursor) -> bool:
        """Add the line to an open summary or comment. Return False if a part of the line remains."""
        leaf = self._leaf
        if not isinstance(leaf, OpenSummary | OpenComment) or (cursor.blank and isinstance(leaf, OpenSummary)):
            return False
        self._blank_from = None
        behind = leaf.add(cursor)
        if behind is not None or (isinstance(leaf, OpenComment) and leaf.is_abandoned):
            self._close_leaf()
        if behind is None:
            return True
        cursor.skip_words(behind)
        return cursor.blank

    def _blank_scope(self, depth: int) -> int:
        """Return the depth from which a blank line counts: a blank line within a quote is not one for the containers of the quote."""
        quotes = (index for index in reversed(range(depth)) if isinstance(self._containers[index], OpenQuote))
        return next(quotes, -1) + 1

    # Tags of `details` and comments. What follows them in the line is parsed as if it began there.

    def _read_tags(self, cursor: LineCursor, depth: int) -> int:
        """Read the tags at the start of the words. Return the new depth."""
        for _ in range(_TAGS_IN_A_ROW):
            if cursor.peek != "<" or not self._read_tag(cursor, depth):
                break
            depth = len(self._containers)
        return depth

    def _read_tag(self, cursor: LineCursor, depth: int) -> bool:
        """Read a tag, or the start of a comment, at the start of the words. Return False if there is none."""
        text = cursor.words
        parent = self._containers[depth - 1] if depth else None
        if isinstance(parent, OpenDetails) and not parent.has_summary and (length := html_tags.summary(text)):
            return self._open_summary(cursor, depth, parent, length)
        if cursor.indent >= CODE_INDENT and not isinstance(self._leaf, OpenParagraph):
            return False
        if length := html_tags.details_end(text):
            if not self._close_details(depth):
                return False
            cursor.skip_words(length)
            return True
        if cursor.indent >= CODE_INDENT:
            return False
        if text.startswith(html_tags.COMMENT):
            return self._open_comment(cursor, depth)
        if depth >= MAX_DEPTH - 1 or not (found := html_tags.details(text)):
            return False
        self._prepare_block(depth)
        opened, length = found
        self._containers.append(OpenDetails(Details(cursor.offset, opened), self._leaf_count))
        cursor.skip_words(length)
        return True

    def _open_summary(self, cursor: LineCursor, depth: int, parent: OpenDetails, length: int) -> bool:
        self._close_to(depth)
        cursor.skip_words(length)
        parent.has_summary = True
        self._leaf = summary = OpenSummary(parent, cursor.offset)
        self._end_of_leaf(cursor, summary.add(cursor))
        return True

    def _open_comment(self, cursor: LineCursor, depth: int) -> bool:
        self._prepare_block(depth)
        self._leaf = comment = OpenComment()
        self._end_of_leaf(cursor, comment.add(cursor))
        return True

    def _end_of_leaf(self, cursor: LineCursor, behind: int | None) -> None:
        """Close the leaf if it ends in this line, and skip the part of the line that belongs to it."""
        if behind is not None:
            self._close_leaf()
        cursor.skip_words(len(cursor.words) if behind is None else behind)

    def _close_details(self, depth: int) -> bool:
        """Close the innermost section around a position at a depth. Return False if there is none that may end there."""
        inside = self._details_in(range(depth))
        if inside is None:
            # Outside of a list item, the end tag of a section in the item still belongs to it.
            if self._details_in(range(depth, len(self._containers))) is None:
                return False
            inside = depth
        self._close_to(inside)
        return True

    def _details_in(self, depths: range) -> int | None:
        """Return the depth of the innermost section that is not outside of a quote or footnote."""
        for depth in reversed(depths):
            if isinstance(self._containers[depth], OpenDetails):
                return depth
            if isinstance(self._containers[depth], OpenQuote | OpenFootnote):
                return None
        return None

    def _cut_at_section_end(self, cursor: LineCursor, depth: int) -> LineCursor | None:
        """Cut a line at the first tag in it that ends a section. Return a cursor behind the tag; None if there is none."""
        if self._details_in(range(depth)) is None:
            return None
        if cursor.indent >= CODE_INDENT and not isinstance(self._leaf, OpenParagraph):
            return None
        found = html_tags.details_end_in(cursor.words)
        if not found:
            return None
        behind = cursor.behind(found[1])
        cursor.cut(found[0])
        return behind

    def _open_leaf(self, cursor: LineCursor, depth: int) -> bool:
        """Start, or parse completely, a leaf that is not running text."""
        if cursor.indent >= CODE_INDENT:
            return self._open_indented_code(cursor, depth)
        match cursor.peek:
            case "#":
                return self._open_heading(cursor, depth)
            case "`" | "~":
                return self._open_fence(cursor, depth)
            case "|" | ":":
                return self._open_table(cursor, depth)
            case "\\" | "$":
                return self._open_formula(cursor, depth)
            case "=":
                return self._underline(cursor, depth)
            case "-":
                return (
                    self._open_table(cursor, depth) or self._underline(cursor, depth) or self._draw_rule(cursor, depth)
                )
            case "*" | "_":
                return self._draw_rule(cursor, depth)
        return False

    def _open_indented_code(self, cursor: LineCursor, depth: int) -> bool:
        # After a paragraph, also one with lazy continuation, an indented line is text.
        if cursor.blank or isinstance(self._leaf, OpenParagraph):
            return False
        self._prepare_block(depth)
        self._leaf = code = OpenIndentedCode(cursor.offset, cursor.end)
        code.add(cursor)
        return True

    def _open_heading(self, cursor: LineCursor, depth: int) -> bool:
        if not (found := block_marks.heading(cursor.words)):
            return False
        self._prepare_block(depth)
        level, content = found
        heading = RawText(start=cursor.offset, end=cursor.end, containers=self._values(), content=content, level=level)
        self._emit_all(long_blocks.cut(heading, len(content), cursor.end))
        return True

    def _open_fence(self, cursor: LineCursor, depth: int) -> bool:
        if not (found := block_marks.fence(cursor.words)):
            return False
        self._prepare_block(depth)
        fence, info = found
        self._leaf = OpenFence(cursor.offset, cursor.end, cursor.indent, fence, info)
        return True

    def _open_formula(self, cursor: LineCursor, depth: int) -> bool:
        if not (formula := OpenFormula.open(cursor)):
            return False
        self._prepare_block(depth)
        self._leaf = formula
        if formula.close >= 0:
            self._close_leaf()
        return True

    def _open_table(self, cursor: LineCursor, depth: int) -> bool:
        """Start a table from a delimiter row and the last line of the paragraph above it."""
        paragraph = self._leaf
        if not isinstance(paragraph, OpenParagraph) or depth < len(self._containers) or not paragraph.lines:
            return False
        start, line = paragraph.lines[-1]
        alignments = parse_delimiter_row(cursor.words) if "|" in line else None
        header = split_row(line)
        if not alignments or len(header) != len(alignments):
            return False
        paragraph.pop_last_line()
        self._close_leaf()
        self._leaf = OpenTable(start, cursor.end, header, alignments)
        return True

    def _underline(self, cursor: LineCursor, depth: int) -> bool:
        """Convert the paragraph above the line into a heading."""
        paragraph = self._leaf
        if not isinstance(paragraph, OpenParagraph) or depth < len(self._containers) or paragraph.joint is not None:
            return False
        if not (level := block_marks.underline(cursor.words)):
            return False
        self._define(paragraph)
        if not paragraph.lines:
            return False
        paragraph.end = cursor.end
        self._leaf = None
        self._emit_all(paragraph.leaves(self._values(), level))
        return True

    def _draw_rule(self, cursor: LineCursor, depth: int) -> bool:
        if not block_marks.is_rule(cursor.words):
            return False
        self._prepare_block(depth)
        self._emit(Rule(start=cursor.offset, end=cursor.end, containers=self._values()))
        return True

    def _open_container(self, cursor: LineCursor, depth: int) -> bool:
        if cursor.indent >= CODE_INDENT or depth >= MAX_DEPTH:
            return False
        match cursor.peek:
            case ">":
                return self._open_quote(cursor, depth)
            case "[":
                return self._open_footnote(cursor, depth)
            case ":":
                return self._open_description(cursor, depth)
        mark = block_marks.list_mark(cursor.words)
        interrupts = depth == len(self._containers) and isinstance(self._leaf, OpenParagraph)
        if not mark or (interrupts and (mark.empty or mark.number not in (None, 1))):
            return False
        self._open_item(cursor, self._list_for_item(cursor, depth, mark.kind, mark.number), mark)
        return True

    def _open_quote(self, cursor: LineCursor, depth: int) -> bool:
        self._prepare_block(depth)
        start = cursor.offset
        OpenQuote.consume_mark(cursor)
        kind = block_marks.alert(cursor.words) if cursor.indent < CODE_INDENT else None
        self._containers.append(OpenQuote(Alert(start, kind) if kind else Quote(start), self._leaf_count))
        if kind:
            cursor.skip_indent()
            cursor.skip(len(cursor.words))
        return True

    def _open_footnote(self, cursor: LineCursor, depth: int) -> bool:
        if any(isinstance(container, OpenFootnote) for container in self._containers[:depth]):
            return False
        if not (found := block_marks.footnote(cursor.words)):
            return False
        self._prepare_block(depth)
        label, length = found
        self._results.footnotes.add(footnote_key(label))
        self._containers.append(OpenFootnote(Footnote(cursor.offset, label), self._leaf_count))
        cursor.skip_indent()
        cursor.skip(length)
        cursor.skip_indent()
        return True

    def _open_description(self, cursor: LineCursor, depth: int) -> bool:
        """Start a description after another one, or for a term that is the last line so far."""
        if not block_marks.is_description(cursor.words):
            return False
        before = self._containers[depth] if depth < len(self._containers) else None
        if isinstance(before, OpenItem) and isinstance(before.value, Description):
            if not self._make_term(depth, before.list):
                self._list_for_item(cursor, depth, before.list.mark, None)
            parent: OpenList | None = before.list
        else:
            parent = self._make_term(depth, None) if before is None else None
        if parent is None:
            return False
        start, indent = cursor.offset, cursor.indent + 1
        cursor.skip_indent()
        cursor.skip(1)
        space = 1 if cursor.indent > CODE_INDENT else cursor.indent
        cursor.skip_columns(space)
        description = Description(parent.start, start, tight=True)
        self._containers.append(OpenItem(parent, description, self._leaf_count, indent + space))
        return True

    def _make_term(self, depth: int, parent: OpenList | None) -> OpenList | None:
        """Convert the last line of the open paragraph into a term if it is in the same containers. Return its list."""
        paragraph = self._leaf
        if not isinstance(paragraph, OpenParagraph) or paragraph.last_depth != depth:
            return None
        self._define(paragraph)
        if len(paragraph.lines) < (1 if parent is None else 2):
            return None
        start, line = paragraph.pop_last_line()
        followed = paragraph.definition_list if not paragraph.lines else None
        self._close_to(depth)
        found = parent or followed or OpenList(start, ":", None, self._leaf_count)
        term = (*self._values(), Term(found.start, start))
        self._emit(
            RawText(start=start, end=start + len(line.rstrip(" \t")), containers=term, content=line.strip(" \t"))
        )
        return found

    def _open_item(self, cursor: LineCursor, parent: OpenList, mark: ListMark) -> None:
        number = None if parent.first_number is None else parent.first_number + parent.items
        parent.items += 1
        start, indent = cursor.offset, cursor.indent + mark.length
        cursor.skip_indent()
        cursor.skip(mark.length)
        # Content more than four columns after the marker is indented code after one space.
        space = 1 if mark.empty or cursor.indent > CODE_INDENT else cursor.indent
        cursor.skip_columns(space)
        checked = None
        if box := block_marks.task_box(cursor.rest):
            checked, length = box
            cursor.skip(length)
            cursor.skip_indent()
        item = ListItem(parent.start, start, number, tight=True, checked=checked)
        self._containers.append(OpenItem(parent, item, self._leaf_count, indent + space))

    def _list_for_item(self, cursor: LineCursor, depth: int, mark: str, number: int | None) -> OpenList:
        """Close the blocks before a new item. Return the list it continues, or a new one."""
        before = self._containers[depth] if depth < len(self._containers) else None
        if isinstance(before, OpenItem) and before.list.mark == mark:
            if self._blank_from is not None and depth >= self._blank_from:
                self._loosen(before.list)
            self._close_to(depth)
            return before.list
        self._prepare_block(depth)
        return OpenList(cursor.offset, mark, number, self._leaf_count)

    def _add_text(self, cursor: LineCursor, depth: int) -> None:
        leaf = self._leaf
        if isinstance(leaf, OpenParagraph):
            # Also if container markers are missing: lazy continuation.
            if cursor.peek == "[" and len(leaf.lines) <= _DEFINITION_LINES:
                self._define(leaf, only_all=True)
            if leaf.is_full:
                self._close_leaf()
                self._leaf = leaf = OpenParagraph([], cursor.end, joint="\n")
            leaf.add(cursor)
            leaf.last_depth = depth
            return
        if isinstance(leaf, OpenTable) and leaf.is_full and depth == len(self._containers):
            following = leaf.next(cursor.offset)
            if following.add(cursor):
                self._close_leaf()
                self._leaf = following
                return
        if (
            not (isinstance(leaf, OpenTable) and depth == len(self._containers) and leaf.add(cursor))
            and not cursor.blank
        ):
            before = self._containers[depth] if depth < len(self._containers) else None
            after = before.list if isinstance(before, OpenItem) and isinstance(before.value, Description) else None
            self._prepare_block(depth)
            self._leaf = paragraph = OpenParagraph([], cursor.end, after, depth)
            paragraph.add(cursor)
