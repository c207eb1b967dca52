"""The use cases: async, without Qt; the only code that combines the rooms below."""
