"""A corpus of texts that no one should write but a model or a file may hold: the same for the same seed, by name.

Whatever holds one of them up holds up the window. Lengths are in characters; `scale` makes all of them longer or shorter.
"""

import base64
import random
import string
from collections.abc import Iterator

_PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
_ARABIC = "العربية نص طويل جدا من اليمين إلى اليسار"
_HEBREW = "שלום עולם זה טקסט מימין לשמאל"


def hostile_texts(seed: int = 1, scale: float = 1.0) -> dict[str, str]:
    """Return the corpus. With another seed its words, marks and depths are others."""
    return dict(_texts(random.Random(seed), scale))


def _texts(dice: random.Random, scale: float) -> Iterator[tuple[str, str]]:
    def times(count: int) -> int:
        return max(1, round(count * scale * dice.uniform(0.9, 1.1)))

    def letters(count: int) -> str:
        return "".join(dice.choices(string.ascii_lowercase, k=count))

    word = letters(6)
    prose = " ".join(letters(dice.randint(2, 9)) for _ in range(2_000))
    yield from _words(times, word, prose)
    yield from _nesting(times, word)
    yield from _tables(times, word, prose)
    yield from _unclosed(times, word)
    yield from _scripts(times, dice)
    yield from _formulas(times)
    yield from _references(times, word)
    yield from _lines(times, word, prose)
    yield from _code(times, prose)
    yield from _mixed(times, dice, prose)


def _words(times, word, prose):
    yield "word of letters", "x" * times(1_000_000)
    yield "word of different letters", word * times(170_000)
    yield "word of Chinese", "中" * times(500_000)
    yield "word of hyphens", "a-" * times(300_000)
    yield "word of underscores", "snake_" * times(100_000)
    yield "word of slashes", "/usr/lib" * times(60_000)
    yield "word of dots", "a." * times(200_000)
    yield "word of no-break spaces", "a\u00a0" * times(200_000)
    yield "word of soft hyphens", "ab\u00ad" * times(100_000)
    yield "word of zero-width spaces", "a\u200b" * times(200_000)
    yield "word of zero-width joiners", "a\u200d" * times(200_000)
    yield "word in bold", f"**{'x' * times(100_000)}**"
    yield "word in code", f"`{'x' * times(400_000)}`"
    yield "word in a heading", f"# {'x' * times(400_000)}"
    yield "word in an item", f"- {'x' * times(400_000)}"
    yield "word in a quote", f"> {'x' * times(400_000)}"
    yield "word between words", f"{prose[:500]} {'x' * times(500_000)} {prose[:500]}"
    yield "base64", base64.b64encode(prose.encode() * times(40)).decode()
    yield "address", "https://a.example/" + "path/" * times(100_000)
    yield "mail", "a.b+c@" * times(60_000)


def _nesting(times, word):
    yield "nested quotes", ">" * times(20_000) + " deep"
    yield "nested quotes line by line", "\n".join(">" * (depth % 200) + " q" for depth in range(times(3_000)))
    yield "nested items", "".join("  " * depth + "- a\n" for depth in range(times(700)))
    yield "nested items in a line", "- " * times(50_000) + "x"
    yield "nested numbers", "".join("   " * depth + "1. a\n" for depth in range(times(600)))
    yield "nested alerts", "".join("> " * (depth % 30 + 1) + "[!NOTE]\n" for depth in range(times(3_000)))
    yield "nested descriptions", ": " * times(20_000) + "a"
    yield "nested links", "[" * times(20_000) + "a" + "](b)" * times(20_000)
    yield "nested pictures", "![" * times(3_000) + "a" + "](b)" * times(3_000)
    yield "nested emphasis", "*_" * times(40_000) + "a" + "_*" * times(40_000)
    yield "nested quotes and items", "\n".join("> - " * (depth % 40) + word for depth in range(times(2_000)))
    yield "items of 100,000", "- item\n" * times(100_000)
    yield "numbered items", "".join(f"{n}. item\n" for n in range(times(30_000)))
    yield "empty items", "-\n" * times(50_000)
    yield "tasks", "- [x] done\n- [ ] not\n" * times(10_000)
    yield "loose items", "- a\n\n" * times(30_000)
    yield "descriptions", "a\n: b\n" * times(20_000)
    yield "rules", "---\n\n" * times(50_000)
    yield "headings", "# h\n" * times(50_000)


