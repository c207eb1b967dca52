"""Values and pure functions that everything else is built on. Standard library only: no file, no network, no clock."""
