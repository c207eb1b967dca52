"""One history on several computers, through a folder that they share.

Open first:

- `domain/operations.py`: the changes that computers exchange
- `files/change_log.py`: how changes of this computer are recorded
- `files/merging.py`: how those of other computers are merged
"""
