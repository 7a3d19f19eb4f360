# Figures of lab 13, a conditional GAN. How to call it: style.gp.
EXT = ARG1; PRESET = ARG2; DATA = ARG3; FIGS = ARG4; LAB = "13_cgan"
names = "CALLED = class_names(DATA); K = words(CALLED)"
name(k) = word(CALLED, k+1)
array COL[10] = ["#0072B2", "#D55E00", "#56B4E9", "#CC79A7", "#004D80", "#E69F00", "#7A4FB5", "#C9B400", "#222222", \
    "#009E73"]

# ---- an image and the planes of its label ----
FIG = "condition"; ASPECT = 0.155; NEEDS = "condition.png names.csv"; load "style.gp"
if (READY) {
  @names
  RATIO = 72/(58.*(K+1)-2); ROOM = 0.01
  @picture
  WIDE = 58.*(K+1) - 2
  set label 99 "x" at 28,-9 center textcolor rgb C_REAL
  do for [k = 0:K-1] {
      set object k+1 rectangle from 58*(k+1),0 to 58*(k+1)+56,56 fs empty border lc rgb OK_GREY lw 0.8 front
  }
  do for [k = 0:(K > 12 ? -1 : K-1)] {
      set label k+1 name(k) at 58*(k+1)+28,-9 center font sprintf("DejaVu Sans,%g", 0.72*FS*(EXT eq "svg" ? 96/72. : 1))
  }
  set yrange [-16:56]; set xrange [0:WIDE]
  plot DATA."/condition.png" binary filetype=png with rgbimage
}

# ---- the ring, without and with ----
FIG = "ring"; ASPECT = 0.5; NEEDS = "ring_without.csv ring_with.csv coverage.csv"; load "style.gp"
if (READY) {
  unset tics; unset grid; unset key
  set border 15 lc rgb "#bbbbbb"
  set size ratio -1
  set xrange [-3:3]; set yrange [-3:3]
  set multiplot
  do for [p = 0:1] {
    set lmargin at screen (p ? 0.52 : 0.02)
    set rmargin at screen (p ? 0.98 : 0.48)
    set bmargin at screen 0.03
    set tmargin at screen 0.90
    way = p ? "with" : "without"
    covers = system(sprintf("awk -F, '$1==\"%s\" && $2==1{print $3}' '%s/coverage.csv'", way, DATA))
    set title sprintf("%s a label: %s of 8 modes", way, covers) offset 0,-0.4
    unset object
    do for [k = 0:7] {
        set object k+1 circle at 2*cos(k*pi/4),2*sin(k*pi/4) size 0.15 fs empty border lc rgb OK_GREY lw 1 front
    }
    plot DATA."/ring_".way.".csv" using 1:2:3 with points pt 7 ps 0.28*PSX lc rgb C_FAKE, \
         for [k = 0:(p ? 7 : -1)] DATA."/ring_".way.".csv" using ($3 == k ? $1 : NaN):2 \
         with points pt 7 ps 0.28*PSX lc rgb COL[k+1]
  }
  unset multiplot
}

# ---- how many modes each game covers ----
FIG = "coverage"; ASPECT = 0.36; NEEDS = "coverage.csv metrics.csv"; load "style.gp"
if (READY) {
  set xrange [-0.3:8.4]; set yrange [-0.6:1.6]; set xtics 0,1,8; set ytics ("without" 0, "with" 1) scale 0
  set xlabel "modes that hold half of their share, of 8: five games each, and their mean"
  unset grid; set grid xtics
  set lmargin 10
  jitter(i) = (i - 3)*0.12
  way(w) = sprintf("< awk -F, 'NR>1 && $1==\"%s\"' '%s/coverage.csv'", w, DATA)
  set datafile nocolumnheaders
  set arrow 1 from metric("ring_modes_without"),-0.4 to metric("ring_modes_without"),0.4 nohead lw 2 lc rgb C_FAKE
  set arrow 2 from metric("ring_modes_with"),0.6 to metric("ring_modes_with"),1.4 nohead lw 2 lc rgb OK_BLUE
  plot way("without") using 3:(0 + jitter($2)) with points pt 7 ps 0.9*PSX lc rgb C_FAKE, \
       way("with") using 3:(1 + jitter($2)) with points pt 7 ps 0.9*PSX lc rgb OK_BLUE
}

