#!/bin/sh
# deep.sh: what a push does for a slice of the labs, for all of them; then fresh systems. Before a release, as root;
# some hours. It ends at the first thing that fails.
set -eu
labs=$(ls solutions | sed -n 's/^\([0-9].*\)\.c$/\1/p')
kit=build/kits/01_linear_ae solution=solutions/01_linear_ae.c
make setup
make test DEEP=1
make SAN=1 test
make stability SEEDS=20
make attacks
python3 tests/grader/tests/odd_classes.py $kit $solution
python3 tests/grader/tests/new_lab.py
sh tests/grader/tests/machines.sh $kit $solution
sh tests/grader/tests/handed_out.sh
# shellcheck disable=SC2086  # a list of words is meant
bash .ci/plain $(ls solutions | sed -n 's/^\([0-9][0-9]\)_.*\.c$/\1/p')
make QUICK=1 handouts
make QUICK=1 SLIDES=1 figures
for preset in figures slides; do bash .ci/drawn out/quick/$preset 'svg png pdf gif' $labs; done
bash .ci/flagged $labs
sh tests/suite/systems.sh
