#!/bin/sh
# Adds Chatdesk to the menu of the person who runs this, and `chatdesk` to their commands; nothing outside their home is touched.
#   ./install.sh                   add it, as it lies here
#   ./install.sh --remove          take it out again; in a terminal it asks whether chats and settings shall go too, else they stay
#   ./install.sh --remove --keep   take it out, and leave chats and settings without asking
#   ./install.sh --remove --purge  take it out, and delete chats, presets, settings and downloads of this person without asking
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd -P)
data=${XDG_DATA_HOME:-$HOME/.local/share}
entry=$data/applications/chatdesk.desktop
icon=$data/icons/hicolor/scalable/apps/chatdesk.svg
kinds=$data/mime/packages/chatdesk.xml
command=$HOME/.local/bin/chatdesk

# What a desktop looks up instead of reading every file; it does without them where the programs are missing.
tell_desktop() {
  if command -v update-mime-database >/dev/null 2>&1 && [ -d "$data/mime/packages" ]; then
    update-mime-database "$data/mime" >/dev/null 2>&1 || true
  fi
  if command -v update-desktop-database >/dev/null 2>&1 && [ -d "$data/applications" ]; then
    update-desktop-database "$data/applications" >/dev/null 2>&1 || true
  fi
}

delete_own() {
  rm -rf -- "$data/Chatdesk" "${XDG_CONFIG_HOME:-$HOME/.config}/Chatdesk" "${XDG_CACHE_HOME:-$HOME/.cache}/Chatdesk" \
    "${XDG_STATE_HOME:-$HOME/.local/state}/Chatdesk"
  printf 'Chats, presets and settings are deleted. Keys of servers are in the system keyring, which lists them as Chatdesk.\n'
}

case "${1:-}${2:+ $2}" in
  --remove | '--remove --keep' | '--remove --purge')
    if command -v flock >/dev/null 2>&1 && [ -e "$data/Chatdesk/instance.lock" ] && ! flock -n "$data/Chatdesk/instance.lock" true; then
      printf 'Chatdesk is running. End it, then remove it.\n' >&2
      exit 1
    fi
    rm -f -- "$entry" "$icon" "$kinds" "$command"
    tell_desktop
    printf 'Chatdesk is out of the menu. Its folder may be deleted: %s\n' "$here"
    answer=
    if [ "${2:-}" = --purge ]; then
      answer=yes
    elif [ -z "${2:-}" ] && [ -t 0 ] && [ -d "$data/Chatdesk" ]; then
      printf 'Delete your chats, presets and settings too? Nothing brings them back. Type yes to delete: '
      read -r answer || answer=
    fi
    if [ "$answer" = yes ]; then
      delete_own
    elif [ -d "$data/Chatdesk" ]; then
      printf 'Chats and settings stay in %s\n' "$data/Chatdesk"
    fi
    exit 0
    ;;
  '') ;;
  *)
    sed -n '2,6s/^# *//p' "$0" >&2
    exit 2
    ;;
esac
mkdir -p -- "$(dirname -- "$entry")" "$(dirname -- "$icon")" "$(dirname -- "$kinds")" "$(dirname -- "$command")"
cp -- "$here/share/icons/hicolor/scalable/apps/chatdesk.svg" "$icon"
cp -- "$here/share/mime/packages/chatdesk.xml" "$kinds"
ln -sf -- "$here/chatdesk" "$command"
# In a menu entry a path stands in quotes, in which these four characters need a backslash; and each backslash is written twice, as in every
# text of such a file. So three of them get two, and a backslash becomes four. Through the environment: awk would read escapes in `-v`.
quoted=$(printf '%s' "$here/chatdesk" | sed -e 's/\\/\\\\\\\\/g' -e 's/["`$]/\\\\&/g' -e 's/%/%%/g')
quoted="\"$quoted\"" awk '/^Exec=chatdesk/ { sub(/^Exec=chatdesk/, ""); print "Exec=" ENVIRON["quoted"] $0; next } { print }' \
  "$here/share/applications/chatdesk.desktop" >"$entry"
tell_desktop
printf 'Chatdesk is in the menu. In a terminal: %s\n' "$command"
