"""Guide to DeepSeek's models: which of them the machine can run."""
