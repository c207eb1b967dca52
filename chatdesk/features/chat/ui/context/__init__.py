"""What is said where a chat does not fit into its model's context."""
