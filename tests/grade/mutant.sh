#!/bin/sh
# mutant.sh MUTANT SOLUTION TO: makes TO, the solution's object without the functions that MUTANT has, to be linked beside it.
#
# A wrong version of an exercise (tests/labs/NN_name.mutants/*.c) holds the changed function alone. In a copy of the
# solution's object the function of the same name is renamed to NAME_right. What calls NAME then finds the wrong one, and
# the wrong one may still call the right one by its new name (see slip.h).
set -eu
renames=$(${NM:-nm} -g --defined-only "$1" | sed 's/.* \(.*\)/--redefine-sym \1=\1_right/')
# shellcheck disable=SC2086  # a list of words is meant
exec ${OBJCOPY:-objcopy} $renames "$2" "$3"
