#!/bin/sh
# deep.sh: what every push does for a slice of the labs, for all of them; then fresh systems. Before a release, as root;
# some hours. It ends at the first thing that fails.
set -eu
make setup
make test DEEP=1
make SAN=1 test
make stability SEEDS=20
make attacks
sh tests/grader/tests/handed_out.sh
for preset in '' 1; do make QUICK=1 SLIDES=$preset figures; done
sh tests/suite/systems.sh
