"""Applications as chat partners (Dify, n8n, FastGPT, …): their forms above the composer. Their protocols: `providers/applications/`."""
