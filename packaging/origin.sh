#!/bin/sh
# What the sources are: the time that everything made from them has, in seconds, and the commit.
#
#   packaging/origin.sh        1795705322 fbc4fd8...
#
# SOURCE_DATE_EPOCH is the time where it is set; else it is the commit's, from git, or from what `git archive` wrote
# into a tarball. Sources that know of no commit have none, and the time at which the licence's year begins.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
source=$here/../..

# A directory of another user's is as good: nothing of its configuration is run by this.
in_git() { git -c "safe.directory=$(cd "$source" && pwd)" --no-optional-locks -C "$source" "$@"; }

commit=$(cat "$here/commit")
case $commit in
*Format*)
    commit='1767225600'
    if [ -e "$source/.git" ]; then
        commit=$(in_git log -1 --format='%ct %H')
        # What is not committed has no name of its own.
        in_git diff --quiet HEAD -- || commit="$commit-dirty"
    fi
    ;;
esac
time=${commit%% *}
revision=${commit#"$time"}
echo "${SOURCE_DATE_EPOCH:-$time}$revision"
