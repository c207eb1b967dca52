"""Messages that show everything a transcript can: for tests and for looking at."""

from dataclasses import replace
from datetime import UTC, datetime

from chatdesk.kernel.chat.message import FinishReason, Message, MessageState, ReasoningPart, Role, TextPart
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.errors.failure import Failure
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.errors.wording_types import FailureAction, FailureText

MODEL = ModelRef("ollama", "deepseek-r1:14b")
WHEN = datetime(2026, 11, 24, 14, 32, tzinfo=UTC)

REASONING = """The person wants to know how much more monthly interest earns. I should make the comparison visible, not hide it in a phrase.

Yearly: 10,000 × 1.05¹⁰ = 16,288.95. Monthly: 10,000 × (1 + 0.05/12)¹²⁰ = 16,470.09.

- the difference is about **€181**
- daily adds little more: `16,486.65`"""

ANSWER = """## Monthly interest earns about €181 more

Each period adds its share of the yearly rate, so after `t` years you have

- **P** is the starting amount, here €10,000
- *r* is the yearly rate, 5% or 0.05
- n is how often interest is added in a year

| Interest added | n | After 10 years | Effective rate |
|---|---|---|---|
| Yearly | 1 | €16,288.95 | 5.000% |
| Monthly | 12 | €16,470.09 | 5.116% |
| Daily | 365 | €16,486.65 | 5.127% |

```python
def future_value(p, r, n, t):
    return p * (1 + r / n) ** (n * t)

print(round(future_value(10_000, 0.05, 12, 10), 2))  # 16470.09
```
"""

EVERYTHING = """# Heading one

A paragraph with **bold**, *italic*, ***both***, ~~struck~~, `inline code`, a [link](https://example.org "Title") and a bare
https://example.com/path. It is long enough to run over more than one line of the reading column, so that the line height can be seen.

## Heading two

1. First item, with enough words to be broken into two lines when the column is as wide as it usually is in a window.
2. Second item
   - nested bullet
   - another one, with `code`
     1. deeper still
3. Third item

### Heading three

- [x] done
- [ ] not done

> A quote that is said by somebody else.
>
> - with a list
> - inside it

---

![A chart of the yearly growth](https://tracker.example.net/chart.png)

```html
<!DOCTYPE html>
<html><body><p class="note">A line that is much too long to be shown without scrolling sideways, it goes on.</p></body></html>
```

| Left | Centre | Right | Words that need a good deal of room |
|:--|:-:|--:|---|
| a | b | 1 | Words that need even more room than the head has, so that they are broken into lines |
| `c` | **d** | 22 | [a link](https://example.org) |
"""

CHINESE = """## 月复利多赚约 181 欧元

每个计息期按年利率的一部分计息，因此 *t* 年后的本息和取决于计息次数。**结论**：按月计息比按年计息多约 181 欧元，而按天计息只再多一点点。

1. 本金 P 为 10,000 欧元
2. 年利率 r 为 5%，即 0.05

> 引用：“复利是世界第八大奇迹。”

| 计息方式 | 次数 | 十年后 |
|---|---|---|
| 每年 | 1 | €16,288.95 |
| 每月 | 12 | €16,470.09 |

```python
# 计算终值
print("你好，世界")
```
"""

CODE = """Code in several languages.

```diff
@@ -1,4 +1,4 @@ def future_value
 def future_value(p, r, n, t):
-    return p * (1 + r) ** t
+    return p * (1 + r / n) ** (n * t)
```

```tsx
type Row = { name: string; value: number };

export function Table({ rows }: { rows: Row[] }) {
\tconst total = rows.reduce((sum, row) => sum + row.value, 0); // a line that is much too long to be shown without scrolling
\treturn <b className="total">{`Total: ${total}`}</b>;
}
```

```
import asyncio

async def main() -> None:
    await asyncio.sleep(1)  # no language was named
```

```c
/* begin admins only */ if (isAdmin) { \u2066 // \u202e and this is not what it seems
    printf("你好，世界 %d\\n", 1_000);
}
```

```text
project/
├── src/
│   └── main.py
└── README.md
```
"""

