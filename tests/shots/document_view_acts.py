"""What the person does in the view of a document."""

from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QFont, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from chatdesk.features.chat.ui.composer.offered_files import OfferedFiles
from chatdesk.kernel.chat.message import DocumentPart, PassageRange, SentAs
from chatdesk.kernel.documents.passages import cut_passages
from tests.paths import ROOT
from tests.shots.window_driver import WindowDriver


async def view_document(driver: WindowDriver) -> None:
    """Ask about a report with three of its passages, and open it at one of them."""
    document = await ask_about(driver, report(driver.language), _QUESTIONS[driver.language])
    text = await driver.program.chat.attachments.text_of(document)
    assert text
    promise = _PROMISES[driver.language]
    section = next(number for number, each in enumerate(text.sections, 1) if promise[:8] in _flat(each.text))
    flat = _flat(text.sections[section - 1].text)
    start = flat.index(promise[:8])
    end = flat.index(promise[-8:], start) + 8
    driver.window._page.open_document(document, PassageRange(section, start, end))
    await driver.settle(1.5)


async def find_in_document(driver: WindowDriver) -> None:
    """Look for a word in a report."""
    await view_document(driver)
    driver.part("findInDocument").click()
    field = driver.window.findChild(QWidget, "documentView").findChild(QLineEdit, "findField")
    field.setText({"en": "promise", "zh_CN": "包装"}[driver.language])
    await driver.settle(1.0)


async def choose_pages(driver: WindowDriver) -> None:
    """Choose the pages of a report that has not been sent."""
    document = await attach(driver, report(driver.language))
    driver.window._page.open_document(document)
    await driver.settle(1.5)
    driver.part("changeSent").click()
    QTest.keyClicks(driver.part("sectionNumbers"), "2-3, 5")
    await driver.settle(1.0)


async def view_pages(driver: WindowDriver) -> None:
    """Look at the pages of a report alone."""
    await view_document(driver)
    views = driver.part("documentViews")
    views.choose("page")
    views.chosen.emit("page")
    await driver.settle(1.0)


async def view_sheets(driver: WindowDriver) -> None:
    """Look at a document without pictures of pages."""
    document = await attach(driver, ROOT / "tests/data/documents/costs.xlsx")
    driver.window._page.open_document(document)
    await driver.settle()


async def attach(driver: WindowDriver, path: Path) -> DocumentPart:
    """Attach a document and return it when it has been read."""
    driver.window._page.composer.files_offered.emit(OfferedFiles((path,)))
    (document,) = await driver.until(driver.window._page.composer.attachments)
    assert isinstance(document, DocumentPart)
    return document


async def ask_about(driver: WindowDriver, path: Path, question: str) -> DocumentPart:
    """Ask a question with some paragraphs of a document; return the document as it was sent."""
    document = await attach(driver, path)
    text = await driver.program.chat.attachments.text_of(document)
    assert text
    passages = [each.where for each in cut_passages(text)]
    sent = replace(
        document, sent_as=SentAs.PASSAGES, passages=tuple(passages[1:8:3]), passage_count=len(passages), tokens=3_120
    )
    driver.window._page.composer.set_attachments([sent])
    driver.type(question)
    driver.part("sendButton").click()
    await driver.settle(1.5)
    return driver.window._page.transcript.document.messages[-2].documents[0]


def report(language: str) -> Path:
    """Write a report with several pages as PDF and return its path."""
    names = {"en": "Annual report 2025.pdf", "zh_CN": "2025 年度报告.pdf"}
    path = Path(mkdtemp(prefix="chatdesk-shots-")) / names[language]
    document = QTextDocument()
    family = "Noto Sans CJK SC" if language == "zh_CN" else "DejaVu Serif"
    document.setDefaultFont(QFont(family, 11))
    document.setHtml(_html(language))
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(22, 20, 22, 20))
    document.print_(writer)
    return path


def _flat(text: str) -> str:
    """Return a text with line ends as spaces."""
    return text.replace("\n", " ")


