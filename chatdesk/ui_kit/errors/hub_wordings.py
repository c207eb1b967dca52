"""The wording of errors of model hubs: a part of the table in `wordings.py`."""

from collections.abc import Mapping

from chatdesk.kernel.errors import hub_errors
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.errors.wording_types import NextStep, Wording

HUB_WORDINGS: Mapping[type[ChatdeskError], Wording] = {
    hub_errors.HubUnreachable: Wording(
        QT_TRANSLATE_NOOP("Errors", "There is no connection to {server}."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Check your internet connection. If {server} is blocked or slow where you are, choose another model source. What was "
            "downloaded is kept.",
        ),
        (NextStep.MODEL_SOURCES, NextStep.RETRY),
    ),
    hub_errors.HubError: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} could not answer."), steps=(NextStep.MODEL_SOURCES, NextStep.RETRY)
    ),
    hub_errors.HubRepositoryMissing: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} has no public repository {repository}."),
        QT_TRANSLATE_NOOP("Errors", "It was renamed or removed, or is private. Choose another model or model source."),
        (NextStep.MODEL_SOURCES,),
    ),
    hub_errors.HubRevisionMissing: Wording(
        QT_TRANSLATE_NOOP("Errors", "{repository} no longer has the version {revision} at {server}."),
        QT_TRANSLATE_NOOP("Errors", "Its authors replaced it. Search for the model again to get the current version."),
        (NextStep.MODEL_SOURCES, NextStep.RETRY),
    ),
    hub_errors.HubFileMissing: Wording(
        QT_TRANSLATE_NOOP("Errors", "{repository} no longer has the file {path} at {server}."),
        QT_TRANSLATE_NOOP("Errors", "Its authors removed or renamed it. Search for the model again."),
        (NextStep.MODEL_SOURCES, NextStep.RETRY),
    ),
    hub_errors.HubGated: Wording(
        QT_TRANSLATE_NOOP("Errors", "{repository} needs an account at {server}."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Sign in on the model's page, accept its conditions, and add a token of your account under Model sources.",
        ),
        (NextStep.MODEL_SOURCES, NextStep.MODEL_PAGE),
    ),
    hub_errors.HubConsentMissing: Wording(
        QT_TRANSLATE_NOOP("Errors", "Your account at {server} does not have access to {repository} yet."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Accept its conditions on the model's page. Some authors approve each request, which takes a while.",
        ),
        (NextStep.RETRY, NextStep.MODEL_PAGE),
    ),
    hub_errors.HubTokenRejected: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} does not accept your token."),
        QT_TRANSLATE_NOOP("Errors", "It is wrong, expired or withdrawn. Replace or remove it under Model sources."),
        (NextStep.RETRY, NextStep.MODEL_SOURCES),
    ),
    hub_errors.HubBusy: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} received too many requests from your connection."),
        QT_TRANSLATE_NOOP("Errors", "It accepts the next one in {seconds:.0f} s. What was downloaded is kept."),
        (NextStep.MODEL_SOURCES, NextStep.RETRY),
    ),
    hub_errors.HubFailed: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} has a problem of its own (status {status})."),
        QT_TRANSLATE_NOOP("Errors", "Try again later, or choose another model source. What was downloaded is kept."),
        (NextStep.MODEL_SOURCES, NextStep.RETRY),
    ),
    hub_errors.NotAHub: Wording(
        QT_TRANSLATE_NOOP("Errors", "The response of {address} is not that of a model source."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Check the address under Model sources. A network that requires a login may also answer in place of it.",
        ),
        (NextStep.RETRY, NextStep.MODEL_SOURCES),
    ),
    hub_errors.HubRedirectRefused: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} redirects to {host} without encryption or too often."),
        QT_TRANSLATE_NOOP("Errors", "Nothing was downloaded from there. Choose another model source."),
        (NextStep.RETRY, NextStep.MODEL_SOURCES),
    ),
    hub_errors.HubFileChanged: Wording(
        QT_TRANSLATE_NOOP("Errors", "{path} at {server} is not the expected file."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Its size or SHA-256 differs, so nothing was downloaded. Choose another model source, or search for the model again.",
        ),
        (NextStep.RETRY, NextStep.MODEL_SOURCES),
    ),
    hub_errors.HubHashMissing: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} does not report the SHA-256 of {path}."),
        QT_TRANSLATE_NOOP("Errors", "Without it, the file cannot be verified, so it was not downloaded."),
        (NextStep.MODEL_SOURCES,),
    ),
}
