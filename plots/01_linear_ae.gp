# Figures of lab 01, a linear autoencoder is PCA. How to call it: style.gp.
EXT = ARG1; PRESET = ARG2; DATA = ARG3; FIGS = ARG4; LAB = "01_linear_ae"
SIZES = "1 2 4 8 16 32"

# ---- the loss over the plane of w, with descent ----
FIG = "surface"; ASPECT = 0.8; NEEDS = "surface.csv stationary.csv"; load "style.gp"
if (READY) {
  RUNS = system("test -s '".DATA."/path.csv' && echo a b c d")     # descent may be unwritten yet
  set contour base; set cntrparam levels discrete 0.25, 0.4, 0.6, 0.8795, 1.05, 1.5, 2.5, 4
  unset surface
  set table $CONTOUR                                    # its columns are separated by blanks, whatever the csv has
  splot DATA."/surface.csv" using 1:2:3
  unset table
  set size ratio -1
  set xrange [-1.5:1.5]; set yrange [-1.5:1.5]; set cbrange [0.15:3]; set logscale cb
  set xtics 0.5; set ytics 0.5; unset grid; set border 15
  set xlabel "w_1" offset 0,0.3; set ylabel "w_2" offset 1,0
  set cblabel "loss per sample" offset 0.5,0; set cbtics (0.2, 0.5, 1, 2, "≥ 3" 3) scale 0
  set style textbox opaque fillcolor rgb "#50ffffff" noborder margins 0.5,0.3
  plot DATA."/surface.csv" using 1:2:3 with image, \
       $CONTOUR using (real(word(strcol(1), 1))):(real(word(strcol(1), 2))) with lines lc rgb "#90ffffff" lw 0.6 dt 1, \
       for [r in RUNS] DATA."/path.csv" using (strcol(1) eq r ? $3 : NaN):4 with lines lc rgb "white" lw 2.2 dt 1, \
       for [r in RUNS] DATA."/path.csv" using (strcol(1) eq r ? $3 : NaN):4 with lines lc rgb OK_VERM lw 1.3 dt 1, \
       for [r in RUNS] DATA."/path.csv" using (strcol(1) eq r && $2 == 0 ? $3 : NaN):4 \
       with points pt 7 ps 0.7*PSX lc rgb OK_VERM, \
       DATA."/stationary.csv" using 1:2 with points pt 7 ps 1.1*PSX lc rgb "white", \
       DATA."/stationary.csv" using 1:2 with points pt 7 ps 0.7*PSX lc rgb OK_BLACK, \
       DATA."/stationary.csv" using ($1 < 0.7 ? $1 : NaN):2:(strcol(4)) with labels boxed left offset 0.8,0.7 \
       textcolor rgb OK_BLACK, \
       DATA."/stationary.csv" using ($1 > 0.7 ? $1 : NaN):2:(strcol(4)) with labels boxed center offset 0,-1.3 \
       textcolor rgb OK_BLACK
}

# ---- loss against step ----
FIG = "loss"; ASPECT = 0.62; NEEDS = "training.csv"; load "style.gp"
if (READY) {
  stats DATA."/training.csv" using 2 nooutput
  LAST = STATS_max
  do for [i = 1:6] {
    k = word(SIZES, i) + 0
    # 0: training was cut short
    floor_ = system(sprintf("awk -F, '$1==%d{f=$4} END{print f+0}' '%s/training.csv'", k, DATA)) + 0
    if (floor_ > 0) { set label i sprintf("k = %d", k) at LAST, floor_ offset 0.6,0 textcolor rgb word(C_STEPS, i) }
  }
  set logscale x; set xrange [1:LAST]; set yrange [0:75]; set rmargin 9
  set xlabel "training step"; set ylabel "squared error per image"
  set label 9 "dashed: the floor, what PCA leaves out" at graph 0.03,0.06 textcolor rgb OK_GREY
  plot for [i = 1:6] DATA."/training.csv" using ($1 == word(SIZES,i) ? $2 : NaN):3 \
      with lines lc rgb word(C_STEPS,i) lw 1.5 dt 1, \
       for [i = 1:6] DATA."/training.csv" using ($1 == word(SIZES,i) ? $2 : NaN):4 \
       with lines lc rgb word(C_STEPS,i) lw 1 dt (6,4)
}

