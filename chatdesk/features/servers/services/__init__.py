"""Server configurations, secrets, connections, and the models that servers list."""
