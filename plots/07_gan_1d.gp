# Figures of lab 07, learning by comparison on the line. How to call it: style.gp.
EXT = ARG1; PRESET = ARG2; DATA = ARG3; FIGS = ARG4; LAB = "07_gan_1d"
thousands(n) = n < 1000 ? sprintf("%d", n) : sprintf("%d,%03d", n/1000, n - 1000*(n/1000))

# One moment of the game, frame k: densities and D above, what G does with z below. LEFT, WIDE, LOW and HIGH place it on
# the page.
steps = sprintf("awk -F, 'NR>1 && NF && !seen[$1]++ {print $2}' '%s/curves.csv'", DATA)
moment = 'set border 0; unset tics; unset grid; unset xlabel; unset ylabel; set xrange [-4.5:4.5]; \
  set lmargin at screen LEFT; set rmargin at screen LEFT+WIDE; \
  set bmargin at screen LOW+0.42*HIGH; set tmargin at screen LOW+HIGH; set yrange [-0.02:1.05]; set samples 300; \
  set label 90 sprintf("step %s", thousands(word(MOMENTS, k+1)+0)) at graph 0.5,0.99 center; \
  plot DATA."/curves.csv" every :::k::k \
       using 3:(2*0.5*(exp(-0.5*(($3+1.4)/0.7)**2)+exp(-0.5*(($3-1.4)/0.7)**2))/0.7/sqrt(2*pi)) \
       with filledcurves y1=0 lc rgb "#a6dbc8", \
       DATA."/lines.csv" every :::k::k using 4:(2./401) smooth kdensity bandwidth 0.12 \
       with lines lc rgb C_FAKE lw 2 dt 1, \
       DATA."/curves.csv" every :::k::k using 3:4 with lines lc rgb C_DISC lw 1.6 dt (8,4); \
  unset label 90; set bmargin at screen LOW+0.03*HIGH; set tmargin at screen LOW+0.40*HIGH; set yrange [0:1]; \
  plot DATA."/lines.csv" every 10::5:k::k using 3:(0.0):($4-$3):(1.0) with vectors nohead lc rgb C_GEN lw 0.7 dt 1, \
       0 with lines lc rgb OK_GREY lw 1 dt 1, 1 with lines lc rgb OK_GREY lw 1 dt 1'

# ---- D against two densities, five panes ----
FIG = "best"; ASPECT = 0.3; NEEDS = "best_0.csv best_1.csv best_2.csv best_3.csv best_4.csv"; load "style.gp"
if (READY) {
  set multiplot layout 1,5 margins screen 0.06,0.995,0.16,0.86 spacing screen 0.012,0
  set xrange [-3.2:6.2]
  set yrange [0:1.06]
  set xtics 2,2,2
  set xtics ("0" 0, "4" 4)
  set ytics 0.5
  set xlabel "x" offset 0,0.7
  unset grid
  do for [distance = 4:0:-1] {
    F = sprintf("%s/best_%d.csv", DATA, distance)
    set title (distance ? sprintf("%d apart", distance) : "p = q") offset 0,-0.7
    unset label
    if (distance == 4) {
      set label 1 "p" at 0,0.46 center textcolor rgb C_REAL
      set label 2 "q" at 4,0.46 center textcolor rgb C_FAKE
      set label 3 "D*" at -2.9,0.93 left textcolor rgb C_DISC
    }
    if (distance == 0) { set label 3 "D* = ½" at 1.5,0.57 left textcolor rgb C_DISC }
    plot F using 1:2 with filledcurves y1=0 lc rgb "#a6dbc8", F using 1:3 with lines lc rgb C_FAKE lw 1.6 dt 1, \
         F using 1:4 with lines lc rgb C_DISC lw 2 dt 1
    set format y ""
  }
  unset multiplot
}

