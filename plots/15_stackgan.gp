# Figures of lab 15, a picture in two stages. How to call it: style.gp.
EXT = ARG1; PRESET = ARG2; DATA = ARG3; FIGS = ARG4; LAB = "15_stackgan"
line(file, n) = system(sprintf("sed -n %dp '%s/%s'", n, DATA, file))

# ---- both stages, what enlarging alone would give, and the truth ----
FIG = "stages"
ASPECT = 0.78
NEEDS = "stages.txt stage1.png smooth.png stage2.png truth.png metrics.csv"
load "style.gp"
if (READY) {
  unset tics; unset border; unset grid; unset key; unset colorbox; set size noratio
  HIGH = 0.9; PIC = HIGH*H_IN/(8*66 - 2)*64/W_IN; STEP = PIC + 0.025; FIRST = 0.99 - 4*STEP + 0.025
  FILES = "stage1 smooth stage2 truth"
  array NAMES[4] = ["Stage I", "enlarged", "Stage II", "real"]
  array TINTS[4] = [OK_ORANGE, OK_GREY, OK_BLUE, OK_BLACK]
  do for [k = 1:4] {
      set label 100+k NAMES[k] at screen FIRST+(k-1)*STEP+PIC/2,0.955 center textcolor rgb TINTS[k] font @SMALL
  }
  do for [r = 1:8] {
      set label r line("stages.txt", r) at screen FIRST-0.02,0.01+HIGH*(1 - ((r-1)*66 + 32)/526.) right font @SMALL
  }
  set multiplot
  do for [k = 1:4] {
    LEFT = FIRST + (k-1)*STEP
    set lmargin at screen LEFT
    set rmargin at screen LEFT + PIC
    set bmargin at screen 0.01
    set tmargin at screen 0.01+HIGH
    set autoscale xfix; set autoscale yfix
    plot DATA."/".word(FILES, k).".png" binary filetype=png with rgbimage
    unset label
  }
  unset multiplot
}

# ---- how much edge there is ----
FIG = "edges"; ASPECT = 0.55; NEEDS = "edges.csv metrics.csv"; load "style.gp"
if (READY) {
  set xlabel "edge energy of a picture"; set ylabel "share of the pictures below"
  set yrange [0:1]; set xrange [0:*]; set key bottom right Left reverse samplen 2
  plot DATA."/edges.csv" using 2:1 with lines lw 2.5*LWX lc rgb OK_BLACK title "real", \
       DATA."/edges.csv" using 3:1 with lines lw 2.5*LWX lc rgb OK_BLUE \
       title sprintf("Stage II: %.2f of it, on average", metric("edge_energy_ratio")), \
       DATA."/edges.csv" using 4:1 with lines lw 2*LWX dt 2 lc rgb OK_ORANGE title sprintf("Stage I in blocks: %.2f", \
       metric("edge_energy_blocks")), \
       DATA."/edges.csv" using 5:1 with lines lw 2*LWX lc rgb OK_GREY \
       title sprintf("Stage I, enlarged smoothly: %.2f", metric("edge_energy_upsampled"))
}

# ---- with clouds around captions, and without ----
FIG = "clouds"; ASPECT = 0.33; NEEDS = "clouds.txt cloud.png plain.png metrics.csv"; load "style.gp"
if (READY) {
  unset tics; unset border; unset grid; unset key; unset colorbox; set size noratio
  EDGE = SLIDE ? 0.01 : 0; WIDE = 0.488 - EDGE; HIGH = WIDE*W_IN/H_IN*262/526.; TOP = SLIDE ? 0.5+HIGH/2 : 0.9
  set label 101 sprintf("with clouds: %.1f %%, new pairs %.1f %%", 100*metric("exact_match"), \
      100*metric("exact_match_heldout")) at screen EDGE+WIDE/2,TOP+0.055 center textcolor rgb OK_BLUE font @SMALL
  set label 102 sprintf("without: %.1f %%, new pairs %.1f %%", 100*metric("exact_match_plain"), \
      100*metric("exact_match_plain_heldout")) at screen 1-EDGE-WIDE/2,TOP+0.055 center textcolor rgb OK_VERM \
      font @SMALL
  set label 103 sprintf("they differ %.2f times as much as real ones", metric("variety")) \
      at screen EDGE+WIDE/2,TOP-0.055-HIGH center textcolor rgb OK_GREY font @SMALL
  set label 104 sprintf("%.2f times as much", metric("variety_plain")) at screen 1-EDGE-WIDE/2,TOP-0.055-HIGH center \
      textcolor rgb OK_GREY font @SMALL
  set multiplot
  do for [p = 0:1] {
    LEFT = p ? 1 - EDGE - WIDE : EDGE
    set lmargin at screen LEFT
    set rmargin at screen LEFT + WIDE
    set tmargin at screen TOP
    set bmargin at screen TOP - HIGH
    set autoscale xfix; set autoscale yfix
    plot DATA."/".(p ? "plain" : "cloud").".png" binary filetype=png with rgbimage
    unset label
  }
  unset multiplot
}

# ---- what Stage II adds ----
FIG = "residual"; ASPECT = 0.355; NEEDS = "blocks.png added.png refined.png"; load "style.gp"
if (READY) {
  FILES = "blocks added refined"; array NAMES[3] = ["Stage I", "added", "Stage II"]; RATIO = row_of(8); ROOM = 0.12
  @rows
}

# ---- what the user typed ----
FIG = "typed"; ASPECT = 0.19; NEEDS = "typed.png typed.txt"; load "style.gp"
if (READY) {
  RATIO = 64/526.; ROOM = 0.01
  @picture
  set label 1 "“".line("typed.txt", 1)."”" at graph 0.5,1.2 center
  plot DATA."/typed.png" binary filetype=png with rgbimage
}
