#!/bin/sh
# The browser tests drive Debian's Chromium; install it where it is missing and we may.
set -u
if command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; then
    exit 0
fi
if command -v apt-get >/dev/null 2>&1; then
    run=""
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null 2>&1 || { echo "no Chromium and no sudo: the browser tests will be skipped"; exit 0; }
        run="sudo -n"
    fi
    $run apt-get update -qq && $run env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null && exit 0
fi
echo "Chromium could not be installed: the browser tests will be skipped"
