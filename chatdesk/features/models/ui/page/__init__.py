"""The page of models, in place of the chats: all servers' models in one list, and what there is to know and to set of one.

What can be done with a model is gathered in `model_actions.py`: whoever has more to offer adds it there.
"""
