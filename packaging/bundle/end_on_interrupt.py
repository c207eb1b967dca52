"""Runs in the frozen program before all else: Ctrl+C ends it without a word until the program decides what that means.

What PyInstaller runs next for Qt would end with a fatal error, or lose the signal.
"""

try:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_DFL)
except KeyboardInterrupt:
    raise SystemExit(130) from None
