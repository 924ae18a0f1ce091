#!/bin/sh
# Runs clang-tidy on the product's sources:
#
#   tidy.sh RUN_CLANG_TIDY BUILD WORK
#
# BUILD has the compile commands. Most of healthcheck's sources are in it twice, with and without TLS, and
# clang-tidy takes every compilation. If both read the same text, one of them is left out: the analysis would be
# the same, and it takes several seconds.
set -eu

run_clang_tidy=$1 commands=$2/compile_commands.json work=$3
sources=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
product="[.[] | select(.file | test(\"^$sources/(base|sys|init|healthcheck)/\"))]"

mkdir -p "$work"
jq -r "$product | to_entries | group_by(.value.file)[] | select(length > 1)[] |
       .key, .value.directory, .value.command, .value.file" "$commands" >"$work/repeated"
while IFS= read -r number && IFS= read -r directory && IFS= read -r command && IFS= read -r file; do
    (cd "$directory" && sh -c "$command -E -P -o -") >"$work/text"
    echo "$file $(sha256sum <"$work/text") $number"
done <"$work/repeated" >"$work/digests"
awk 'seen[$1 $2]++ { print $NF }' "$work/digests" >"$work/same"

jq --slurpfile same "$work/same" "$product | to_entries | map(select(.key | IN(\$same[]) | not).value)" \
    "$commands" >"$work/compile_commands.json"
all=$(jq "$product | length" "$commands")
[ "$all" -gt 0 ] || { echo "$commands names no source of the product" >&2; exit 1; }
echo "left out $(wc -l <"$work/same") of $all compilations"
exec "$run_clang_tidy" -quiet -j 2 -p "$work"
