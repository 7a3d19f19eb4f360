# Figures of lab 02, nonlinear PCA. How to call it: style.gp.
EXT = ARG1; PRESET = ARG2; DATA = ARG3; FIGS = ARG4; LAB = "02_nonlinear_ae"
CURVES = "half_circle sine spiral"
TITLES = "'half circle' sine spiral"
C_LINE = "#0072B2"                      # PCA's line; what the net draws has C_FAKE
GROWN = "grown_half_circle.csv grown_sine.csv grown_spiral.csv half_circle.csv sine.csv spiral.csv"
# the steps of a curve's frames, a word each; its frame f is block f of the file, block 0 the first
steps(curve) = system(sprintf("awk -F, 'NR>1 && NF && !seen[$1]++ {print $2}' '%s/grown_%s.csv'", DATA, curve))
thousands(n) = n < 1000 ? sprintf("%d", n) : sprintf("%d,%03d", n/1000, n - 1000*(n/1000))
# a bare panel of the plane; all have one scale
panel = "set size ratio -1; unset tics; unset grid; set border 15 lc rgb '#bbbbbb'; set xrange [-1.2:1.2]"
# three of them side by side, in the middle of the page
HIGH = "0.3167*W_IN*1.9/2.4/H_IN"
window(c) = c == 1 ? "set yrange [-.45:1.45]" : c == 2 ? "set yrange [-.95:.95]" : "set yrange [-.75:1.15]"

# ---- the nets, drawn from their own description ----
FIG = "nets"; ASPECT = 0.5; NEEDS = "nets.csv"; load "style.gp"
if (READY) {
  units(net, l) = system(sprintf("awk -F, '$1==\"%s\" && $2==%d{print $3}' '%s/nets.csv'", net, l, DATA)) + 0
  what(net, l) = system(sprintf("awk -F, '$1==\"%s\" && $2==%d{print $4}' '%s/nets.csv'", net, l, DATA))
  weights(net) = system(sprintf("awk -F, '$1==\"%s\"{w=$5} END{print w}' '%s/nets.csv'", net, DATA)) + 0
  MOST = 7                                              # a taller column shows its ends and dots
  shown(u) = u > MOST ? MOST : u
  y(u, i) = 0.5*(shown(u) - 1) - i
  hidden(u, i) = u > MOST && i == MOST/2
  unset tics; unset border; unset grid; unset key
  set size ratio -1
  set margins 0, 0, 0, 0
  R = 0.3; GAP = 1.9
  N = 0; X0 = 0
  do for [net in "linear bent"] {
    L = net eq "linear" ? 2 : 6
    do for [l = 0:L] {
      u = units(net, l); w = what(net, l); px = X0 + GAP*l
      do for [i = 0:shown(u)-1] {
        if (hidden(u, i)) { set label "⋮" at px, y(u,i) center textcolor rgb OK_GREY } else {
          fill = w eq "z" ? C_FAKE : (w eq "x" || w eq "xhat") ? C_REAL : "#9ecae1"
          N = N + 1; set object N circle at px, y(u,i) size R front fillstyle solid fillcolor rgb fill
          if (l < L) { v = units(net, l+1); do for [j = 0:shown(v)-1] { if (!hidden(v, j)) {
            set arrow from px+R, y(u,i) to px+GAP-R, y(v,j) nohead back lw 0.5 lc rgb "#aaaaaa" dt 1 } } }
        }
      }
      set label (w eq "x" ? "x" : w eq "xhat" ? "x̂" : w) at px, -4.2 center textcolor rgb OK_BLACK
      set label sprintf("%d", u) at px, -5.0 center textcolor rgb OK_GREY
    }
    set label sprintf("%s: %s weights", net eq "linear" ? "lab 1" : "this lab", thousands(weights(net))) \
        at X0 + 0.5*GAP*L, 4.3 center textcolor rgb OK_BLACK
    X0 = X0 + GAP*(L + 1.4)
  }
  set xrange [-1:GAP*9.4+1]; set yrange [-5.6:4.9]
  plot NaN
}

