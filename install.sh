#!/bin/sh
# Installs the Debian packages of packages.txt that are missing: ./install.sh build [test]
# Does nothing, and asks for no rights, where all are there.
set -eu
cd "$(dirname "$0")"

wanted=""
for section in "$@"; do
  wanted="$wanted $(sed -n "/^\[$section\]/,/^\[/p" packages.txt | sed 's/#.*//' | grep -v '^\[' | tr -s ' \n' ' ')"
done
missing=""
for package in $wanted; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q '^install ok installed' || missing="$missing $package"
done
[ -z "$missing" ] && exit 0

echo "installing:$missing" >&2
as_root=""
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "install.sh: run as root, or install sudo, to add:$missing" >&2; exit 2; }
  as_root="sudo"
fi
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -q >&2
# shellcheck disable=SC2086
$as_root apt-get install -q -y --no-install-recommends $missing >&2
