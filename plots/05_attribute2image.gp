# Figures of lab 05, images from attributes. How to call it: style.gp.
EXT = ARG1; PRESET = ARG2; DATA = ARG3; FIGS = ARG4; LAB = "05_attribute2image"

ATTRIBUTES = "shape colour size position rotation texture background"
WORDS = "disc|square|triangle|star|ring|cross red|orange|yellow|green|cyan|blue|purple|pink small|medium|large " \
    ."centre|left|right|top|bottom upright|turned solid|striped|dotted white|grey|black|blue"
spaced(s) = system(sprintf("echo '%s' | tr '|' ' '", s))
values(k) = spaced(word(WORDS, k))                           # of attribute k = 1..7

# ---- sprites ----
FIG = "sprites"; ASPECT = 0.39; NEEDS = "sprites.png"; load "style.gp"
if (READY) {
  RATIO = 394/1054.; ROOM = 0.01
  @picture
  plot DATA."/sprites.png" binary filetype=png with rgbimage
}

# ---- real drawings ----
FIG = "openmoji"; ASPECT = 0.52; NEEDS = "openmoji.png"; load "style.gp"
if (READY) {
  RATIO = 526/1054.; ROOM = 0.01
  @picture
  plot DATA."/openmoji.png" binary filetype=png with rgbimage
}

# ---- training: what is left to pay for, what a code costs ----
FIG = "training"; ASPECT = 0.5; NEEDS = "training.csv"; load "style.gp"
if (READY) {
  set multiplot
  set bmargin at screen 0.17; set tmargin at screen 0.90
  set xlabel "thousands of sprites seen"
  rows(m, c) = sprintf("< awk -F, 'NR>1 && $1==\"%s\"{print $2/1000 \",\" $%d}' '%s/training.csv'", m, c, DATA)
  set datafile nocolumnheaders
  set logscale y
  set lmargin at screen 0.11; set rmargin at screen 0.46
  set title "standard deviation of p(x|z,a)" offset 0,-0.5
  set yrange [.028:.35]; set ytics (.03, .05, .1, .2, .3)
  set label 1 "in layers" at graph 0.12,0.08 left textcolor rgb OK_BLUE
  set label 2 "one net" at graph 0.45,0.55 left textcolor rgb OK_VERM
  plot rows("layers", 5) using 1:2 with lines lc rgb OK_BLUE lw 2 dt 1, rows("flat", 5) using 1:2 \
      with lines lc rgb OK_VERM lw 2 dt (8,4)
  unset label; unset logscale
  set lmargin at screen 0.57; set rmargin at screen 0.90
  set title "nats spent on the code" offset 0,-0.5
  set yrange [0:*]; set ytics auto; set y2tics (1, 2, 5, 10, 20, 50) nomirror; set logscale y2; set y2range [1:60]
  set y2label "price of a nat, β" textcolor rgb OK_GREY offset -2,0
  plot rows("layers", 6) using 1:2 axes x1y2 with lines lc rgb OK_GREY lw 1.2 dt (2,3), \
       rows("layers", 4) using 1:2 with lines lc rgb OK_BLUE lw 2 dt 1, rows("flat", 4) using 1:2 \
       with lines lc rgb OK_VERM lw 2 dt (8,4)
  unset multiplot
}

# ---- accuracy per attribute, with layers and without, trained on and held out ----
FIG = "accuracy"; ASPECT = 0.52; NEEDS = "accuracy.csv metrics.csv"; load "style.gp"
if (READY) {
  set lmargin at screen 0.16; set rmargin at screen 0.83; set bmargin at screen 0.16; set tmargin at screen 0.98
  set yrange [-0.6:7.6]; set xrange [*:100.5]; unset grid; set grid x
  set ytics scale 0; set border 1
  set datafile nocolumnheaders
  set xlabel "pictures in which the readers see what was asked for, %"
  do for [k = 1:7] { set ytics add (word(ATTRIBUTES, k) 8-k) }
  set ytics add ("all seven" 0)
  # of one model: what share is right in each attribute, and in all of them
  share(m, c, all) = sprintf("< awk -F, '$1==\"%s\"{print 100*$%d \",\" 7-n++} END{print %g \",\" 0}' " \
      ."'%s/accuracy.csv'", m, c, 100*metric(all), DATA)
  set label 1 "in layers" at screen 0.85,0.86 left textcolor rgb OK_BLUE
  set label 2 "one net" at screen 0.85,0.78 left textcolor rgb OK_VERM
  set label 3 "hollow:\nheld out" at screen 0.85,0.64 left textcolor rgb OK_GREY
  plot share("layers", 3, "all_correct") using 1:($2+0.16) with points pt 7 ps 1.1*PSX lc rgb OK_BLUE, \
       share("layers", 4, "heldout_all_correct") using 1:($2+0.16) with points pt 6 ps 1.1*PSX lw 1.6 lc rgb OK_BLUE, \
       share("flat", 3, "flat_all_correct") using 1:($2-0.16) with points pt 5 ps 1.0*PSX lc rgb OK_VERM, \
       share("flat", 4, "flat_heldout_all_correct") using 1:($2-0.16) with points pt 4 ps 1.0*PSX lw 1.6 lc rgb OK_VERM
}

