"""Texts of the doctor's findings. Texts from servers and hosts are only inserted as values, reduced to one harmless line."""

from functools import reduce
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication, QLocale

from chatdesk.features.servers.domain.diagnosis import Check, Diagnosis
from chatdesk.features.servers.domain.finding import Cause, Finding, System
from chatdesk.features.servers.ui.server_texts import server_name
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.errors.error_texts import describe_error, joined, sentence_and_consequence
from chatdesk.ui_kit.text.safe_text import plain_line

_SENTENCES: dict[Cause, tuple[str, str]] = {
    Cause.INSTALLED: (QT_TRANSLATE_NOOP("Doctor", "Ollama {version} is installed"), ""),
    Cause.NOT_INSTALLED: (
        QT_TRANSLATE_NOOP("Doctor", "Ollama was not found on this computer"),
        QT_TRANSLATE_NOOP("Doctor", "Download it, or run the command in a terminal, then check again."),
    ),
    Cause.NOT_RUNNING: (QT_TRANSLATE_NOOP("Doctor", "Ollama is not running (no response on port {port})"), ""),
    Cause.STARTED_ELSEWHERE: (
        QT_TRANSLATE_NOOP("Doctor", "Ollama is running, but not on port {port}"),
        QT_TRANSLATE_NOOP("Doctor", "The environment variable OLLAMA_HOST may be set."),
    ),
    Cause.START_FAILED: (QT_TRANSLATE_NOOP("Doctor", "Ollama could not be started"), "{ending}"),
    Cause.LISTENS: (QT_TRANSLATE_NOOP("Doctor", "A server responds at {host}, port {port}"), ""),
    Cause.NOBODY_HERE: (QT_TRANSLATE_NOOP("Doctor", "No response on port {port} of this computer"), ""),
    Cause.NOBODY_THERE: (
        QT_TRANSLATE_NOOP("Doctor", "{host} is reachable, but does not respond on port {port}"),
        QT_TRANSLATE_NOOP(
            "Doctor",
            "By default, Ollama accepts connections only from its own computer. If you let it listen on the "
            "network, everyone on that network can use it.",
        ),
    ),
    Cause.HOST_UNKNOWN: (
        QT_TRANSLATE_NOOP("Doctor", "Host not found: {host}"),
        QT_TRANSLATE_NOOP("Doctor", "Check the spelling, and that you are connected to its network."),
    ),
    Cause.HOST_SILENT: (
        QT_TRANSLATE_NOOP("Doctor", "{host} does not respond on port {port}"),
        QT_TRANSLATE_NOOP("Doctor", "It may be turned off, on another network, or behind a firewall."),
    ),
    Cause.ANSWERS: (QT_TRANSLATE_NOOP("Doctor", "{server} responds correctly"), "{answer}"),
    Cause.NO_ANSWER: (
        QT_TRANSLATE_NOOP("Doctor", "It accepts the connection, but sends nothing for {seconds} s"),
        QT_TRANSLATE_NOOP("Doctor", "It may be busy, or it may not be a chat server."),
    ),
    Cause.OTHER_LOOPBACK: (
        QT_TRANSLATE_NOOP("Doctor", "{server} responds at {address}"),
        QT_TRANSLATE_NOOP("Doctor", "“localhost” has two addresses, and the server listens on only one of them."),
    ),
    Cause.OTHER_PORT: (QT_TRANSLATE_NOOP("Doctor", "{server} responds at {address}"), "{version}"),
    Cause.OTHER_SERVER: (QT_TRANSLATE_NOOP("Doctor", "{vendor} responds at {address}"), ""),
    Cause.PROXY_IN_BETWEEN: (
        QT_TRANSLATE_NOOP("Doctor", "The proxy {proxy} blocks the connection"),
        QT_TRANSLATE_NOOP("Doctor", "Without the proxy, the server responds."),
    ),
    Cause.PROXY_FAILS: (QT_TRANSLATE_NOOP("Doctor", "The proxy {proxy} refused the request"), "{reason}"),
    Cause.HOST_NAME_REFUSED: (
        QT_TRANSLATE_NOOP("Doctor", "Ollama rejects the host name {host} (403)"),
        QT_TRANSLATE_NOOP(
            "Doctor",
            "It accepts other names only when it listens on the network, or when a reverse proxy sends “Host: "
            "localhost”.",
        ),
    ),
    Cause.ORIGIN_REFUSED: (
        QT_TRANSLATE_NOOP("Doctor", "Ollama rejects the Origin header (403)"),
        QT_TRANSLATE_NOOP(
            "Doctor", "Remove that header from the provider settings, or add its value to OLLAMA_ORIGINS."
        ),
    ),
    Cause.SELF_SIGNED: (
        QT_TRANSLATE_NOOP("Doctor", "The certificate is not from a trusted authority"),
        QT_TRANSLATE_NOOP("Doctor", "If this is your own server, choose its CA file."),
    ),
    Cause.WRONG_NAME: (
        QT_TRANSLATE_NOOP("Doctor", "The certificate is not for {host}"),
        QT_TRANSLATE_NOOP("Doctor", "Use the host name given in the certificate."),
    ),
    Cause.EXPIRED: (
        QT_TRANSLATE_NOOP("Doctor", "The certificate has expired or is not valid yet"),
        QT_TRANSLATE_NOOP("Doctor", "Renew it on the server, or check the date and time of this computer."),
    ),
    Cause.NOT_TRUSTED: (QT_TRANSLATE_NOOP("Doctor", "The certificate cannot be trusted"), "{reason}"),
    Cause.SPEAKS_PLAIN: (
        QT_TRANSLATE_NOOP("Doctor", "The address uses https, but the server is not encrypted"),
        "{address}",
    ),
    Cause.SPEAKS_TLS: (QT_TRANSLATE_NOOP("Doctor", "The address uses http, but the server is encrypted"), "{address}"),
    Cause.OTHER_PATH: (
        QT_TRANSLATE_NOOP("Doctor", "The server was found, but the path in the address is wrong"),
        QT_TRANSLATE_NOOP("Doctor", "It responds at {address}"),
    ),
    Cause.UNKNOWN_SERVER: (
        QT_TRANSLATE_NOOP("Doctor", "The server at this address is not a chat server"),
        "{unknown_server}",
    ),
    Cause.MOVED: (QT_TRANSLATE_NOOP("Doctor", "It redirects to another address"), "{location}"),
    Cause.KEY_ACCEPTED: (QT_TRANSLATE_NOOP("Doctor", "The API key is accepted"), ""),
    Cause.KEY_MISSING: (QT_TRANSLATE_NOOP("Doctor", "An API key is required, but none is saved for this address"), ""),
    Cause.KEY_REJECTED: (
        QT_TRANSLATE_NOOP("Doctor", "The API key was rejected (401)"),
        QT_TRANSLATE_NOOP("Doctor", "It may have expired, or belong to another provider or region."),
    ),
    Cause.KEY_HELD_BACK: (
        QT_TRANSLATE_NOOP("Doctor", "The API key was not sent, because the address is not encrypted"),
        QT_TRANSLATE_NOOP("Doctor", "Use an https address, or allow it in the settings."),
    ),
    Cause.MODEL_THERE: (QT_TRANSLATE_NOOP("Doctor", "{model} is available"), ""),
    Cause.MODEL_MISSING: (QT_TRANSLATE_NOOP("Doctor", "{model} is not available on this server"), ""),
    Cause.NO_MODELS: (
        QT_TRANSLATE_NOOP("Doctor", "The server has no models"),
        QT_TRANSLATE_NOOP(
            "Doctor",
            "Each user's Ollama has its own models folder. This one may have been started by another user.",
        ),
    ),
    Cause.OLD_VERSION: (
        QT_TRANSLATE_NOOP("Doctor", "Version {version} has a known security vulnerability"),
        QT_TRANSLATE_NOOP("Doctor", "Update to version {wanted} or later."),
    ),
    Cause.TOOK_TOO_LONG: (QT_TRANSLATE_NOOP("Doctor", "No response within {seconds} s"), ""),
    Cause.SERVER_REMOVED: (QT_TRANSLATE_NOOP("Doctor", "{server} has been removed"), ""),
}
"""What happened, and the explanation or advice in smaller type."""

