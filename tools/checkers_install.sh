#!/usr/bin/env bash
# Independent programs that read our certificates: poppler (PDF and seals), zbar (QR), a token in software; and LibreOffice, which opens minutes.
set -euo pipefail
missing=()
command -v pdfsig >/dev/null || missing+=(poppler-utils)
command -v zbarimg >/dev/null || missing+=(zbar-tools)
command -v certutil >/dev/null || missing+=(libnss3-tools)
command -v softhsm2-util >/dev/null || missing+=(softhsm2)
command -v soffice >/dev/null || missing+=(libreoffice-writer-nogui)
[ ${#missing[@]} -eq 0 ] || tools/apt_install.sh "${missing[@]}"
