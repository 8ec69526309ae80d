#!/usr/bin/env bash
# Start exactly the production processes on loopback, without containers, run the smoke test, stop everything.
# Needs PostgreSQL (DATABASE_URL or a local role lms_test), Redis (REDIS_URL), nginx.
set -euo pipefail
cd "$(dirname "$0")/.."
run=$(mktemp -d)
mkdir -p "$run"/{body,proxy,fastcgi,uwsgi,scgi}
base_url=${DATABASE_URL:-postgres://lms_test:lms_test@127.0.0.1:5432/lms_test}
database=lms_try_$$
export DJANGO_SETTINGS_MODULE=lms.settings.production
export SECRET_KEY=$(head -c 60 /dev/urandom | base64 | tr -d '\n')
export VAR_DIR="$run/var" HTTPS_ONLY=no ALLOWED_HOSTS=127.0.0.1 SITE_URL=http://127.0.0.1:8090
export DATABASE_URL="${base_url%/*}/$database" REDIS_URL=${REDIS_URL:-redis://127.0.0.1:6379/8}
export LISTEN=127.0.0.1:8090 PAGES=127.0.0.1:8091 STREAMS=127.0.0.1:8092 STREAM_HOST=127.0.0.1 STREAM_PORT=8092
export UPLOADS="$VAR_DIR/uploads" STATIC="$VAR_DIR/static" RUN="$run" PAGE_WORKERS=2 WORKER_PROCESSES=1
export CELERY_BROKER_URL="$REDIS_URL"
nginx=$(command -v nginx || echo /usr/sbin/nginx)
pids=()
stop() {
  status=$?
  for pid in "${pids[@]:-}"; do [ -n "$pid" ] && kill "$pid" 2>/dev/null || true; done
  [ -f "$run/nginx.pid" ] && kill "$(cat "$run/nginx.pid")" 2>/dev/null || true
  sleep 1
  for pid in "${pids[@]:-}"; do [ -n "$pid" ] && kill -9 "$pid" 2>/dev/null || true; done
  if [ $status -ne 0 ]; then tail -n 30 "$run"/*.log >&2 || true; fi
  .venv/bin/python deploy/scratch_database.py drop "$base_url" "$database" || true
  rm -rf "$run"
  exit $status
}
trap stop EXIT
mkdir -p "$VAR_DIR/uploads"
.venv/bin/python deploy/scratch_database.py create "$base_url" "$database"
deploy/start.sh prepare
.venv/bin/python manage.py load_starter
# In production nothing signs until an operator has made the keys.
.venv/bin/python manage.py signing_keys make
envsubst '$LISTEN $PAGES $STREAMS $UPLOADS $STATIC $RUN' < deploy/nginx.conf.template > "$run/nginx.conf"
# Workers of a proxy started by root run as another user: they must be able to read the folder.
chmod 755 "$run" "$VAR_DIR"
for process in pages streams worker beat; do
  deploy/start.sh $process > "$run/$process.log" 2>&1 &
  pids+=($!)
done
"$nginx" -c "$run/nginx.conf" -g 'daemon off;' > "$run/nginx.log" 2>&1 &
pids+=($!)
.venv/bin/python deploy/smoke_test.py "$SITE_URL"
# People learn and pass; the real worker, fed through Redis, makes their certificates; the roll-ups must agree.
# Production refuses invented people; the embedded settings on the same database make them for the rehearsal.
DJANGO_SETTINGS_MODULE=lms.settings.embedded .venv/bin/python manage.py simulate --people 60 --seed 3 > /dev/null
.venv/bin/python manage.py issue_certificates --no-papers
.venv/bin/python deploy/wait_for_papers.py "$DATABASE_URL"
.venv/bin/python manage.py audit_aggregates
