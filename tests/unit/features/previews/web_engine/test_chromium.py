from chatdesk.features.previews.web_engine.chromium import FLAGS, prepare_environment


def test_what_was_there_to_weaken_the_engine_is_gone() -> None:
    environment = {
        "QTWEBENGINE_CHROMIUM_FLAGS": "--no-sandbox --remote-debugging-port=9222",
        "QTWEBENGINE_DISABLE_SANDBOX": "1",
        "QTWEBENGINE_REMOTE_DEBUGGING": "9222",
        "QTWEBENGINEPROCESS_PATH": "/tmp/evil",
        "CHROME_DEVEL_SANDBOX": "/tmp/evil",
        "HOME": "/home/someone",
    }

    prepare_environment(environment)

    assert environment.keys() == {"HOME", "QTWEBENGINE_CHROMIUM_FLAGS"}
    assert "sandbox" not in environment["QTWEBENGINE_CHROMIUM_FLAGS"]
    assert "debugging" not in environment["QTWEBENGINE_CHROMIUM_FLAGS"]


def test_a_switch_with_blanks_is_one_switch() -> None:
    environment: dict[str, str] = {}

    prepare_environment(environment, "--log-net-log=/tmp/log")

    line = environment["QTWEBENGINE_CHROMIUM_FLAGS"]
    assert '"--host-resolver-rules=MAP * ~NOTFOUND"' in line
    assert line.endswith("--log-net-log=/tmp/log")
    assert all(flag in line for flag in FLAGS)
