"""The list of all servers' models: what is looked for in it, and in which order it stands."""
