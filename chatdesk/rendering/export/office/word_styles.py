"""The styles, fonts and settings of a Word file.

Everything looks as it does because of a style, so that somebody can give the whole file another look. The names of Word's own styles are
those that every version translates into its language.
"""

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.export.office.word_properties import (
    border,
    box,
    paragraph_properties,
    run_properties,
    shading,
    table_properties,
    w,
)
from chatdesk.rendering.export.office.xml_text import DECLARATION
from chatdesk.rendering.export.paper_colors import paper_color

WORD_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" mc:Ignorable="w14 w15"'
)
_LATIN = "Calibri"
CODE_FONT = "Consolas"
_EAST_ASIAN = {"zh-TW": "Microsoft JhengHei", "zh-HK": "Microsoft JhengHei", "ja": "Yu Gothic", "ko": "Malgun Gothic"}
_CHINESE = "Microsoft YaHei"
_OTHERS = {
    _LATIN: ("Carlito", "swiss", "variable"),
    CODE_FONT: ("DejaVu Sans Mono", "modern", "fixed"),
    "Cambria Math": ("Latin Modern Math", "roman", "variable"),
    _CHINESE: ("PingFang SC", "swiss", "variable"),
    "Microsoft JhengHei": ("PingFang TC", "swiss", "variable"),
    "Yu Gothic": ("Hiragino Sans", "swiss", "variable"),
    "Malgun Gothic": ("Apple SD Gothic Neo", "swiss", "variable"),
    "Segoe UI Symbol": ("Apple Symbols", "swiss", "variable"),
}
"""For each font another one with its shapes, for computers without Word's fonts, its family and its pitch."""
_HEADING_SIZES = (16.0, 14.0, 12.5, 11.5, 11.0, 11.0, 11.0, 11.0, 11.0)
"""In points, from the largest."""
_TITLE_SIZE = 20.0
_SPEAKER_SIZE = 9.5
_BODY = 11.0
MAX_HEADING = 9
_BUILT_IN = frozenset(
    {"Title", "Subtitle", "List Paragraph", "Quote", "footnote text", "footer", "Hyperlink", "footnote reference"}
)
"""Word's own styles, besides the headings."""
_CODE_TABS = 12


@dataclass(frozen=True, slots=True)
class Looks:
    """What the styles depend on."""

    language: str
    """BCP 47 tag."""
    speaker_level: int = 0
    """Level of the headings that say who speaks, which are small: 1 in a chat, 2 below the titles of several chats, 0 for none."""


def styles_xml(looks: Looks) -> str:
    """Return the styles."""
    return f"{DECLARATION}<w:styles {WORD_NAMESPACES}>{_defaults(looks)}{''.join(_styles(looks))}</w:styles>"


def east_asian_font(language: str) -> str:
    """Return the font of Chinese, Japanese and Korean characters in a file in this language."""
    return _EAST_ASIAN.get(language) or _EAST_ASIAN.get(language.partition("-")[0]) or _CHINESE


def fonts_xml(looks: Looks) -> str:
    """Return the table of fonts, each with another one for computers that do not have it."""
    names = (_LATIN, east_asian_font(looks.language), CODE_FONT, "Cambria Math", "Segoe UI Symbol")
    fonts = "".join(
        w(
            "font",
            w("altName", val=_OTHERS[name][0]),
            w("family", val=_OTHERS[name][1]),
            w("pitch", val=_OTHERS[name][2]),
            name=name,
        )
        for name in names
    )
    return f"{DECLARATION}<w:fonts {WORD_NAMESPACES}>{fonts}</w:fonts>"


