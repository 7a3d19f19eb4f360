#!/bin/bash
# lab.sh PROGRAM [FLAG...]: runs a lab and draws what there is to draw, even if the lab did not come to its end.
status=0
bash plots/run.sh "$@" || status=$?
name=$(basename "$1")
sh plots/draw.sh "$name" "$OUT/$name" || exit 1
[ $status -ne 3 ] || exit 0         # 3: an exercise is not written yet, and the lab has said so
exit $status
