#!/bin/sh
# draw.sh SCRIPT DATA: draws the figures of plots/SCRIPT.gp from the files in DATA into FIGS, in every format or those
# that FORMATS names. Figures whose files are not there are left out. With SLIDES=1 they are 16:9, with large type.
set -eu
preset=handout
[ -z "${SLIDES:-}" ] || preset=slide
mkdir -p "$FIGS"
for format in ${FORMATS:-svg png pdf gif frame}; do
    GNUPLOT_LIB=plots gnuplot -c "plots/$1.gp" $format $preset "$2" "$FIGS"
done
