# Figures of lab 00, find structure without labels. How to call it: style.gp.
EXT = ARG1; PRESET = ARG2; DATA = ARG3; FIGS = ARG4; LAB = "00_unsupervised"
DARK = "#0072B2 #D55E00 #009E73 #CC79A7 #E69F00"; TINT = "#d3e6f3 #f9dfd0 #cfebe0 #f6e3ed #fbeecf"

# k-means at step s: centroids into CX, CY; cells by the nearest of them
array CX[5]; array CY[5]
far(i, x, y) = (x - CX[i])**2 + (y - CY[i])**2
nearer(i, j, x, y) = far(i, x, y) <= far(j, x, y) ? i : j
cell(x, y) = nearer(nearer(nearer(1, 2, x, y), nearer(3, 4, x, y), x, y), 5, x, y)
centroids(s) = system(sprintf("awk -F, '$1==\"%d\"{printf \"%%s %%s \", $3, $4}' '%s/trail.csv'", s, DATA))
inertia(s) = real(system(sprintf("awk -F, '$1==\"%d\"{v=$5} END{print v}' '%s/trail.csv'", s, DATA)))
cells = 'WHERE = centroids(step); \
  do for [i = 1:5] { CX[i] = real(word(WHERE, 2*i-1)); CY[i] = real(word(WHERE, 2*i)) }; \
  set palette maxcolors 5 defined (1 word(TINT,1), 2 word(TINT,2), 3 word(TINT,3), 4 word(TINT,4), 5 word(TINT,5)); \
  set cbrange [0.5:5.5]; unset colorbox; unset grid; set border 15; set size ratio -1; \
  set samples CELLS; set isosamples CELLS; \
  set xrange [-3.2:3.2]; set yrange [-2.6:2.9]; set xtics 1; set ytics 1'
array INK[5] = [0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00]
# "++" makes no points under a separator or a header, so the csv files come without either here; a block per centroid
trails(s) = sprintf("< awk -F, 'NR>1 && $1<=%d {t[$2] = t[$2] $3 \" \" $4 \"\\n\"} END {for (c in t) print t[c]}' " \
    ."'%s/trail.csv'", s, DATA)
show = 'set datafile separator whitespace; unset datafile columnheaders; TRAIL = trails(step); \
  plot "++" using 1:2:(cell($1, $2)) with image, \
  sprintf("< tail -n +2 \"%s/blobs.csv\" | tr , \" \"", DATA) using 1:2:(INK[cell($1, $2)]) \
  with points pt 7 ps 0.3*PSX lc rgb variable, \
  TRAIL using 1:2 with lines lc rgb "white" lw 3.2 dt 1, \
  TRAIL using 1:2 with linespoints pt 7 ps 0.3*PSX lc rgb OK_BLACK lw 1.2 dt 1, \
  TRAIL using 1:2 every ::0::0 with points pt 7 ps 0.8*PSX lc rgb OK_BLACK, \
  TRAIL using 1:2 every ::0::0 with points pt 7 ps 0.5*PSX lc rgb "white", \
  TRAIL using 1:2 every ::step::step with points pt 7 ps 1.6*PSX lc rgb "white", \
  TRAIL using 1:2 every ::step::step with points pt 7 ps 1.2*PSX lc rgb OK_BLACK; \
  set datafile separator comma; set datafile columnheaders'
last_step(dummy) = int(system(sprintf("tail -n 1 '%s/trail.csv' | cut -d, -f1", DATA)))

# ---- k-means in the plane: cells and trails ----
FIG = "clustering"; ASPECT = 0.86; NEEDS = "trail.csv blobs.csv"; load "style.gp"
if (READY) {
  step = last_step(0); CELLS = 500
  @cells
  set xlabel "x_1" offset 0,0.4; set ylabel "x_2" offset 1,0
  set label 1 "○ start   ● end" at graph 0.03,0.05 left front textcolor rgb OK_BLACK
  @show
}

