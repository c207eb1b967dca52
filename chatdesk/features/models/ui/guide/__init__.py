"""The guide to DeepSeek's models: what the machine can run, as a page in place of the chats."""
