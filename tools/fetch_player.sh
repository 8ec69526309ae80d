#!/usr/bin/env bash
# H5P's own player from npm by the lock file. Without Node.js the site works; it plays our own activities only.
set -euo pipefail
if [ -e node_modules/h5p-standalone/dist/frame.bundle.js ] && [ ! package-lock.json -nt node_modules/h5p-standalone ]; then
  exit 0
fi
if ! command -v npm >/dev/null; then
  echo "Node.js is not here: uploaded H5P activities cannot be played, everything else works." >&2
  exit 0
fi
# What the tests need is fetched by tools/npm_install.sh; where it is already, it stays.
kind=(--omit=dev)
[ ! -e node_modules/.installed ] || kind=()
# Scripts of packages are never run.
if npm ci "${kind[@]}" --ignore-scripts --silent --no-audit --no-fund; then
  touch node_modules/h5p-standalone
  [ ${#kind[@]} -gt 0 ] || touch node_modules/.installed
else
  echo "The H5P player could not be fetched: uploaded H5P activities cannot be played, everything else works." >&2
fi
