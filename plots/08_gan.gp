# Figures of lab 08, the two-player game in the plane. How to call it: style.gp.
EXT = ARG1; PRESET = ARG2; DATA = ARG3; FIGS = ARG4; LAB = "08_gan"
FILES(run) = sprintf("%s-field.csv %s-samples.csv %s-warp.csv %s-arrows.csv", run, run, run, run)

# of frame k = 0, 1, ... of a run: column 2 is the round, 3 the modes covered
cell(run, k, col) = system(sprintf("awk -F, '$1==\"%s\" && n++==%d{print $%d; exit}' '%s/coverage.csv'", run, k, col, \
    DATA))
commas(n) = n < 1000 ? sprintf("%d", n) : sprintf("%d,%03d", n/1000, n - n/1000*1000)
# the plane of one game: from where D says fake (pale orange) to where it says real (pale green), in a square
# without axes (their numbers would say nothing); the modes lie on a circle of radius 1, or on a grid of spacing 1/2
plane = 'set size ratio -1; set xrange [-1.6:1.6]; set yrange [-1.6:1.6]; \
  unset xtics; unset ytics; unset xlabel; unset ylabel; unset grid; set border 15 lw 0.6; \
  set palette defined (0 "#f2a978", 0.5 "#fbf7f0", 1 "#86cbb0"); set cbrange [0:1]; unset colorbox; unset key'
# an arrow for each of some samples: where G`s loss falls; its length grows with the slope, up to 0.3
g2(a, b) = sqrt(a*a + b*b) + 1e-12
len(a, b) = 0.3*g2(a, b)/(1 + g2(a, b))
FIELD = 'DATA."/".run."-field.csv" every :::k::k using 1:2:3 with image'
WARP  = 'DATA."/".run."-warp.csv" every :::26*k::26*k+25 using 1:2 with lines lc rgb "#b0555555" lw 0.5 dt 1'
REAL  = 'DATA."/real_".kind.".csv" using 1:2 with points pt 7 ps rs*PSX lc rgb C_REAL'
FAKE  = 'DATA."/".run."-samples.csv" every :::k::k using 1:2 with points pt 7 ps fs*PSX lc rgb C_FAKE'
ARROW = 'DATA."/".run."-arrows.csv" every :::k::k using 1:2:(len($3,$4)*$3/g2($3,$4)):(len($3,$4)*$4/g2($3,$4)) ' \
    .'with vectors head size screen 0.006,25 filled lc rgb C_GEN lw 0.9 dt 1'

# ---- movies: one game from its first round to its last ----
room = "set tmargin 3; set lmargin 1; set rmargin 1; set bmargin 1.2"
run = "ring1"; kind = "ring"; rs = 0.25; fs = 0.4
FIG = "ring_movie"; MOVIE = 1; ASPECT = 1.08; NEEDS = FILES(run)." real_ring.csv coverage.csv"; load "style.gp"
if (READY) {
  do for [k = 0:24] {
    @frame
    @plane
    @room
    set title sprintf("round %s: %s of 8 modes", commas(int(cell(run,k,2))), cell(run,k,3)) offset 0,-0.5
    plot @FIELD, @WARP, @REAL, @FAKE, @ARROW
  }
}
run = "grid1"; kind = "grid"; rs = 0.25; fs = 0.4
FIG = "grid_movie"; MOVIE = 1; ASPECT = 1.08; NEEDS = FILES(run)." real_grid.csv coverage.csv"; load "style.gp"
if (READY) {
  do for [k = 0:24] {
    @frame
    @plane
    @room
    set title sprintf("round %s: %s of 25 modes", commas(int(cell(run,k,2))), cell(run,k,3)) offset 0,-0.5
    plot @FIELD, @WARP, @REAL, @FAKE, @ARROW
  }
}

# ---- four moments of the ring ----
FIG = "moments"; ASPECT = 1.08; NEEDS = FILES("ring1")." real_ring.csv coverage.csv"; load "style.gp"
if (READY) {
  run = "ring1"; kind = "ring"; rs = 0.22; fs = 0.4
  KS = "5 8 12 24"
  set multiplot
  do for [p = 1:4] {
    k = word(KS, p) + 0
    @plane
    w = SLIDE ? 0.243 : 0.487; h = w*W_IN/H_IN
    x0 = 0.005 + (SLIDE ? (p-1)*0.249 : ((p-1)%2)*0.503); y0 = SLIDE ? 0.28 : p < 3 ? 0.505 : 0.005
    set lmargin at screen x0; set rmargin at screen x0 + w; set bmargin at screen y0; set tmargin at screen y0 + h
    set title sprintf("round %s", commas(int(cell(run,k,2)))) offset 0,-0.6
    plot @FIELD, @WARP, @REAL, @FAKE, @ARROW
  }
  unset multiplot
}

