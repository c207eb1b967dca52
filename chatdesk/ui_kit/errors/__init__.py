"""The wording of errors: `wordings.py` is the table, `errors.py` renders it in the window."""
