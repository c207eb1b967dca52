#!/bin/sh
# Adds Chatdesk to the menu of the person who runs this, and `chatdesk` to their commands; nothing outside their home is touched.
#   ./install.sh            add it, as it lies here
#   ./install.sh --remove   take it out again; chats and settings stay
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd -P)
data=${XDG_DATA_HOME:-$HOME/.local/share}
entry=$data/applications/chatdesk.desktop
icon=$data/icons/hicolor/scalable/apps/chatdesk.svg
command=$HOME/.local/bin/chatdesk

if [ "${1:-}" = --remove ]; then
  rm -f -- "$entry" "$icon" "$command"
  printf 'Chatdesk is out of the menu. Its folder may be deleted: %s\n' "$here"
  exit 0
fi
mkdir -p -- "$(dirname -- "$entry")" "$(dirname -- "$icon")" "$(dirname -- "$command")"
cp -- "$here/share/icons/hicolor/scalable/apps/chatdesk.svg" "$icon"
ln -sf -- "$here/chatdesk" "$command"
# In a menu entry a path stands in quotes, in which these four characters need a backslash; and each backslash is written twice, as in every
# text of such a file. So three of them get two, and a backslash becomes four. Through the environment: awk would read escapes in `-v`.
quoted=$(printf '%s' "$here/chatdesk" | sed -e 's/\\/\\\\\\\\/g' -e 's/["`$]/\\\\&/g' -e 's/%/%%/g')
quoted="\"$quoted\"" awk '/^Exec=chatdesk/ { sub(/^Exec=chatdesk/, ""); print "Exec=" ENVIRON["quoted"] $0; next } { print }' \
  "$here/share/applications/chatdesk.desktop" >"$entry"
printf 'Chatdesk is in the menu. In a terminal: %s\n' "$command"
