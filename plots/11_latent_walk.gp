# Figures of lab 11, walks in the latent space. How to call it: style.gp.
EXT = ARG1; PRESET = ARG2; DATA = ARG3; FIGS = ARG4; LAB = "11_latent_walk"

# what the readers see, in words: of row what,stop of a csv; a sprite on its background
SAY = "awk -F, -v W='%s' -v S=%d 'BEGIN{split(\"disc square triangle star ring cross\",s,\" \"); split(\"red " \
    ."orange yellow green cyan blue purple pink\",c,\" \"); split(\"white grey black blue\",b,\" \")} $1==W && " \
        ."$2==S {print ($3 < 0) ? \"unclear\" : c[$4+1] \" \" s[$3+1] \"\\non \" b[$5+1]}' '%s/%s'"
say(file, what, stop) = system(sprintf(SAY, what, stop, DATA, file))
small(share) = sprintf("DejaVu Sans,%g", share*FS*(EXT eq "svg" ? 96/72. : 1))
WAYS = "lerp slerp lerp_w blend"
NAMES = "straight in z|along an arc in z|straight in w|pixels blended"
name(k) = system(sprintf("echo '%s' | cut -d'|' -f%d", NAMES, k))
INKS = "#E69F00 #0072B2 #009E73 #D55E00"                   # as style.gp has them

# ---- losses ----
FIG = "losses"; ASPECT = 0.5; NEEDS = "losses.csv"; load "style.gp"
if (READY) {
  stats DATA."/losses.csv" using 1 nooutput
  LAST = STATS_max; W = LAST > 500 ? LAST/120. : 20
  set xrange [0:LAST]; set yrange [0:4]; set rmargin 16
  set xlabel "training step"; set ylabel "loss, nats"
  end(c) = system(sprintf("tail -n 30 '%s/losses.csv' | awk -F, '{s += $%d} END {print s/NR}'", DATA, c)) + 0
  set label 1 "D: real + fake" at LAST,end(2) offset 1,0 textcolor rgb C_DISC
  set label 2 "G: fool D"      at LAST,end(3) offset 1,0 textcolor rgb C_GEN
  plot DATA."/losses.csv" using (bin($1,W)):2 smooth unique with lines lc rgb C_DISC, \
       "" using (bin($1,W)):3 smooth unique with lines lc rgb C_GEN dt 1
}

# ---- fresh pictures ----
FIG = "fresh"; ASPECT = 0.74; NEEDS = "fresh.png fresh.csv"; load "style.gp"
if (READY) {
  unset tics; unset border; unset grid; unset key
  set lmargin at screen 0.005; set rmargin at screen 0.995; set bmargin at screen 0.01; set tmargin at screen 0.915
  set size noratio; set xrange [0:790]; set yrange [0:526]
  do for [k = 1:12] {
      set label k say("fresh.csv", "fresh", k - 1) at screen 0.005+(k-0.5)*0.0825,0.975 center font small(0.5) \
          textcolor rgb OK_GREY
  }
  plot DATA."/fresh.png" binary filetype=png with rgbimage
}

# ---- how long noise is, and what can be read ----
FIG = "walks"; ASPECT = 0.5; NEEDS = "walks.csv metrics.csv"; load "style.gp"
if (READY) {
  set multiplot
  set datafile nocolumnheaders
  way(m, c) = sprintf("< awk -F, '$1==\"%s\"{print $2 \",\" $%d}' '%s/walks.csv'", m, c, DATA)
  set bmargin at screen 0.17; set tmargin at screen 0.90
  set xlabel "share of the way"; set xtics 0.25
  set lmargin at screen 0.09; set rmargin at screen 0.40
  set title "length of the noise" offset 0,-0.5; set yrange [0:7]
  set label 1 "along an arc" at 0.5,6.3 center textcolor rgb word(INKS, 2)
  set label 2 "straight on" at 0.5,3.1 center textcolor rgb word(INKS, 1)
  plot way("lerp", 4) using 1:2 with lines lc rgb word(INKS, 1) lw 2 dt (8,4), way("slerp", 5) using 1:2 \
      with lines lc rgb word(INKS, 2) lw 2 dt 1
  unset label
  set lmargin at screen 0.53; set rmargin at screen 0.80
  set title "pictures that can be read, %" offset 0,-0.5; set yrange [0:100]
  at(m) = real(system(sprintf("awk -F, '$1==\"%s\" && $2==0.5{print 100*$3}' '%s/walks.csv'", m, DATA)))
  # labels apart by 7 or more
  Y1 = at("slerp"); Y2 = at("lerp"); Y3 = at("lerp_w"); Y4 = at("blend")
  if (Y1 >= Y2 && Y1 - Y2 < 8) { Y2 = Y1 - 8 }
  if (Y2 > Y1 && Y2 - Y1 < 8) { Y1 = Y2 - 8 }
  if (abs(Y3 - Y4) < 8) { if (Y3 >= Y4) { Y3 = Y4 + 8 } else { Y4 = Y3 + 8 } }
  array Y[4] = [Y2, Y1, Y3, Y4]
  do for [k = 1:4] { set label k name(k) at graph 1.04,first Y[k] left textcolor rgb word(INKS, k) font small(0.9) }
  plot for [k = 1:4] way(word(WAYS, k), 3) using 1:(100*$2) with linespoints lc rgb word(INKS, k) lw 1.8 dt 1 \
      pt (word("5 7 9 13", k)+0) ps 0.6*PSX
  unset multiplot
}

