"""Models: the picker, the page, recommendations, downloads, management and speed.

Open first:

- `services/model_guide.py`: which models suit this machine
- `services/pulls.py`: downloads
- `services/model_management.py`: copy, delete, load, create
- `ui/page/models_presenter.py`: the page of models
- `ui/picker/model_picker.py`: the picker
"""
