"""Files and pictures that are sent with a message.

Open first:

- `services/attachments.py`: stores pictures and prepares them for a request
- `services/incoming.py`: reads a file within bounds
- `services/request_pictures.py`: which pictures go with a request
- `services/pictures.py`: fetches a picture from the web when the user asks
"""
