"""The word that makes a frozen program the process that reads foreign files, in a file of its own: every start looks for it."""

IMPORT_CHILD_ARGUMENT = "--chatdesk-import-child"
"""First argument of that process; app/command_line.py asks for it before anything else."""
