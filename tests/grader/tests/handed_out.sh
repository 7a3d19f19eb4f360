#!/bin/sh
# handed_out.sh [NN...]: what leaves the house works where it arrives. Students' tarball: nothing leaks, every lab (or
# those that are named) builds and reports, one draws its figures. Gradescope's zip: built and run as Gradescope does
# it. On a tree that is committed; both are made anew in dist/.
set -eu
version=test
wanted=$(echo "${*:-[0-9]}" | tr ' ' '|')            # all labs, or those that are named
tmp=$(mktemp -d)
trap 'rm -rf "$tmp" "dist/dgn-labs-$version.tar.gz"' EXIT
unset MAKEFLAGS MFLAGS MAKELEVEL || :

make release VERSION=$version
tar -xzf "dist/dgn-labs-$version.tar.gz" -C "$tmp"
release=$tmp/dgn-labs-$version
python3 tests/grader/tests/leaks.py "$release" solutions
try() {                                             # $1: NN_name
    nn=${1%%_*} status=0
    make -C "$release" "$nn" >/dev/null 2>"$tmp/$nn" || status=$?
    grep -q 'is not written yet' "$tmp/$nn" || {
        echo "make $nn in the students' release ends with status $status:" >&2
        cat "$tmp/$nn" >&2
        return 1
    }
    report=$(make -C "$release" "test-$nn" 2>&1 || true)
    case $report in
    *"  0 of "[1-9]*" points"*) ;;
    *)
        printf "make test-%s in the students' release gives no report:\n%s\n" "$nn" "$report" >&2
        return 1
        ;;
    esac
}
names() { ls labs | sed -n 's/^\([0-9].*\)\.c$/\1/p' | grep -E "^($wanted)"; }
first=$(names | head -1)
try "$first"                                        # builds what all share
half() {
    for name in $(names | sed -n "$1~2p"); do
        [ "$name" = "$first" ] || try "$name" || return 1
    done
}
half 1 & other=$!
half 2
wait $other
# a student who has written it all
{ echo '#define SOLUTION'; cat solutions/01_linear_ae.c; } > "$release/labs/01_linear_ae.c"
make -C "$release" -s QUICK=1 figures-01 >/dev/null
make -C "$release" -s test-01 | grep -q '27 of 27' || { echo 'test-01 of a written lab fails' >&2; exit 1; }
ls "$release"/out/quick/figures/01_linear_ae-*.svg >/dev/null

make gradescope LAB=01
export AUTOGRADER="$tmp/autograder"
mkdir -p "$AUTOGRADER/source" "$AUTOGRADER/submission" "$AUTOGRADER/results"
python3 -m zipfile -e dist/gradescope-01_linear_ae.zip "$AUTOGRADER/source"
chmod -R a+rX "$tmp"
sh "$AUTOGRADER/source/setup.sh" >"$tmp/setup.log" 2>&1 || { cat "$tmp/setup.log" >&2; exit 1; }
{ echo '#define SOLUTION'; cat solutions/01_linear_ae.c; } > "$AUTOGRADER/submission/01_linear_ae.c"
sh "$AUTOGRADER/source/run_autograder"
python3 - "$AUTOGRADER/results/results.json" <<'EOF'
import json, sys
r = json.load(open(sys.argv[1]))
got, most = (sum(t[k] for t in r["tests"]) for k in ("score", "max_score"))
print(f"  Gradescope's results.json: {got} of {most} points in {len(r['tests'])} exercises")
sys.exit(got != most or not r["tests"])
EOF
