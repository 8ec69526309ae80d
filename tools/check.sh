#!/usr/bin/env bash
# Everything that machines can see without running the product's tests.
set -uo pipefail
bin=.venv/bin
export DJANGO_SETTINGS_MODULE=lms.settings.test
failed=()
step() {
  local name=$1
  shift
  echo "── $name"
  "$@" || failed+=("$name")
}
command -v xgettext >/dev/null || tools/apt_install.sh gettext
deploy_check() {
  VAR_DIR=$(mktemp -d) DJANGO_SETTINGS_MODULE=lms.settings.production \
    SECRET_KEY=$(head -c 48 /dev/urandom | base64 | tr -d '\n') \
    ALLOWED_HOSTS=example.org SITE_URL=https://example.org DATABASE_URL=postgres://user@127.0.0.1/name \
    REDIS_URL=redis://127.0.0.1:6379/9 $bin/python manage.py check --deploy --fail-level WARNING
}
step "ruff" $bin/ruff check .
step "format" $bin/ruff format --check .
step "mypy" $bin/mypy lms courses assessments media tools
step "djlint" $bin/djlint --lint --quiet lms courses assessments media
step "layers" $bin/lint-imports --no-cache
step "migrations complete" $bin/python manage.py makemigrations --check --dry-run
step "translations complete" $bin/python tools/check_translations.py
step "deploy settings" deploy_check
step "file and function sizes" $bin/python tools/check_sizes.py
if [ ${#failed[@]} -gt 0 ]; then
  echo "FAILED: ${failed[*]}" >&2
  exit 1
fi
echo "All checks passed."
