#!/bin/sh
# cut.sh NAME...: cut labs/NAME.c, the students' files, from solutions/NAME.c.
# labs/.cut remembers the checksum of each cut; a file with another one is somebody's work and stays, unless FORCE=1.
# cut.sh --check NAME... changes nothing and fails if a lab is not the cut of its solution, or if labs/.cut does not
# know it as one.
set -eu
check=
[ "${1:-}" = --check ] && check=1 && shift
bad=0
new=$(mktemp)
trap 'rm -f "$new"' EXIT
same() { cmp -s "$new" "$lab"; }                                            # the lab is the cut already
known() { grep -qxF "$name $(cksum <"$lab")" labs/.cut 2>/dev/null; }       # the lab is a cut, of whichever solution
for name; do
    lab=labs/$name.c
    unifdef -USOLUTION "solutions/$name.c" >"$new" || [ $? -eq 1 ]      # 1: something was cut, as it should be
    same && known && continue
    if [ -n "$check" ]; then
        echo "$lab is not the cut of solutions/$name.c, or labs/.cut does not say so; make labs" >&2
        bad=1
    elif [ ! -e "$lab" ] || [ -n "${FORCE:-}" ] || same || known; then
        cp "$new" "$lab"
        { grep -v "^$name " labs/.cut 2>/dev/null || true; echo "$name $(cksum <"$lab")"; } | sort >labs/.cut.tmp
        mv labs/.cut.tmp labs/.cut
        echo "  CUT    $lab"
    else
        echo "$lab holds work of its own and stays as it is; make labs FORCE=1 overwrites it" >&2
        bad=1
    fi
done
exit $bad