# ---- ends that were asked for ----
FIG = "asked"
ASPECT = 0.66
NEEDS = "strips.csv strip_lerp.png strip_slerp.png strip_lerp_w.png strip_blend.png"
load "style.gp"
if (READY) {
  unset tics; unset border; unset grid; unset key; set size noratio
  set multiplot
  LEFT = 0.13; CELL = 0.858/9; HIGH = 0.247; PIC = CELL*W_IN/H_IN
  do for [r = 1:4] {
    TOP = 0.985 - (r-1)*HIGH
    unset label
    set label 20 system(sprintf("echo '%s' | sed 's/ in /\\nin /; s/ blended/\\nblended/; s/along an/along\\nan/'", \
        name(r))) at screen LEFT-0.015,TOP-PIC/2+0.02 right font small(0.95) textcolor rgb word(INKS, r)
    do for [v = 1:9] {
        set label v say("strips.csv", word(WAYS, r), v-1) at screen LEFT+(v-0.5)*CELL,TOP-PIC-0.022 center \
            font small(0.62) textcolor rgb OK_GREY
    }
    set lmargin at screen LEFT
    set rmargin at screen LEFT+9*CELL
    set tmargin at screen TOP
    set bmargin at screen TOP-PIC
    set xrange [0:592]; set yrange [0:63]
    plot sprintf("%s/strip_%s.png", DATA, word(WAYS, r)) binary filetype=png with rgbimage
  }
  unset multiplot
}

# ---- walkers on their rounds ----
FIG = "movie"; MOVIE = 1; ASPECT = 0.42; NEEDS = "sprites_47.png garments_47.png"; load "style.gp"
if (READY) {
  unset tics; unset border; unset grid; unset key; set size ratio -1
  do for [k = 0:47] {
    @frame
    set multiplot
    do for [p = 0:1] {
      set lmargin at screen 0.01+0.50*p
      set rmargin at screen 0.49+0.50*p
      set bmargin at screen 0.01
      set tmargin at screen 0.99
      plot sprintf("%s/%s_%02d.png", DATA, p ? "garments" : "sprites", k) binary filetype=png with rgbimage
    }
    unset multiplot
  }
}

# ---- a - b + c ----
FIG = "triples"; ASPECT = 0.62; NEEDS = "triples.png triples.csv"; load "style.gp"
if (READY) {
  unset tics; unset border; unset grid; unset key; set size noratio
  set multiplot
  ROWS = 3; CELL = 0.088; PIC = CELL*W_IN/H_IN; GAP = 0.035
  HAVE = int(system(sprintf("awk 'END{print int((NR-1)/4)}' '%s/triples.csv'", DATA)))
  SHEET = HAVE < 6 ? HAVE : 6
  do for [i = 0:(HAVE < 6 ? HAVE : 6)-1] { do for [k = 0:3] {
    X = 0.012 + (i%2)*0.512 + k*(CELL+GAP); TOP = 0.985 - (i/2)*0.333
    unset label
    if (k < 3) {
        set label 2 (k == 0 ? "−" : k == 1 ? "+" : "=") at screen X+CELL+GAP/2,TOP-PIC/2 center font small(1.5)
    }
    set label 1 say("triples.csv", "triple", 4*i + k) at screen X+CELL/2,TOP-PIC-0.035 center font small(THUMB ? 0.6 \
        : 0.75) textcolor rgb OK_GREY
    set lmargin at screen X; set rmargin at screen X+CELL; set tmargin at screen TOP; set bmargin at screen TOP-PIC
    Y0 = (i*66); X0 = k*66
    set xrange [X0:X0+63]; set yrange [*:*]
    # tiles are 64 pixels and 2 apart; rows are counted from the top
    set yrange [SHEET*66-2-Y0-64:SHEET*66-2-Y0-1]
    plot DATA."/triples.png" binary filetype=png with rgbimage
  } }
  unset multiplot
}

