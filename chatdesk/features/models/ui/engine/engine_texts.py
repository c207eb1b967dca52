"""Texts about model files, and about the built-in engine that runs them."""

from functools import reduce

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt

from chatdesk.features.servers.domain.graphics_fallback import Fallback, FallbackReason
from chatdesk.features.servers.services.built_in.engine_programs import ProgramInUse
from chatdesk.kernel.models.machine import EngineFacts, Offload
from chatdesk.kernel.models.model_file import FileProblem, ModelFile, ModelKind, ModelOrigin
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.text.safe_text import plain_line

_CONTEXT = "Engine"
_FAST = ("AVX", "FMA", "AMX", "NEON", "DOTPROD", "MATMUL_INT8", "SVE", "SME")
_PROBLEMS = {
    FileProblem.MISSING: QT_TRANSLATE_NOOP("Engine", "File not found."),
    FileProblem.UNREADABLE: QT_TRANSLATE_NOOP("Engine", "No permission to read the file."),
    FileProblem.NOT_GGUF: QT_TRANSLATE_NOOP("Engine", "This is not a GGUF file."),
    FileProblem.OLD_VERSION: QT_TRANSLATE_NOOP("Engine", "The engine does not support this GGUF version."),
    FileProblem.CUT: QT_TRANSLATE_NOOP("Engine", "The file is incomplete. The download may not have finished."),
    FileProblem.DAMAGED: QT_TRANSLATE_NOOP("Engine", "The file is damaged."),
    FileProblem.PARTS_MISSING: QT_TRANSLATE_NOOP("Engine", "Some parts of the model are missing."),
}
_KINDS = {
    ModelKind.EMBEDDING: QT_TRANSLATE_NOOP("Engine", "It finds passages in documents and cannot be used for chats."),
    ModelKind.PROJECTOR: QT_TRANSLATE_NOOP("Engine", "Vision component of another model; cannot be used alone."),
    ModelKind.OTHER: QT_TRANSLATE_NOOP("Engine", "Not a chat model."),
}
_ORIGINS = {
    ModelOrigin.STARTER: QT_TRANSLATE_NOOP("Engine", "Included with Chatdesk"),
    ModelOrigin.OWN: QT_TRANSLATE_NOOP("Engine", "Added by you"),
    ModelOrigin.OLLAMA: "Ollama",
    ModelOrigin.LM_STUDIO: "LM Studio",
    ModelOrigin.HUGGING_FACE: "Hugging Face",
    ModelOrigin.LLAMA_CPP: "llama.cpp",
    ModelOrigin.DOWNLOADED: QT_TRANSLATE_NOOP("Engine", "Downloaded"),
}


def size_text(size: int) -> str:
    """Return a size in decimal units: 4.7 GB."""
    return QLocale().formattedDataSize(size, 1 if size >= 10**9 else 0, QLocale.DataSizeFormat.DataSizeSIFormat)


def tokens_text(tokens: int) -> str:
    """Return a number of tokens, formatted for the current language."""
    return QLocale().toString(tokens)


def origin_text(origin: ModelOrigin) -> str:
    """Return where a model comes from."""
    return QCoreApplication.translate(_CONTEXT, _ORIGINS[origin])


def origin_tag(origin: ModelOrigin) -> str:
    """Return the tag of a model for its origin; empty for one that belongs to no other program."""
    translate = QCoreApplication.translate
    match origin:
        case ModelOrigin.STARTER:
            return translate("Engine", "Built in")
        case ModelOrigin.OWN | ModelOrigin.DOWNLOADED:
            return ""
        case _:
            return origin_text(origin)


def unusable_file_text(file: ModelFile) -> str:
    """Return why a file cannot be used for chats; empty if it can."""
    if file.problem:
        return QCoreApplication.translate(_CONTEXT, _PROBLEMS[file.problem])
    if file.head and file.head.kind in _KINDS:
        return QCoreApplication.translate(_CONTEXT, _KINDS[file.head.kind])
    return ""


def caution_text(file: ModelFile, needed: int | None, memory: int | None) -> str:
    """Return what may go wrong with a usable file that needs this memory, in bytes; empty for nothing."""
    translate = QCoreApplication.translate
    if needed and memory and needed > memory:
        text = translate("Engine", "Needs about {needed} of memory; this computer has {memory}.")
        return text.format(needed=size_text(needed), memory=size_text(memory))
    if file.head and not file.head.has_chat_template:
        return translate("Engine", "The model has no chat template, so a generic one is used. Answers may be poor.")
    return ""


