"""Why the certificate of a server was refused, read from OpenSSL's message."""

from enum import Enum, auto


class CertificateProblem(Enum):
    """What is wrong with a certificate."""

    EXPIRED = auto()
    """It has expired, or is not valid yet."""
    WRONG_NAME = auto()
    SELF_SIGNED = auto()
    """It is not from a trusted authority."""
    OTHER = auto()


_MESSAGES = (
    (CertificateProblem.EXPIRED, ("expired", "not yet valid")),
    (CertificateProblem.WRONG_NAME, ("hostname mismatch", "ip address mismatch", "not valid for")),
    (
        CertificateProblem.SELF_SIGNED,
        ("self-signed", "self signed", "issuer certificate", "unable to verify the first"),
    ),
)
"""OpenSSL's messages (X509_verify_cert_error_string), in lower case."""


def certificate_problem(reason: str) -> CertificateProblem:
    """Return what is wrong, from the `reason` of `CertificateRefused`."""
    text = reason.lower()
    return next(
        (problem for problem, fragments in _MESSAGES if any(fragment in text for fragment in fragments)),
        CertificateProblem.OTHER,
    )
