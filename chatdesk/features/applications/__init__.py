"""Applications as chat partners (Dify, n8n, FastGPT, DB-GPT, VectorVein).

Their protocols are in `providers/applications/`.

Open first:

- `ui/application_presenter.py`: connects the form and the questions of an application with the chat
- `ui/application_strip.py`: the form above the composer
"""