_RUNNING = {
    Check.INSTALLED: QT_TRANSLATE_NOOP("Doctor", "Looking for Ollama on this computer…"),
    Check.LISTENING: QT_TRANSLATE_NOOP("Doctor", "Checking for a response…"),
    Check.ANSWERING: QT_TRANSLATE_NOOP("Doctor", "Contacting the server…"),
    Check.KEY: QT_TRANSLATE_NOOP("Doctor", "Contacting the server…"),
    Check.MODEL: QT_TRANSLATE_NOOP("Doctor", "Contacting the server…"),
    Check.ELSEWHERE: QT_TRANSLATE_NOOP("Doctor", "Checking other common addresses…"),
}

_HEADINGS: dict[Cause, str] = {
    Cause.NOT_INSTALLED: QT_TRANSLATE_NOOP("Doctor", "Ollama is not installed on this computer"),
    Cause.NOT_RUNNING: QT_TRANSLATE_NOOP("Doctor", "{server} is not running at {place}"),
    Cause.START_FAILED: QT_TRANSLATE_NOOP("Doctor", "{server} could not be started"),
    Cause.STARTED_ELSEWHERE: QT_TRANSLATE_NOOP("Doctor", "{server} does not respond at {place}"),
    Cause.NOBODY_HERE: QT_TRANSLATE_NOOP("Doctor", "{server} does not respond at {place}"),
    Cause.NOBODY_THERE: QT_TRANSLATE_NOOP("Doctor", "{server} does not respond at {place}"),
    Cause.HOST_UNKNOWN: QT_TRANSLATE_NOOP("Doctor", "{server} does not respond at {place}"),
    Cause.HOST_SILENT: QT_TRANSLATE_NOOP("Doctor", "{server} does not respond at {place}"),
    Cause.KEY_MISSING: QT_TRANSLATE_NOOP("Doctor", "{server} requires an API key"),
    Cause.KEY_REJECTED: QT_TRANSLATE_NOOP("Doctor", "{server} rejected the API key"),
    Cause.MODEL_MISSING: QT_TRANSLATE_NOOP("Doctor", "{server} responds, but a model is missing"),
    Cause.NO_MODELS: QT_TRANSLATE_NOOP("Doctor", "{server} responds, but a model is missing"),
}
_MAX_LINES, _MAX_LINE_LENGTH = 3, 150
"""Maximum number and length of displayed lines of a program's output."""
_DEFAULT_HEADING = QT_TRANSLATE_NOOP("Doctor", "{server} cannot be used at {place}")


