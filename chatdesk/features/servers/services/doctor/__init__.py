"""Connection doctor: finds out why a server cannot be used."""
