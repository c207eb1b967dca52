"""Texts on how models run on a machine: verdicts, memory needs, speeds, the machine. Pure functions without widgets."""

from PySide6.QtCore import QCoreApplication, QLocale

from chatdesk.features.models.domain.catalogue import Judgement
from chatdesk.features.models.domain.model_fit import COMFORTABLE_SPEED, Fit, Verdict
from chatdesk.features.models.domain.model_names import NameProblem
from chatdesk.kernel.models.machine import GraphicsCard, Machine
from chatdesk.kernel.models.memory_need import MemoryNeed
from chatdesk.ui_kit.text.download_texts import download_size, join_parts

VERDICT_ICONS = {
    Verdict.GRAPHICS: ("circle-check", "success"),
    Verdict.PARTLY: ("triangle-alert", "warning"),
    Verdict.PROCESSOR: ("triangle-alert", "warning"),
    Verdict.TOO_LARGE: ("circle-x", "danger"),
    Verdict.UNKNOWN: ("circle-question-mark", "textSecondary"),
}
"""Icon and colour token."""
translate = QCoreApplication.translate
"""Alias under which the translation tools find the texts."""
_THOUSAND = 1024
_GIGABYTE = 1024**3


def memory_size(size: int) -> str:
    """Return a size in units of 1,024, as memory and graphics cards are sold. Decimals are omitted if not significant."""
    gigabytes = size / _GIGABYTE
    whole = size % _GIGABYTE == 0 or gigabytes >= 100
    return f"{QLocale().toString(gigabytes, 'f', 0 if whole else 1)} GB"


def context_text(tokens: int) -> str:
    """Return a context length in short form: `32K`."""
    return f"{tokens // _THOUSAND}K"


def fit_icon(fit: Fit, speed: float | None) -> tuple[str, str]:
    """Return icon and colour token of how a model fits; a comfortable speed on the CPU is not a warning."""
    if fit.runs and speed and speed >= COMFORTABLE_SPEED:
        return VERDICT_ICONS[Verdict.GRAPHICS]
    return VERDICT_ICONS[fit.verdict]


def verdict_text(judgement: Judgement) -> str:
    """Return a short text of the verdict."""
    fit, slow = judgement.fit, (judgement.speed or 0.0) < COMFORTABLE_SPEED
    match fit.verdict:
        case Verdict.GRAPHICS:
            return translate("Guide", "Fits")
        case Verdict.PARTLY:
            share = QLocale().toString(round(fit.on_graphics * 100))
            text = translate("Guide", "{share}% on GPU, slow") if slow else translate("Guide", "{share}% on GPU")
            return text.format(share=share)
        case Verdict.PROCESSOR:
            return translate("Guide", "On CPU, slow") if slow else translate("Guide", "On CPU")
        case Verdict.TOO_LARGE:
            return translate("Guide", "Too large")
        case Verdict.UNKNOWN:
            return translate("Guide", "Unknown")


def speed_text(speed: float | None) -> str:
    """Return an estimated speed, rounded to its accuracy; empty if unknown."""
    if speed is None:
        return ""
    rounded = round(speed) if speed < 10 else round(speed / 5) * 5 if speed < 50 else round(speed / 10) * 10
    if rounded < 1:
        return translate("Guide", "less than 1 token/s, estimated")
    return translate("Guide", "about {count} tokens/s, estimated").format(count=QLocale().toString(rounded))


def remark_text(judgement: Judgement) -> str:
    """Return what prevents or would improve running the model; empty for nothing."""
    fit, remarks = judgement.fit, []
    if judgement.disk_is_short:
        remarks.append(translate("Guide", "not enough disk space"))
    if fit.verdict in {Verdict.TOO_LARGE, Verdict.UNKNOWN}:
        remarks.append(translate("Guide", "needs about {size} of memory").format(size=memory_size(fit.need.total)))
    if fit.graphics_unknown and fit.verdict is Verdict.UNKNOWN:
        remarks.append(translate("Guide", "graphics memory unknown"))
    if fit.needs_free_memory:
        remarks.append(translate("Guide", "close other programs first"))
    return " · ".join(remarks)