# ---- ring and grid over time ----
FIG = "time"
ASPECT = 0.385
NEEDS = FILES("ring1")." ".FILES("grid1")." real_ring.csv real_grid.csv coverage.csv"
load "style.gp"
if (READY) {
  KS = "0 4 7 12 24"
  set multiplot
  do for [r = 0:1] { do for [p = 0:5] {
    @plane
    kind = r ? "grid" : "ring"; run = kind."1"; rs = r ? 0.17 : 0.14; fs = 0.17
    w = 0.159; h = w*W_IN/H_IN; x0 = 0.006 + 0.166*p; y0 = (SLIDE ? 0.5 : 0.47) - (SLIDE ? 0.31 : 0.45)*r
    set lmargin at screen x0; set rmargin at screen x0 + w; set bmargin at screen y0; set tmargin at screen y0 + h
    unset title
    k = p < 5 ? word(KS, p + 1) + 0 : 0
    if (r == 0) { set title (p < 5 ? (p ? "" : "round ").commas(int(cell(run,k,2))) : "real") offset 0,-0.7 }
    if (p < 5) { plot @FIELD, @FAKE } else { plot @REAL }
  } }
  unset multiplot
}

# ---- one game, three paces: losses, and where the samples are ----
FIG = "losses"
ASPECT = 0.7
NEEDS = "losses.csv coverage.csv real_ring.csv ".FILES("ring1")." ".FILES("collapse")." ".FILES("d-wins")
load "style.gp"
if (READY) {
  RUNS = "ring1 collapse d-wins"
  NAME = "healthy collapse 'D wins'"
  HEAD = "'equal paces' 'G 30 times faster' 'G 100 times slower'"
  LAST = int(cell("collapse", 24, 2))
  set multiplot
  do for [p = 1:3] {
    run = word(RUNS, p)
    x0 = 0.09 + (p-1)*0.31; w = 0.275
    set lmargin at screen x0
    set rmargin at screen x0 + w
    set tmargin at screen 0.865
    set bmargin at screen (SLIDE ? 0.61 : 0.57)
    set size noratio; set border 3 lw 0.8; set grid back; set xrange [0:LAST]; set yrange [0:7]
    set xtics (0, LAST/2) nomirror out offset 0,0.3; set ytics 2 nomirror out format (p == 1 ? "%g" : "")
    set title "{/:Bold ".word(NAME, p)."}\n".word(HEAD, p) offset 0,-0.5
    set xlabel "round" offset 0,0.9
    if (p == 1) { set ylabel "loss in nats" offset 0.6,0 } else { unset ylabel }
    if (p == 3) {
        set label 1 "G's" at graph 0.6,0.93 textcolor rgb C_GEN
        set label 2 "D's" at graph 0.7,0.18 textcolor rgb C_DISC
    }
    plot DATA."/losses.csv" using (strcol(1) eq run ? $2 : NaN):4 with lines lc rgb C_GEN lw 1.2 dt 1, \
         DATA."/losses.csv" using (strcol(1) eq run ? $2 : NaN):3 with lines lc rgb C_DISC lw 1.2 dt 1
    unset label; unset title
    @plane
    kind = "ring"; rs = 0.15; fs = 0.3
    k = run eq "ring1" ? 12 : 24
    h = 0.44; w2 = h*H_IN/W_IN
    if (w2 > w) { w2 = w; h = w*W_IN/H_IN }
    x1 = x0 + (w - w2)/2
    set lmargin at screen x1
    set rmargin at screen x1 + w2
    set bmargin at screen 0.015
    set tmargin at screen 0.015 + h
    plot @FIELD, @REAL, @FAKE
  }
  unset multiplot
}

# ---- modes covered against rounds, five seeds and their mean ----
FIG = "coverage"; ASPECT = 0.6; NEEDS = "coverage.csv metrics.csv"; load "style.gp"
if (READY) {
  stats DATA."/coverage.csv" using 2 nooutput
  LAST = STATS_max
  set xrange [0:LAST]; set yrange [0:26.5]; set ytics (0, 4, 8, 12, 16, 20, 25)
  set xlabel "round"; set ylabel "modes that hold half of their share" offset 0.5,0; set rmargin 4
  # smooth unique: their mean
  only(runs) = sprintf("< awk -F, 'NR == 1 || $1 ~ /^%s$/' '%s/coverage.csv'", runs, DATA)
  set label 1 "all of the ring" at graph 0.985,first 8 right offset 0,0.6 textcolor rgb OK_BLUE
  set label 2 "all of the grid" at graph 0.985,first 25 right offset 0,-0.7 textcolor rgb OK_VERM
  set label 3 "ring" at LAST*0.15, 4.7 textcolor rgb OK_BLUE
  set label 4 "grid" at LAST*0.85, 2.2 textcolor rgb OK_VERM
  plot 8 with lines lc rgb OK_BLUE lw 0.8 dt (3,4), 25 with lines lc rgb OK_VERM lw 0.8 dt (3,4), \
       for [s = 1:5] only(sprintf("ring%d", s)) using 2:3 with lines lc rgb "#900072B2" lw 0.7 dt 1, \
       for [s = 1:5] only(sprintf("grid%d", s)) using 2:3 with lines lc rgb "#90D55E00" lw 0.7 dt 1, \
       only("ring.") using 2:3 smooth unique with lines lc rgb OK_BLUE lw 2.4 dt 1, \
       only("grid.") using 2:3 smooth unique with lines lc rgb OK_VERM lw 2.4 dt 1
}