# ---- three bends and their slopes ----
FIG = "bends"; ASPECT = 0.45; NEEDS = "bends.csv"; load "style.gp"
if (READY) {
  set multiplot layout 1,2 margins char 7,2,3.4,1 spacing char 10,0
  set xrange [-4:4]; set xtics 2; set xlabel "a"
  set ylabel "h = φ(a)"; set yrange [-1.2:2]; set ytics 1
  set label 1 "tanh" at -3.9,-0.83 textcolor rgb OK_BLUE
  set label 2 "sigmoid" at -3.9,0.22 textcolor rgb OK_VERM
  set label 3 "leaky ReLU" at 1.3,1.55 right textcolor rgb OK_GREEN
  plot DATA."/bends.csv" using 1:2 with lines lc rgb OK_BLUE lw 2 dt 1, \
      "" using 1:4 with lines lc rgb OK_VERM lw 2 dt 1, "" using 1:6 with lines lc rgb OK_GREEN lw 2 dt 1
  set ylabel "slope φ′(a)"; set yrange [-0.05:1.15]; set ytics 0.5
  set label 1 at 0.62,0.85; set label 2 at -3.9,0.19; set label 3 at 3.9,1.06
  plot DATA."/bends.csv" using 1:3 with lines lc rgb OK_BLUE lw 2 dt 1, \
      "" using 1:5 with lines lc rgb OK_VERM lw 2 dt 1, "" using 1:7 with lines lc rgb OK_GREEN lw 2 dt 1
  unset multiplot
}

# ---- the learned curves beside PCA's line ----
FIG = "curves"; ASPECT = 0.36; NEEDS = GROWN." metrics.csv"; load "style.gp"
if (READY) {
  high = @HIGH; low = 0.44 - high/2
  set multiplot layout 1,3 margins screen 0.01,0.99,low,low+high spacing screen 0.015,0
  @panel
  do for [c = 1:3] {
    name = word(CURVES, c); F = words(steps(name)) - 1
    eval window(c)
    ratio = metric("mse_ratio_".name)
    set title word(TITLES, c).(ratio == ratio ? sprintf("\n%.1f %% of PCA's error", 100*ratio) : "") offset 0,-0.6
    unset label
    if (c == 1) {
      set label 1 "data" at 0,0.8 center textcolor rgb C_REAL
      set label 2 "PCA" at 0,0.5 center textcolor rgb C_LINE
      set label 3 "learned" at 0,1.19 center textcolor rgb C_FAKE
    }
    plot DATA."/".name.".csv" using 1:2 with points pt 7 ps 0.22*PSX lc rgb "#8cc9b5", \
         "" using 3:4 with lines lc rgb C_LINE lw 1.8 dt 1, \
         DATA."/grown_".name.".csv" every :::F::F using 3:4 with lines lc rgb C_FAKE lw 2.2 dt 1
  }
  unset multiplot
}

# ---- the same, growing ----
MOVIE = 1; FIG = "growing"; ASPECT = 0.36; NEEDS = GROWN; load "style.gp"
if (READY) {
  STEPS = steps("half_circle"); F = words(STEPS) - 1
  do for [k = 0:F] {
    @frame
    set multiplot layout 1,3 margins screen 0.01,0.99,0.03,0.85 spacing screen 0.015,0
    @panel
    do for [c = 1:3] {
      name = word(CURVES, c)
      eval window(c)
      TITLE = c == 1 ? "half circle" : c == 2 ? "step ".thousands(word(STEPS, k+1) + 0) : "spiral"
      set title TITLE offset 0,-0.6
      plot DATA."/".name.".csv" using 1:2 with points pt 7 ps 0.25 lc rgb "#8cc9b5", \
           "" using 3:4 with lines lc rgb C_LINE lw 1 dt 1, \
           DATA."/grown_".name.".csv" every :::k::k using 3:4 with lines lc rgb C_FAKE lw 2 dt 1
    }
    unset multiplot
  }
}

# ---- moments of the spiral, for print ----
FIG = "moments"; ASPECT = 0.62; NEEDS = GROWN; load "style.gp"
if (READY) {
  STEPS = steps("spiral"); F = words(STEPS) - 1
  set multiplot layout 2,3 margins screen 0.01,0.99,0.01,0.94 spacing screen 0.015,0.07
  @panel
  eval window(3)
  do for [i = 0:5] {
    f = int(F*(i == 0 ? 0 : 0.4 + 0.12*i))              # late ones, where most happens
    set title "step ".thousands(word(STEPS, f+1) + 0) offset 0,-0.6
    plot DATA."/spiral.csv" using 1:2 with points pt 7 ps 0.2*PSX lc rgb "#8cc9b5", \
         "" using 3:4 with lines lc rgb C_LINE lw 1.2 dt 1, \
         DATA."/grown_spiral.csv" every :::f::f using 3:4 with lines lc rgb C_FAKE lw 2.2 dt 1
  }
  unset multiplot
}

