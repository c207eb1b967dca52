"""Pictures wherever they are shown: decoded within bounds, kept in memory, made ready to be sent."""
