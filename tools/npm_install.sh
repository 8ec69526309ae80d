#!/usr/bin/env bash
# Browser-side tools by lock file; the HTML checker runs on Java.
set -euo pipefail
missing=()
command -v npm >/dev/null || missing+=(nodejs npm)
command -v java >/dev/null || missing+=(default-jre-headless)
[ ${#missing[@]} -eq 0 ] || tools/apt_install.sh "${missing[@]}"
if [ ! -e node_modules/.installed ] || [ package-lock.json -nt node_modules/.installed ]; then
  npm ci --ignore-scripts --silent --no-audit --no-fund 2>/dev/null || npm ci --ignore-scripts --no-audit --no-fund
  touch node_modules/.installed node_modules/h5p-standalone
fi
