# Figures of lab 09, which tricks work. How to call it: style.gp.
EXT = ARG1; PRESET = ARG2; DATA = ARG3; FIGS = ARG4; LAB = "09_gan_tricks"
C_MODE = "#bbbbbb"
rows(f) = system(sprintf("awk -F, '$1==\"easy_ring\" && $4==\"modes\"{n++} END{print n+0}' '%s/%s'", DATA, f)) + 0
title_of(k) = system(sprintf("awk -F, '$2==%d{print $3; exit}' '%s/effects.csv'", k, DATA))
num(set, k, what, col) = real(system(sprintf("awk -F, '$1==\"%s\" && $2==%d && $4==\"%s\"{print $%d; f=1} END{if " \
    ."(!f) print \"NaN\"}' '%s/effects.csv'", set, k, what, col, DATA)))

# ---- the best D under smoothed targets ----
FIG = "smoothing"; ASPECT = 0.6; NEEDS = "smoothing.csv"; load "style.gp"
if (READY) {
  set xrange [-4:4]; set yrange [0:1.08]; set ytics 0.5
  set xlabel "x"; set ylabel "density, and the best D"
  set label 1 "data p" at -1.0,0.38 center textcolor rgb C_REAL
  set label 2 "fakes q" at 1.1,0.45 center textcolor rgb C_FAKE
  set label 3 "no smoothing" at -2.2,1.035 center textcolor rgb OK_BLUE
  set label 4 "real 0.9" at -1.78,0.80 center textcolor rgb OK_SKY
  set label 5 "real 0.9, fake 0.1" at 3.9,0.145 right textcolor rgb OK_PURPLE
  set style fill transparent solid 0.18 noborder
  S(t,c) = strcol(1) eq t ? column(c) : NaN
  plot DATA."/smoothing.csv" using (S("plain",2)):3 with filledcurves y1=0 lc rgb C_REAL, \
       DATA."/smoothing.csv" using (S("plain",2)):4 with filledcurves y1=0 lc rgb C_FAKE, \
       DATA."/smoothing.csv" using (S("plain",2)):5 with lines lc rgb OK_BLUE lw 2 dt 1, \
       DATA."/smoothing.csv" using (S("smooth1",2)):5 with lines lc rgb OK_SKY lw 2 dt (12,5), \
       DATA."/smoothing.csv" using (S("smooth2",2)):5 with lines lc rgb OK_PURPLE lw 2 dt (3,4)
}

# ---- instance noise: how sure the best D is ----
FIG = "noise"; ASPECT = 0.6; NEEDS = "noise.csv"; load "style.gp"
if (READY) {
  set xrange [0.1:4]; set yrange [50:103]; set rmargin 2
  set xlabel "distance from the fakes to the data"; set ylabel "the best D is right, per cent"
  array SD[4] = [0, 0.333, 0.667, 1]
  set label 1 "no noise" at 0.2,101.7 textcolor rgb word(C_STEPS,1)
  set label 2 "noise sd 1/3" at 1.06,92 textcolor rgb word(C_STEPS,3)
  set label 3 "2/3" at 1.62,87 textcolor rgb word(C_STEPS,4)
  set label 4 "1" at 2.1,82.5 textcolor rgb word(C_STEPS,5)
  plot for [i = 1:4] DATA."/noise.csv" using (abs($1 - SD[i]) < 0.01 && $2 > 0.05 ? $2 : NaN):(100*$3) \
      with lines lc rgb word(C_STEPS, i == 1 ? 1 : i + 1) lw 2 dt 1
}

