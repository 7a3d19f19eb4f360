#!/bin/bash
# run.sh PROGRAM [FLAG...]: runs a lab into OUT/NAME. From make: OUT, SRC, QUICK, KERNELS, ALONE.
#
# A whole run of a solution leaves OUT/NAME/printed.txt, what it printed, for the handout. .started marks the beginning:
# files that are older are an earlier run's, and are not drawn.
set -euo pipefail
program=$1 folder=$OUT/$(basename "$1")
shift
mkdir -p "$folder"
rm -f "$folder/printed.txt"
touch "$folder/.started"
flags=(--out "$folder")
[ -z "${QUICK:-}" ] || flags+=(--quick)
[ -z "${KERNELS:-}" ] || flags+=(--kernels "$KERNELS")
[ -z "${ALONE:-}" ] || flags+=(--threads 1)          # figures.py runs a lab on each core
if [ "$SRC" != solutions ] || [ $# -gt 0 ]; then
    exec "$program" "${flags[@]}" "$@"
fi
"$program" "${flags[@]}" | tee "$folder/printed.tmp"
mv "$folder/printed.tmp" "$folder/printed.txt"