def heading_text(diagnosis: Diagnosis) -> str:
    """Return the diagnosis in one sentence."""
    cause = diagnosis.cause
    if diagnosis.is_running and cause is None:
        text = _translate("Checking {server}…")
    elif cause is None:
        text = _translate("{server} responds at {place}")
    else:
        text = _translate(_HEADINGS.get(cause.cause, _DEFAULT_HEADING))
    return text.format(server=server_name(diagnosis.server), place=_address(diagnosis.server))


def progress_text(check: Check) -> str:
    """Return what a check is doing."""
    return _translate(_RUNNING[check])


def finding_text(finding: Finding, server: ServerConfig) -> tuple[str, str]:
    """Return a finding and its explanation, which may be empty."""
    if finding.error:
        text = describe_error(finding.error)
        return text.sentence, text.consequence
    sentence, meaning = _SENTENCES[finding.cause]
    values = {name: plain_line(value) for name, value in finding.facts.items()}
    if finding.cause is Cause.START_FAILED:
        sentence = "Ollama stopped right after it was started" if finding.facts.get("code") else sentence
        values["ending"] = _ending_text(finding)
    if finding.cause is Cause.OTHER_SERVER and not values["vendor"]:
        values["vendor"] = _translate("Another chat server")
    if finding.cause is Cause.INSTALLED and not values["version"]:
        return _translate("Ollama is installed"), ""
    values |= {
        "server": server_name(server),
        "answer": _answer_text(finding),
        "unknown_server": _unknown_server(values),
    }
    return _translate(sentence).format_map(values), _translate(meaning).format_map(values)


