#!/bin/sh
# run_all.sh CORES LIBRARY TESTED: the library's tests one after another, then what is to be tested of each lab (TESTED
# are make's targets), side by side. The last line counts the checks of the labs; the status is 1 if anything failed.
set -u
cores=$1 library=$2 tested=$3
bad=0
for test in $library; do "$test" || bad=1; done
# shellcheck disable=SC2086  # lists of words are meant
$MAKE -k -j"$cores" -Otarget --no-print-directory $tested || bad=1
for target in $tested; do tail -qn1 "$target.txt"; done |
    awk '{ passed += $1; failed += $3 } END { print passed " passed, " failed " failed" }'
exit $bad
