"""Child processes of the program that are more than one module of a package below."""
