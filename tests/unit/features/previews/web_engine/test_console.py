from chatdesk.features.previews.web_engine.console import Console, ConsoleLine, Level, refused_address


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_equal_lines_in_a_row_are_one_with_its_count() -> None:
    console = Console(Clock())
    for _ in range(3):
        console.add(Level.INFO, "tick", 4)
    console.add(Level.WARNING, "tick", 4)

    assert console.lines == (ConsoleLine(Level.INFO, "tick", 4, 3), ConsoleLine(Level.WARNING, "tick", 4))


def test_a_marked_line_tells_its_place() -> None:
    console = Console(Clock())
    console.add(Level.INFO, "\x0112:7\x01{a: 1}", 9)
    console.add(Level.INFO, "\x01\x01of no place", 9)

    assert console.lines == (ConsoleLine(Level.INFO, "{a: 1}", 12), ConsoleLine(Level.INFO, "of no place", None))


def test_a_page_cannot_make_the_console_longer_than_its_limits() -> None:
    console = Console(Clock(), flood=10_000)
    for number in range(1_005):
        console.add(Level.ERROR, f"{number} " + "x" * 20_000, 1)

    assert len(console.lines) == 1_000
    assert console.dropped == 5
    assert console.errors == 1_005
    assert max(len(line.text) for line in console.lines) == 10_000


def test_a_flood_is_reported_and_a_busy_page_is_not_one() -> None:
    clock = Clock()
    console = Console(clock, flood=3)
    assert [console.add(Level.INFO, str(number), 1) for number in range(4)] == [False, False, False, True]
    clock.now = 1.5
    assert not console.add(Level.INFO, "later", 1)


def test_what_the_policy_refused_is_found_in_chromium_s_words() -> None:
    image = "Refused to load the image 'http://127.0.0.1:11434/i' because it violates the following Content Security Policy directive: …"
    assert refused_address(image) == "http://127.0.0.1:11434/i"
    assert refused_address("Uncaught ReferenceError: 'a:b' is not defined") is None


def test_what_the_policy_refused_is_no_error_of_the_code() -> None:
    console = Console(Clock())
    console.add(
        Level.ERROR,
        "Fetch API cannot load http://a.b/. Refused to connect because it violates the document's Content Security Policy.",
        3,
    )

    assert console.errors == 0
    assert console.lines[0].level is Level.WARNING


def test_a_line_of_a_script_with_a_name_keeps_it_and_one_of_ours_does_not() -> None:
    console = Console(Clock())
    console.add(Level.ERROR, "Uncaught ReferenceError: x is not defined", 3, "App.jsx")
    console.add(Level.INFO, "\x0112:7\x01said", 9, "userscript:chatdesk")

    assert [(line.line, line.script) for line in console.lines] == [(3, "App.jsx"), (12, "")]


def test_the_line_end_of_chromium_s_own_messages_is_no_empty_line() -> None:
    console = Console(Clock())
    console.add(Level.ERROR, "Refused to load it because of the Content Security Policy.\n", 3)

    assert console.lines[0].text == "Refused to load it because of the Content Security Policy."