# ---- how often it works ----
FIG = "sums"; ASPECT = 0.46; NEEDS = "sums.csv"; load "style.gp"
if (READY) {
  set lmargin at screen 0.17; set rmargin at screen 0.80; set bmargin at screen 0.2; set tmargin at screen 0.90
  set label 4 "changed:" at screen 0.155,0.95 right textcolor rgb OK_GREY
  set xrange [0:100]; set yrange [-0.6:3.6]; unset grid; set grid x
  set ytics scale 0; set border 1
  set ytics ("shape" 3, "colour" 2, "background" 1, "all" 0)
  set datafile nocolumnheaders
  set xlabel "sums that show what they should, in all attributes, %"
  part(c) = sprintf("< awk -F, 'NR>1{print 100*$%d \",\" 5-NR}' '%s/sums.csv'", c, DATA)
  set label 1 "in w" at screen 0.83,0.8 left textcolor rgb OK_GREEN
  set label 2 "in z" at screen 0.83,0.68 left textcolor rgb OK_BLUE
  set label 3 "random\ndirection" at screen 0.83,0.54 left textcolor rgb OK_GREY
  plot part(2) using 1:2 with points pt 7 ps 1.2*PSX lc rgb OK_GREEN, \
      part(3) using 1:2 with points pt 5 ps 1.1*PSX lc rgb OK_BLUE, \
       part(4) using 1:2 with points pt 4 ps 1.1*PSX lw 1.5 lc rgb OK_GREY
}

# ---- one direction, in doses ----
FIG = "directions"; ASPECT = 0.95; NEEDS = "doses.png"; load "style.gp"
if (READY) {
  unset tics; unset border; unset grid; unset key; set size ratio -1
  set lmargin at screen 0.03; set rmargin at screen 0.97; set bmargin at screen 0.02; set tmargin at screen 0.93
  do for [k = 0:5] {
      set label k+1 sprintf("%s%.3g", (k ? "" : "t = "), k*0.25) at graph (k+0.5)/6.,1.03 center textcolor rgb (k == 5 \
          ? OK_VERM : OK_BLACK)
  }
  plot DATA."/doses.png" binary filetype=png with rgbimage
}

# ---- garments ----
FIG = "garments"; ASPECT = 0.66; NEEDS = "garments_lerp_0.png garments_blend_1.png metrics.csv"; load "style.gp"
if (READY) {
  unset tics; unset border; unset grid; unset key; set size noratio
  set multiplot
  LEFT = 0.21; CELL = 0.782/9; PIC = CELL*W_IN/H_IN
  do for [p = 0:1] { do for [r = 1:3] {
    way = word("lerp slerp blend", r)
    TOP = 0.985 - p*0.505 - (r-1)*(PIC + 0.012)
    unset label
    set label 1 sprintf("%s%s", name(r == 3 ? 4 : r), p == 0 ? sprintf("\nsharpness %.2f", metric("sharpness_".way)) \
        : "") at screen LEFT-0.015,TOP-PIC/2+0.012 right font small(0.9) textcolor rgb word(INKS, r == 3 ? 4 : r)
    set lmargin at screen LEFT
    set rmargin at screen LEFT+9*CELL
    set tmargin at screen TOP
    set bmargin at screen TOP-PIC
    set xrange [0:520]; set yrange [0:55]
    plot sprintf("%s/garments_%s_%d.png", DATA, way, p) binary filetype=png with rgbimage
  } }
  unset multiplot
}

# ---- between four corners ----
FIG = "corners"; ASPECT = 0.5; NEEDS = "corners_sprites.png corners_garments.png"; load "style.gp"
if (READY) {
  unset tics; unset border; unset grid; unset key; set size ratio -1
  set multiplot
  do for [p = 0:1] {
    set lmargin at screen 0.005+0.50*p
    set rmargin at screen 0.495+0.50*p
    set bmargin at screen 0.005
    set tmargin at screen 0.995
    plot sprintf("%s/corners_%s.png", DATA, p ? "garments" : "sprites") binary filetype=png with rgbimage
  }
  unset multiplot
}
