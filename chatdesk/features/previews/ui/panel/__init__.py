"""The panel beside the chat in which a generated page runs, with its code and its console. The engine of pages is not known here."""
