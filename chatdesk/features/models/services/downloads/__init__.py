"""Downloads of models from hubs."""
