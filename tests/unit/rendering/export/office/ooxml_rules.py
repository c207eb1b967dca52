"""What ECMA-376 demands of a Word file, as far as our writer could violate it.

Word calls a file damaged, and may refuse it, if one of these is not kept. LibreOffice accepts much more, so opening a file there proves
nothing about them. The orders are those of the complex types in `wml.xsd` and `shared-math.xsd` (Part 4, transitional).
"""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from io import BytesIO
from pathlib import PurePosixPath
from xml.etree import ElementTree as ET

_SPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    "http://schemas.microsoft.com/office/word/2012/wordml": "w15",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
ORDERS = {
    "w_pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens "
    "kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing "
    "mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange "
    "collapsed",
    "w_rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden "
    "color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
    "w_tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders "
    "shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "w_tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "w_tbl": "tblPr tblGrid tr",
    "w_tr": "tblPrEx trPr tc",
    "w_pBdr": "top left bottom right between bar",
    "w_tblBorders": "top left bottom right insideH insideV",
    "w_tblCellMar": "top left bottom right",
    "w_sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols "
    "formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
    "w_style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal rsid pPr "
    "rPr tblPr trPr tcPr tblStylePr",
    "w_styles": "docDefaults latentStyles style",
    "w_numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
    "w_abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
    "w_lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "w_numPr": "ilvl numId",
    "w_settings": "zoom defaultTabStop characterSpacingControl footnotePr endnotePr compat docVars rsids mathPr themeFontLang "
    "clrSchemeMapping decimalSymbol listSeparator",
    "w_font": "altName panose1 charset family notTrueType pitch sig",
    "w_sdt": "sdtPr sdtEndPr sdtContent",
    "wp_inline": "extent effectExtent docPr cNvGraphicFramePr graphic",
    "m_f": "fPr num den",
    "m_rad": "radPr deg e",
    "m_nary": "naryPr sub sup e",
    "m_naryPr": "chr limLoc grow subHide supHide ctrlPr",
    "m_sSub": "sSubPr e sub",
    "m_sSup": "sSupPr e sup",
    "m_sSubSup": "sSubSupPr e sub sup",
    "m_limLow": "limLowPr e lim",
    "m_limUpp": "limUppPr e lim",
    "m_func": "funcPr fName e",
    "m_acc": "accPr e",
    "m_bar": "barPr e",
    "m_d": "dPr e",
    "m_dPr": "begChr sepChr endChr grow shp ctrlPr",
    "m_groupChr": "groupChrPr e",
    "m_groupChrPr": "chr pos vertJc ctrlPr",
    "m_borderBox": "borderBoxPr e",
    "m_borderBoxPr": "hideTop hideBot hideLeft hideRight strikeH strikeV strikeBLTR strikeTLBR ctrlPr",
    "m_box": "boxPr e",
    "m_phant": "phantPr e",
    "m_phantPr": "show zeroWid zeroAsc zeroDesc transp ctrlPr",
    "m_m": "mPr mr",
    "m_mPr": "baseJc plcHide rSpRule cGpRule rSp cSp cGp mcs ctrlPr",
    "m_mcPr": "count mcJc",
    "m_rPr": "lit nor scr sty brk aln",
    "m_r": "rPr t",
}
_NEEDED = {
    "m_f": "num den",
    "m_rad": "deg e",
    "m_nary": "sub sup e",
    "m_sSub": "e sub",
    "m_sSup": "e sup",
    "m_sSubSup": "e sub sup",
    "m_limLow": "e lim",
    "m_limUpp": "e lim",
    "m_func": "fName e",
    **dict.fromkeys(("m_acc", "m_bar", "m_d", "m_groupChr", "m_borderBox", "m_box", "m_phant", "m_mr"), "e"),
    "m_m": "mr",
    "w_tbl": "tblPr tblGrid tr",
    "w_tr": "tc",
}
_ONCE = frozenset(ORDERS) - {
    "w_tbl",
    "w_tr",
    "w_style",
    "w_styles",
    "w_numbering",
    "w_abstractNum",
    "m_d",
    "m_m",
    "w_sectPr",
    "m_r",
}
"""Elements whose children occur once each."""
_MAX_COLUMNS = 63
_MAX_LINK = 2_083
_ADDRESS = re.compile(
    r"(?:[\w!$&'()*+,;=:@/?.~-]|%[0-9A-Fa-f]{2})+(?:#(?:[\w!$&'()*+,;=:@/?.~-]|%[0-9A-Fa-f]{2})*)?", re.ASCII
)
"""What RFC 3986 allows."""


class WordFile:
    """A written file."""

    def __init__(self, data: bytes) -> None:
        self.archive = zipfile.ZipFile(BytesIO(data))
        self.names = self.archive.namelist()

    def xml(self, name: str) -> ET.Element:
        """Return a part with short names of its elements and attributes, such as `w_p`."""
        root = ET.fromstring(self.archive.read(name))
        for element in root.iter():
            element.tag = _short(element.tag)
            element.attrib = {_short(key): value for key, value in element.attrib.items()}
        return root

    @cached_property
    def document(self) -> ET.Element:
        """The main part."""
        return self.xml("word/document.xml")

    def texts(self, path: str = ".//w_p") -> list[str]:
        """Return the text of each paragraph of the main part, or of other elements of it."""
        return [text_of(each) for each in self.document.iterfind(path)]