# ---- the effect of each trick on the modes found: every seed, mean and interval ----
FIG = "effects"; ASPECT = 0.72; NEEDS = "effects.csv scores_easy_ring.csv scores_easy_grid.csv"; load "style.gp"
if (READY) {
  N = rows("effects.csv")
  set multiplot layout 1,2
  set yrange [N - 0.4:0.4]; set border 1; unset ytics; set grid xtics; unset grid; set grid x
  do for [g = 0:1] {
    s = g ? "easy_grid" : "easy_ring"
    top = g ? 25 : 8
    seeds = int(system(sprintf("awk -F, 'NR>1 && $1==0{n++} END{print n}' '%s/scores_%s.csv'", DATA, s)))
    set lmargin at screen (g ? 0.70 : THUMB ? 0.32 : 0.27)
    set rmargin at screen (g ? 0.985 : 0.64)
    set bmargin at screen 0.14
    set tmargin at screen 0.92
    set xrange [g ? -17 : -7 : g ? 12 : 3]; XT = g ? 5 : 2; set xtics XT
    set xlabel "change in modes found" offset 0,0.3
    set title sprintf("%s: %.1f of %d without", g ? "grid" : "ring", num(s, 0, "modes", 5), top) offset 0,-0.5
    unset label; unset arrow
    set arrow 1 from 0, graph 0 to 0, graph 1 nohead lc rgb OK_GREY lw 1
    do for [k = 1:N-1] {
      e = num(s, k, "modes", 6); h = num(s, k, "modes", 7)
      c = e > h ? OK_GREEN : -e > h ? OK_VERM : OK_BLACK
      set arrow 10+k from e-h,k to e+h,k nohead lc rgb c lw 2.2 front
      set label 40+k "" at e,k point pt 7 ps 0.9*PSX lc rgb c front
      if (!g) { set label 70+k title_of(k) at graph -0.04, first k right }
    }
    plot "< awk -F, 'NR==1{ print \"trick,seed,gain\"; next } { if ($1==0) p[$3]=$4; else print " \
        ."$1\",\"$3\",\"$4-p[$3] }' '".DATA."/scores_".s.".csv'" using 3:($1 + 0.26 + 0.02*($2 - seeds/2.)) \
        with points pt 6 ps 0.5*PSX lc rgb "#888888"
  }
  unset multiplot
}

# ---- the table as a picture ----
FIG = "table"; ASPECT = 0.62; NEEDS = "effects.csv"; load "style.gp"
if (READY) {
  N = rows("effects.csv")
  unset tics; unset border; unset grid; unset key
  set lmargin at screen 0.265; set rmargin at screen 0.985; set bmargin at screen 0.03; set tmargin at screen 0.86
  set xrange [0:4]; set yrange [N:0]
  do for [j = 0:3] {
    s = j < 2 ? "easy_ring" : "easy_grid"; w = j % 2 ? "hq" : "modes"; scale = j == 0 ? 2. : j == 2 ? 10. : 0.3
    TT = j % 2 ? "near a mode" : "modes found"
    set label 900+j TT at j+0.5, graph 1.035 center
    do for [k = 0:N-1] {
      id = 100*j + k + 1
      m = num(s, k, w, 5); e = num(s, k, w, 6); h = num(s, k, w, 7)
      sure = k > 0 && abs(e) > h
      t = j % 2 ? sprintf("%.0f %%", 100*m) : sprintf("%.1f", m)
      if (sure) { t = t.(j % 2 ? sprintf("  (%+.0f)", 100*e) : sprintf("  (%+.1f)", e)) }
      a = sure ? int(40 + 130*(abs(e)/scale > 1 ? 1 : abs(e)/scale)) : 0
      col = k == 0 ? "#ececec" : sure ? sprintf("#%02x%s", 255 - a, e > 0 ? "009E73" : "D55E00") : "#f7f7f7"
      set object id rectangle from j+0.03,k+0.06 to j+0.97,k+0.94 fc rgb col fs solid noborder behind
      set label id t at j+0.5,k+0.52 center textcolor rgb (sure || k == 0 ? OK_BLACK : "#777777") front
      if (j == 0) { set label 600+k title_of(k) at -0.08,k+0.52 right }
    }
  }
  set label 910 "ring of 8" at 1, graph 1.12 center
  set label 911 "grid of 25" at 3, graph 1.12 center
  plot NaN
}

# ---- samples of every trick, seed 1 ----
do for [g = 0:1] {
  SETNAME = g ? "easy_grid" : "easy_ring"
  FIG = g ? "sheet_grid" : "sheet_ring"
  ASPECT = 0.80
  NEEDS = "effects.csv scores_".SETNAME.".csv samples_".SETNAME.".npy"
  load "style.gp"
  if (READY) {
    N = rows("effects.csv")
    seeds = int(system(sprintf("awk -F, 'NR>1 && $1==0{n++} END{print n}' '%s/scores_%s.csv'", DATA, SETNAME)))
    COLS = 4; ROWS = 3
    R = g ? 3.7 : 2.7
    set multiplot
    unset tics; unset grid; set border 15 lw 0.5; unset key
    set xrange [-R:R]; set yrange [-R:R]; set size ratio -1
    do for [k = 0:N-1] {
      x = (k % COLS)/(COLS + 0.); y = 1 - (k/COLS + 1)/(ROWS + 0.)
      set lmargin at screen x + (SLIDE ? 0.05 : 0.01); set rmargin at screen x + 1./COLS - 0.01
      set bmargin at screen y + 0.012; set tmargin at screen y + 1./ROWS - 0.06
      c = int(system(sprintf("awk -F, '$1==%d && $3==1{print $4}' '%s/scores_%s.csv'", k, DATA, SETNAME)))
      set title sprintf("%s: %d", k ? title_of(k) : "no trick", c) offset 0,-0.8 font sprintf(",%g", FS*(SLIDE ? 0.75 \
          : 0.86)*(EXT eq "svg" ? 96/72. : 1))
      plot DATA."/samples_".SETNAME.".npy" binary skip=(128+16000*seeds*k) record=2000 format="%float%float" using 1:2 \
          with points pt 7 lw 0.3 ps (SLIDE ? 0.2 : 0.13)*PSX lc rgb C_FAKE
    }
    unset multiplot
  }
}

