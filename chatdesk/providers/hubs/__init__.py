"""Clients of model hubs: public libraries of model files.

They only make requests that a caller asks for. No hub is contacted by itself.
"""
