"""Types of errors, which carry data and no sentences.

`registry.py` lists them all; `ui_kit/errors/wordings.py` has their wording for the window and the command line.
"""
