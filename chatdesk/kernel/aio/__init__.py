"""Helpers around asyncio and threads."""
