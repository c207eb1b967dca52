"""Which links may be opened (cases 79-81)."""

import pytest

from chatdesk.kernel.links import Verdict, assess_link


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<script>",
        "vbscript:x",
        "file:///etc/passwd",
        "smb://host/share",
        "ms-msdt:/id",
        "calculator:",
        "//host/path",
        "relative/path",
        "/absolute",
        "https:\\\\host",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "java%73cript:alert(1)",
        "https://user:password@host/",
        "https://host@evil.example/",
        "https://",
        "https://exa mple.com",
        "https://\u202eexample.com",
        "http://[::1",
        "mailto:nobody",
        "",
        "#anchor",
    ],
)
def test_what_is_not_plainly_a_web_page_or_a_mail_is_refused(target: str) -> None:
    assert assess_link(target).verdict is Verdict.REFUSE


@pytest.mark.parametrize(
    "target", ["https://example.com/a?b=c#d", "http://127.0.0.1:11434", "HTTPS://EXAMPLE.com", "mailto:a@example.com"]
)
def test_plain_web_and_mail_links_open(target: str) -> None:
    assert assess_link(target).verdict is Verdict.OPEN


def test_words_that_name_another_host_must_be_confirmed() -> None:
    assert assess_link("https://evil.example/login", "https://bank.com").verdict is Verdict.CONFIRM
    assert assess_link("https://evil.example/login", "bank.com/login").verdict is Verdict.CONFIRM
    assert assess_link("https://www.bank.com/login", "bank.com").verdict is Verdict.OPEN
    assert assess_link("https://evil.example/", "my bank").verdict is Verdict.OPEN


def test_file_servers_are_confirmed() -> None:
    judgement = assess_link("ftp://files.example.com/a")
    assert judgement.verdict is Verdict.CONFIRM
    assert judgement.host == "files.example.com"
    assert assess_link("ftp://user:secret@files.example.com/a").verdict is Verdict.REFUSE


def test_a_host_outside_plain_letters_is_shown_in_punycode_and_confirmed() -> None:
    judgement = assess_link("https://аpple.com/")  # the first letter is Cyrillic
    assert judgement.verdict is Verdict.CONFIRM
    assert judgement.host.startswith("xn--")
