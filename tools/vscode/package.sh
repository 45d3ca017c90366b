#!/bin/sh
# Packages the extension: build/heed.vsix. Needs Node.js 18 or newer and npm; fetches the packages that
# package-lock.json pins.
set -eu
cd "$(dirname "$0")"
root=$(cd ../.. && pwd)

npm ci --no-audit --no-fund --ignore-scripts
trap 'rm -f LICENSE CHANGELOG.md' EXIT
cp "$root/LICENSE" .
# The documents are not in the package: a link to one of them stays as its text.
sed -E 's/\[([^]]*)\]\([^):]*\)/\1/g' "$root/CHANGELOG.md" >CHANGELOG.md
npm run --silent build
mkdir -p "$root/build"
npx --no-install vsce package --no-dependencies --allow-missing-repository --out "$root/build/heed.vsix"
