#!/bin/sh
# run_all.sh CORES BUILD TEST...: the library's tests one after another, then what is to be tested of each lab, side by
# side. The last line counts the checks of the labs; the status is 1 if anything failed.
set -u
cores=$1 build=$2
shift 2
bad=0
for test; do "$test" || bad=1; done
$MAKE -k -j"$cores" -Otarget --no-print-directory tested || bad=1
tail -qn1 "$build"/tested/*.txt | awk '{ passed += $1; failed += $3 } END { print passed " passed, " failed " failed" }'
exit $bad
