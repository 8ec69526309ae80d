#!/usr/bin/env bash
# The browser tests drive a real Chromium with a font that has every Vietnamese letter.
set -euo pipefail
if command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; then
  exit 0
fi
echo "Installing Chromium for the browser tests …"
tools/apt_install.sh chromium fonts-noto-core
