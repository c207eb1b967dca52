#!/bin/sh
# For a build service: puts the certificate that it keeps as a secret into a keychain of its own, and the key for Apple's notary into the file
# that CHATDESK_NOTARY_KEY names. Without MACOS_CERTIFICATE it says so and does nothing. On one's own Mac the certificate is in the login
# keychain already. Not run on macOS so far.
#   MACOS_CERTIFICATE            the certificate with its private key, as .p12 in base64
#   MACOS_CERTIFICATE_PASSWORD   of that file
#   MACOS_NOTARY_KEY             key of App Store Connect's API, the text of its .p8
set -eu
if [ -z "${MACOS_CERTIFICATE:-}" ]; then
  echo 'No certificate: MACOS_CERTIFICATE is not set.'
  exit 0
fi
umask 077
folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT
keychain=${RUNNER_TEMP:?}/chatdesk-signing.keychain-db
password=$(openssl rand -hex 32)
printf '%s' "$MACOS_CERTIFICATE" | base64 --decode >"$folder/certificate.p12"
security create-keychain -p "$password" "$keychain"
security set-keychain-settings -lut 21600 "$keychain"
security unlock-keychain -p "$password" "$keychain"
security import "$folder/certificate.p12" -k "$keychain" -f pkcs12 -P "${MACOS_CERTIFICATE_PASSWORD:-}" -T /usr/bin/codesign
# Lets codesign use the key without a question on the screen.
security set-key-partition-list -S apple-tool:,apple: -s -k "$password" "$keychain" >/dev/null
security list-keychains -d user -s "$keychain" login.keychain-db
if [ -n "${MACOS_NOTARY_KEY:-}" ]; then
  printf '%s\n' "$MACOS_NOTARY_KEY" >"${CHATDESK_NOTARY_KEY:?}"
fi
