"""Quick questions: a small window for one question.

Open first:

- `ui/quick_presenter.py`: opens the window and asks
- `ui/quick_window.py`: the window
- `services/quick_questions.py`: where quick questions are stored
"""
