#!/bin/sh
# Installs what is missing, builds and tests everything that CI runs. `./test.sh quick` stops after
# the tests of the release build. HEED_FUZZ_SECONDS sets the budget of all fuzz targets (120).
set -eu
cd "$(dirname "$0")"

quick=no
for argument in "$@"; do
  case "$argument" in
    quick) quick=yes ;;
    *) echo "usage: ./test.sh [quick]" >&2; exit 2 ;;
  esac
done

jobs=$(nproc)
began=$(date +%s)
stage() { printf '\n== %s (%s s)\n' "$1" "$(($(date +%s) - began))"; }

./install.sh build test
export CCACHE_DIR="${CCACHE_DIR:-$HOME/.cache/ccache}" CCACHE_BASEDIR="${CCACHE_BASEDIR:-$PWD}"
export ASAN_OPTIONS=detect_stack_use_after_return=1 UBSAN_OPTIONS=print_stacktrace=1
export TSAN_OPTIONS="suppressions=$PWD/tests/tsan.supp halt_on_error=1"

stage "release: every test"
cmake --preset release
cmake --build --preset release -j "$jobs"
ctest --preset release --no-tests=error -j "$jobs"
[ "$quick" = yes ] && exit 0

stage "instructions: what four fixed runs take"
python3 tests/bench/instructions.py build/release/heed

stage "tools: the editor's extension and the documents as pages"
command -v npm >/dev/null || ./install.sh tools
tests/run_tools.sh

stage "address and undefined-behaviour sanitizers: unit, golden and property tests"
cmake --preset asan
cmake --build --preset asan -j "$jobs" --target programs fuzz_all
HEED_PROPERTY_RUNS=150 ctest --preset asan --no-tests=error -j "$jobs" -E '^e2e_|^docs_'

stage "fuzz: policies, cases, connections, stores"
tests/run_fuzz.sh build/asan "${HEED_FUZZ_SECONDS:-120}"

stage "thread sanitizer: http, store, api and lsp"
cmake --preset tsan
cmake --build --preset tsan -j "$jobs" --target test_unit_http test_unit_store test_unit_api test_unit_lsp
ctest --preset tsan --no-tests=error -j "$jobs" -L 'unit/(http|store|api|lsp)'

stage "clang-tidy: the rooms that decide"
cmake --preset clang
tests/run_clang_tidy.sh build/clang "$jobs"

stage "all stages passed"
