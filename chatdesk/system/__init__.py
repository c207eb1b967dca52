"""Information about the computer and services of the operating system: folders, hardware, keyring, logging. No Qt."""
