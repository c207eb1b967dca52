"""Answers as reasoning models write them, made up but always the same: prose in two languages, lists, tables, quotes, formulas, code."""

import random

_SENTENCES = (
    "首先我们需要明确问题的定义，然后再讨论**具体的实现方式**。",
    "注意：如果输入为空，函数应该返回 `None`，而不是抛出异常。",
    "**时间复杂度：**当 \\(n\\) 足够大时，第二种方法明显更快。",
    "The loop keeps its invariant, so it *terminates* with the right result [1].",
    "Use `asyncio.gather` when the tasks are *independent*; otherwise prefer a queue.",
    "See the [documentation](https://docs.python.org/3/library/asyncio.html) or https://example.com/a_b for the details.",
    "It costs $5 and ~~$10~~ $7, roughly 2 * 3 < 7 & so on.",
    "This follows from the [first lemma][lemma], see also [notes].",
)
_CODE = '''```python
@dataclass(order=True)
class Node:
    """优先队列中的节点
    (priority queue node)."""
    cost: float

def dijkstra(graph, start):
    # 初始化
    dist = {v: float("inf") for v in graph}

    return f"{dist!r}"
```'''
_HTML = """~~~html
<style>
  body { color: #eee }
</style>
<script>
  const text = `a ${1 + 1}
  b`; /* long
  comment */
</script>
~~~"""
_TABLE = "| 方法 | Cost | Notes |\n|:---|:---:|---:|\n| `a` | O(n) | **fast** |\n| b \\| c | | |\n| d |"
_FORMULA = "$$\n\\begin{aligned}\na &= b + c \\\\\n  &= \\sum_{i=1}^{n} x_i^2\n\\end{aligned}\n$$"
_NESTED = "1. First\n   - inner *a*\n   - [x] done\n   - [ ] open\n\n     ```sh\n     ls -l\n     ```\n2. Second\n\n   loose now\n3. Third"

_DEFINITIONS = "[lemma]: https://example.com/lemma 'The lemma'\n[1]: <https://example.com/one>"


def answer(characters: int, seed: int = 0, *, definitions: bool = True) -> str:
    """An answer of about so many characters; the links in it are defined at its end, or not at all."""
    chance = random.Random(seed)
    parts: list[str] = []
    length = 0
    while length < characters:
        part = _part(chance)
        parts.append(part)
        length += len(part) + 2
    if definitions:
        parts.append(_DEFINITIONS)
    return "\n\n".join(parts)


def _part(chance: random.Random) -> str:
    sentences = chance.choices(_SENTENCES, k=chance.randint(1, 5))
    match chance.randint(0, 11):
        case 0:
            return f"{'#' * chance.randint(1, 4)} {chance.randint(1, 9)}. Überschrift 标题"
        case 1:
            return "\n".join(f"- **Point {index}**: {sentence}" for index, sentence in enumerate(sentences))
        case 2:
            return "\n\n".join(f"{index}. {sentence}" for index, sentence in enumerate(sentences, start=3))
        case 3:
            return _TABLE
        case 4:
            return _CODE
        case 5:
            return _HTML
        case 6:
            return _FORMULA
        case 7:
            return _NESTED
        case 8:
            return "> " + "\n> ".join(sentences) + "\nlazy line\n>\n> > deeper"
        case 9:
            return "Setext\n---\n\n***\n\n    indented\n\n    code"
        case _:
            return " ".join(sentences)
