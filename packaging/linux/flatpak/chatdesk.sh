#!/bin/sh
# Starts Chatdesk in a Flatpak. Each start has a /tmp of its own; the folder here is one for all, so that a second start finds the first.
if [ -d "$XDG_RUNTIME_DIR/app/$FLATPAK_ID" ]; then
  export TMPDIR="$XDG_RUNTIME_DIR/app/$FLATPAK_ID"
fi
export PYTHONPATH=/app/lib/chatdesk
exec python3 -P -m chatdesk "$@"
