"""`python -m chatdesk`, and where installed programs begin. Nothing is imported before Ctrl+C is dealt with."""

import sys


def main() -> int:
    """Run what the arguments say and return the exit code.

    Ctrl+C ends the process without a word until whoever runs decides what it means: Python would print where it was importing.
    """
    try:
        import signal  # noqa: PLC0415 - takes a few milliseconds

        signal.signal(signal.SIGINT, signal.SIG_DFL)
    except KeyboardInterrupt:
        return 130
    from chatdesk.app.command_line import main as run  # noqa: PLC0415 - takes its time, see above

    return run()


if __name__ == "__main__":
    sys.exit(main())
