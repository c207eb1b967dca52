"""User interface of the connection doctor: a card with the problems of a server and their remedies."""
