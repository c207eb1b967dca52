"""Settings section of the model hubs."""
