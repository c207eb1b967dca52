"""Files and pictures sent with a message.

Open first:

- `services/attachments.py`: stores pictures and prepares them for a request
- `services/incoming.py`: reads a file within a size limit
- `services/request_pictures.py`: which pictures are sent with a request
- `services/pictures.py`: fetches a picture from the web when the user asks
"""
