"""The checks of the connection doctor, as values."""