def text_of(element: ET.Element) -> str:
    """Return what is written in an element, with a newline for each line break; equations are as their letters."""
    found = []
    for each in element.iter():
        if each.tag in {"w_t", "m_t"}:
            found.append(each.text or "")
        elif each.tag == "w_br":
            found.append("\n")
        elif each.tag == "w_tab" and "w_pos" not in each.attrib:
            found.append("\t")
    return "".join(found)


def _short(name: str) -> str:
    if not name.startswith("{"):
        return name
    space, _, local = name[1:].partition("}")
    return f"{_SPACES.get(space, space)}_{local}"


def violations(data: bytes) -> list[str]:
    """Return what a file does not keep; empty for a correct one."""
    file = WordFile(data)
    roots = {name: file.xml(name) for name in file.names if name.endswith(".xml") and name != "[Content_Types].xml"}
    return [
        *_container(file),
        *(problem for name, root in roots.items() for problem in _part(file, name, root)),
        *_identities(roots),
        *_styles(roots),
        *_lists(roots),
        *_footnotes(roots),
    ]


def _container(file: WordFile) -> Iterator[str]:
    if len(set(file.names)) != len(file.names):
        yield "two parts have the same name"
    types = file.xml("[Content_Types].xml")
    kind = "http://schemas.openxmlformats.org/package/2006/content-types_"
    defaults = {each.get("Extension") for each in types if each.tag == f"{kind}Default"}
    overrides = [each.get("PartName", "").removeprefix("/") for each in types if each.tag == f"{kind}Override"]
    for name in file.names:
        if name != "[Content_Types].xml" and name not in overrides and name.rpartition(".")[2] not in defaults:
            yield f"{name} has no content type"
        if name.endswith(".xml") and name not in overrides and name != "[Content_Types].xml":
            yield f"{name} has only the content type of XML"
    yield from (f"a content type without its part {name}" for name in overrides if name not in file.names)
    for name in file.names:
        if name.endswith(".rels"):
            yield from _relationships(file, name)


def _relationships(file: WordFile, name: str) -> Iterator[str]:
    folder = PurePosixPath(name).parent.parent
    ids = []
    for each in file.xml(name):
        ids.append(each.get("Id"))
        target = each.get("Target", "")
        if each.get("TargetMode") == "External":
            if len(target) > _MAX_LINK or not _ADDRESS.fullmatch(target):
                yield f"{name}: a target that is no address: {target[:80]}"
        elif str(folder / target) not in file.names:
            yield f"{name}: no part {target}"
    if len(set(ids)) != len(ids):
        yield f"{name}: two relationships have the same id"


def _part(file: WordFile, name: str, root: ET.Element) -> Iterator[str]:
    path = PurePosixPath(name)
    listed = f"{path.parent}/_rels/{path.name}.rels"
    known = {each.get("Id") for each in file.xml(listed)} if listed in file.names else set()
    for element in root.iter():
        for key in ("r_id", "r_embed"):
            if key in element.attrib and element.get(key) not in known:
                yield f"{name}: {element.tag} refers to {element.get(key)}"
        if element.tag in ORDERS:
            yield from (f"{name}: {problem}" for problem in _order(element))
        yield from (f"{name}: {problem}" for problem in _content(element))
    if name == "word/document.xml":
        body = root[0]
        if body[-1].tag != "w_sectPr" or sum(each.tag == "w_sectPr" for each in root.iter()) != 1:
            yield "the section is not the last in the body"


def _order(element: ET.Element) -> Iterator[str]:
    order = ORDERS[element.tag].split()
    names = [child.tag.partition("_")[2] for child in element]
    if unknown := set(names) - set(order):
        yield f"{element.tag} contains {sorted(unknown)}"
        return
    places = [order.index(name) for name in names]
    if places != sorted(places):
        yield f"{element.tag} has {names} in this order"
    if element.tag in _ONCE and len(set(names)) != len(names):
        yield f"{element.tag} has {names} twice"
    if missing := set(_NEEDED.get(element.tag, "").split()) - set(names):
        yield f"{element.tag} lacks {sorted(missing)}"


