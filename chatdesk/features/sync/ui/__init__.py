"""The sheet of synchronisation."""
