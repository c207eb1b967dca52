"""Writing the prompt: as text or as sections."""