def need_text(need: MemoryNeed, context: int) -> str:
    """Return the memory need of a model with a context as a calculation."""
    return translate(
        "Guide", "Weights {weights} + cache for {context} tokens {cache} + compute buffers {overhead} = {total}"
    ).format(
        weights=memory_size(need.weights),
        context=QLocale().toString(context),
        cache=memory_size(need.kv_cache),
        overhead=memory_size(need.overhead),
        total=memory_size(need.total),
    )


def usable_text(machine: Machine | None) -> str:
    """Return how much memory a model can use here; empty if unknown."""
    if machine is None or machine.memory is None:
        return ""
    graphics, memory = machine.usable_graphics, machine.usable_memory or 0
    if machine.unified:
        text = translate("Guide", "A model can use up to {memory} here, of which {graphics} is graphics memory.")
    elif graphics:
        text = translate("Guide", "A model can use up to {graphics} of graphics memory and {memory} of memory here.")
    else:
        text = translate("Guide", "A model can use up to {memory} of memory here.")
    return text.format(memory=memory_size(memory), graphics=memory_size(graphics))


def hint_text(judgement: Judgement) -> str:
    """Return what is known about a model whose name was typed: its size, and how it would run here."""
    return join_parts(
        download_size(judgement.build.size),
        verdict_text(judgement),
        speed_text(judgement.speed),
        remark_text(judgement),
    )


def problem_text(problem: NameProblem) -> str:
    """Return why a text is not a model name."""
    match problem:
        case NameProblem.EMPTY:
            return ""
        case NameProblem.TOO_LONG:
            return translate("Guide", "This model name is too long.")
        case NameProblem.ODD_SIGNS:
            return translate(
                "Guide", "Use only letters from a to z, digits, and . - _, without spaces, such as deepseek-r1:7b."
            )
        case NameProblem.NO_MODEL:
            return translate(
                "Guide",
                "This is not a model name. Paste the address of a model's page, or a command such as: ollama run qwen3",
            )
        case NameProblem.ELSEWHERE:
            return translate("Guide", "Models can be downloaded only from ollama.com and huggingface.co.")


def graphics_text(machine: Machine) -> str:
    """Return the machine's graphics hardware in one line."""
    if machine.unified:
        return machine.processor or translate("Guide", "shared with system memory")
    cards = [card for card in machine.cards if not card.integrated] or list(machine.cards)
    if not cards:
        return translate("Guide", "No graphics card found")
    first = _card_text(cards[0])
    return (
        first
        if len(cards) == 1
        else translate("Guide", "{first} and {count} more").format(first=first, count=len(cards) - 1)
    )


def memory_text(machine: Machine) -> str:
    """Return the machine's memory in one line."""
    if machine.memory is None:
        return translate("Guide", "Unknown")
    total = memory_size(_rounded(machine.memory))
    if machine.memory_free is None:
        return total
    return translate("Guide", "{total}, {free} free").format(
        total=total, free=memory_size(_rounded(machine.memory_free))
    )


def disk_text(machine: Machine) -> str:
    """Return the free disk space for models."""
    if machine.disk_free is None:
        return translate("Guide", "Unknown")
    return translate("Guide", "{free} free").format(
        free=QLocale().formattedDataSize(machine.disk_free, 0, QLocale.DataSizeFormat.DataSizeSIFormat)
    )


def _card_text(card: GraphicsCard) -> str:
    name = card.name.removeprefix("NVIDIA ")
    if card.integrated:
        return translate("Guide", "{name}, integrated").format(name=name)
    if card.memory is None:
        return translate("Guide", "{name}, memory unknown").format(name=name)
    return f"{name}, {memory_size(_rounded(card.memory))}"


def _rounded(size: int) -> int:
    """Return a size rounded to gigabytes, because systems reserve some of the installed memory."""
    return round(size / _GIGABYTE) * _GIGABYTE or size
