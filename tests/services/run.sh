#!/usr/bin/env bash
# The whole suite against PostgreSQL and Redis, its running sites with a real worker; fails if they are not there.
# Without DATABASE_URL and REDIS_URL local servers on loopback are used, started where they stand still.
set -euo pipefail
cd "$(dirname "$0")/../.."
if [ -z "${REDIS_URL:-}" ]; then
  export REDIS_URL=redis://127.0.0.1:6379/7
  redis-cli -h 127.0.0.1 ping >/dev/null 2>&1 || redis-server --daemonize yes --bind 127.0.0.1 --save "" --appendonly no
fi
if [ -z "${DATABASE_URL:-}" ]; then
  if ! pg_isready -q -h 127.0.0.1; then
    cluster=$(ls /etc/postgresql 2>/dev/null | sort -V | tail -n 1)
    [ -n "$cluster" ] && pg_ctlcluster --skip-systemctl-redirect "$cluster" main start && sleep 2
  fi
  export DATABASE_URL=postgres://lms_test:lms_test@127.0.0.1:5432/lms_test
  as_postgres=(psql -h 127.0.0.1 -U postgres -q)
  "${as_postgres[@]}" -c 'select 1' postgres >/dev/null 2>&1 || as_postgres=(su postgres -c)
  create="create role lms_test with login createdb superuser password 'lms_test'"
  if [ "${as_postgres[0]}" = su ]; then
    su postgres -c "psql -q -c \"$create\"" 2>/dev/null || true
    su postgres -c "createdb -O lms_test lms_test" 2>/dev/null || true
  else
    "${as_postgres[@]}" -c "$create" postgres 2>/dev/null || true
    "${as_postgres[@]}" -c "create database lms_test owner lms_test" postgres 2>/dev/null || true
  fi
fi
.venv/bin/python tests/services/require_services.py
.venv/bin/python -m pytest -n 2 --dist loadscope "$@"
# Pages that a test left in the cache belong to another site.
.venv/bin/python -c 'import os, redis; redis.Redis.from_url(os.environ["REDIS_URL"]).flushdb()'
deploy/try_locally.sh