def system_text(system: System) -> str:
    """Return an operating system's name."""
    return {System.LINUX: "Linux", System.MACOS: "macOS", System.WINDOWS: "Windows"}[system]


def summary_text(finding: Finding, server: ServerConfig) -> str:
    """Return the complete text of a finding for screen readers."""
    sentence, meaning = finding_text(finding, server)
    if finding.error:
        return sentence_and_consequence(describe_error(finding.error))
    return f"{sentence}. {meaning}" if meaning else sentence


def _ending_text(finding: Finding) -> str:
    """Return how a started program ended, its last output, and what to do next."""
    code, reason = finding.facts.get("code", ""), plain_line(finding.facts.get("reason", ""))
    lines = [line[:_MAX_LINE_LENGTH] for line in map(plain_line, finding.facts.get("output", "").splitlines()) if line]
    output = " · ".join(lines[-_MAX_LINES:])
    next_step = _translate("Try again, or run the command in a terminal to see its full output.")
    sentences = [
        _translate("Exit code {code}.").format(code=_number(code)) if code else "",
        _translate("System error: “{reason}”.").format(reason=reason) if reason and not code else "",
        _translate("Last output: “{output}”.").format(output=output) if output else "",
    ]
    return reduce(joined, (*sentences, next_step))


def _answer_text(finding: Finding) -> str:
    """Return version, number of models and response time, as far as known."""
    facts = finding.facts
    answers = [plain_line(facts.get("version", ""))]
    if models := facts.get("models"):
        one = _translate("1 model")
        answers.append(one if models == "1" else _translate("{count} models").format(count=_number(models)))
    if milliseconds := facts.get("milliseconds"):
        answers.append(_translate("{time} ms").format(time=_number(milliseconds)))
    return " · ".join(word for word in answers if word)


def _unknown_server(values: dict[str, str]) -> str:
    """Return how an unknown server identifies itself: page title, program, status."""
    facts = (values.get("title"), values.get("program"), values.get("status"))
    return " · ".join(word for word in facts if word)


def _address(server: ServerConfig) -> str:
    return plain_line(urlsplit(server.base_url).netloc or server.base_url)


def _number(digits: str) -> str:
    return QLocale().toString(int(digits)) if digits.isdecimal() else plain_line(digits)


def _translate(source: str) -> str:
    return QCoreApplication.translate("Doctor", source) if source else ""


_TRANSLATABLE = (
    QT_TRANSLATE_NOOP("Doctor", "Checking {server}…"),
    QT_TRANSLATE_NOOP("Doctor", "{server} responds at {place}"),
    QT_TRANSLATE_NOOP("Doctor", "Another chat server"),
    QT_TRANSLATE_NOOP("Doctor", "Ollama is installed"),
    QT_TRANSLATE_NOOP("Doctor", "Ollama stopped right after it was started"),
    QT_TRANSLATE_NOOP("Doctor", "Exit code {code}."),
    QT_TRANSLATE_NOOP("Doctor", "System error: “{reason}”."),
    QT_TRANSLATE_NOOP("Doctor", "Last output: “{output}”."),
    QT_TRANSLATE_NOOP("Doctor", "Try again, or run the command in a terminal to see its full output."),
    QT_TRANSLATE_NOOP("Doctor", "1 model"),
    QT_TRANSLATE_NOOP("Doctor", "{count} models"),
    QT_TRANSLATE_NOOP("Doctor", "{time} ms"),
)
"""For the translation tools, which cannot follow `_translate`."""