RICH = r"""## Why the sum converges

For $|q| < 1$ the partial sums are \(s_n = \frac{1 - q^{n+1}}{1 - q}\), and $q^{n+1} \to 0$. Hence[^limit]

\[
\sum_{k=0}^{\infty} q^k = \lim_{n \to \infty} \frac{1 - q^{n+1}}{1 - q} = \boxed{\frac{1}{1 - q}} \tag{1}
\]

> [!TIP]
> A coffee for $5 and a cake for $10 are prices, not formulas.

> [!WARNING]
> Equation (1) does **not** hold for $q = 1$.

Radius
: the number within which the series converges, here $R = 1$

| Function | Derivative | 条件 |
|---|---|---|
| $\ln x$ | $\dfrac{1}{x}$ | $x > 0$ |
| $x^n$ | $n x^{n-1}$ | $n \in \mathbb{N}$ |

\begin{align}
f(x) &= \begin{cases} 1, & \text{若 } x > 0 \\ 0, & \text{否则} \end{cases} \\
A^{-1} &= \begin{pmatrix} a & b \\ c & d \end{pmatrix}^{-1}
\end{align}

![The graph of the sum](https://images.example.org/graph.png)

[^limit]: The limit exists because the sequence falls and is bounded below.
"""

ODD = f"""Words that have no end: {"Donaudampfschifffahrtsgesellschaftskapitän" * 4} and https://example.org/{"a-very-long-path/" * 12}?q=1
and `{"unbroken" * 20}`, then **{"字" * 60}** and 标点，不应该（出现在）行首。“引号”也一样！

שלום עולם! הפסקה הזאת נכתבת מימין לשמאל, with English in it, ו־`code` גם. המספרים 1, 2 ו־3 נשארים במקומם.

هذه فقرة عربية تُكتب من اليمين إلى اليسار، وفيها $x^2$ و**كلمات مهمة**.

- פריט ראשון
- פריט שני
  1. בפנים

Faces 😀 😅 🤷🏽‍♀️ 👨‍👩‍👧‍👦 🏳️‍🌈 🇩🇪 🇨🇳 ❤️ ☺︎ ✔️ 1️⃣ in a line, and marks Z̸̢̛a̵l̷g̶o̴̟̅ beside plain words.

> One
>
> > Two, with a list
> >
> > 1. first
> >    - inside
> >
> >      ```python
> >      print("deep")
> >      ```
> >
> > > Three

10. ten
11. eleven

    A second paragraph of the eleventh.

    | a | b |
    |---|---|
    | 1 | 2 |

    > a quote in a list

- [ ] a task
  - [x] a task inside
    - a bullet inside
      - and deeper

# A heading with `code`, $e^{{i\\pi}}$, *emphasis* and a [link](https://example.org) that is long enough to be broken into two lines

#### Heading four

##### Heading five

| Key | {" | ".join(f"Column {number}" for number in range(1, 13))} |
|:--|{"--:|" * 12}
| first | {" | ".join(str(number * 1234.5) for number in range(1, 13))} |
| second | {" | ".join("一二三" for _ in range(12))} |

Text before a rule.

***

Last[^a] words[^b].

[^a]: A note with `code` and **weight**.
[^b]: Another note, which is long enough to be broken into two lines when the column is as wide as it usually is in a window like this one.

    With a second paragraph.
"""

HEBREW = "שלום עולם, this is mixed.\n\n- פריט ראשון\n- פריט שני\n\nAnd English again."


def question(text: str, number: int = 0, chat: str = "chat") -> Message:
    """A question; `number` is its sequence."""
    return Message(
        id=f"m{number}",
        conversation_id=chat,
        parent_id=f"m{number - 1}" if number else None,
        sequence=number,
        role=Role.USER,
        parts=(TextPart(text),),
        state=MessageState.COMPLETE,
        created_at=WHEN,
    )


def answer(
    text: str,
    number: int = 1,
    *,
    reasoning: str = "",
    milliseconds: int = 12_000,
    state: MessageState = MessageState.COMPLETE,
    failure: Failure | None = None,
    chat: str = "chat",
) -> Message:
    """An answer to the question before it."""
    parts = ((ReasoningPart(reasoning, milliseconds),) if reasoning else ()) + ((TextPart(text),) if text else ())
    return Message(
        id=f"m{number}",
        conversation_id=chat,
        parent_id=f"m{number - 1}",
        sequence=number,
        role=Role.ASSISTANT,
        parts=parts,
        state=state,
        created_at=WHEN,
        model=MODEL,
        usage=Usage(1_900, 874, 41.8, 21_000) if state is MessageState.COMPLETE else None,
        finish=FinishReason.STOP if state is MessageState.COMPLETE else None,
        failure=failure,
    )


