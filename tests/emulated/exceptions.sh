#!/bin/sh
# exceptions.sh TESTS: tests that each line of cannot.txt still names a test; a stale line could hide a later
# test.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
stale=0 count=0
# Without the commas of lists, GoogleTest's patterns are the same as the shell's.
names=$(for suite in init healthcheck; do
    "$1/tests/integration/$suite/${suite}_test" --gtest_list_tests |
        sed 's/ *#.*//' | awk '/^[^ ]/ { suite = $1 } /^  / { print suite $1 }'
done)
while read -r kind pattern; do
    case $kind in '' | '#') continue ;; esac
    count=$((count + 1))
    found=$(echo "$names" | while read -r name; do
        # shellcheck disable=SC2254  # it is a pattern
        case $name in $pattern) echo "$name" && break ;; esac
    done)
    [ -n "$found" ] || stale=1
    [ -n "$found" ] || echo "no test is named $pattern ($kind)" >&2
done <"$here/cannot.txt"
echo "$count exceptions"
[ $count -gt 0 ] && [ $stale = 0 ]
