# Figures of lab 14, from text to image. How to call it: style.gp.
EXT = ARG1; PRESET = ARG2; DATA = ARG3; FIGS = ARG4; LAB = "14_text_to_image"
line(file, n) = system(sprintf("sed -n %dp '%s/%s'", n, DATA, file))

# ---- the same captions, with and without wrong ones in training ----
FIG = "mismatch"; ASPECT = 0.86; NEEDS = "mismatch.txt aware.png unaware.png metrics.csv"; load "style.gp"
if (READY) {
  unset tics; unset border; unset grid; unset key; unset colorbox; set size noratio
  HIGH = 0.91; PIC = HIGH*H_IN/(8*66 - 2)*64/W_IN; X1 = 0.60; X2 = X1 + PIC + 0.09
  set label 101 "with" at screen X1+PIC/2,0.965 center textcolor rgb OK_BLUE
  set label 102 "without" at screen X2+PIC/2,0.965 center textcolor rgb OK_VERM
  set label 103 sprintf("%.0f %%", 100*metric("exact_match")) at screen X1-0.02,0.965 right textcolor rgb OK_BLUE
  set label 104 sprintf("%.0f %%", 100*metric("exact_match_without")) at screen 0.99,0.965 right textcolor rgb OK_VERM
  do for [r = 1:8] {
      set label r line("mismatch.txt", r) at screen X1-0.025,0.01+HIGH*(1 - ((r-1)*66 + 32)/526.) right font @SMALL
  }
  set multiplot
  do for [p = 0:1] {
    set lmargin at screen (p ? X2 : X1)
    set rmargin at screen (p ? X2 : X1) + PIC
    set bmargin at screen 0.01
    set tmargin at screen 0.01+HIGH
    set xrange [0:63]; set yrange [0:525]
    plot DATA."/".(p ? "unaware" : "aware").".png" binary filetype=png with rgbimage
    unset label
  }
  unset multiplot
}

# ---- which words are understood ----
FIG = "accuracy"; ASPECT = 0.5; NEEDS = "accuracy.csv metrics.csv"; load "style.gp"
if (READY) {
  set yrange [4.5:-0.5]; set xrange [0:100]; set xlabel "% of the pictures that show it"
  set lmargin 12; unset grid; set grid xtics; unset ytics
  set key above left vertical maxrows 3 samplen 0.5
  do for [k = 1:5] {
      set label k system(sprintf("awk -F, 'NR==%d{print $1}' '%s/accuracy.csv'", k+1, DATA)) at -1.5,k-1 right
      set arrow k from 0,k-1 to 100,k-1 nohead lc rgb "#dddddd" lw 0.8 back
  }
  plot DATA."/accuracy.csv" using (100*$2):0 with points pt 7 ps 1.1*PSX lc rgb OK_BLUE \
      title sprintf("with wrong captions: all right in %.1f %%", 100*metric("exact_match")), \
       DATA."/accuracy.csv" using (100*$3):0 with points pt 9 ps 1.2*PSX lc rgb OK_GREEN \
       title sprintf("the same, of combinations never trained on: %.1f %%", 100*metric("exact_match_heldout")), \
       DATA."/accuracy.csv" using (100*$4):0 with points pt 5 ps 0.9*PSX lc rgb OK_VERM \
       title sprintf("without wrong captions: %.1f %%", 100*metric("exact_match_without"))
}

# ---- eight captions ----
FIG = "captions"; ASPECT = 0.44; NEEDS = "captions.png sheet.txt"; load "style.gp"
if (READY) {
  RATIO = 1; ROOM = SLIDE ? 0.465 : 0.56
  @picture
  do for [r = 1:8] {
      set label r line("sheet.txt", r) at graph -0.03, 1 - ((r-1)*66 + 32)/526. right font sprintf("DejaVu " \
          ."Sans,%g", 0.8*FS*(EXT eq "svg" ? 96/72. : 1)) textcolor rgb (r > 4 ? OK_GREEN : OK_BLACK)
  }
  plot DATA."/captions.png" binary filetype=png with rgbimage
}

# ---- one word at a time ----
FIG = "words"; ASPECT = 0.78; NEEDS = "words0.png words1.png words2.png words3.png words4.png"; load "style.gp"
if (READY) {
  unset tics; unset border; unset grid; unset key; set size noratio
  ATTRIBUTES = "shape colour size position background"
  W0 = "disc square triangle star ring cross"
  W1 = "red orange yellow green cyan blue purple pink"
  W2 = "small medium large"
  W3 = "centre left right top bottom"
  W4 = "white grey black blue"
  array WORDS[5] = [W0, W1, W2, W3, W4]
  set multiplot
  CELL = SLIDE ? 0.08 : 0.102; LEFT = SLIDE ? 0.25 : 0.175; HIGH = 0.985/5; PIC = CELL*W_IN/H_IN*64/66.
  do for [k = 1:5] {
    n = words(WORDS[k]); TOP = 0.99 - (k-1)*HIGH
    unset label
    set label 20 word(ATTRIBUTES, k) at screen LEFT-0.015,TOP-PIC/2 right
    do for [v = 1:n] {
        set label v word(WORDS[k], v) at screen LEFT+(v-0.5)*CELL,TOP-PIC-(SLIDE ? 0.03 : 0.02) center \
            textcolor rgb OK_GREY font @SMALL
    }
    set lmargin at screen LEFT
    set rmargin at screen LEFT+n*CELL
    set tmargin at screen TOP
    set bmargin at screen TOP-PIC
    set xrange [0:66*n-3]; set yrange [0:63]
    plot sprintf("%s/words%d.png", DATA, k-1) binary filetype=png with rgbimage
  }
  unset multiplot
}

# ---- between captions ----
FIG = "between"; ASPECT = 0.32; NEEDS = "between.png"; load "style.gp"
if (READY) {
  RATIO = 262/592.; ROOM = 0.16
  @picture
  PART = SLIDE ? 0.79 : 0.84                      # of the width; words on the right want the rest
  set lmargin at screen left_; set rmargin at screen left_+PART*wide_; set size noratio
  set bmargin at screen 0.5-PART/2*high_; set tmargin at screen 0.5+PART/2*high_
  A = "'red square' 'small disc' 'star' 'at the left'"; B = "'yellow square' 'large disc' 'ring' 'at the right'"
  do for [r = 1:4] {
    set label r word(A, r) at graph -0.015, 1 - ((r-1)*66 + 32)/262. right font @SMALL
    set label r+4 word(B, r) at graph 1.015, 1 - ((r-1)*66 + 32)/262. left font @SMALL
  }
  plot DATA."/between.png" binary filetype=png with rgbimage
}

# ---- what the user typed ----
FIG = "typed"; ASPECT = 0.19; NEEDS = "typed.png typed.csv"; load "style.gp"
if (READY) {
  RATIO = 64/526.; ROOM = 0.01
  @picture
  set label 1 "“".line("typed.csv", 2)."”" at graph 0.5,1.2 center
  plot DATA."/typed.png" binary filetype=png with rgbimage
}
