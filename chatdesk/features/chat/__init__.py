"""Chats: asking, answering, the transcript and the composer.

Open first:

- `services/chat.py`: send, stop, regenerate, continue, edit, queue
- `services/answer_stream.py`: one answer while it is being written
- `services/request/request_builder.py`: what is sent to a model
- `services/answer_pipeline.py`: fits a question into the context; what is left out is decided in `kernel/context/`
- `ui/chat_presenter.py`: connects the page with the services
- `ui/transcript/transcript_view.py`: the transcript
"""
