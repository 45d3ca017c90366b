#!/bin/sh
# The documents as HTML pages in build/docs. Needs Node.js 18 or newer and npm.
set -eu
cd "$(dirname "$0")"
npm ci --no-audit --no-fund --ignore-scripts
node build.js "$@"
