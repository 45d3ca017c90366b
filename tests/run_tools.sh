#!/bin/sh
# The tools written in JavaScript: the extension packaged as users get it, the documents as pages, and the
# tests of both. Fetches the packages that each package-lock.json pins.
set -eu
cd "$(dirname "$0")/.."

tools/vscode/package.sh
(cd tools/vscode && npm test)
tools/docs/render.sh
(cd tools/docs && npm test)
