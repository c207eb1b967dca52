"""Servers: adding, editing, testing, secrets, and the connection doctor."""