# ---- what was seen where what was asked for: a block per attribute; real sprites, then the model's ----
FIG = "confusion"; ASPECT = 0.56; NEEDS = "confusion_real.csv confusion_model.csv"; load "style.gp"
if (READY) {
  set multiplot
  unset border; unset tics; unset grid; unset key
  set palette defined (0 "#ffffff", 0.001 "#fde3d3", 0.02 "#f6a57a", 0.1 "#d9572b", 1 "#003f6b")
  set cbrange [0:1]; unset colorbox
  array FIRST[8]; FIRST[1] = 0
  do for [k = 1:7] { FIRST[k+1] = FIRST[k] + words(values(k)) }
  set datafile nocolumnheaders
  do for [p = 0:1] {
    set bmargin at screen 0.09; set tmargin at screen 0.91
    set lmargin at screen (p ? 0.59 : 0.145); set rmargin at screen (p ? 0.99 : 0.545)
    set xrange [-0.6:38.6]; set yrange [37.6:-0.6]
    set title (p ? "pictures that the model drew" : "real sprites") offset 0,-0.3
    unset label; unset object
    if (p) { set label 9 "last column of a block: unclear" at screen 0.99,0.035 right textcolor rgb OK_GREY }
    do for [k = 1:7] {
      OFF = FIRST[k] + k - 1
      set object k rectangle from OFF-0.5,OFF-0.5 to OFF+words(values(k))+0.5,OFF+words(values(k))-0.5 fs empty border \
          lc rgb "#bbbbbb" lw 0.8 front
      if (!p) { set label k word(ATTRIBUTES, k) at -1.2,OFF+words(values(k))/2.-0.5 right }
    }
    plot sprintf("< awk -F, 'BEGIN{split(\"0 6 14 17 22 24 27\", f, \" \")} NR>1{o = f[$1+1]+$1; print o+$3 \",\" " \
        ."o+$2 \",\" $4}' '%s/confusion_%s.csv'", DATA, p ? "model" : "real") using 1:2:(0.46):(0.46):3 \
        with boxxyerror fc palette fs solid noborder
  }
  unset multiplot
}

# ---- one code, one attribute at a time ----
FIG = "sweep"
ASPECT = 1.0
NEEDS = "sweep0.png sweep1.png sweep2.png sweep3.png sweep4.png sweep5.png sweep6.png"
load "style.gp"
if (READY) {
  unset tics; unset border; unset grid; unset key; set size noratio
  set multiplot
  CELL = SLIDE ? 0.06 : 0.104; LEFT = SLIDE ? 0.34 : 0.155; HIGH = 0.99/7; PIC = CELL*W_IN/H_IN
  set style line 1 lc rgb OK_GREY
  do for [k = 1:7] {
    n = words(values(k)); TOP = 0.995 - (k-1)*HIGH
    unset label
    set label 20 word(ATTRIBUTES, k) at screen LEFT-0.015,TOP-PIC/2 right
    do for [v = 1:n] {
        set label v word(values(k), v) at screen LEFT+(v-0.5)*CELL,TOP-PIC-(SLIDE ? 0.017 : 0.011) center \
            textcolor rgb OK_GREY font sprintf("DejaVu Sans,%g", (SLIDE ? 0.65 : 0.72)*FS*(EXT eq "svg" ? 96/72. : 1))
    }
    set lmargin at screen LEFT
    set rmargin at screen LEFT+n*CELL
    set tmargin at screen TOP
    set bmargin at screen TOP-PIC
    set xrange [0:66*n-3]; set yrange [0:63]
    plot sprintf("%s/sweep%d.png", DATA, k-1) binary filetype=png with rgbimage
  }
  unset multiplot
}

# ---- the layers, and the picture ----
FIG = "layers"; ASPECT = 0.33; NEEDS = "layers.png"; load "style.gp"
if (READY) {
  RATIO = 262/790.; ROOM = THUMB ? 0.20 : 0.14
  @picture
  set label 1 "foreground" at graph -0.015,7/8. right
  set label 2 "gate" at graph -0.015,5/8. right
  set label 3 "background" at graph -0.015,3/8. right
  set label 4 "picture" at graph -0.015,1/8. right
  set arrow 1 from graph 0.5,-0.03 to graph 0.5,1.03 nohead front lc rgb OK_VERM lw 1.6
  plot DATA."/layers.png" binary filetype=png with rgbimage
}

# ---- the same words, other codes ----
FIG = "within"; ASPECT = 0.17; NEEDS = "within_real.png within.png metrics.csv"; load "style.gp"
if (READY) {
  FILES = "within_real within"
  array NAMES[2] = ["real sprites", sprintf("drawn,\n%.2f as varied", metric("diversity"))]
  RATIO = row_of(12); ROOM = 0.165
  @rows
}

# ---- in layers, and by one net ----
FIG = "compare"; ASPECT = 0.26; NEEDS = "compare.png"; load "style.gp"
if (READY) {
  RATIO = 196/790.; ROOM = THUMB ? 0.20 : 0.14
  @picture
  set label 1 "asked for" at graph -0.015,5/6. right
  set label 2 "in layers" at graph -0.015,3/6. right
  set label 3 "one net" at graph -0.015,1/6. right
  set arrow 1 from graph 0.5,-0.03 to graph 0.5,1.03 nohead front lc rgb OK_VERM lw 1.6
  plot DATA."/compare.png" binary filetype=png with rgbimage
}
