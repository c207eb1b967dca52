"""The connection doctor on the screen: a card that says what is wrong with a server, and mends it."""
