"""One history on several computers, through a folder that they share.

Open first:

- `domain/operations.py`: what the computers tell each other
- `files/change_log.py`: how changes of this computer are noted
- `files/merging.py`: how those of others are merged
"""
