#!/bin/sh
# Installs what is missing, builds Heed, decides one customer's case so that a person can read it,
# then serves on http://127.0.0.1:8080 until stopped. `./run.sh --once` ends after the decision.
set -eu
cd "$(dirname "$0")"

once=no
for argument in "$@"; do
  case "$argument" in
    --once) once=yes ;;
    *) echo "usage: ./run.sh [--once]" >&2; exit 2 ;;
  esac
done

./install.sh build
cmake --preset release >&2
cmake --build --preset release --target heed >&2

policy=rules/service_recovery
case=$policy/cases/blamed-he.json
echo
build/release/heed decide --policy "$policy" --text --lang he "$case"
echo
build/release/heed decide --policy "$policy" --text --lang en "$case"
[ "$once" = yes ] && exit 0

mkdir -p build/data
echo
echo "Serving on http://127.0.0.1:8080; stop with Ctrl-C. Try:"
echo "  curl -s http://127.0.0.1:8080/v1/decisions -H 'Content-Type: application/json' -d @$case"
exec build/release/heed serve --policy "$policy" --store build/data/heed.sqlite --listen 127.0.0.1:8080
