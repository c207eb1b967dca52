"""Where the frozen program begins. It is its own Python: child processes begin here too, told apart by their first argument."""

import sys

from chatdesk.__main__ import main

sys.exit(main())
