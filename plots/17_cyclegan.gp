# Figures of lab 17, CycleGAN. How to call it: style.gp.
EXT = ARG1; PRESET = ARG2; DATA = ARG3; FIGS = ARG4; LAB = "17_cyclegan"

# ---- how they learned ----
FIG = "losses"; ASPECT = 0.45; NEEDS = "losses.csv"; load "style.gp"
if (READY) {
  one(m, c) = sprintf("< awk -F, 'BEGIN{print \"share,value\"} $1==\"%s\"{print $2\",\"$%d}' '%s/losses.csv'", m, c, \
      DATA)
  # a loss of 0 all along is none
  has(m, c) = real(system(sprintf("awk -F, '$1==\"%s\" && $%d > 0{n++} END{print n+0}' '%s/losses.csv'", m, c, DATA))) \
      > 0
  LIST = ""; do for [m in "sprites boots emoji clouds folders"] { if (has(m, 3)) { LIST = LIST." ".m } }
  small = @SMALL; set xrange [0:1]; set xtics 0.5 font small offset 0,(SLIDE ? 0.4 : 0); set ytics font small; unset key
  array COLUMN[4] = [3, 4, 5, 6]
  array TITLE[4] = ["what D pays", "and G and F", "there and back", "identity"]
  array MOST[4] = [0.5, 1.0, 0.3, 0.1]
  array INK[5] = [OK_BLUE, OK_VERM, OK_GREEN, OK_PURPLE, OK_ORANGE]
  if (SLIDE) { set multiplot layout 2,2 margins screen 0.09,0.97,0.15,0.83 spacing screen 0.12,0.17 } \
  else { set multiplot layout 1,4 margins screen 0.065,0.98,0.2,0.76 spacing screen 0.07,0 }
  set label 99 "share of the training" at screen 0.52,(SLIDE ? 0.045 : 0.05) center
  do for [i = 1:words(LIST)] {
    set label i word(LIST, i) at screen 0.17*i-0.02,0.94 left font @SMALL textcolor rgb INK[i]
    set arrow i from screen 0.17*i-0.07,0.94 to screen 0.17*i-0.03,0.94 nohead lt i lw 1.6*LWX
  }
  do for [k = 1:4] {
    set title TITLE[k] offset 0,(SLIDE ? -0.7 : 0) font @SMALL; set yrange [0:MOST[k]]; set ytics MOST[k]/2
    PAYS = ""; do for [i = 1:words(LIST)] { if (has(word(LIST, i), COLUMN[k])) { PAYS = PAYS.sprintf(" %d", i) } }
    if (words(PAYS) == 0) { plot NaN } \
    else { plot for [i in PAYS] one(word(LIST, int(i)), COLUMN[k]) using 1:2 with lines lt int(i) lw 1.6*LWX }
    unset label; unset arrow
  }
  unset multiplot
}

# ---- all is right, and nothing is ----
FIG = "relabelled"; ASPECT = 0.245; NEEDS = "relabelled0.png relabelled1.png relabelled2.png"; load "style.gp"
if (READY) {
  FILES = "relabelled0 relabelled1 relabelled2"
  array NAMES[3] = ["x", "G(x)", "F(G(x))"]
  RATIO = row_of(12)
  ROOM = 0.16
  @rows
}

# ---- two clouds ----
FIG = "clouds"
ASPECT = 0.235
NEEDS = "clouds.csv clouds_y.csv clouds_no_cycle.csv clouds_no_cycle_y.csv clouds_no_pool.csv " \
    ."clouds_no_pool_y.csv metrics.csv"
load "style.gp"
if (READY) {
  unset tics; unset border; unset grid; unset key
  file(name) = DATA."/".name.".csv"
  some(name) = sprintf("< sed -n '2,49p' '%s/%s.csv'", DATA, name)
  array NAMES[3] = ["clouds", "clouds_no_cycle", "clouds_no_pool"]; array SAID[3] = ["all", "no cycle", "no pool"]
  # as many inches a unit across as down
  PANEL = 0.325; TALL = PANEL*W_IN/H_IN*3.2/6.4; BASE = SLIDE ? 0.5-TALL/2 : 0.02
  set multiplot
  set xrange [-3.2:3.2]; set yrange [-1.6:1.6]
  do for [k = 1:3] {
    set lmargin at screen 0.01+(k-1)*(PANEL+0.005)
    set rmargin at screen 0.01+(k-1)*(PANEL+0.005)+PANEL
    set bmargin at screen BASE
    set tmargin at screen BASE+TALL
    n = NAMES[k]
    set label 1 "x" at -2.4,-1.45 center font @SMALL textcolor rgb OK_BLUE
    set label 2 "F(G(x))" at -1.3,-1.45 center font @SMALL textcolor rgb OK_ORANGE
    set label 3 "y" at 1.9,-1.45 center font @SMALL textcolor rgb OK_GREEN
    set label 4 "G" at 0,-1.45 center font @SMALL textcolor rgb C_GEN
    set title sprintf("%s: %.0f %% hit, back %.2f off", SAID[k], 100*metric("hit_".n), metric("back_".n)) font @SMALL
    plot some(n) using 1:2:($3-$1):($4-$2) with vectors head size graph 0.012,20 filled lw 0.5*LWX dt 1 lc rgb C_GEN, \
         file(n) using 1:2 with points pt 7 ps 0.25*PSX lc rgb OK_BLUE, \
         file(n."_y") using 1:2 with points pt 7 ps 0.25*PSX lc rgb OK_GREEN, \
         some(n) using 1:2:($5-$1):($6-$2) with vectors nohead lw LWX dt 1 lc rgb OK_ORANGE, \
         some(n) using 5:6 with points pt 7 ps 0.35*PSX lc rgb OK_ORANGE
  }
  unset multiplot
}

