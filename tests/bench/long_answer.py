"""A second text to measure with: an answer as reasoning models mostly write them, with longer prose than tests/unit/rendering/answers.py.

That one holds every kind of markdown close together, for the sake of the tests. Here paragraphs are as long as people read them, in two
languages, between lists, a table, LaTeX and code as long as a function. Made up, but always the same.
"""

import random
from collections.abc import Callable

_CHINESE = (
    "先把问题说清楚，再看数据从哪里来、到哪里去。",
    "这样做的好处是每一步都可以单独测试，出错时也容易定位。",
    "如果列表已经排好序，二分查找只需要很少几次比较。",
    "需要注意的是，**缓存失效**的时机比缓存本身更重要。",
    "这里用 `heapq` 维护候选节点，取出的总是代价最小的一个。",
    "当 \\(n\\) 足够大时，两种方法的差别就很明显了。",
    "最后再检查一遍边界情况：空输入、只有一个元素、以及重复的值。",
)
_ENGLISH = (
    "The idea is to keep a small summary of what has been seen and to update it with every new value.",
    "That makes each step cheap, because nothing has to be looked at twice.",
    "In practice the difference only matters once the input no longer fits into memory.",
    "Note that the order of the items is **not** preserved, which is fine for our purpose.",
    "Call `flush()` before you close the file, otherwise the last block may be lost.",
    "The bound follows from \\(2^k \\ge n\\), so the loop runs at most \\(\\log_2 n\\) times.",
    "You can read more about it in the [reference manual](https://example.org/manual), chapter four.",
    "If two keys are equal, the one that was added first wins.",
)
_PYTHON = """```python
def merge(first, second):
    \"\"\"Return the items of two sorted lists in one sorted list.\"\"\"
    merged = []
    left = right = 0
    while left < len(first) and right < len(second):
        # 相等时先取左边的，保证稳定
        if first[left] <= second[right]:
            merged.append(first[left])
            left += 1
        else:
            merged.append(second[right])
            right += 1
    merged.extend(first[left:])
    merged.extend(second[right:])
    return merged
```"""
_SCRIPT = """```javascript
const counts = new Map();
for (const word of text.split(/\\s+/)) {
  counts.set(word, (counts.get(word) ?? 0) + 1);
}
const most = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 10);
console.log(most.map(([word, count]) => `${word}: ${count}`).join("\\n"));
```"""
_FORMULA = "\\[\nT(n) = 2\\,T\\!\\left(\\frac{n}{2}\\right) + c\\,n = O(n \\log n)\n\\]"
_TABLE_HEAD = "| Method 方法 | Time | Memory | Notes 备注 |\n|:---|---:|---:|:---|"
_TABLE_ROWS = (
    "| Merge sort 归并 | O(n log n) | O(n) | stable 稳定 |",
    "| Heap sort 堆 | O(n log n) | O(1) | in place |",
    "| Counting 计数 | O(n + k) | O(k) | **small keys** only |",
    "| Insertion 插入 | O(n²) | O(1) | `n < 20` |",
)


def long_answer(characters: int, seed: int = 0) -> str:
    """Return an answer of about so many characters."""
    chance = random.Random(seed)
    kinds: tuple[Callable[[random.Random], str], ...] = (
        *(_prose, _prose, _bullets, _prose, _code, _prose),
        *(_table, _prose, _formula, _prose, _steps, _quote),
    )
    parts: list[str] = []
    length = number = 0
    while length < characters:
        head = f"## {number // 4 + 1}. Approach 思路\n\n" if number % 4 == 0 else ""
        parts.append(head + kinds[number % len(kinds)](chance))
        length += len(parts[-1]) + 2
        number += 1
    return "\n\n".join(parts)


def _sentences(chance: random.Random, count: int) -> str:
    if chance.random() < 0.5:
        return "".join(chance.sample(_CHINESE, count))
    return " ".join(chance.sample(_ENGLISH, count))


def _prose(chance: random.Random) -> str:
    return _sentences(chance, chance.randint(2, 6))


def _bullets(chance: random.Random) -> str:
    return "\n".join(f"- **Step {index}:** {_sentences(chance, 1)}" for index in range(1, chance.randint(4, 6)))


def _steps(chance: random.Random) -> str:
    return "\n".join(f"{index}. {_sentences(chance, chance.randint(1, 2))}" for index in range(1, chance.randint(4, 6)))


def _code(chance: random.Random) -> str:
    return chance.choice((_PYTHON, _SCRIPT))


def _table(chance: random.Random) -> str:
    return "\n".join((_TABLE_HEAD, *chance.sample(_TABLE_ROWS, 3)))


def _formula(chance: random.Random) -> str:
    return f"{_sentences(chance, 1)}\n\n{_FORMULA}"


def _quote(chance: random.Random) -> str:
    return f"> {_sentences(chance, 2)}"
