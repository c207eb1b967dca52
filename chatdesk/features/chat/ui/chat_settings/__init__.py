"""The panel of one chat's settings: the parameters of its model."""
