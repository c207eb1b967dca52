"""The panel with the settings of one chat: the parameters of its model."""
