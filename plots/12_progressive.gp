# Figures of lab 12, networks that grow. How to call it: style.gp.
EXT = ARG1; PRESET = ARG2; DATA = ARG3; FIGS = ARG4; LAB = "12_progressive"

WAYS = "direct grown"
# means over the seeds, point by point, of a csv way,seed,x,y
MEAN = "< awk -F, '$1==\"%s\"{n[$2]++; k=n[$2]; x[k]+=$3; y[k]+=$4; c[k]++; if (k>m) m=k} END {for (k=1;k<=m;k++) " \
    ."print x[k]/c[k] \",\" y[k]/c[k]}' '%s/%s'"
SEED = "< awk -F, '$1==\"%s\" && $2==%d {print $3 \",\" $4}' '%s/%s'"

# ---- what grown nets work on ----
FIG = "schedule"; ASPECT = 0.42; NEEDS = "schedule.csv"; load "style.gp"
if (READY) {
  set lmargin at screen 0.13; set rmargin at screen 0.97; set bmargin at screen 0.2; set tmargin at screen 0.88
  set xrange [0:100]; set yrange [1.6:5.6]; unset grid
  set xlabel "share of the work that is done, %"; set ylabel "side of the images, pixels"
  set ytics ("4" 2, "8" 3, "16" 4, "32" 5)
  set label 1 "fades in" at 29,4.35 left textcolor rgb OK_GREY
  plot DATA."/schedule.csv" using (100*$1):(log($2)/log(2) - 1 + ($3 < 1 ? $3 : 1)) \
      with filledcurves y1=0 lc rgb C_GEN fs transparent solid 0.2, \
       "" using (100*$1):(log($2)/log(2) - 1 + ($3 < 1 ? $3 : 1)) with lines lc rgb C_GEN lw 2 dt 1
}

# ---- growth as a film ----
FIG = "movie"; MOVIE = 1; ASPECT = 0.40; NEEDS = "grown_frames.csv grown_47.png"; load "style.gp"
if (READY) {
  unset tics; unset border; unset grid; unset key; set size ratio -1
  set lmargin at screen 0.01; set rmargin at screen 0.99; set bmargin at screen 0.01; set tmargin at screen 0.88
  said(k) = system(sprintf("awk -F, '$1==%d{printf \"%%d × %%d%%s, after %%d images\", $2, $2, ($3 < 1) ? " \
      ."sprintf(\", alpha %%.2f\", $3) : \"\", $4}' '%s/grown_frames.csv'", k, DATA))
  do for [k = 0:47] {
    @frame
    set title said(k) offset 0,-0.6
    plot sprintf("%s/grown_%02d.png", DATA, k) binary filetype=png with rgbimage
  }
}

# ---- real and drawn, at every size: for garments and for drawings ----
do for [PART = 1:2] {
  WHAT = word("grown drawings", PART)
  FIG = word("stages drawings", PART)
  ASPECT = 0.66
  NEEDS = sprintf("%s_real4.png %s_drawn4.png %s_drawn8.png %s_drawn16.png %s_drawn32.png", WHAT, WHAT, WHAT, WHAT, \
      WHAT)
  load "style.gp"
  if (READY) {
    unset tics; unset border; unset grid; unset key; set size noratio
    set multiplot
    GAP = 0.012; PIC = 0.830/12*W_IN/H_IN; MOST = (0.98 - 10.4*GAP)/8      # eight rows have to fit
    PIC = PIC > MOST ? MOST : PIC; CELL = PIC*H_IN/W_IN; LEFT = 0.58 - 6*CELL
    do for [k = 0:3] {
      do for [r = 0:1] {
        TOP = 0.99 - k*(2*PIC + 3.3*GAP) - r*(PIC + 0.5*GAP)
        unset label
        set label 1 sprintf("%s", r == 0 ? sprintf(THUMB ? "%.0f² real" : "%.0f × %.0f  real", 4*2**k, 4*2**k) \
            : "drawn") at screen LEFT-0.012,TOP-PIC/2 right textcolor rgb (r == 0 ? C_REAL : C_GEN)
        set lmargin at screen LEFT
        set rmargin at screen LEFT+12*CELL
        set tmargin at screen TOP
        set bmargin at screen TOP-PIC
        plot sprintf("%s/%s_%s%d.png", DATA, WHAT, r == 0 ? "real" : "drawn", 4*2**k) binary filetype=png with rgbimage
      }
    }
    unset multiplot
  }
}

