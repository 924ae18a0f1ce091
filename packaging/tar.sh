#!/bin/sh
# Runs tar so that the same names, modes and contents give the same bytes.
#
#   SOURCE_DATE_EPOCH=1795705322 packaging/tar.sh FILE [OPTION]... NAME...
set -eu
file=$1
shift
exec tar --create --file="$file" --format=ustar --sort=name --mtime="@$SOURCE_DATE_EPOCH" \
    --owner=0 --group=0 --numeric-owner "$@"
