"""Facts of the machine: folders, resources, keyring, logging. No Qt."""
