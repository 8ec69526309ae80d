#!/usr/bin/env bash
# Install Debian packages, as root or through sudo; say plainly what to do where neither works.
set -euo pipefail
sudo=""
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null || { echo "Please install as root: apt-get install $*" >&2; exit 1; }
  sudo="sudo"
fi
command -v apt-get >/dev/null || { echo "Please install with your system's tools: $*" >&2; exit 1; }
$sudo apt-get update -qq
DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "$@" >/dev/null