def _tables(times, word, prose):
    yield "table of many rows", "|a|b|c|d|e|\n|-|-|-|-|-|\n" + "|1|2|3|4|5|\n" * times(20_000)
    yield "table of many columns", "|" + "a|" * 250 + "\n|" + "-|" * 250 + "\n" + ("|" + "b|" * 250 + "\n") * times(200)
    yield "table of bold cells", "|a|b|\n|-|-|\n" + "|**x**|`y`|\n" * times(6_000)
    yield "table of links", "|a|b|\n|-|-|\n" + "|[x](y)|[z](w)|\n" * times(6_000)
    yield "table of formulas", "|a|b|\n|-|-|\n" + "|$x^2$|$y_1$|\n" * times(3_000)
    yield "table of pictures", "|a|b|\n|-|-|\n" + "|![x](https://t.example/1)|y|\n" * times(3_000)
    yield "table with a long cell", f"|a|b|\n|-|-|\n|{'x' * times(300_000)}|y|\n"
    yield "table with a cell of words", f"|a|b|\n|-|-|\n|{prose * times(40)}|y|\n"
    yield "table of wrapped cells", "|a|b|\n|-|-|\n" + f"|{prose[:400]}|{prose[400:800]}|\n" * times(800)
    yield "table of nothing", "|" + "a|" * 250 + "\n|" + "-|" * 250 + "\n" + "x\n" * times(20_000)
    yield "tables of one row", "|a|b|\n|-|-|\n|1|2|\n\n" * times(6_000)


def _unclosed(times, word):
    yield "open fence", "```python\n" + "x = '1'\n" * times(60_000)
    yield "open fence of nothing", "```\n" + "\n" * times(200_000)
    yield "backticks", "`" * times(200_000)
    yield "runs of backticks", "".join("`" * length + " " for length in range(1, times(800)))
    yield "open brackets", "[" * times(100_000)
    yield "open links", "[a](" * times(50_000)
    yield "open emphasis", "*a **b __c _d ~~e " * times(20_000)
    yield "open angle brackets", "<a " * times(60_000)
    yield "open dollars", "$x " * times(50_000)
    yield "open display", "\\[\n" + "x\n" * times(100_000)
    yield "open environment", "\\begin{align}\n" * times(10_000)
    yield "open label", "[" + "a\n" * times(30_000)
    yield "entities", "&a;" * times(50_000)
    yield "backslashes", "\\" * times(200_000)
    yield "sections", "<details>\n" * times(20_000) + "a"
    yield "empty sections", "<details>\n</details>\n" * times(10_000)
    yield "one section", "<details>\n" + "a\n\n" * times(20_000)
    yield "keys", "<kbd>a</kbd> " * times(20_000)
    yield "breaks", "a<br>" * times(40_000)
    yield "tags", "<b><i><u><mark><sub>a " * times(10_000)
    yield "comments", "<!-- a\n" * times(20_000)
    yield "html", "<script>alert(1)</script><!-- <iframe> -->\n" * times(10_000)
    yield "fences", "```\na\n```\n" * times(20_000)


def _scripts(times, dice):
    yield (
        "zalgo",
        "".join(
            chr(dice.randint(97, 122)) + "".join(map(chr, dice.choices(range(0x300, 0x36F), k=30)))
            for _ in range(times(6_000))
        ),
    )
    yield "one letter with marks", "Z" + "\u0301\u0323\u0334" * times(100_000)
    yield "Arabic", f"{_ARABIC} " * times(8_000)
    yield "Hebrew and Latin", f"{_HEBREW} latin words 123 " * times(6_000)
    yield "overrides", "a\u202eb\u2066c\u2069" * times(40_000)
    yield "emoji families", "👨‍👩‍👧‍👦🏳️‍🌈👍🏽" * times(15_000)
    yield "emoji chain", "👨" + "\u200d👩" * times(60_000)
    yield "flags", "🇩🇪🇨🇳" * times(30_000)
    yield "tags", "\U000e0041\U000e007f" * times(40_000)
    yield "rare planes", "\U0003ffff\U00020000" * times(60_000)
    yield "no characters", "a\0b\x1b[31m\ufffe\uffff\ud800 " * times(30_000)
    yield "Thai", "ภาษาไทยไม่มีช่องว่างระหว่างคำ" * times(10_000)
    yield "Devanagari", "हिन्दी में लंबा पाठ " * times(10_000)


def _formulas(times):
    yield "formula of braces", "$" + "{" * times(20_000) + "x" + "}" * times(20_000) + "$"
    yield "formula of fractions", "$$" + "\\frac{1}{" * times(3_000) + "x" + "}" * times(3_000) + "$$"
    yield "formula of a matrix", "$$\\begin{matrix}" + "a & b \\\\" * times(10_000) + "\\end{matrix}$$"
    yield "long formula", "$$" + "x + " * times(100_000) + "y$$"
    yield "formulas", "".join(f"$x_{{{n}}}$ " for n in range(times(6_000)))
    yield "displayed formulas", "".join(f"$$x_{{{n}}}$$\n\n" for n in range(times(3_000)))
    yield "macros", "\\[" + "\\def\\a{\\a\\a}\\a" * times(5_000) + "\\]"


