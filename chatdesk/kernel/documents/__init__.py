"""Documents attached to messages: their text, which parts of it are sent, and how."""
