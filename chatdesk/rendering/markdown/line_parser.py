"""The block phase of CommonMark 0.31 (appendix A) with what GFM adds, formulas and definition lists. HTML is plain text here.

A line is read once and never again: what it leaves behind are closed leaves and the few blocks that are open. That is why an answer
streams at a cost that does not grow with it, however long its lists, tables, quotes and code blocks are. Inline markdown stays as it is.
"""

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown import block_marks
from chatdesk.rendering.markdown import long_texts as long_blocks
from chatdesk.rendering.markdown.block_marks import ListMark
from chatdesk.rendering.markdown.blocks import Alert, Description, Footnote, ListItem, Quote, Rule, Term
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

MAX_DEPTH = 32
"""Quotes and lists nested deeper are shown as they are written."""

_DEFINITION_LINES = 4
"""More lines than a link definition usually has."""


@dataclass(slots=True)
class LineParser(OpenDocument):
    """Takes lines, gives leaves. `take` gives what is closed for good; `preview` what more there would be if the text ended here."""

    def add(self, text: str, start: int) -> None:
        """Read a line, given without its end, that begins at offset `start` of the source."""
        cursor = LineCursor(text, start)
        depth = self._match_containers(cursor)
        if depth == len(self._containers):
            self._open_formula_behind_text(cursor)
            if self._continue_code(cursor) or self._continue_formula(cursor):
                return
        if cursor.blank:
            self._close_to(depth)
            self._blank_from = self._blank_scope(depth)
            return
        while not self._open_leaf(cursor, depth):
            if not self._open_container(cursor, depth):
                self._add_text(cursor, depth)
                break
            depth = len(self._containers)
        self._blank_from = None

    def add_all(self, text: str) -> None:
        """Read a whole text, whose lines end with newlines alone."""
        at = 0
        while (end := text.find("\n", at)) >= 0:
            self.add(text[at:end], at)
            at = end + 1
            leaf = self._leaf
            if isinstance(leaf, OpenFence) and not leaf.indent and not self._containers:
                at = leaf.add_lines(text, at)
        self.end(text[at:], at)

    def end(self, text: str, start: int) -> None:
        """Read the last line, which may be empty, and close all that is open."""
        if text:
            self.add(text, start)
        self._close_to(0)

    def preview(self, text: str, start: int) -> ParsedLines:
        """Tell what would come if `text`, which may be empty, were the last line. The parser itself stays as it is."""
        twin = LineParser(
            [container.fork() for container in self._containers],
            self._leaf.fork() if self._leaf else None,
            self._blank_from,
            self._leaf_count,
        )
        twin.end(text, start)
        return twin.take()

    def _match_containers(self, cursor: LineCursor) -> int:
        """Take the marks of open containers from the line. Return how many of them go on."""
        for depth, container in enumerate(self._containers):
            if not container.goes_on(cursor):
                return depth
        return len(self._containers)

    def _continue_code(self, cursor: LineCursor) -> bool:
        """Let an open code block have the line if it is code."""
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
        """Begin a formula with the mark at the end of the paragraph so far, now that there is a line for it."""
        paragraph = self._leaf
        if cursor.blank or not isinstance(paragraph, OpenParagraph) or not paragraph.lines:
            return
        offset, line = paragraph.lines[-1]
        if formula := OpenFormula.open_behind(offset, line):
            paragraph.take_last_line()
            if words := line[: formula.start - offset].rstrip(" \t"):
                paragraph.lines.append((offset, words))
                paragraph.end = offset + len(words)
            self._close_leaf()
            self._leaf = formula

    def _continue_formula(self, cursor: LineCursor) -> bool:
        """Let an open formula have the line. False if anything is left of it."""
        formula = self._leaf
        if not isinstance(formula, OpenFormula):
            return False
        if cursor.blank and not formula.alone:
            self._leaf = OpenParagraph(formula.lines, formula.end)
            return False
        self._blank_from = None
        behind = formula.add(cursor)
        if behind is not None or formula.given_up:
            self._close_leaf()
        if behind is None:
            return True
        cursor.skip_indent()
        cursor.skip(behind)
        cursor.skip_indent()
        return cursor.blank

    def _blank_scope(self, depth: int) -> int:
        """Tell where a blank line counts: what is blank inside a quote is not blank for what the quote stands in."""
        quotes = (index for index in reversed(range(depth)) if isinstance(self._containers[index], OpenQuote))
        return next(quotes, -1) + 1

    def _open_leaf(self, cursor: LineCursor, depth: int) -> bool:
        """Begin, or complete in this one line, what is neither running text nor a container."""
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
        # Behind a paragraph, even one that goes on lazily, an indented line is text.
        if cursor.blank or isinstance(self._leaf, OpenParagraph):
            return False
        self._make_room(depth)
        self._leaf = code = OpenIndentedCode(cursor.offset, cursor.end)
        code.add(cursor)
        return True

    def _open_heading(self, cursor: LineCursor, depth: int) -> bool:
        if not (found := block_marks.heading(cursor.words)):
            return False
        self._make_room(depth)
        level, content = found
        heading = RawText(start=cursor.offset, end=cursor.end, containers=self._values(), content=content, level=level)
        self._emit_all(long_blocks.cut(heading, len(content), cursor.end))
        return True

    def _open_fence(self, cursor: LineCursor, depth: int) -> bool:
        if not (found := block_marks.fence(cursor.words)):
            return False
        self._make_room(depth)
        fence, info = found
        self._leaf = OpenFence(cursor.offset, cursor.end, cursor.indent, fence, info)
        return True

    def _open_formula(self, cursor: LineCursor, depth: int) -> bool:
        if not (formula := OpenFormula.open(cursor)):
            return False
        self._make_room(depth)
        self._leaf = formula
        if formula.close >= 0:
            self._close_leaf()
        return True

    def _open_table(self, cursor: LineCursor, depth: int) -> bool:
        """Make a table of a delimiter row and the last line of the paragraph above it."""
        paragraph = self._leaf
        if not isinstance(paragraph, OpenParagraph) or depth < len(self._containers) or not paragraph.lines:
            return False
        start, line = paragraph.lines[-1]
        alignments = parse_delimiter_row(cursor.words) if "|" in line else None
        header = split_row(line)
        if not alignments or len(header) != len(alignments):
            return False
        paragraph.take_last_line()
        self._close_leaf()
        self._leaf = OpenTable(start, cursor.end, header, alignments)
        return True

    def _underline(self, cursor: LineCursor, depth: int) -> bool:
        """Make a heading of the paragraph above the line."""
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
        self._make_room(depth)
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
        self._make_room(depth)
        start = cursor.offset
        OpenQuote.take_mark(cursor)
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
        self._make_room(depth)
        label, length = found
        self._harvest.footnotes.add(footnote_key(label))
        self._containers.append(OpenFootnote(Footnote(cursor.offset, label), self._leaf_count))
        cursor.skip_indent()
        cursor.skip(length)
        cursor.skip_indent()
        return True

    def _open_description(self, cursor: LineCursor, depth: int) -> bool:
        """Begin a description behind another one, or of the term that is the last line so far."""
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
        """Make a term of the last line of the open paragraph, if it stands in the same containers. Return its list."""
        paragraph = self._leaf
        if not isinstance(paragraph, OpenParagraph) or paragraph.last_depth != depth:
            return None
        self._define(paragraph)
        if len(paragraph.lines) < (1 if parent is None else 2):
            return None
        start, line = paragraph.take_last_line()
        followed = paragraph.after if not paragraph.lines else None
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
        # Content more than four columns away from the mark is indented code behind one space.
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
        """Close what stands before a new item. Return the list it continues, or a new one."""
        before = self._containers[depth] if depth < len(self._containers) else None
        if isinstance(before, OpenItem) and before.list.mark == mark:
            if self._blank_from is not None and depth >= self._blank_from:
                self._loosen(before.list)
            self._close_to(depth)
            return before.list
        self._make_room(depth)
        return OpenList(cursor.offset, mark, number, self._leaf_count)

    def _add_text(self, cursor: LineCursor, depth: int) -> None:
        leaf = self._leaf
        if isinstance(leaf, OpenParagraph):
            # Also where marks of containers are missing: such a line goes on lazily.
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
            self._make_room(depth)
            self._leaf = paragraph = OpenParagraph([], cursor.end, after, depth)
            paragraph.add(cursor)
