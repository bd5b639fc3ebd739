#!/bin/sh
# Makes the session that `make session` promises, and says where it is and how to hear it.
set -eu
cd "$(dirname "$0")/.."
mkdir -p out
.venv/bin/lowtide session --minutes 10 --where lower-back:4 -o out/lower-back.mp3 --force
for player in mpv vlc ffplay afplay xdg-open open; do
    if command -v "$player" >/dev/null 2>&1; then
        printf 'To hear it:   %s out/lower-back.mp3\n' "$player"
        exit 0
    fi
done
printf 'To hear it:   open out/lower-back.mp3 in any player or browser\n'