def _content(element: ET.Element) -> Iterator[str]:
    match element.tag:
        case "w_tc" if len(element) == 0 or element[-1].tag != "w_p":
            yield "a cell does not end with a paragraph"
        case "w_tbl":
            columns = len(element.findall("w_tblGrid/w_gridCol"))
            if not 0 < columns <= _MAX_COLUMNS:
                yield f"a table of {columns} columns"
            yield from (
                "a row with another number of cells"
                for row in element.findall("w_tr")
                if len(row.findall("w_tc")) != columns
            )
        case "m_m":
            columns = len(element.findall("m_mPr/m_mcs/m_mc"))
            yield from ("a matrix row of another length" for row in element.findall("m_mr") if len(row) != columns)
        case "w_t" | "m_t":
            text = element.text or ""
            if text != text.strip() and element.get("xml_space") != "preserve":
                yield f"spaces are not kept: {text!r}"
            if not text and element.tag == "w_t":
                yield "a run without text"
        case "w_color" | "w_shd":
            value = element.get("w_val" if element.tag == "w_color" else "w_fill", "")
            if not re.fullmatch("[0-9A-F]{6}|auto", value):
                yield f"no colour: {value}"
        case "wp_extent":
            if min(int(element.get("cx", "0")), int(element.get("cy", "0"))) <= 0:
                yield "a picture without a size"
        case "w_instrText" if element.get("xml_space") != "preserve":
            yield "spaces of a field are not kept"


def _identities(roots: dict[str, ET.Element]) -> Iterator[str]:
    everything = [element for root in roots.values() for element in root.iter()]
    for tag, key in (("wp_docPr", "id"), ("w_bookmarkStart", "w_id"), ("w_bookmarkStart", "w_name")):
        found = [element.get(key) for element in everything if element.tag == tag]
        if len(set(found)) != len(found):
            yield f"{tag} has the same {key} twice"
    starts = {element.get("w_id") for element in everything if element.tag == "w_bookmarkStart"}
    ends = [element.get("w_id") for element in everything if element.tag == "w_bookmarkEnd"]
    if Counter(ends) != Counter(starts):
        yield "a bookmark does not end once"
    controls = [element.get("w_val") for sdt in everything if sdt.tag == "w_sdtPr" for element in sdt.findall("w_id")]
    if len(set(controls)) != len(controls):
        yield "two controls have the same id"
    named = {element.get("w_name") for element in everything if element.tag == "w_bookmarkStart"}
    for element in everything:
        if (
            element.tag == "w_instrText"
            and (field := (element.text or "").split())[0] == "NOTEREF"
            and field[1] not in named
        ):
            yield f"a field refers to {field[1]}"


def _styles(roots: dict[str, ET.Element]) -> Iterator[str]:
    kinds = {
        "w_pStyle": "paragraph",
        "w_rStyle": "character",
        "w_tblStyle": "table",
        "w_basedOn": None,
        "w_next": "paragraph",
    }
    styles = roots["word/styles.xml"].findall("w_style")
    known = {style.get("w_styleId"): style.get("w_type") for style in styles}
    if len(known) != len(styles) or len({style.find("w_name").get("w_val") for style in styles}) != len(styles):  # type: ignore[union-attr]
        yield "two styles have the same name"
    for name, root in roots.items():
        for element in root.iter():
            if element.tag in kinds:
                found = known.get(element.get("w_val"))
                if found is None or found != (kinds[element.tag] or found):
                    yield f"{name}: there is no style {element.get('w_val')}"
    defaults = Counter(style.get("w_type") for style in styles if style.get("w_default") == "1")
    if defaults != Counter(("paragraph", "character", "table", "numbering")):
        yield f"default styles: {defaults}"


def _lists(roots: dict[str, ET.Element]) -> Iterator[str]:
    numbering = roots["word/numbering.xml"]
    levels = {
        each.get("w_abstractNumId"): {level.get("w_ilvl") for level in each.findall("w_lvl")}
        for each in numbering.findall("w_abstractNum")
    }
    if len({each.get("w_val") for each in numbering.iterfind(".//w_nsid")}) != len(levels):
        yield "two lists have the same number, so Word makes one of them"
    lists = {each.get("w_numId"): each.find("w_abstractNumId").get("w_val") for each in numbering.findall("w_num")}  # type: ignore[union-attr]
    for name, root in roots.items():
        for each in root.iter("w_numPr"):
            level, number = (each.find(tag).get("w_val") for tag in ("w_ilvl", "w_numId"))  # type: ignore[union-attr]
            if level not in levels.get(lists.get(number), ()):
                yield f"{name}: there is no list {number} with level {level}"


def _footnotes(roots: dict[str, ET.Element]) -> Iterator[str]:
    notes = {each.get("w_id"): each for each in roots["word/footnotes.xml"]}
    if [each.get("w_type") for key, each in notes.items() if key in {"-1", "0"}] != [
        "separator",
        "continuationSeparator",
    ]:
        yield "the special footnotes are missing"
    special = [each.get("w_id") for each in roots["word/settings.xml"].iterfind("w_footnotePr/w_footnote")]
    if special != ["-1", "0"]:
        yield f"the settings name {special} as special footnotes"
    used = Counter(each.get("w_id") for each in roots["word/document.xml"].iter("w_footnoteReference"))
    if used != Counter(notes.keys() - {"-1", "0"}):
        yield f"footnotes {sorted(notes)} are referred to as {dict(used)}"
    for key, note in notes.items():
        if key not in {"-1", "0"} and sum(1 for _ in note.iter("w_footnoteRef")) != 1:
            yield f"footnote {key} does not show its number once"
        if next(note.iter("w_footnoteReference"), None) is not None:
            yield f"footnote {key} has a footnote"
