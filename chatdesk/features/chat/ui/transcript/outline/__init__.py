"""The outline of the chat being shown: its questions and the headings of its answers."""
