"""Dialog for importing a conversation."""