# ---- the log ratio, true and estimated ----
FIG = "estimate"; ASPECT = 0.62; NEEDS = "estimate.csv"; load "style.gp"
if (READY) {
  F = DATA."/estimate.csv"
  set multiplot
  set lmargin at screen 0.11; set rmargin at screen 0.97
  set xrange [-5:5]; set format x ""; set bmargin at screen 0.43; set tmargin at screen 0.97
  set yrange [-8.5:3.2]; set ytics 2; set ylabel "log p(x)/q(x), nats"
  set label 1 "log p/q" at -4.9,-6.9 textcolor rgb OK_BLACK
  set label 2 "logit of D, from samples" at 2.15,1.0 textcolor rgb C_DISC
  plot F using 1:(log($2/$3)) with lines lc rgb OK_BLACK lw 3.2 dt 1, \
      F using 1:(log($5)) with lines lc rgb C_DISC lw 2 dt (8,4), 0 with lines lc rgb OK_GREY lw 0.6 dt 1
  unset label; set format x "%g"
  set bmargin at screen 0.12
  set tmargin at screen 0.38
  set yrange [0:0.36]
  set ytics 0.2
  set ylabel "density"
  set xlabel "x"
  set label 1 "p" at -1.4,0.2 center textcolor rgb C_REAL front
  set label 2 "q" at 3.05,0.1 left textcolor rgb C_FAKE front
  plot F using 1:2 with filledcurves y1=0 lc rgb "#a6dbc8", F using 1:3 with lines lc rgb C_FAKE lw 2 dt 1
  unset multiplot
}

# ---- what G feels ----
FIG = "slopes"; ASPECT = 0.55; NEEDS = "slopes.csv"; load "style.gp"
if (READY) {
  F = DATA."/slopes.csv"
  set xlabel "D's logit of a fake"
  set ylabel "gradient of G's loss"
  set xrange [-8:8]
  set yrange [-1.08:0.08]
  set ytics 0.5
  set label 1 "minimax: −D" at -7.7,-0.08 left textcolor rgb C_FAKE
  set label 2 "non-saturating: −(1 − D)" at -7.7,-0.8 left textcolor rgb C_GEN
  set label 3 "D is sure: a fake" at -7.7,-0.5 left textcolor rgb OK_GREY
  set label 4 "D is fooled" at 7.7,-0.5 right textcolor rgb OK_GREY
  plot F using 1:2 with lines lc rgb C_FAKE lw 2.4 dt 1, F using 1:3 with lines lc rgb C_GEN lw 2.4 dt 1
}

# ---- the phase portrait of the game xy ----
FIG = "game"; ASPECT = 0.55; NEEDS = "game.csv"; load "style.gp"
if (READY) {
  F = DATA."/game.csv"
  set multiplot layout 1,2 margins screen 0.08,0.98,0.17,0.9 spacing screen 0.08,0
  set size ratio -1
  set xrange [-3.2:3.2]
  set yrange [-3.2:3.2]
  set xtics 2
  set ytics 2
  set xlabel "x, wants xy small"
  set ylabel "y, wants xy large" offset 1,0
  do for [run in "simultaneous alternating"] {
    set title (run eq "alternating" ? "in turn: a circle, nearly" : "at the same time: outwards")
    plot "+" using (0):(0) every ::0::0 with points pt 1 ps 1.2*PSX lc rgb OK_BLACK, \
      for [i = -3:3] for [j = -3:3] "+" every ::0::0 using (i):(j):(-0.12*j):(0.12*i) \
      with vectors head size 0.1,25 filled lc rgb "#bbbbbb" lw 0.8 dt 1, \
      F using 3:(strcol(1) eq run ? $4 : NaN) with lines lc rgb OK_BLUE lw 1 dt 1, \
      F using 3:(strcol(1) eq run ? $4 : NaN) with points pt 7 ps 0.35*PSX lc rgb OK_BLUE, \
      F using ($2 == 0 && strcol(1) eq run ? $3 : NaN):4 with points pt 7 ps 1*PSX lc rgb OK_VERM
  }
  unset multiplot
}

# ---- a generator of one number, six away ----
FIG = "chase"; ASPECT = 0.55; NEEDS = "chase.csv"; load "style.gp"
if (READY) {
  F = DATA."/chase.csv"
  set xlabel "G's step"
  set ylabel "distance of the fakes from the data, sd"
  set xrange [0:400]
  set yrange [-0.7:6.7]
  set ytics 2
  set label 1 "minimax: stays where it is" at 395,4.6 right textcolor rgb C_FAKE
  set label 2 "non-saturating: arrives" at 395,0.55 right textcolor rgb C_GEN
  set label 3 "the data" at 200,-0.35 center textcolor rgb C_REAL
  plot 0 with lines lc rgb C_REAL lw 1 dt 1, F using 2:(strcol(1) eq "saturating" ? $3 : NaN) \
      with lines lc rgb C_FAKE lw 2.4 dt 1, \
       F using 2:(strcol(1) eq "nonsaturating" ? $3 : NaN) with lines lc rgb C_GEN lw 2.4 dt 1
}