# ---- the same as a movie, and as a strip for print ----
FIG = "clustering"; ASPECT = 0.95; NEEDS = "trail.csv blobs.csv"; MOVIE = 1; load "style.gp"
if (READY) {
  LAST = last_step(0); CELLS = 220
  do for [k = 0:LAST] {
    @frame
    step = k
    @cells
    unset xtics; unset ytics
    set title sprintf("step %d: inertia %.3f", step, inertia(step)) offset 0,-0.6
    @show
  }
}
FIG = "clustering_steps"; ASPECT = 0.285; NEEDS = "trail.csv blobs.csv"; load "style.gp"
if (READY) {
  LAST = last_step(0); CELLS = 300
  if (SLIDE) {
      set multiplot layout 1,4 margins screen 0.01,0.99,0.31,0.8 spacing char 1.2,0
  } else {
      set multiplot layout 1,4 margins char 1,1,1,2 spacing char 1.2,0
  }
  do for [p = 0:3] {
    step = p < 3 ? int(word("0 2 8", p+1)) : LAST
    @cells
    unset xtics; unset ytics; unset xlabel; unset ylabel
    set title sprintf(SLIDE ? "step %d\ninertia %.2f" : "step %d: inertia %.2f", step, inertia(step)) offset 0,-0.7
    @show
  }
  unset multiplot
}

# ---- the centroids of the digits ----
FIG = "centroids"; ASPECT = 0.125; NEEDS = "centroids.png"; load "style.gp"
if (READY) {
  RATIO = 97/987.; ROOM = 0.01
  @picture
  plot DATA."/centroids.png" binary filetype=png with rgbimage
}

# ---- accuracy against inertia over the restarts ----
FIG = "restarts"; ASPECT = 0.62; NEEDS = "restarts.csv"; load "style.gp"
if (READY) {
  stats DATA."/restarts.csv" using 1:2 nooutput
  BX = STATS_min_x; BY = STATS_pos_min_y
  stats DATA."/restarts.csv" using ($1 == BX ? 100*$2 : NaN) nooutput
  BY = STATS_max
  stats DATA."/restarts.csv" using 1:2 nooutput
  TOP = 100*STATS_max_y
  stats DATA."/restarts.csv" using (100*$2 == TOP ? $1 : NaN) nooutput
  TX = STATS_min
  set xlabel "inertia: squared distance to the centroid, per pixel"
  set ylabel "digits in a cluster of their own kind"
  set format y "%g %%"; set format x "%.4f"; set rmargin 4; set offsets graph 0.03, graph 0.03, graph 0.08, graph 0.05
  set label 1 "least inertia" at BX,BY left offset 0.3,-1.1 textcolor rgb OK_VERM
  if (TX != BX) { set label 2 "best accuracy" at TX,TOP left offset 0.9,0.3 textcolor rgb OK_GREEN }
  plot DATA."/restarts.csv" using 1:(100*$2) with points pt 7 ps 0.9*PSX lc rgb OK_SKY, \
       "" using ($1 == BX ? $1 : NaN):(100*$2) with points pt 7 ps 1.2*PSX lc rgb OK_VERM, \
       "" using ($1 == TX && TX != BX ? $1 : NaN):(100*$2) with points pt 7 ps 1.2*PSX lc rgb OK_GREEN
}

# ---- principal axes on the cloud ----
FIG = "axes"; ASPECT = 0.68; NEEDS = "cloud.csv axes.csv"; load "style.gp"
if (READY) {
  stats DATA."/cloud.csv" using 1:2 nooutput
  MX = STATS_mean_x; MY = STATS_mean_y
  set size ratio -1; set xrange [-5:5]; set yrange [-3.2:3.2]; set xtics 1; set ytics 1
  set xlabel "x_1" offset 0,0.4; set ylabel "x_2" offset 1,0
  set style textbox opaque fillcolor rgb "#30ffffff" noborder margins 0.5,0.3
  plot DATA."/cloud.csv" using 1:2 with points pt 7 ps 0.4*PSX lc rgb "#66c2a5", \
       DATA."/axes.csv" using (MX):(MY):(2*sqrt($1)*$2*sgn($3)):(2*sqrt($1)*$3*sgn($3)) \
       with vectors head filled size graph 0.02,20 lc rgb "white" lw 5 dt 1, \
       DATA."/axes.csv" using (MX):(MY):(2*sqrt($1)*$2*sgn($3)):(2*sqrt($1)*$3*sgn($3)) \
       with vectors head filled size graph 0.02,20 lc rgb OK_BLACK lw 2.2 dt 1, \
       for [i = 0:1] DATA."/axes.csv" every ::i::i using (MX + 2*sqrt($1)*$2*sgn($3)):(MY + \
       2*sqrt($1)*$3*sgn($3)):(sprintf(i ? "v_2: sd %.2f" : "v_1: sd %.2f", sqrt($1))) \
         with labels boxed offset (i ? -4 : 4),1.1 textcolor rgb OK_BLACK
}

