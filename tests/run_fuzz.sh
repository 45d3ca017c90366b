#!/bin/sh
# Runs the fuzz targets, each on its corpus, for so many seconds together: run_fuzz.sh BUILD SECONDS [TARGET...]
set -eu
cd "$(dirname "$0")/.."
build=$1 seconds=$2
shift 2
[ $# -gt 0 ] || set -- $(ls tests/fuzz/corpus)
each=$((seconds / $#))
for name in "$@"; do
  target=$build/tests/fuzz/fuzz_$name
  [ -x "$target" ] || { echo "$target is not built" >&2; exit 1; }
  work=$(mktemp -d)
  cp tests/fuzz/corpus/"$name"/* "$work"/
  "$target" -max_total_time="$each" -max_len=16384 -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 "$work" 2>"$work.log" \
    || { tail -40 "$work.log"; exit 1; }
  echo "$name, $each s: $(grep -E 'number_of_executed_units' "$work.log" | tr -s ' ')"
  rm -rf "$work" "$work.log"
done
