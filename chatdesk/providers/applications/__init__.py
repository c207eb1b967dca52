"""Providers for applications that answer chats (Dify, FastGPT, DB-GPT, n8n, VectorVein)."""