# ---- scree and cumulative variance ----
FIG = "scree"; ASPECT = 0.5; NEEDS = "scree.csv"; load "style.gp"
if (READY) {
  stats DATA."/scree.csv" using 1 nooutput
  TOTAL = STATS_sum
  count(share) = int(system(sprintf("awk -F, 'NR>1 && $2>=%g{print NR-1; exit}' '%s/scree.csv'", share, DATA)))
  held(c) = real(system(sprintf("awk -F, 'NR==%d{print $2}' '%s/scree.csv'", c+1, DATA)))
  set multiplot layout 1,2 margins char 8,2,3.5,1.5 spacing char 11,0
  set xrange [0:65]; set xtics (1, 16, 32, 48, 64); set xlabel "principal axis"
  set ylabel "share of the variance" offset 0.5,0; set yrange [0:*]; set format y "%g %%"
  plot DATA."/scree.csv" using ($0+1):(100*$1/TOTAL) with boxes fs solid 1 noborder lc rgb OK_BLUE
  set ylabel "share held by the first axes" offset 0.5,0; set yrange [0:100]; set ytics 20
  set xlabel "number of axes"
  do for [i = 1:3] {
    s = word("0.5 0.8 0.95", i) + 0; c = count(s)
    set label i sprintf("%d axes: %.0f %%", c, 100*held(c)) at c,100*held(c) left offset 0.9,-0.6 textcolor rgb OK_BLACK
  }
  plot DATA."/scree.csv" using ($0+1):(100*$2) with lines lc rgb OK_BLUE lw 2 dt 1, \
       for [i = 1:3] "" using ($0+1 == count(word("0.5 0.8 0.95", i)+0) ? $0+1 : NaN):(100*$2) \
       with points pt 7 ps 0.8*PSX lc rgb OK_BLUE
  unset multiplot
}

# ---- the digits on two axes ----
FIG = "codes"; ASPECT = 0.8; NEEDS = "codes.csv"; load "style.gp"
if (READY) {
  set xlabel "first principal axis"; set ylabel "second principal axis"; set size ratio -1
  array TEN[10] = [0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0x222222, 0x8C510A, 0x7B3294, 0x808000]
  plot DATA."/codes.csv" using 1:2:(sprintf("%d", $3)):(TEN[int($3)+1]) with labels font sprintf("DejaVu Sans,%g", \
      0.62*FS*(EXT eq "svg" ? 96/72. : 1)) textcolor rgb variable
}

# ---- density on the line ----
FIG = "density1d"; ASPECT = 0.4; NEEDS = "density_1d.csv samples_1d.csv metrics.csv"; load "style.gp"
if (READY) {
  set multiplot layout 1,3 margins char 5.5,1,3.5,2 spacing char 2,0
  set xrange [-4.5:5]; set yrange [-0.03:0.5]; set xtics 2; set xlabel "x" offset 0,0.5
  set ytics 0,0.1,0.5
  do for [e = 1:3] {
    name = word("histogram kernel mixture", e)
    set title sprintf("%s: KL %.3f nat", name, metric("kl_1d_".name)) offset 0,-0.5
    set ylabel (e == 1 ? "density" : "") offset 1,0
    if (e == 2) { set format y "" }
    set label 1 (e == 1 ? "truth" : "") at 2.1,0.05 center textcolor rgb "#00664c" front
    plot DATA."/density_1d.csv" using 1:(exp($2)) with filledcurves y=0 lc rgb "#b8e2d2", \
         DATA."/samples_1d.csv" using 1:(-0.017):(0):(0.012) with vectors nohead lc rgb "#90222222" lw 0.4 dt 1, \
         DATA."/density_1d.csv" using 1:(exp(column(2+e))) with lines lc rgb OK_BLUE lw 2 dt 1
  }
  unset multiplot
}