# ---- sprites ----
FIG = "sprites"
ASPECT = 0.405
NEEDS = "sprites_a0.png sprites_a1.png sprites_a2.png sprites_b0.png sprites_b1.png sprites_b2.png"
load "style.gp"
if (READY) {
  FILES = "sprites_a0 sprites_a1 sprites_a2 sprites_b0 sprites_b1 sprites_b2"
  RATIO = row_of(14)
  ROOM = 0.16
  BREAK = 4
  array NAMES[6] = ["solid", "G: striped", "F: and back", "striped", "F: solid", "G: and back"]
  @rows
}

# ---- without one thing ----
FIG = "ablation"; ASPECT = 0.455
NEEDS = "sprites_a0.png sprites_no_cycle_a1.png sprites_no_cycle_a2.png sprites_no_identity_a1.png " \
    ."sprites_no_identity_a2.png sprites_a1.png sprites_paired_a1.png metrics.csv"
load "style.gp"
if (READY) {
  FILES = "sprites_a0 sprites_no_cycle_a1 sprites_no_cycle_a2 sprites_no_identity_a1 sprites_no_identity_a2 " \
      ."sprites_a1 sprites_paired_a1"
  RATIO = row_of(14)
  ROOM = 0.16
  array NAMES[7] = ["solid", "without cycle", "and back", "without identity", "and back", "with both", "given pairs"]
  @rows
}

# ---- boots ----
FIG = "boots"
ASPECT = 0.405
NEEDS = "boots_a0.png boots_a1.png boots_a2.png boots_b0.png boots_b1.png boots_b2.png"
load "style.gp"
if (READY) {
  FILES = "boots_a0 boots_a1 boots_a2 boots_b0 boots_b1 boots_b2"; RATIO = row_of(14); ROOM = 0.16; BREAK = 4
  array NAMES[6] = ["sneaker", "G: boot", "F: and back", "boot", "F: sneaker", "G: and back"]
  @rows
}

# ---- drawings ----
FIG = "emoji"
ASPECT = 0.405
NEEDS = "emoji_a0.png emoji_a1.png emoji_a2.png emoji_b0.png emoji_b1.png emoji_b2.png"
load "style.gp"
if (READY) {
  FILES = "emoji_a0 emoji_a1 emoji_a2 emoji_b0 emoji_b1 emoji_b2"; RATIO = row_of(14); ROOM = 0.16; BREAK = 4
  array NAMES[6] = ["outline", "G: colour", "F: and back", "colour", "F: outline", "G: and back"]
  @rows
}

# ---- what is lost on the way ----
FIG = "lost"; ASPECT = 0.27; NEEDS = "sprites_a3.png sprites_b3.png emoji_a3.png emoji_b3.png"; load "style.gp"
if (READY) {
  FILES = "sprites_a3 sprites_b3 emoji_a3 emoji_b3"; RATIO = row_of(14); ROOM = 0.16; BREAK = 3
  array NAMES[4] = ["solid", "striped", "outline", "colour"]
  @rows
}

# ---- what an outline hides ----
FIG = "hidden"; ASPECT = 0.52; NEEDS = "hidden0.png hidden1.png hidden2.png hidden3.png hidden4.png"; load "style.gp"
if (READY) {
  FILES = "hidden0 hidden1 hidden2 hidden3 hidden4"; RATIO = row_of(9); ROOM = 0.16
  array NAMES[5] = ["colour", "F: outline", "G: and back", "outline cleaned", "G: from that"]
  @rows
}

# ---- two folders ----
FIG = "folders"  # ARGS: --a out/quick/17_cyclegan/solid --b out/quick/17_cyclegan/striped
ASPECT = 0.405
NEEDS = "folders_a0.png folders_a1.png folders_a2.png folders_b0.png folders_b1.png folders_b2.png"
load "style.gp"
if (READY) {
  FILES = "folders_a0 folders_a1 folders_a2 folders_b0 folders_b1 folders_b2"; BREAK = 4
  size(at) = real(system(sprintf("od -An -tu4 --endian=big -j%d -N4 '%s/folders_a0.png'", at, DATA)))
  RATIO = size(20)/size(16); ROOM = 0.16; TALLEST = 0.145                  # of any size, and as many as there are
  array NAMES[6] = ["a", "G: b", "F: and back", "b", "F: a", "G: and back"]
  @rows
}