# ---- a row per class ----
FIG = "sheet"; ASPECT = 0.59; NEEDS = "sheet.png names.csv"; load "style.gp"
if (READY) {
  @names; HIGH = 58.*K - 2
  RATIO = HIGH/926.; ROOM = 0.10
  @picture
  do for [k = 0:K-1] { set label k+1 name(k) at graph -0.01, 1 - (58.*k + 28)/HIGH right }
  plot DATA."/sheet.png" binary filetype=png with rgbimage
}

# ---- from class to class ----
FIG = "between"; ASPECT = 0.34; NEEDS = "between.png names.csv"; load "style.gp"
if (READY) {
  @names
  RATIO = 230/636.; ROOM = 0.10
  @picture
  set rmargin at screen left_+wide_*0.905; set lmargin at screen left_+0.01; set size noratio
  LEFTS = "1 0 7 3"; RIGHTS = "3 8 9 4"
  set bmargin at screen 0.5-0.89*high_/2; set tmargin at screen 0.5+0.89*high_/2
  do for [r = 0:3] {
    set label r+1 name(int(word(LEFTS, r+1)) % K) at graph -0.012, 1 - (58*r + 28)/230. right
    set label r+5 name(int(word(RIGHTS, r+1)) % K) at graph 1.012, 1 - (58*r + 28)/230. left
  }
  plot DATA."/between.png" binary filetype=png with rgbimage
}

# ---- what was asked, and what was seen ----
FIG = "confusion"; ASPECT = 0.78; NEEDS = "confusion.csv metrics.csv names.csv"; load "style.gp"
if (READY) {
  @names
  unset border; unset grid; unset colorbox; unset key
  set palette defined (0 "#ffffff", 0.005 "#fdf0e8", 0.05 "#f6a57a", 0.2 "#d9572b", 1 "#003f6b")
  set cbrange [0:1]
  set xrange [-0.5:K-0.5]; set yrange [K-0.5:-0.5]
  set tics scale 0; unset tics
  set lmargin 11; set rmargin 2; set tmargin 2; set bmargin 5
  do for [k = 0:K-1] {
    set label k+1 name(k) at -0.6,k right
    set label k+101 name(k) at k,K-0.4 right rotate by 35
  }
  set title sprintf("asked, and judged: %.1f %% agree; of real images %.1f %%", 100*metric("gan_test"), \
      100*metric("real_accuracy")) offset 0,-0.3
  plot DATA."/confusion.csv" using 2:1:(0.48):(0.48):3 with boxxyerror fc palette fs solid noborder, \
       DATA."/confusion.csv" using 2:1:($3 >= 0.005 && K <= 12 ? sprintf("%.0f", 100*$3) : ""):($3 > 0.15 ? 0xffffff \
       : 0x333333) with labels tc rgb variable
}

# ---- three numbers per class ----
FIG = "classes"; ASPECT = 0.62; NEEDS = "classes.csv metrics.csv names.csv"; load "style.gp"
if (READY) {
  @names
  set xrange [0:100]; set yrange [K-0.4:-0.6]; unset ytics
  set lmargin 11; set grid xtics; unset grid
  do for [k = 0:K-1] {
      set label k+1 name(k) at -1.5,k right
      set arrow k+1 from 0,k to 100,k nohead lc rgb "#dddddd" lw 0.8 back
  }
  set xlabel "% right"
  set key above left vertical maxrows 3 samplen 0.5
  plot DATA."/classes.csv" using (100*$2):1 with points pt 7 ps 1.1*PSX lc rgb C_REAL \
      title sprintf("real, by a judge of real: %.1f", 100*metric("real_accuracy")), \
       DATA."/classes.csv" using (100*$3):1 with points pt 5 ps 0.9*PSX lc rgb C_FAKE \
       title sprintf("samples, by it: %.1f", 100*metric("gan_test")), \
       DATA."/classes.csv" using (100*$4):1 with points pt 9 ps 1.2*PSX lc rgb OK_BLUE \
       title sprintf("real, by a judge of samples: %.1f", 100*metric("gan_train"))
}
