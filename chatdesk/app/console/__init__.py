"""The command line: arguments, input and output, texts, and exit codes. `app/ask.py` answers a question."""