def settings_xml(looks: Looks) -> str:
    """Return the settings: today's layout, the special footnotes, and the font of equations."""
    compatibility = "".join(
        w("compatSetting", name=name, uri="http://schemas.microsoft.com/office/word", val=value)
        for name, value in (
            ("compatibilityMode", "15"),
            ("overrideTableStyleFontSizeAndJustification", "1"),
            ("enableOpenTypeFeatures", "1"),
            ("doNotFlipMirrorIndents", "1"),
        )
    )
    content = (
        w("zoom", percent="100"),
        w("defaultTabStop", val="720"),
        w("characterSpacingControl", val="doNotCompress"),
        w("footnotePr", w("footnote", id="-1"), w("footnote", id="0")),
        w("compat", compatibility),
        '<m:mathPr><m:mathFont m:val="Cambria Math"/></m:mathPr>',
        w("themeFontLang", **_language(looks)),
        w("decimalSymbol", val="."),
        w("listSeparator", val=","),
    )
    return f"{DECLARATION}<w:settings {WORD_NAMESPACES}>{''.join(content)}</w:settings>"


def _language(looks: Looks) -> dict[str, str]:
    latin = looks.language if looks.language.partition("-")[0] not in {"zh", "ja", "ko"} else "en-US"
    east = looks.language if latin == "en-US" and looks.language != "en-US" and looks.language != "en" else "zh-CN"
    return {"val": "en-US" if latin == "en" else latin, "eastAsia": east, "bidi": "ar-SA"}


def _defaults(looks: Looks) -> str:
    fonts = w("rFonts", ascii=_LATIN, hAnsi=_LATIN, eastAsia=east_asian_font(looks.language), cs=_LATIN)
    run = run_properties(
        rFonts=fonts, **_size(_BODY), color=w("color", val=paper_color("text")), lang=w("lang", **_language(looks))
    )
    paragraph = paragraph_properties(spacing=w("spacing", after="140", line="276", lineRule="auto"))
    return w("docDefaults", w("rPrDefault", run), w("pPrDefault", paragraph))


