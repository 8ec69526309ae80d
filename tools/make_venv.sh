#!/usr/bin/env bash
# Make the virtual environment; on a bare Debian or Ubuntu machine install what Python lacks for that.
set -euo pipefail
python=$1
venv=$2
if ! command -v "$python" >/dev/null; then
  echo "Python is missing. On Debian or Ubuntu: sudo apt-get install python3 python3-venv" >&2
  exit 1
fi
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "Python 3.11 or newer is needed; $python is $("$python" --version)" >&2
  exit 1
}
[ -x "$venv/bin/python" ] && exit 0
if ! "$python" -c 'import ensurepip' 2>/dev/null; then
  echo "Installing python3-venv, which this machine lacks …"
  tools/apt_install.sh python3-venv
fi
"$python" -m venv "$venv"