def _references(times, word):
    yield "links", "[a](https://b.example) " * times(20_000)
    yield "links of long addresses", "".join(f"[a](https://b.example/{'p' * 20_000}) " for _ in range(times(20)))
    yield "a link of long words", f"[{word * times(50_000)}](https://b.example)"
    yield "a link to a long address", f"[a](https://b.example/{'p' * times(800_000)})"
    yield "bare links", "https://b.example/x " * times(20_000)
    yield "pictures in a line", "![x](https://t.example/1) " * times(8_000)
    yield "pictures", "![x](https://t.example/1)\n\n" * times(8_000)
    yield "pictures of data", f"![x](data:image/png;base64,{_PIXEL}) " * times(8_000)
    yield "a picture of data", f"![x](data:image/png;base64,{'A' * times(3_000_000)})"
    yield (
        "footnotes",
        "".join(f"a[^{n}]\n\n" for n in range(times(5_000))) + "".join(f"[^{n}]: b\n" for n in range(times(5_000))),
    )
    yield "one footnote", "[^1]" * times(30_000) + "\n\n[^1]: a"
    yield "definitions", "".join(f"[a{n}]: b\n" for n in range(times(20_000)))
    yield "late definition", "[a][b] " * times(20_000) + "\n\n[b]: https://c.example"
    yield "late definition for blocks", "[a][b]\n\n" * times(10_000) + "[b]: https://c.example"


def _lines(times, word, prose):
    yield "lines of a letter", "a\n" * times(200_000)
    yield "lines of words", f"{prose[:60]}\n" * times(30_000)
    yield (
        "lines of a log",
        "".join(
            f"2026-11-28 12:00:{n % 60:02} INFO {word}[{n}]: request /api/v1 took {n} ms\n"
            for n in range(times(20_000))
        ),
    )
    yield "lines of nothing", "\n" * times(300_000)
    yield "lines before an underline", "a\n" * times(100_000) + "==="
    yield "lazy lines", "> a\n" + "b\n" * times(100_000)
    yield "lines with hard breaks", "a  \n" * times(60_000)
    yield "lines of carriage returns", "a\r" * times(100_000)
    yield "endless words", f"{prose} " * times(150)
    yield "endless Chinese", "这是一个没有尽头的段落，" * times(60_000)
    yield "endless spaces", " " * times(500_000) + "x"
    yield "endless tabs", "\t" * times(300_000) + "x"
    yield "endless emphasis", "*a* **b** " * times(60_000)
    yield "endless code in lines", "`a` " * times(100_000)
    yield "paragraphs", f"{prose[:200]}\n\n" * times(4_000)
    yield "paragraphs of a letter", "a\n\n" * times(100_000)


def _code(times, prose):
    yield "code of many lines", "```python\n" + "    total = add(first, 12)\n" * times(40_000) + "```"
    yield "code of one line", "```js\n" + "f('x')," * times(100_000) + "\n```"
    yield "code without language", "```\n" + "x" * times(500_000) + "\n```"
    yield "indented code", "    x = 1\n" * times(60_000)
    yield "json of one line", "```json\n{" + '"a":[1,2,{"b":"c"}],' * times(30_000) + "}\n```"
    yield "difference", "```diff\n" + "+added\n-removed\n" * times(20_000) + "```"
    yield "info of a fence", "```" + "python " * times(50_000) + "\nx\n```"


def _mixed(times, dice, prose):
    marks = ["*", "_", "`", "[", "](", ")", "$", "|", "\n", "\n\n", "> ", "- ", "# ", "<", "&", "\\", "~~", "!["]
    for number in range(4):
        yield f"marks {number + 1}", "".join(dice.choices([*marks, "word ", "中文", "é"], k=times(60_000)))
    blocks = [
        *("# Heading\n\n", f"{prose[:300]}\n\n", "- a\n- b\n\n", "> quote\n\n", "```py\nx = 1\n```\n\n"),
        *("|a|b|\n|-|-|\n|1|2|\n\n", "$$x^2$$\n\n", "![x](https://t.example/1)\n\n", "a[^1]\n\n", "---\n\n"),
    ]
    yield "all kinds", "".join(dice.choices(blocks, k=times(4_000)))
    yield "all kinds with a footnote", "".join(dice.choices(blocks, k=times(2_000))) + "[^1]: note"