# ---- how it fails: thin data without noise ----
FIG = "no-noise"; ASPECT = 0.6; NEEDS = "no-noise/failure.csv"; load "style.gp"     # ARGS: --show-failure no-noise
if (READY) {
  set xlabel "training step"; set ylabel "loss of D, in nats"; set yrange [0:1.7]; set rmargin 14
  stats DATA."/no-noise/failure.csv" using 1 nooutput
  L = 50*STATS_records
  set xrange [0:L]
  set arrow 1 from 0,2*log(2) to L,2*log(2) nohead lc rgb OK_GREY lw 1 dt (4,4)
  set label 1 "2 ln 2:\nD cannot tell" at L,2*log(2) offset 0.6,0.4 textcolor rgb OK_GREY
  set arrow 2 from 0.75*L,0 to 0.75*L,1.5 nohead lc rgb OK_GREY lw 1 dt (2,4)
  set label 4 "noise gone" at 0.76*L,0.1 textcolor rgb OK_GREY
  set label 2 "instance noise" at graph 0.3,0.95 textcolor rgb OK_BLUE
  set label 3 "no noise: D stays ahead" at graph 0.2,0.22 textcolor rgb OK_VERM
  plot for [i = 1:3] DATA."/no-noise/failure.csv" using (50*$0):i with lines lc rgb OK_VERM lw 1 dt 1, \
       for [i = 4:6] DATA."/no-noise/failure.csv" using (50*$0):i with lines lc rgb OK_BLUE lw 1 dt 1
}

# ---- the record: samples of seed 1, and a mode of each set from close by ----
FIG = "record"  # ARGS: --full
ASPECT = 0.98
NEEDS = "samples_ring.npy samples_grid.npy metrics.csv"
load "style.gp"
if (READY) {
  set multiplot
  unset grid; set border 15 lw 0.6; unset key; set size ratio -1
  set parametric; set trange [0:2*pi]; set samples 200
  do for [i = 0:3] {
    g = i / 2; zoom = i % 2
    R = g ? (zoom ? 0.25 : 4.8) : (zoom ? 0.05 : 1.25); cx = zoom ? (g ? 0 : 1) : 0; sd = g ? 0.05 : 0.01
    x0 = SLIDE ? 0.075 + 0.24*i + 0.015*zoom : zoom ? 0.57 : 0.08
    set lmargin at screen x0; set rmargin at screen x0 + (SLIDE ? 0.165 : 0.41)
    set bmargin at screen (SLIDE ? 0.30 : g ? 0.07 : 0.57); set tmargin at screen (SLIDE ? 0.60 : g ? 0.43 : 0.93)
    set xrange [cx-R:cx+R]; set yrange [-R:R]; XT = g ? (zoom ? 0.2 : 2) : (zoom ? 0.04 : 1); set xtics XT; set ytics XT
    if (zoom) { set title (SLIDE ? "one mode,\ncircle at 3 sd" : "one mode, circle at 3 sd") offset 0,-0.5 } else {
      set title sprintf("%s, worst seed:\n%d modes,".(SLIDE ? "\n" : " ")."%.1f %% near", g ? "grid" : "ring", \
          metric(g ? "modes_grid" : "modes_ring"), 100*metric(g ? "hq_grid" : "hq_ring")) offset 0,-0.5 }
    plot DATA.(g ? "/samples_grid.npy" : "/samples_ring.npy") binary skip=128 record=10000 format="%float%float" \
        using 1:2 with points pt 7 ps (zoom ? 0.25 : 0.1)*PSX lc rgb C_FAKE, \
         (zoom ? cx + 3*sd*cos(t) : NaN), (zoom ? 3*sd*sin(t) : NaN) with lines lc rgb C_REAL lw 1.5 dt 1
  }
  unset multiplot
}