# ---- the grid at five seeds ----
FIG = "seeds"; ASPECT = 0.235; NEEDS = "last_grid.csv real_grid.csv metrics.csv"; load "style.gp"
if (READY) {
  set multiplot
  do for [k = 0:4] {
    @plane
    set xrange [-1.35:1.35]; set yrange [-1.35:1.35]
    w = 0.193; h = w*W_IN/H_IN; x0 = 0.006 + 0.199*k; y0 = SLIDE ? 0.32 : 0.02
    set lmargin at screen x0; set rmargin at screen x0 + w; set bmargin at screen y0; set tmargin at screen y0 + h
    set title sprintf("seed %d: %d of 25", k + 1, metric(sprintf("modes_grid_seed%d", k + 1))) offset 0,-0.7
    plot DATA."/last_grid.csv" every :::k::k using 1:2 with points pt 7 ps 0.12*PSX lc rgb C_FAKE, \
         DATA."/modes_grid.csv" using 1:2 with points pt 6 ps 0.9*PSX lw 0.8 lc rgb C_REAL
  }
  unset multiplot
}

# ---- --show-failure NAME: the failure under its remedy, from a folder of that name ----
#   FIG = "collapse"      # ARGS: --show-failure collapse
#   FIG = "d-wins"        # ARGS: --show-failure d-wins
#   FIG = "saturating"    # ARGS: --show-failure saturating
ALL = DATA
do for [NAME in "collapse d-wins saturating"] {
  FIG = NAME
  DATA = ALL
  ASPECT = 0.45
  NEEDS = NAME."/coverage.csv ".NAME."/losses.csv ".NAME."/real_ring.csv"
  load "style.gp"
  DATA = ALL."/".NAME
  if (READY) {
    GOOD = system("awk -F, 'NR==2{print $1}' '".DATA."/coverage.csv'")
    LAST = int(cell(NAME, 24, 2)); KS = "0 6 12 24"; FAR = NAME eq "saturating"
    set multiplot
    do for [r = 0:1] {
      run = r ? NAME : GOOD; kind = "ring"; rs = 0.12; fs = 0.22
      w = 0.172; h = w*W_IN/H_IN; y0 = 0.5 - (h + 0.04)*r + (SLIDE ? 0 : 0.03)
      do for [p = 0:3] {
        @plane
        k = word(KS, p + 1) + 0
        x0 = 0.035 + 0.178*p
        set lmargin at screen x0; set rmargin at screen x0 + w; set bmargin at screen y0; set tmargin at screen y0 + h
        unset title; unset label
        if (r == 0) { set title (p ? "" : "round ").commas(int(cell(run,k,2))) offset 0,-0.7 }
        if (p == 0) { set label 1 run at screen 0.017, y0 + h/2 rotate by 90 center }
        if (FAR) {                                      # G starts far outside of the shaded square
          set xrange [-1.6:6.4]; set yrange [-4:4]
          plot @REAL, @FAKE, @ARROW
        } else { plot @FIELD, @REAL, @FAKE }
      }
      unset label; unset title; set size noratio; set border 3 lw 0.8; set grid back
      set lmargin at screen 0.81; set rmargin at screen 0.975
      set xrange [0:LAST]
      set xtics (0, LAST/2) nomirror out offset 0,0.3 format (r ? "%g" : "")
      set yrange [-0.9:6]
      set ytics 2 nomirror out
      if (r == 1) { set xlabel "round" offset 0,0.9 }
      if (r == 0) {
          set label 1 "loss:" at screen 0.80,y0 + h + 0.055
          set label 2 "D's" at screen 0.865,y0 + h + 0.055 textcolor rgb C_DISC
          set label 3 "G's" at screen 0.92,y0 + h + 0.055 textcolor rgb C_GEN
      }
      plot DATA."/losses.csv" using (strcol(1) eq run ? $2 : NaN):4 with lines lc rgb C_GEN lw 1.2 dt 1, \
           DATA."/losses.csv" using (strcol(1) eq run ? $2 : NaN):3 with lines lc rgb C_DISC lw 1.2 dt 1
    }
    unset multiplot
  }
}
