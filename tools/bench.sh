#!/usr/bin/env bash
# Every script in benchmarks/, one JSON line each; fails when a script fails.
set -uo pipefail
failed=0
for script in benchmarks/*.py; do
  [ -e "$script" ] || continue
  .venv/bin/python "$script" || { echo "{\"script\": \"$script\", \"failed\": true}"; failed=1; }
done
exit $failed
