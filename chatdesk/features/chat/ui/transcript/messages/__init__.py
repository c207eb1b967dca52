"""Message items: questions and answers with reasoning, strips and buttons. They do not know the scrolled page."""
