"""The word that makes a frozen program the engine's process, in a file of its own: every start looks for it."""

ENGINE_CHILD_ARGUMENT = "--chatdesk-engine-child"
"""First argument of that process; app/command_line.py asks for it before anything else."""
