"""Models: picker, page, recommendations, downloads, management and speed.

Open first:

- `services/model_library.py`: all services of models behind one class
- `services/model_catalogue.py`: models to download for this machine
- `services/pulls.py`: downloads
- `ui/page/models_page_controller.py`: the models page, with the list and the recommendations
- `ui/picker/model_picker.py`: the picker
"""
