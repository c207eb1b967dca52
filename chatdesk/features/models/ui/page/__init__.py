"""Models page: one list of all servers' models, with the details and settings of one.

`actions.py` collects the actions for models; other parts of the program add theirs there.
"""