# ---- the game, moving ----
MOVIE = 1; FIG = "movie"; ASPECT = 0.75; NEEDS = "lines.csv curves.csv"; load "style.gp"
if (READY) {
  MOMENTS = system(steps)
  LEFT = 0.04; WIDE = 0.80; LOW = 0.07; HIGH = 0.91
  do for [k = 0:words(MOMENTS)-1] {
    @frame
    set multiplot
    unset label
    set label 1 "data" at screen 0.86,0.62 left textcolor rgb C_REAL
    set label 2 "fakes" at screen 0.86,0.56 left textcolor rgb C_FAKE
    set label 3 "D" at screen 0.86,0.68 left textcolor rgb C_DISC
    set label 4 "x = G(z)" at screen 0.86,0.435 left textcolor rgb C_GEN
    set label 5 "z" at screen 0.86,0.097 left textcolor rgb C_GEN
    @moment
    unset multiplot
  }
}

# ---- four moments of it, for print ----
FIG = "strip"; ASPECT = 0.4; NEEDS = "lines.csv curves.csv"; load "style.gp"
if (READY) {
  MOMENTS = system(steps); N = words(MOMENTS)
  set multiplot
  WIDE = 0.213; LOW = 0.05; HIGH = 0.92
  do for [i = 0:3] {
    k = int((N - 1)*(i == 0 ? 0 : i == 1 ? 0.15 : i == 2 ? 0.35 : 1)); LEFT = 0.01 + 0.232*i
    unset label
    if (i == 3) {
      set label 1 "data" at screen 0.925,0.56 left textcolor rgb C_REAL
      set label 2 "fakes" at screen 0.925,0.50 left textcolor rgb C_FAKE
      set label 3 "D" at screen 0.925,0.69 left textcolor rgb C_DISC
      set label 4 "x" at screen 0.925,0.42 left textcolor rgb C_GEN
      set label 5 "z" at screen 0.925,0.078 left textcolor rgb C_GEN
    }
    @moment
  }
  unset multiplot
}

# ---- JS over time, five seeds ----
FIG = "js"; ASPECT = 0.55; NEEDS = "training.csv"; load "style.gp"
if (READY) {
  F = DATA."/training.csv"
  set logscale y
  set yrange [3e-4:1]
  set ytics ("0.001" 0.001, "0.01" 0.01, "0.1" 0.1, "ln 2" log(2))
  set xlabel "G's step"
  set ylabel "JS(data, fakes), nats"
  set label 1 "five seeds" at graph 0.97,0.62 right textcolor rgb OK_GREY
  set label 2 "wanted at the end: below 0.003" at graph 0.97,first 0.0085 right textcolor rgb OK_GREY
  plot 0.003 with lines lc rgb OK_GREY lw 1 dt (3,4), \
    for [i = 1:5] F using 3:(strcol(1) eq sprintf("G%d", i) ? $4 : NaN) with lines lc rgb word(C_STEPS, i) lw 1.6 dt 1
}

# ---- steps of D for each of G ----
FIG = "pace"; ASPECT = 0.55; NEEDS = "pace.csv"; load "style.gp"
if (READY) {
  F = DATA."/pace.csv"
  set logscale y
  set yrange [5e-4:1]
  set ytics ("0.001" 0.001, "0.01" 0.01, "0.1" 0.1, "ln 2" log(2))
  set xlabel "G's step"
  set ylabel "JS(data, fakes), nats"
  set key top right title "steps of D before each of G"
  plot for [i = 0:2] F using 3:($2 == 3**i ? $4 : NaN) with linespoints lt 1 lc rgb word(C_STEPS, 1 + 2*i) pt 5 + 2*i \
      ps 0.7*PSX title sprintf("%d", 3**i)
}
