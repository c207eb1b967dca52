"""`python -m chatdesk`."""

import sys

from chatdesk.app.command_line import main

if __name__ == "__main__":
    sys.exit(main())