def _styles(looks: Looks) -> list[str]:
    muted = w("color", val=paper_color("textTertiary"))
    second = w("color", val=paper_color("textSecondary"))
    edge, ground = paper_color("borderDefault"), paper_color("bubble")
    pagination = {"keepNext": w("keepNext"), "keepLines": w("keepLines")}
    tabs = "".join(w("tab", val="left", pos=str(432 * (index + 1))) for index in range(_CODE_TABS))
    code_font = w("rFonts", ascii=CODE_FONT, hAnsi=CODE_FONT, cs=CODE_FONT)
    small = _size(9.5)
    return [
        _paragraph("Normal", "Normal", default=True),
        w(
            "style",
            w("name", val="Default Paragraph Font"),
            w("uiPriority", val="1"),
            w("semiHidden"),
            type="character",
            default="1",
            styleId="DefaultParagraphFont",
        ),
        _table_normal(),
        w(
            "style",
            w("name", val="No List"),
            w("uiPriority", val="99"),
            w("semiHidden"),
            type="numbering",
            default="1",
            styleId="NoList",
        ),
        _paragraph(
            "Title",
            "Title",
            paragraph_properties(**pagination, spacing=_space(0, 60)),
            run_properties(**_bold(), **_size(_TITLE_SIZE)),
        ),
        _paragraph(
            "Subtitle", "Subtitle", paragraph_properties(spacing=_space(0, 280)), run_properties(color=muted, **small)
        ),
        *_headings(looks, pagination),
        _paragraph(
            "Question",
            "Question",
            paragraph_properties(
                pBdr=w("pBdr", box(ground, space=6)), shd=shading(ground), spacing=_space(0, 160), ind=_indent(130, 130)
            ),
        ),
        _paragraph(
            "Facts",
            "Facts",
            paragraph_properties(**pagination, spacing=_space(0, 80)),
            run_properties(color=muted, **_size(9)),
        ),
        _paragraph(
            "Attachment",
            "Attachment",
            paragraph_properties(spacing=_space(0, 80)),
            run_properties(color=second, **small),
        ),
        _paragraph("ListParagraph", "List Paragraph"),
        _paragraph("Quote", "Quote", run=run_properties(color=second)),
        _paragraph(
            "AlertTitle",
            "Alert Title",
            paragraph_properties(**pagination, spacing=_space(60, 40)),
            run_properties(**_bold()),
        ),
        _paragraph(
            "Code",
            "Code",
            paragraph_properties(
                pBdr=w("pBdr", box(edge, space=6)),
                shd=shading(paper_color("sunken")),
                tabs=w("tabs", tabs),
                bidi=w("bidi", val="0"),
                spacing=w("spacing", before="120", after="220", line="252", lineRule="auto"),
                ind=_indent(130, 130),
                contextualSpacing=w("contextualSpacing"),
                jc=w("jc", val="left"),
            ),
            run_properties(
                rFonts=code_font, noProof=w("noProof"), color=w("color", val=paper_color("codeText")), **small
            ),
        ),
        _paragraph("Reasoning", "Reasoning", run=run_properties(color=muted, **_size(10))),
        _paragraph(
            "ReasoningHeading",
            "Reasoning Heading",
            paragraph_properties(
                **pagination, spacing=_space(80, 80), outlineLvl=w("outlineLvl", val=str(looks.speaker_level))
            ),
            run_properties(**_bold(), color=muted, **small),
        ),
        _paragraph(
            "SourcesHeading",
            "Sources Heading",
            paragraph_properties(**pagination, spacing=_space(160, 60)),
            run_properties(**_bold(), color=second, **small),
        ),
        _paragraph(
            "Source", "Source", paragraph_properties(spacing=_space(0, 60)), run_properties(color=second, **small)
        ),
        _paragraph(
            "Term", "Term", paragraph_properties(**pagination, spacing=_space(0, 20)), run_properties(**_bold())
        ),
        _paragraph(
            "Summary", "Summary", paragraph_properties(**pagination, spacing=_space(60, 60)), run_properties(**_bold())
        ),
        _paragraph(
            "Rule",
            "Rule",
            paragraph_properties(
                pBdr=w("pBdr", border("bottom", edge, size=8, space=1)),
                spacing=w("spacing", before="60", after="240", line="120", lineRule="exact"),
            ),
            run_properties(**_size(4)),
        ),
        _paragraph("Formula", "Formula", paragraph_properties(spacing=_space(60, 160), jc=w("jc", val="center"))),
        _paragraph(
            "TableText",
            "Table Text",
            paragraph_properties(spacing=w("spacing", before="0", after="0", line="259", lineRule="auto")),
            run_properties(**_size(10)),
        ),
        _paragraph(
            "SmallTableText",
            "Small Table Text",
            paragraph_properties(spacing=w("spacing", before="0", after="0", line="259", lineRule="auto")),
            run_properties(**_size(7)),
        ),
        _paragraph(
            "TableEnd",
            "Table End",
            paragraph_properties(spacing=w("spacing", before="0", after="60", line="120", lineRule="exact")),
            run_properties(**_size(4)),
        ),
        _paragraph(
            "FootnoteText", "footnote text", paragraph_properties(spacing=_space(0, 40)), run_properties(**_size(9))
        ),
        _paragraph(
            "Footer",
            "footer",
            paragraph_properties(spacing=_space(0, 0), jc=w("jc", val="center")),
            run_properties(color=muted, **_size(9)),
        ),
        _character(
            "Hyperlink",
            "Hyperlink",
            run_properties(color=w("color", val=paper_color("accentText")), u=w("u", val="single")),
        ),
        _character(
            "CodeCharacter",
            "Code Character",
            run_properties(rFonts=code_font, noProof=w("noProof"), **small, shd=shading(paper_color("sunken"))),
        ),
        _character(
            "Key",
            "Key",
            run_properties(
                rFonts=code_font,
                noProof=w("noProof"),
                **small,
                bdr=border("bdr", paper_color("borderControl"), size=4),
                shd=shading(paper_color("sunken")),
            ),
        ),
        _character(
            "FootnoteReference", "footnote reference", run_properties(vertAlign=w("vertAlign", val="superscript"))
        ),
        _chat_table(edge, ground),
    ]


