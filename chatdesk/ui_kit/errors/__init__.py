"""The wording of errors: `wordings.py` is the table, `error_texts.py` renders it in the window."""
