"""Answers full of what goes beyond CommonMark, as models write them: formulas, footnotes, tables, alerts, definition lists; made up."""

MATH = r"""# 求导

设 \(f(x) = x^2\)，其中 $x \in \mathbb{R}$。由定义：

\[
f'(x) = \lim_{h \to 0} \frac{(x+h)^2 - x^2}{h}
\]

因此 $$f'(x) = 2x.$$ 如图所示，**当 $x>0$ 时，**函数递增。It costs $5 and $10, or US$7.

$$
\begin{aligned}
a &= b + c \\[4pt]
  &= \sum_{i=1}^{n} x_i^2
\end{aligned}
$$

1. 第一步：
   \[
   x = \frac{-b \pm \sqrt{b^2-4ac}}{2a}
   \]
   其中 $a \neq 0$。
2. Second: \[ y = 1 \], then
   $$ z = 2 $$

> \begin{align*}
> p &= q \tag{1} \\
> r &= s
> \end{align*}
> done

| $n$ | \(n!\) |
|:--|--:|
| $0$ | 1 |
| `$1` | $\boxed{1}$ |

```math
\text{若 } x < 0
```

So we get: $$
e^{i\pi} + 1 = 0
$$

\[ \text{never closed
"""
NOTES = """Water boils at 100 °C[^1] at sea level[^pressure], lower on mountains[^1].

> [!WARNING]
> Do not try this[^late] at home.
>
> - hot
> - wet

| Height | Point[^1] |
|---|---|
| 0 m | 100[^pressure] |
| 5,000 m | 83 |

[^pressure]: At *101.325* kPa.
[^1]: Measured in 1742.
    By Celsius.

    - one
    - two

      ```sh
      ls
      ```

More text[^late] here `[^1]` and [^nowhere].

Term
: What it means[^unseen]
: Another meaning

  with a second paragraph
Second term
: Its meaning

[^late]: Came **late**.
[^unused]: Nobody asked.
[^unseen]:
    Indented at once.

> [!tip]
> Short.

Not a term
---
: not a description
"""
TABLES = """先看表：

| 语言 | Speed | 备注 |
|:---|:---:|---:|
| Rust | **fast** | `a \\| b` |
| Python | *slow* | [link][a] |
| C
| | | | |
Text after? No, a row.

- in a list:

  | a | b |
  |---|---|
  | 1 | 2 |
- next

> | x |
> |---|
> | $y$ |

[a]: https://example.com 'Late'

Heading | with pipe
===

a | b
-|-
1 | 2
"""
HTML = """Press <kbd>Ctrl</kbd> + <kbd>P</kbd>, choose the <mark>yellow **tray**</mark> of H<sub>2</sub>O (2<sup>nd</sup>).<br>
A <u>new</u> line, <b>bold *and</b> both*; `<b>` and List<u8> are text.

| Step | What then |
|---|---|
| Pick | Scan again<br>Ask the customer |
| Pack | CO<sub>2</sub> <s>label</s> |

<!-- hidden

too --> seen

<details open>
<summary>Labels, <em>step by step</em></summary>

1. One

   ```html
   </details>
   ```
2. <details><summary>Two</summary>in a line</details>

See https://github.com/a/b/blob/main/__init__.py and 10~20元，~not~ 3~5个。

</details>
<details>
    <summary>If the payment fails</summary>
    Ask <i>again</i>
</details>

> <details>
> No head
> </details>
> after

<img src="https://example.com/a.png" alt="a picture"> $ x^2 $ and $ 5
"""
RICH = {"math": MATH, "notes": NOTES, "tables": TABLES, "html": HTML}