# ---- error against step ----
FIG = "error"; ASPECT = 0.6; NEEDS = "error.csv"; load "style.gp"
if (READY) {
  stats DATA."/error.csv" using 2 nooutput
  LAST = STATS_max
  set logscale xy; set xrange [10:LAST]; set yrange [2e-4:0.4]
  set ytics ("0.001" 0.001, "0.01" 0.01, "0.1" 0.1)
  set xlabel "training step"; set ylabel "error on held-out points, per coordinate"
  set label 9 "dashed: PCA's line" at 700,0.036 center textcolor rgb OK_GREY
  set label 8 "dotted: the noise across the curve" at 12,3.2e-4 textcolor rgb OK_GREY
  COL = OK_GREEN." ".OK_PURPLE." ".C_FAKE
  # each curve is named where it runs alone: above it, at a step early in training
  AT = "80 35 300"; UP = "2.4 0.45 1.5"
  do for [c = 1:3] {
    e = system(sprintf("awk -F, '$1==\"%s\" && $2<=%s{e=$3} END{print e+0}' '%s/error.csv'", word(CURVES,c), \
        word(AT,c), DATA)) + 0
    set label 10+c word(TITLES, c) at word(AT,c) + 0, (e > 0 ? e : 1)*(word(UP,c) + 0) center textcolor rgb word(COL, c)
  }
  plot for [c = 1:3] DATA."/error.csv" using (strcol(1) eq word(CURVES,c) && $2 > 0 ? $2 : NaN):4 \
      with lines lc rgb word(COL,c) lw 1 dt (6,4), \
       for [c = 1:3] DATA."/error.csv" using (strcol(1) eq word(CURVES,c) && $2 > 0 ? $2 : NaN):3 \
       with lines lc rgb word(COL,c) lw 2 dt 1, \
       0.03**2/2 with lines lc rgb OK_GREY lw 1 dt (2,3)
}

# ---- the code of every point of the plane ----
FIG = "plane"; ASPECT = 0.8; NEEDS = "plane.csv order_spiral.csv ".GROWN; load "style.gp"
if (READY) {
  stats DATA."/order_spiral.csv" using 2 nooutput
  F = words(steps("spiral")) - 1
  set size ratio -1; set xrange [-1.3:1.3]; set yrange [-1.3:1.3]; set cbrange [STATS_min:STATS_max]
  unset grid; set border 15; set xtics 0.5; set ytics 0.5
  set xlabel "x_1" offset 0,0.3; set ylabel "x_2" offset 1,0; set cblabel "code z" offset 0.5,0; set format cb "%g"
  plot DATA."/plane.csv" using 1:2:3 with image, \
       DATA."/spiral.csv" using 1:2 with points pt 7 ps 0.25*PSX lc rgb "#c0ffffff", \
       DATA."/grown_spiral.csv" every :::F::F using 3:4 with lines lc rgb "white" lw 3.2 dt 1, \
       DATA."/grown_spiral.csv" every :::F::F using 3:4 with lines lc rgb C_FAKE lw 1.8 dt 1
}

# ---- code against arc length ----
FIG = "order"
ASPECT = 0.42
NEEDS = "order_half_circle.csv order_sine.csv order_spiral.csv metrics.csv"
load "style.gp"
if (READY) {
  set multiplot layout 1,3 margins char 7,1.5,3.4,2 spacing char 5,0
  set ytics 1; set xrange [0:1]; set xtics ("0" 0, "0.5" 0.5, "1" 1)
  do for [c = 1:3] {
    name = word(CURVES, c)
    set title sprintf("%s: rank corr. %.3f", word(TITLES, c), metric(c == 1 ? "code_order" : "code_order_".name)) \
        offset 0,-0.5
    YLABEL = c == 1 ? "code z" : ""; XLABEL = c == 2 ? "share of the curve's length" : " "
    set ylabel YLABEL; set xlabel XLABEL
    plot DATA."/order_".name.".csv" using 1:2 with points pt 7 ps 0.3*PSX lc rgb C_FAKE
  }
  unset multiplot
}

# ---- error against code size ----
FIG = "sizes"; ASPECT = 0.6; NEEDS = "metrics.csv"; load "style.gp"
if (READY) { if (metric("test_mse_digits_k16") != metric("test_mse_digits_k16")) { READY = 0; set output } }
if (READY) {
  set logscale x 2; set logscale y; set xrange [0.9:18]; set yrange [0.005:0.1]
  set xtics (1, 2, 4, 8, 16); set ytics (0.005, 0.01, 0.02, 0.05, 0.1)
  set xlabel "code size k"; set ylabel "error on held-out digits, per pixel"
  set label 1 "linear: PCA" at 4.3,0.043 left textcolor rgb C_LINE
  set label 2 "deep: 64-128-64-k-64-128-64" at 3.9,0.0215 right textcolor rgb C_FAKE
  array K[6] = [0, 1, 2, 4, 8, 16]                      # the first row is taken for a header
  plot K using (K[$1]):(metric(sprintf("pca_mse_digits_k%d", K[$1]))) with linespoints lc rgb C_LINE lw 2 dt 1 pt 7 \
      ps 0.7*PSX, \
       K using (K[$1]):(metric(sprintf("test_mse_digits_k%d", K[$1]))) with linespoints lc rgb C_FAKE lw 2 dt 1 pt 7 \
       ps 0.7*PSX
}
