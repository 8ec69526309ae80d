#!/usr/bin/env bash
# Every script in benchmarks/, one JSON line each; fails when a script fails.
set -uo pipefail
failed=0
# WeasyPrint, the baseline of the certificates, draws with Pango.
/sbin/ldconfig -p | grep -q libpangoft2 || tools/apt_install.sh libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
for script in benchmarks/*.py; do
  [ -e "$script" ] || continue
  .venv/bin/python "$script" || { echo "{\"script\": \"$script\", \"failed\": true}"; failed=1; }
done
exit $failed