def details_text(file: ModelFile, context_tokens: int, needed: int | None) -> str:
    """Return details for choosing a model: size, quantisation, memory, context and origin."""
    translate, head = QCoreApplication.translate, file.head
    parts = translate("Engine", "{count} parts").format(count=file.parts) if file.parts > 1 else ""
    facts = [head and head.parameters, head and head.quantization, parts]
    if needed:
        facts.append(translate("Engine", "about {size} of memory").format(size=size_text(needed)))
    if head and head.trained_context:
        if context_tokens < head.trained_context:
            text = translate("Engine", "context {now} of {most} tokens")
        else:
            text = translate("Engine", "context {now} tokens")
        facts.append(text.format(now=tokens_text(context_tokens), most=tokens_text(head.trained_context)))
    if file.projector:
        facts.append(translate("Engine", "vision"))
    facts.append(origin_text(file.origin))
    return " · ".join(fact for fact in facts if fact)


_FAILURES = {
    FallbackReason.OUT_OF_MEMORY: QT_TRANSLATE_NOOP(
        "Engine", "{model} does not fit into the memory of the graphics card."
    ),
    FallbackReason.DEVICE_LOST: QT_TRANSLATE_NOOP("Engine", "The graphics card failed while {model} ran."),
    FallbackReason.SILENT: QT_TRANSLATE_NOOP("Engine", "The graphics card did not respond while {model} ran."),
    FallbackReason.ARCHITECTURE: QT_TRANSLATE_NOOP(
        "Engine", "The llama-server does not support this kind of model: {model}."
    ),
    FallbackReason.ENDED: QT_TRANSLATE_NOOP("Engine", "The llama-server failed while it loaded {model}."),
}


def fallback_text(fallback: Fallback) -> str:
    """Return why a model does not run entirely on the graphics card, and how it runs instead."""
    translate = QCoreApplication.translate
    failure = translate(_CONTEXT, _FAILURES[fallback.reason]).format(model=plain_line(fallback.name))
    if fallback.offload is Offload.HALF:
        instead = translate("Engine", "Half of it runs on the processor, so answers take longer.")
    else:
        instead = translate("Engine", "It runs on the processor, so answers take longer.")
    return two_sentences(failure, instead)


def two_sentences(first: str, second: str) -> str:
    """Join two sentences in the way of the language; either may be empty."""
    if not first or not second:
        return first or second
    both = QCoreApplication.translate("Errors", "{first} {second}", "two sentences")
    return both.format(first=first, second=second)


def program_facts_text(program: ProgramInUse) -> str:
    """Return the version of a program; for a downloaded build also its release, hash and date."""
    translate = QCoreApplication.translate
    lines = []
    if program.facts and program.facts.version:
        version = translate("Engine", "Version {version}").format(version=plain_line(program.facts.version))
        lines.append(version)
    if build := program.build:
        date = QLocale().toString(
            QDateTime.fromString(build.installed_at, Qt.DateFormat.ISODate).date(), QLocale.FormatType.ShortFormat
        )
        text = translate("Engine", "llama.cpp {tag}, installed on {date}")
        lines += [text.format(tag=build.tag, date=date), f"SHA-256 {build.sha256}"]
    return "\n".join(lines)


def machine_text(facts: EngineFacts, memory: int | None) -> str:
    """Return the hardware that the engine uses, and why it uses no GPU if so."""
    translate = QCoreApplication.translate
    cards = [device for device in facts.devices if device.is_graphics]
    processor = next((device.description for device in facts.devices if not device.is_graphics), "")
    parts = [processor, ", ".join(_fast_instructions(facts.features))]
    if memory:
        parts.append(translate("Engine", "{size} of memory").format(size=size_text(memory)))
    sentences = [translate("Engine", "Runs on: {facts}.").format(facts=" · ".join(part for part in parts if part))]
    if cards:
        names = ", ".join(f"{card.description} ({size_text(card.memory)})" for card in cards)
        sentences.append(translate("Engine", "Graphics: {names}.").format(names=names))
    else:
        sentences.append(
            translate(
                "Engine", "This build does not use a graphics card. For more speed, connect Ollama under Providers."
            )
        )
    if build := facts.version.rpartition(".")[2]:
        sentences.append(translate("Engine", "llama.cpp, build {build}.").format(build=build))
    return reduce(two_sentences, sentences)


def _fast_instructions(features: str) -> list[str]:
    """Return the processor instructions that speed up models, from llama.cpp's list: `CPU : AVX2 = 1 | FMA = 1`."""
    names = (each.partition(" = ")[0].rpartition(" : ")[2].strip() for each in features.split("|") if " = 1" in each)
    return [name for name in names if name.startswith(_FAST)]
