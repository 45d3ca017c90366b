#!/bin/sh
# Runs each fuzz target on its corpus for a fixed time: run_fuzz.sh BUILD SECONDS
set -eu
cd "$(dirname "$0")/.."
for target in "$1"/tests/fuzz/fuzz_*; do
  [ -x "$target" ] && [ -f "$target" ] || continue
  name=$(basename "$target")
  work=$(mktemp -d)
  cp tests/fuzz/corpus/"${name#fuzz_}"/* "$work"/
  "$target" -max_total_time="$2" -max_len=16384 -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 "$work" 2>"$work.log" \
    || { tail -40 "$work.log"; exit 1; }
  echo "$name: $(grep -E 'number_of_executed_units' "$work.log" | tr -s ' ')"
  rm -rf "$work" "$work.log"
done
