#!/usr/bin/env bash
# Start one process of the production shape: prepare | pages | streams | worker | beat.
set -euo pipefail
cd "$(dirname "$0")/.."
export DJANGO_SETTINGS_MODULE=${DJANGO_SETTINGS_MODULE:-lms.settings.production}
export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1
python=python
[ -x .venv/bin/python ] && python=.venv/bin/python
case "${1:-}" in
  prepare)
    $python manage.py migrate --noinput -v 0
    $python manage.py collectstatic --noinput -v 0
    ;;
  pages)
    exec $python -m gunicorn lms.wsgi:application --bind "${PAGES:-0.0.0.0:8001}" --worker-class gthread \
      --workers "${PAGE_WORKERS:-3}" --threads "${PAGE_THREADS:-4}" --max-requests 5000 --max-requests-jitter 500
    ;;
  streams)
    exec $python -m uvicorn lms.asgi:application --host "${STREAM_HOST:-0.0.0.0}" --port "${STREAM_PORT:-8002}" \
      --lifespan off --no-access-log --timeout-graceful-shutdown 5
    ;;
  worker)
    exec $python -m celery -A lms worker --loglevel INFO --concurrency "${WORKER_PROCESSES:-2}" --max-tasks-per-child 500
    ;;
  beat)
    exec $python -m celery -A lms beat --loglevel INFO --schedule "${VAR_DIR:-var}/beat"
    ;;
  *)
    echo "usage: deploy/start.sh prepare|pages|streams|worker|beat" >&2
    exit 2
    ;;
esac
