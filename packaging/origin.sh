#!/bin/sh
# Prints the origin of the sources: the time in seconds for everything made from them, and the commit.
#
#   packaging/origin.sh        1795705322 fbc4fd8...
#
# The time is SOURCE_DATE_EPOCH if it is set; otherwise the commit's, from git, or from the text that `git
# archive` writes into a tarball. Sources without a known commit get no commit, and the start of the licence's
# year as time.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
source=$here/..

# Allows a directory of another user: this runs nothing from its configuration.
in_git() { git -c "safe.directory=$(cd "$source" && pwd)" --no-optional-locks -C "$source" "$@"; }

commit=$(cat "$here/commit")
case $commit in
*Format*)
    commit='1767225600'
    if [ -e "$source/.git" ]; then
        commit=$(in_git log -1 --format='%ct %H')
        # Uncommitted changes have no name of their own.
        in_git diff --quiet HEAD -- || commit="$commit-dirty"
    fi
    ;;
esac
time=${commit%% *}
revision=${commit#"$time"}
echo "${SOURCE_DATE_EPOCH:-$time}$revision"
