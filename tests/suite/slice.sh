#!/bin/sh
# slice.sh NUMBER: the labs that this push tests in depth, by their numbers: "02 08 14 17".
#
# They are every sixth lab, beginning with one that the push's number says, so that six pushes one after another see all
# eighteen; those whose tests take longest come first in this order, so that no push has two of them. And the labs that
# the last commit changes, unless it changes many. `make deep` leaves nothing out.
set -eu
changed=$(git diff --name-only "${CI_BASE:-HEAD~1}" HEAD 2>/dev/null |
    sed -nE 's#^(labs|solutions|plots|handouts|tests/labs)/([0-9][0-9])_.*#\2#p' | sort -u)
[ "$(printf '%s\n' "$changed" | wc -l)" -le 3 ] || changed=
longest='12 17 16 15 14 06'
labs=$(ls solutions | sed -n 's/^\([0-9][0-9]\)_.*\.c$/\1/p')
others=$(echo "$labs" | grep -vxE "$(echo $longest | tr ' ' '|')")
printf '%s\n' $longest $others | awk -v changed=" $(echo $changed) " -v first=$(($1 % 6)) '
    (NR - 1) % 6 == first || index(changed, " " $1 " ")' | sort | paste -sd ' '