def _headings(looks: Looks, pagination: dict[str, str]) -> list[str]:
    sizes = [_TITLE_SIZE, _SPEAKER_SIZE][2 - looks.speaker_level :] if looks.speaker_level else []
    made = []
    for level, size in enumerate([*sizes, *_HEADING_SIZES][:MAX_HEADING], 1):
        is_speaker = level == looks.speaker_level
        space = _space(280, 80) if is_speaker else _space(200 if size > _BODY + 1 else 160, 80)
        color = paper_color("textTertiary" if is_speaker else "text")
        made.append(
            _paragraph(
                f"Heading{level}",
                f"heading {level}",
                paragraph_properties(**pagination, spacing=space, outlineLvl=w("outlineLvl", val=str(level - 1))),
                run_properties(**_bold(), color=w("color", val=color), **_size(size)),
            )
        )
    return made


def _paragraph(name: str, shown: str, paragraph: str = "", run: str = "", *, default: bool = False) -> str:
    return w(
        "style",
        w("name", val=shown),
        "" if default else w("basedOn", val="Normal"),
        w("next", val="Normal") if name.startswith(("Heading", "Title", "Subtitle")) else "",
        w("qFormat"),
        paragraph,
        run,
        type="paragraph",
        styleId=name,
        **(
            {"default": "1"}
            if default
            else {}
            if shown in _BUILT_IN or shown.startswith("heading")
            else {"customStyle": "1"}
        ),
    )


def _character(name: str, shown: str, run: str) -> str:
    based = w("basedOn", val="DefaultParagraphFont")
    custom = {} if shown in _BUILT_IN else {"customStyle": "1"}
    return w("style", w("name", val=shown), based, w("qFormat"), run, type="character", styleId=name, **custom)


def _table_normal() -> str:
    margins = "".join(w(edge, w=width, type="dxa") for edge, width in _MARGINS_OF_NORMAL)
    properties = table_properties(tblInd=w("tblInd", w="0", type="dxa"), tblCellMar=w("tblCellMar", margins))
    return w(
        "style",
        w("name", val="Normal Table"),
        w("uiPriority", val="99"),
        w("semiHidden"),
        properties,
        type="table",
        default="1",
        styleId="TableNormal",
    )


_MARGINS_OF_NORMAL = (("top", "0"), ("left", "108"), ("bottom", "0"), ("right", "108"))


def _chat_table(edge: str, ground: str) -> str:
    lines = "".join(border(side, edge) for side in ("top", "left", "bottom", "right", "insideH"))
    margins = "".join(
        w(side, w=width, type="dxa")
        for side, width in (("top", "60"), ("left", "120"), ("bottom", "60"), ("right", "120"))
    )
    properties = table_properties(tblBorders=w("tblBorders", lines), tblCellMar=w("tblCellMar", margins))
    first_row = w("tblStylePr", run_properties(**_bold()), w("tcPr", shading(ground)), type="firstRow")
    return w(
        "style",
        w("name", val="Chat Table"),
        w("basedOn", val="TableNormal"),
        properties,
        first_row,
        type="table",
        styleId="ChatTable",
        customStyle="1",
    )


def _bold() -> dict[str, str]:
    return {"b": w("b"), "bCs": w("bCs")}


def _size(points: float) -> dict[str, str]:
    half = str(round(points * 2))
    return {"sz": w("sz", val=half), "szCs": w("szCs", val=half)}


def _space(before: int, after: int) -> str:
    """Return the space around a paragraph, in twentieths of a point."""
    return w("spacing", before=str(before), after=str(after))


def _indent(left: int, right: int) -> str:
    return w("ind", left=str(left), right=str(right))