# ---- bandwidth against likelihood ----
FIG = "bandwidth"; ASPECT = 0.62; NEEDS = "kernel_1d.csv"; load "style.gp"
if (READY) {
  stats DATA."/kernel_1d.csv" using 3 nooutput
  TOP = STATS_max
  stats DATA."/kernel_1d.csv" using ($3 == TOP ? $1 : NaN) nooutput
  H = STATS_max
  set logscale x; set xrange [0.015:1.05]; set yrange [TOP-1:TOP+0.4]
  set xtics (0.02, 0.05, 0.1, 0.2, 0.5, 1); set rmargin 4
  set xlabel "bandwidth h of the kernels"; set ylabel "mean log-likelihood in nats"
  set arrow 1 from H,graph 0 to H,TOP nohead lc rgb OK_GREY lw 0.8 dt (4,3) back
  set label 1 sprintf("best h = %.2g", H) at H,graph 0.06 left offset 0.8,0 textcolor rgb OK_BLACK
  set label 2 "the samples it was made of" at 0.03,TOP+0.25 left textcolor rgb OK_VERM
  set label 3 "held-out samples" at 0.045,TOP-0.5 left textcolor rgb OK_BLUE
  plot DATA."/kernel_1d.csv" using 1:2 with linespoints pt 7 ps 0.4*PSX lc rgb OK_VERM lw 1.8 dt (12,5), \
       DATA."/kernel_1d.csv" using 1:3 with linespoints pt 7 ps 0.4*PSX lc rgb OK_BLUE lw 1.8 dt 1
}

# ---- density in the plane ----
FIG = "density2d"; ASPECT = 0.98; NEEDS = "density_2d.csv samples_2d.csv metrics.csv"; load "style.gp"
if (READY) {
  GRID = sprintf("< awk -F, 'NR>1 && $2!=y{print \"\"} {y=$2; print}' '%s/density_2d.csv'", DATA)
  set contour base; set cntrparam levels discrete 0.05, 0.2, 0.5, 1; unset surface
  do for [e = 0:3] {
    set table sprintf("%s/.contour%d", FIGS, e)
    splot GRID using 1:2:(exp(column(3+e)))
    unset table
  }
  unset contour; set surface
  if (SLIDE) {
      set multiplot layout 1,4 margins screen 0.01,0.99,0.29,0.8 spacing char 1.2,0
  } else {
      set multiplot layout 2,2 margins char 1,1,1,2 spacing char 1.5,2.5
  }
  set size ratio -1; unset xtics; unset ytics; unset grid; set border 15; unset colorbox
  set xrange [-1.35:1.15]; set yrange [-1.05:1.3]; set cbrange [0:1.5]
  do for [e = 0:3] {
    name = word("truth histogram kernel mixture", e+1)
    set title (e == 0 ? "truth".(SLIDE ? "\n" : ", ")."and samples of it" : sprintf(SLIDE ? "%s\nKL %.2f nat" \
        : "%s: KL %.2f nat", name, metric("kl_2d_".name))) offset 0,-0.6
    plot DATA."/density_2d.csv" using 1:2:(exp(column(3+e))) with image, \
         sprintf("%s/.contour%d", FIGS, e == 1 ? 0 : e) using (e == 1 ? NaN : real(word(strcol(1), \
         1))):(real(word(strcol(1), 2))) with lines lc rgb "#70ffffff" lw 0.6 dt 1, \
         DATA."/samples_2d.csv" using (e == 0 ? $1 : NaN):2 with points pt 7 ps 0.15*PSX lw 0.3 lc rgb "#e8fff4"
  }
  unset multiplot
  system(sprintf("rm -f '%s'/.contour?", FIGS))
}
