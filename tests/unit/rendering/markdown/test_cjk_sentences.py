"""Sentences as Chinese, Japanese and Korean answers have them, with emphasis beside their punctuation."""

import pytest

from chatdesk.rendering.markdown.blocks import Paragraph, Style
from chatdesk.rendering.markdown.markdown import parse

_SENTENCES = [
    "**注意：**这里需要先初始化。",
    "这是**“重点”**内容，不要忽略。",
    "他说：**“你好。”**然后离开了。",
    "**问题（一）**的答案是**A**。",
    "使用**`git commit`**命令提交。",
    "请看**[文档](https://a.b)**说明。",
    "**总结**：我们**先**做A，**再**做B。",
    "*强调*也一样，*“引号”*后面是字。",
    "***非常重要***的事情。",
    "~~删除线。~~后面继续。",
    r"**时间复杂度：**\(O(n)\)，**空间复杂度：**\(O(1)\)。",
    "**答案：$x=1$。**所以成立。",
    "当**$n>0$**时成立，当**$n=0$**时不成立。",
    "「**かっこ**」の中、**「かっこ」**の外。",
    "これは**重要です。**しかし、次へ。",
    "**한국어**는 조사와 **붙습니다.**그래서 중요합니다.",
    "**步骤1：**打开终端；**步骤2：**输入`ls`；**步骤3：**回车。",
    "《**红楼梦**》是**《四大名著》**之一。",
    "**价格：**￥100，**折扣：**8折！",
    "**100%**正确，**C++**和**C#**都可以。",
    "**Python3.11+**版本支持，**（可选）**安装。",
    "**Note:** 英文，**注意:**中文。",
    "- **第一，**准备；",
    "- **第二**、**第三**……",
    "1. **性能——**很好",
    "文字**粗体*斜体*粗体**文字。",
    "5*3*2=30，a*b*c。",
    "**“A”**、**“B”**和**“C”**。",
    "**🚀亮点：**速度快🚀**非常快**🚀",
    "**①**首先**②**其次",
    "（**括号内**）和**（括号）**内外",
    "**关键词**：*“斜体”*。**（注：略）**完",
    "“**引号内粗体**”与**冒号**：混排",
    "**结论：** 有空格。**结论：**没空格。**结论**： 全角。",
    "**a**b**c**中**d**e",
    "**[链接](x)：**说明；**![图](y)**后",
    "**1.** 首先，**2.**其次",
    "**跨行\n强调**结束。",
]


@pytest.mark.parametrize("sentence", _SENTENCES)
def test_no_mark_of_emphasis_is_left_over(sentence: str):
    (block,) = parse(sentence)
    assert isinstance(block, Paragraph)

    assert any(span.style is not Style.PLAIN for span in block.spans)
    assert not any(mark in span.text for span in block.spans if not span.formula for mark in "*~")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("换行在中文\n中间不加空格，\nEnglish\nline加空格。", "换行在中文中间不加空格，English line加空格。"),
        ("**重点**\n中文", "重点中文"),
        ("中文\n**重点。**\n中文", "中文重点。中文"),
        ("其中\n$x$\n是变量", "其中 $x$ 是变量"),
        ("見る\n「例」", "見る「例」"),
    ],
)
def test_a_line_break_between_characters_without_spaces_is_nothing(source: str, words: str):
    (block,) = parse(source)
    assert isinstance(block, Paragraph)

    assert "".join(span.text for span in block.spans) == words
