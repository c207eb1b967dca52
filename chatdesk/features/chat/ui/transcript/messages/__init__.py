"""One message: question or answer with its reasoning, strips and buttons. Nothing here knows the scrolled page around it."""
