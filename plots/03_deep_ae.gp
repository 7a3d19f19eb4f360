# Figures of lab 03, deep codes of real images. How to call it: style.gp.
EXT = ARG1; PRESET = ARG2; DATA = ARG3; FIGS = ARG4; LAB = "03_deep_ae"

# ---- the same images from thirty numbers ----
FIG = "copies"; ASPECT = 0.27; NEEDS = "copies.png metrics.csv"; load "style.gp"
if (READY) {
  RATIO = 258/867.; ROOM = THUMB ? 0.225 : 0.17
  @picture
  set label 1 "test image" at graph -0.015,5/6. right
  set label 2 sprintf("PCA, k = 30\nerror %.1f", metric("pca_sse_30")) at graph -0.015,3.35/6. right
  set label 3 sprintf("deep, k = 30\nerror %.1f", metric("test_sse_30")) at graph -0.015,1.35/6. right
  plot DATA."/copies.png" binary filetype=png with rgbimage
}

# ---- error against code size ----
FIG = "sweep"; ASPECT = 0.6; NEEDS = "sweep.csv"; load "style.gp"
if (READY) {
  set logscale xy; set xrange [1.8:34]; set yrange [5:45]; set rmargin 12
  set xtics (2, 4, 8, 16, 30); set ytics (5, 10, 20, 40)
  set xlabel "numbers in the code, k"; set ylabel "squared error per test image"
  last(c) = system(sprintf("tail -n 1 '%s/sweep.csv' | cut -d, -f%d", DATA, c)) + 0
  set label 1 "PCA" at 30,last(4) offset 1,0.2 textcolor rgb OK_BLUE
  set label 2 "deep" at 30,last(3) offset 1,0.2 textcolor rgb C_FAKE
  plot DATA."/sweep.csv" using 1:4 with linespoints lc rgb OK_BLUE lw 1.8 dt 1 pt 7 ps 0.7*PSX, \
       DATA."/sweep.csv" using 1:3 with linespoints lc rgb C_FAKE lw 1.8 dt 1 pt 7 ps 0.7*PSX
}

# ---- two numbers per image ----
FIG = "codes"; ASPECT = 0.55; NEEDS = "codes.csv names.csv metrics.csv"; load "style.gp"
if (READY) {
  NAMES = class_names(DATA)
  array COL[10] = ["#0072B2", "#D55E00", "#56B4E9", "#CC79A7", "#004D80", "#E69F00", "#7A4FB5", "#C9B400", "#222222", \
      "#009E73"]
  unset tics; unset grid; unset border
  set multiplot
  do for [p = 0:1] {
    a = p ? 1 : 3; b = p ? 2 : 4
    stats DATA."/codes.csv" using a:b nooutput
    set xrange [STATS_mean_x-2.6*STATS_stddev_x:STATS_mean_x+2.6*STATS_stddev_x]
    set yrange [STATS_mean_y-2.6*STATS_stddev_y:STATS_mean_y+2.6*STATS_stddev_y]
    set lmargin at screen (p ? 0.445 : 0.01)
    set rmargin at screen (p ? 0.865 : 0.43)
    set bmargin at screen 0.02
    set tmargin at screen 0.87
    set border 15 lc rgb "#bbbbbb"
    set title sprintf("%s\nclass by 15 neighbours: %.0f %%", p ? "two numbers of the deep net" \
        : "two principal components", 100*metric(p ? "knn_2d" : "knn_pca2")) offset 0,-0.5
    if (p) {
        do for [c = 0:9] { set label c+1 word(NAMES, c+1) at screen 0.885, 0.80-0.075*c left textcolor rgb COL[c+1] }
    }
    plot for [c = 0:9] DATA."/codes.csv" using ($5 == c ? column(a) : NaN):(column(b)) \
        with points pt 7 ps 0.22*PSX lc rgb COL[c+1]
    undefine STATS_*
  }
  unset multiplot
}

# ---- the plane of codes, decoded ----
FIG = "plane"; ASPECT = 1.05; NEEDS = "plane.png plane.csv metrics.csv"; load "style.gp"
if (READY) {
  RATIO = 1; ROOM = 0.01
  @picture
  N = 16; TILE = 58.; SIDE = N*TILE - 2
  set xrange [0:SIDE]; set yrange [0:SIDE]
  set label 1 sprintf("%.0f %% of the cells hold no training image", 100*metric("empty_cells_2d")) at graph 0.5,-0.018 \
      center textcolor rgb OK_VERM
  plot DATA."/plane.png" binary filetype=png with rgbimage, \
       DATA."/plane.csv" using ($3 == 0 ? (int($0) % N)*TILE + 28 : NaN):(SIDE - int($0)/N*TILE - 28):(28):(28) \
       with boxxyerror fc rgb "#80D55E00" fs solid noborder
}

# ---- copies, and pictures of random codes ----
FIG = "probe"; ASPECT = 0.17; NEEDS = "probe.png metrics.csv"; load "style.gp"
if (READY) {
  RATIO = 171/1041.; ROOM = 0.235
  @picture
  set label 1 sprintf("codes of test images\nnearest image %.1f", metric("nearest_sse_copy")) at graph -0.015,0.79 right
  set label 2 sprintf("random codes\nnearest image %.1f", metric("nearest_sse_probe")) at graph -0.015,0.29 right
  plot DATA."/probe.png" binary filetype=png with rgbimage
}

# ---- repair ----
FIG = "denoise"; ASPECT = 0.29; NEEDS = "denoise.png metrics.csv"; load "style.gp"
if (READY) {
  RATIO = 345/1041.; ROOM = 0.20
  @picture
  set label 1 "test image" at graph -0.015,0.875 right
  set label 2 sprintf("damaged\nerror %.0f", metric("denoise_sse_noisy")) at graph -0.015,0.66 right
  set label 3 sprintf("plain net\nerror %.0f", metric("denoise_sse_plain")) at graph -0.015,0.41 right
  set label 4 sprintf("trained to repair\nerror %.0f", metric("denoise_sse_repair")) at graph -0.015,0.16 right
  plot DATA."/denoise.png" binary filetype=png with rgbimage
}

# ---- accuracy against the number of labels ----
FIG = "labels"; ASPECT = 0.62; NEEDS = "labels.csv"; load "style.gp"
if (READY) {
  array KIND[3] = ["raw pixels", "PCA, 30 axes", "autoencoder"]
  array COLOUR[3] = [OK_GREY, OK_BLUE, C_FAKE]
  set logscale x; set xrange [80:80000]; set rmargin 16
  set xtics ("100" 100, "600 " 600, " 1000" 1000, "3000" 3000, "60,000" 60000)
  set ytics 5
  set xlabel "number of labels"; set ylabel "test images classified right, %"
  last(c) = 100*(system(sprintf("tail -n 1 '%s/labels.csv' | cut -d, -f%d", DATA, c)) + 0)
  do for [k = 1:3] {
      set label k KIND[k] at 60000,last(k+2) offset 1.2,(k == 1 ? 0 : last(4) < last(5) ? 0.35*(2*k-5) \
          : -0.35*(2*k-5)) textcolor rgb COLOUR[k]
  }
  plot for [k = 1:3] DATA."/labels.csv" using ($1*(1+0.05*(k-2))):(100*column(k+2)) \
      with points pt 7 ps 0.35*PSX lc rgb COLOUR[k], \
       for [k = 1:3] DATA."/labels.csv" using ($1*(1+0.05*(k-2))):(100*column(k+2)) smooth unique \
       with lines lc rgb COLOUR[k] lw 1.8 dt 1
}