# ---- angle against step ----
FIG = "angle"; ASPECT = 0.62; NEEDS = "training.csv metrics.csv"; load "style.gp"
if (READY) {
  stats DATA."/training.csv" using 2 nooutput
  set logscale xy; set xrange [1:STATS_max]; set yrange [0.1:100]
  set ytics ("0.1°" 0.1, "1°" 1, "10°" 10, "90°" 90)
  set xlabel "training step"; set ylabel "largest principal angle to the PCA subspace"
  set key bottom left
  gap(k) = metric(sprintf("eigen_gap_k%s", k))
  plot for [i = 1:6] DATA."/training.csv" using ($1 == word(SIZES,i) ? $2 : NaN):5 \
      with lines lc rgb word(C_STEPS,i) lw 1.8 dt 1 \
       title sprintf("k = %s, eigenvalue gap %.2g %%", word(SIZES,i), 100*gap(word(SIZES,i)))
}

# ---- filters beside eigen-images ----
FIG = "filters"; ASPECT = 0.32; NEEDS = "filters.png"; load "style.gp"
if (READY) {
  RATIO = 344/924.; ROOM = 0.165
  @picture
  set label 1 "columns of W"           at graph -0.012,0.835 right
  set label 2 "eigen-images"           at graph -0.012,0.500 right
  set label 3 "eigen-images,\nencoded and\ndecoded"  at graph -0.012,0.24 right
  plot DATA."/filters.png" binary filetype=png with rgbimage
}

# ---- reconstructions ----
FIG = "reconstructions"; ASPECT = 0.62; NEEDS = "reconstructions.png"; load "style.gp"
if (READY) {
  RATIO = 606/867.; ROOM = 0.125
  @picture
  set label 1 "test image" at graph -0.015, 13/14. right
  do for [i = 1:6] { set label i+1 "k = ".word(SIZES, i) at graph -0.015, (13 - 2*i)/14. right }
  plot DATA."/reconstructions.png" binary filetype=png with rgbimage
}

# ---- without and with centring ----
FIG = "centring"; ASPECT = 0.5; NEEDS = "cloud.csv centring.csv metrics.csv"; load "style.gp"
if (READY) {
  stats DATA."/cloud.csv" using 1:2 nooutput
  MX = STATS_mean_x; MY = STATS_mean_y
  set multiplot layout 1,2 margins char 5,1.5,3,2 spacing char 6,0
  set size ratio -1; set xtics 2; set ytics 2
  set xlabel "x_1" offset 0,0.5; set ylabel "x_2" offset 1.5,0
  do for [c = 0:1] {
    run = c ? "centred" : "raw"
    ox = c ? MX : 0; oy = c ? MY : 0
    stats DATA."/centring.csv" using (strcol(1) eq run && $2 == 400 ? $3 : NaN) nooutput
    wx = STATS_mean
    stats DATA."/centring.csv" using (strcol(1) eq run && $2 == 400 ? $4 : NaN) nooutput
    wy = STATS_mean
    set xrange [-1.5-ox:5-ox]; set yrange [-1.5-oy:5-oy]
    set title sprintf("%s: loss %.2f", c ? "centred" : "as it is", metric("cloud_loss_".run)) offset 0,-0.4
    set label 1 (c ? "" : "origin") at 0,0 point pt 7 ps 0.8*PSX lc rgb OK_BLACK left offset 0.7,-0.7 front
    plot DATA."/cloud.csv" \
         using ($1-ox):($2-oy):(wx*(wx*($1-ox)+wy*($2-oy))-($1-ox)):(wy*(wx*($1-ox)+wy*($2-oy))-($2-oy)) \
         with vectors nohead lc rgb "#a0777777" lw 0.5 dt 1, \
         DATA."/cloud.csv" using ($1-ox):($2-oy) with points pt 7 ps 0.28*PSX lc rgb C_REAL, \
         DATA."/cloud.csv" using (wx*(wx*($1-ox)+wy*($2-oy))):(wy*(wx*($1-ox)+wy*($2-oy))) \
         with points pt 7 ps 0.28*PSX lc rgb C_FAKE, \
         x*wy/wx with lines lc rgb C_FAKE lw 1.2 dt 1
    undefine STATS_*
  }
  unset multiplot
}
