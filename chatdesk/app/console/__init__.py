"""The parts of the command line: its arguments, its input and output, its words, and how a run ends. What the verbs do: `app/ask.py`."""
