#!/bin/sh
# Packages the extension: build/heed.vsix. Needs Node.js 18 or newer and npm; fetches the packages that
# package-lock.json pins.
set -eu
cd "$(dirname "$0")"
root=$(cd ../.. && pwd)

npm ci --no-audit --no-fund --ignore-scripts
cp "$root/LICENSE" "$root/CHANGELOG.md" .
trap 'rm -f LICENSE CHANGELOG.md' EXIT
npm run --silent build
mkdir -p "$root/build"
npx --no-install vsce package --no-dependencies --allow-missing-repository --out "$root/build/heed.vsix"