def short_chat() -> list[Message]:
    """One question and its answer, as in the design."""
    return [
        question("€10,000 at 5% for ten years: how much more if interest is monthly?"),
        answer(ANSWER, reasoning=REASONING),
    ]


def full_chat() -> list[Message]:
    """Several turns with everything that can stand in them."""
    log = "\n".join(f"{hour:02}:00 the pump ran for {hour * 3} minutes" for hour in range(24))
    return [
        *short_chat(),
        question("Show me everything you can write.\nWith a second line.", 2),
        answer(EVERYTHING, 3),
        question(f"What is wrong here?\n\n```\n{log}\n```", 4),
        answer("Nothing.", 5, state=MessageState.STOPPED),
        question("用中文再说一遍，简短一点。", 6),
        answer(CHINESE, 7, reasoning="先算按年计息，再算按月计息。", milliseconds=6_000),
        question(HEBREW, 8),
        answer(HEBREW, 9),
    ]


def failed_chat() -> list[Message]:
    """Answers that ended in every way but well."""
    lost = Failure("ConnectionLost", {"server": "Ollama", "address": "http://127.0.0.1:11434"})
    down = Failure("ServerUnreachable", {"server": "Ollama", "address": "http://127.0.0.1:11434"})
    begun = "Soils hold more carbon than air and plants together [4], yet what is lost when grassland is ploughed returns slowly [11], and"
    return [
        question("Shorten the second paragraph of chapter 3 and keep all three citations."),
        answer(
            begun, 1, reasoning="Keep the citations.", milliseconds=7_000, state=MessageState.INTERRUPTED, failure=lost
        ),
        question("Now the third paragraph in the same way.", 2),
        answer("", 3, state=MessageState.FAILED, failure=down),
        question("And the fourth.", 4),
        answer("The fourth paragraph says", 5, state=MessageState.INTERRUPTED),
        question("The fifth?", 6),
        replace(answer("It says that", 7), finish=FinishReason.LENGTH),
        question("Never mind.", 8),
        answer("", 9, state=MessageState.STOPPED),
    ]


def describe(failure: Failure) -> FailureText:
    """Word a failure as the program would."""
    if failure.kind == "ConnectionLost":
        return FailureText(
            "The connection to Ollama was lost. The text received so far is kept.",
            actions=(
                FailureAction("retry", "Try again"),
                FailureAction("continue", "Continue", primary=True, continues_answer=True),
            ),
            details="ConnectionLost\nserver: Ollama",
        )
    return FailureText(
        "Ollama does not respond at 127.0.0.1:11434.",
        "Your message is saved. Start the server, or check its address and your connection.",
        (
            FailureAction("use_built_in", "Use the built-in model"),
            FailureAction("server_settings", "Change address"),
            FailureAction("retry", "Try again", primary=True),
        ),
        "ServerUnreachable\naddress: http://127.0.0.1:11434\nreason: connection refused",
    )


HTML = """An order passes five hands. Only two of them can send it back, so the loops stay short.

| Step | Who | What goes wrong | What then |
|---|---|---|---|
| Pick | Hall 2, early shift | Wrong shelf<br>Part missing | Scan again<br>Ask the customer |
| Pack | Hall 2, late shift | Box too small | Next size up<br>CO<sub>2</sub> label stays valid |

<!-- hidden -->
<details open>
<summary>Labels, <em>step by step</em></summary>

Press <kbd>Ctrl</kbd> + <kbd>P</kbd> in the order, choose the <mark>yellow tray</mark>, and stick the label on the long side. The
2<sup>nd</sup> label is for the <u>return</u>, <b>never <i>for</i> the box</b>; <s>old labels</s> go to the bin.

- <kbd>Esc</kbd> stops the printer
- `<kbd>` in code stays code

<details><summary>Paper runs out</summary>Open the <mark>second</mark> drawer.</details>

```sh
lpstat -p
```

</details>
<details>
<summary>If the payment fails</summary>

Wait for two days.

</details>

<details open>

Without a head.

</details>

See https://zh.wikipedia.org/wiki/中国，or https://github.com/a/b/blob/main/__init__.py. It costs
10~20元，~not~ 3~5个, and $ x^2 $ is a formula.

> <details open><summary>In a quote</summary>H<sub>2</sub>O and x<sup>2</sup></details>

<img src="https://example.com/picture.png" alt="The hall from above"> <div>Other tags</div> stay text.
"""