_PROMISES = {
    "en": "We will use 30% less packaging per litre by the end of 2025, measured against 2022",
    "zh_CN": "到 2025 年底，每升产品的包装用量比 2022 年减少 30%",
}
_PAGES = {
    "en": {
        "Foreword": (
            (
                "Dear readers, this report shows what we did with the money, the water and the trust that we were given. It was a year "
                "of small steps, most of them in the right direction, and of two that we would not take again."
            ),
            "The figures were checked by the same auditor as last year. Where we changed the way of counting, both ways are shown.",
        ),
        "What we promised": (
            (
                "In last year’s report we set out three promises for 2025. They were chosen with our shops and suppliers, and each of "
                "them has a figure, a date and an owner."
            ),
            (
                f"The first concerns packaging. {_PROMISES['en']}, and publish the figure for every plant. Glass, card and film count "
                "by weight."
            ),
            (
                "The second concerns refills: stations in 120 shops, of which at least 40 are outside the capital. The third is the "
                "lorry fleet, where one in five is to run on electricity."
            ),
            (
                "Where a promise depends on others we say so. Film is bought with two neighbours, and the price of the thinner kind "
                "was known only in May."
            ),
            (
                "Progress was reviewed every quarter by the board. The results stand in chapters 4 to 6, with the plants that missed "
                "their share named one by one."
            ),
        ),
        "Who owns which promise": (
            (
                "Packaging belongs to the plants, refills to the shops and the fleet to logistics. Each of them reports in the first "
                "week of a quarter, in the same form, and the form is printed at the end of this report so that readers can follow the "
                "figures over the years."
            ),
        ),
        "Packaging": (
            (
                "By December the weight of packaging per litre had fallen by 26%. Lighter bottles account for more than half of it; the "
                "thinner film saved less than was hoped, because it tore on two of the lines."
            ),
            (
                "Two plants missed their share. Both had to buy film at the price of May, and both have a new date, which is the end of "
                "June."
            ),
        ),
        "Outlook": (
            "The promises stay as they are. What is missing in packaging is to be caught up with in the first half of 2026.",
        ),
    },
    "zh_CN": {
        "前言": (
            "各位读者，本报告说明我们如何使用获得的资金、水和信任。这一年迈出的多是小步，其中大多数方向正确，也有两步我们不会再走。",
            "数字由与去年相同的审计机构核对。凡是改变了计算方法的地方，两种结果都列出。",
        ),
        "我们的承诺": (
            "去年的报告里，我们为 2025 年定下了三项承诺。它们是与门店和供应商一起选定的，每一项都有数字、期限和负责人。",
            f"第一项是包装。{_PROMISES['zh_CN']}，并公布每家工厂的数字。玻璃、纸板和薄膜按重量计算。",
            "第二项是补充装：在 120 家门店设站，其中至少 40 家在首都以外。第三项是货车队，五分之一要改用电力。",
            "凡是取决于他人的承诺，我们都会说明。薄膜与两家邻近企业一起采购，更薄的那种到五月才知道价格。",
            "董事会每个季度检查进展。结果见第 4 至 6 章，未达标的工厂逐一列出。",
        ),
        "谁负责哪项承诺": (
            "包装由工厂负责，补充装由门店负责，车队由物流部门负责。各方在每季度的第一周用同样的表格汇报。",
        ),
        "包装": (
            "到十二月，每升产品的包装重量下降了 26%。其中一半以上来自更轻的瓶子；更薄的薄膜在两条生产线上破裂，节省得不如预期。",
        ),
        "展望": ("承诺保持不变。包装方面的差距要在 2026 年上半年补上。",),
    },
}
_QUESTIONS = {"en": "Was the report’s promise about packaging kept?", "zh_CN": "报告里关于包装的承诺兑现了吗？"}


def _html(language: str) -> str:
    pages = _PAGES[language].items()
    return "".join(
        f'<h2 style="{"page-break-before: always" if number > 1 else ""}">{number} {title}</h2>'
        + "".join(f"<p>{each}</p>" for each in paragraphs)
        for number, (title, paragraphs) in enumerate(pages, 1)
    )
