#!/bin/sh
# Runs a command that follows something, such as a log, until it has written COUNT lines that contain TEXT:
#
#   await.sh COUNT TEXT COMMAND [ARGUMENT]...
#
# Fails if the command ends before that, or after a minute.
set -eu

count=$1 text=$2
shift 2
work=$(mktemp -d)
mkfifo "$work/lines"
"$@" >"$work/lines" 2>&1 &
follower=$!
trap 'kill "$follower" 2>/dev/null || true; rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

[ "$(timeout 60 grep -c -m "$count" -e "$text" "$work/lines")" = "$count" ]