# ---- alpha from 0 to 1 ----
FIG = "ramp"; ASPECT = 0.88; NEEDS = "grown_ramp.png"; load "style.gp"
if (READY) {
  unset tics; unset border; unset grid; unset key; set size ratio -1
  WIDE = SLIDE ? 0.92*H_IN/W_IN*5/4. : 0.94       # five pictures by four, in the middle
  set lmargin at screen 0.5-WIDE/2
  set rmargin at screen 0.5+WIDE/2
  set bmargin at screen 0.02
  set tmargin at screen 0.94
  do for [k = 0:4] { set label k+1 sprintf("%s%.3g", k ? "" : "alpha = ", k*0.25) at graph (k+0.5)/5.,1.035 center }
  plot DATA."/grown_ramp.png" binary filetype=png with rgbimage
}

# ---- who is ahead, for the work and by the clock ----
FIG = "race"; ASPECT = 0.5; NEEDS = "race.csv seconds.csv"; load "style.gp"
if (READY) {
  set multiplot
  set datafile nocolumnheaders
  INKS = sprintf("%s %s", OK_BLUE, OK_VERM)
  seeds = system(sprintf("awk -F, 'NR>1{print $2}' '%s/race.csv' | sort -nu | tr '\\n' ' '", DATA))
  most = real(system(sprintf("awk -F, 'NR>1 && $3>m{m=$3} END{print m}' '%s/race.csv'", DATA)))
  do for [p = 0:1] {
    set lmargin at screen 0.08+0.49*p
    set rmargin at screen 0.49+0.49*p
    set bmargin at screen 0.18
    set tmargin at screen 0.90
    set title (p ? "by the clock" : "Fréchet distance, for the work") offset 0,-0.4
    set logscale y; set yrange [8:120]; set ytics (10, 20, 50, 100)
    set xlabel (p ? "seconds" : "multiply-adds, of what is allowed")
    set xrange [0:*]
    FILE = p ? "seconds.csv" : "race.csv"; UNIT = p ? 1 : most
    if (p == 0) { set xtics 0.25 } else { set xtics auto }
    unset label
    if (p == 1) {
        set label 1 "grown" at graph 0.38,0.66 left textcolor rgb OK_VERM
        set label 2 "direct" at graph 0.30,0.13 left textcolor rgb OK_BLUE
    }
    plot for [s in seeds] for [w = 1:2] sprintf(SEED, word(WAYS, w), int(s), DATA, FILE) using ($1/UNIT):2 \
        with lines lc rgb word(INKS, w) lw 0.7 dt 1, \
         for [w = 1:2] sprintf(MEAN, word(WAYS, w), DATA, FILE) using ($1/UNIT):2 \
         with linespoints lc rgb word(INKS, w) lw 2.2 dt 1 pt (w == 1 ? 5 : 7) ps 0.7*PSX
  }
  unset multiplot
}

# ---- samples ----
FIG = "samples"; ASPECT = 0.72; NEEDS = "samples_grown.png samples_direct.png metrics.csv"; load "style.gp"
if (READY) {
  unset tics; unset border; unset grid; unset key; set size ratio -1
  set multiplot
  # twenty pictures by six
  HIGH = SLIDE ? 0.42 : 0.43; TOP = SLIDE ? 0.93 : 0.95; WIDE = SLIDE ? HIGH*H_IN/W_IN*20/6. : 0.98
  set lmargin at screen 0.5-WIDE/2; set rmargin at screen 0.5+WIDE/2
  do for [w = 1:2] {
    set tmargin at screen TOP-0.5*(w-1); set bmargin at screen TOP-0.5*(w-1)-HIGH
    set title sprintf("%s: Fréchet distance %.1f", word(WAYS, w), metric("frechet_samples_".word(WAYS, \
        w))) offset 0,-0.7 textcolor rgb (w == 1 ? OK_BLUE : OK_VERM)
    plot sprintf("%s/samples_%s.png", DATA, word(WAYS, w)) binary filetype=png with rgbimage
  }
  unset multiplot
}
