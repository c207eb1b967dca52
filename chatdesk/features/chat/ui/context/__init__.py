"""The options for a chat that does not fit into the context of its model."""
