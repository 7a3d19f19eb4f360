# Figures of lab 10, a convolutional GAN. How to call it: style.gp.
EXT = ARG1; PRESET = ARG2; DATA = ARG3; FIGS = ARG4; LAB = "10_dcgan"

# ---- what convolution finds, and what its transpose brings back ----
FIG = "convolution"; ASPECT = 0.56; NEEDS = "image.png maps.png back.png"; load "style.gp"
if (READY) {
  unset tics; unset border; unset grid; unset colorbox; unset key
  set multiplot
  TOP = 0.88; HIGH = 0.80*H_IN; ONE = HIGH/4                # inches
  GAP = (0.97*W_IN - 2*ONE - HIGH)/2; X1 = 0.015*W_IN; X2 = X1 + ONE + GAP; X3 = X2 + HIGH + GAP
  set label 1 "image" at screen (X1+ONE/2)/W_IN,0.93 center
  set label 2 "upright"  at screen (X2+0.5*ONE)/W_IN,0.93 center
  set label 3 "level"    at screen (X2+1.5*ONE)/W_IN,0.93 center
  set label 4 "spots"    at screen (X2+2.5*ONE)/W_IN,0.93 center
  set label 5 "mean"     at screen (X2+3.5*ONE)/W_IN,0.93 center
  set label 6 "back"     at screen (X3+ONE/2)/W_IN,0.93 center
  set label 7 "conv" at screen (X1+X2+ONE)/2/W_IN, 0.52 center textcolor rgb OK_BLUE
  set label 8 "conv^T" at screen (X2+HIGH+X3)/2/W_IN, 0.51 center textcolor rgb OK_VERM
  set arrow 1 from screen (X1+1.05*ONE)/W_IN,0.46 to screen (X2-0.05*ONE)/W_IN,0.46 lw 1.5 lc rgb OK_BLUE filled
  set arrow 2 from screen (X2+1.01*HIGH)/W_IN,0.46 to screen (X3-0.05*ONE)/W_IN,0.46 lw 1.5 lc rgb OK_VERM filled
  set bmargin at screen TOP-HIGH/H_IN; set tmargin at screen TOP
  set lmargin at screen X1/W_IN; set rmargin at screen (X1+ONE)/W_IN
  plot DATA."/image.png" binary filetype=png with rgbimage
  unset label; unset arrow
  set lmargin at screen X2/W_IN; set rmargin at screen (X2+HIGH)/W_IN
  plot DATA."/maps.png" binary filetype=png with rgbimage
  set lmargin at screen X3/W_IN; set rmargin at screen (X3+ONE)/W_IN
  plot DATA."/back.png" binary filetype=png with rgbimage
  unset multiplot
}

# ---- both nets as blocks: as high as the map, as wide as it has channels ----
FIG = "nets"; ASPECT = 0.72; NEEDS = "nets.csv"; load "style.gp"
if (READY) {
  unset tics; unset border; unset grid; unset key
  set xrange [0:94]; set yrange [-37:36]
  set size ratio -1; set lmargin 0; set rmargin 0; set tmargin 0; set bmargin 0
  SMALL = sprintf("DejaVu Sans,%g", SLIDE ? 0.8*FS : FS)
  ROWS = int(system("wc -l < '".DATA."/nets.csv'")) - 1
  field(r, c) = system(sprintf("awk -F, 'NR==%d{print $%d}' '%s/nets.csv'", r+1, c, DATA))
  GX = 8.0; DX = 8.0; N = 0
  do for [r = 1:ROWS] {
    net = field(r,1); kind = field(r,2); h = real(field(r,3)); c = real(field(r,5))
    # a dense layer's vector is drawn as the map it is reshaped to
    if (kind ne "dense" || c == 1) {
      wide = h == 1 ? 1.6 : 2 + 1.3*log(c)/log(2)
      high = h == 1 ? 3 + 1.6*log(c)/log(2) : 0.95*h
      x = net eq "G" ? GX : DX; y = net eq "G" ? 17 : -19
      dark = net eq "G" ? C_GEN : C_DISC
      s = h == 1 ? 0.5 : 0.18*high                          # the slanted sides
      N = N + 1
      set object N polygon from x,y-high/2 to x+wide,y-high/2 to x+wide,y+high/2 to x,y+high/2 to x,y-high/2 fs solid \
          0.25 border lc rgb dark fc rgb dark
      N = N + 1
      set object N polygon from x,y+high/2 to x+s,y+high/2+s to x+wide+s,y+high/2+s to x+wide,y+high/2 to x,y+high/2 \
          fs solid 0.12 border lc rgb dark fc rgb dark
      N = N + 1
      set object N polygon from x+wide,y-high/2 to x+wide+s,y-high/2+s to x+wide+s,y+high/2+s to x+wide,y+high/2 \
          to x+wide,y-high/2 fs solid 0.4 border lc rgb dark fc rgb dark
      said = h > 1 ? sprintf("%d×%d×%d", h, h, c) : c == 1 ? "logit" : sprintf("z: %d", c)
      set label N said at x+wide/2, y-high/2-2.2 center font SMALL
      if (kind ne "input") {
          said = kind eq "convt" ? "conv^T" : kind eq "reshape" ? "dense" : kind
          set label N-1 said at x-4, y+1.6 center textcolor rgb OK_GREY font SMALL
          set arrow N from x-6.4,y to x-1.2,y lc rgb OK_GREY lw 1 size 1,25 filled front
      }
      if (net eq "G") { GX = GX + wide + s + 9.5 } else { DX = DX + wide + s + 9.5 }
    }
  }
  set label 998 "G" at 1,17 left font sprintf("DejaVu Sans Bold,%g", FS*1.3) textcolor rgb C_GEN
  set label 999 "D" at 1,-19 left font sprintf("DejaVu Sans Bold,%g", FS*1.3) textcolor rgb C_DISC
  plot NaN
}

# ---- the channels before batch norm ----
FIG = "norm"; ASPECT = 0.5; NEEDS = "norm.csv"; load "style.gp"
if (READY) {
  set xrange [-1:64]
  set xlabel "channel of D's second convolution, before any training"
  set ylabel "mean ± sd over pixels and batch"
  set xtics 8
  set title "after batch norm: 0 ± 1, every channel" textcolor rgb OK_GREEN
  plot DATA."/norm.csv" using 1:2:3 with yerrorbars pt 7 ps 0.4*PSX lc rgb C_DISC lw 1, \
      0 with lines lc rgb OK_GREY lw 0.8 dt 1
}

# ---- the same noise while the nets learn: four moments for print, and the movie ----
FIG = "training"; ASPECT = 0.50; NEEDS = "frames.csv frame_24.png"; load "style.gp"
if (READY) {
  unset tics; unset border; unset grid; unset key
  set multiplot layout 2,2 margins 0.01,0.99,0.01,0.93 spacing 0.03,0.09
  do for [f in "3 6 12 24"] {
    set title sprintf("after %s training images", system(sprintf("awk -F, '$1==%s{printf \"%%d\", $3}' " \
        ."'%s/frames.csv'", f, DATA))) offset 0,-0.6
    set size ratio -1
    plot sprintf("%s/frame_%02d.png", DATA, int(f)) binary filetype=png with rgbimage
  }
  unset multiplot
}
FIG = "movie"; MOVIE = 1; ASPECT = 0.47; NEEDS = "frames.csv frame_24.png"; load "style.gp"
if (READY) {
  unset tics; unset border; unset grid; unset key
  set lmargin at screen 0.01; set rmargin at screen 0.99; set bmargin at screen 0.01; set tmargin at screen 0.89
  do for [k = 0:24] {
    @frame
    set title sprintf("after %s training images", system(sprintf("awk -F, '$1==%d{printf \"%%d\", $3}' " \
        ."'%s/frames.csv'", k, DATA))) offset 0,-0.6
    plot sprintf("%s/frame_%02d.png", DATA, k) binary filetype=png with rgbimage
  }
}

# ---- losses ----
FIG = "losses"; ASPECT = 0.55; NEEDS = "losses.csv"; load "style.gp"
if (READY) {
  stats DATA."/losses.csv" using 1 nooutput
  LAST = STATS_max; W = LAST > 500 ? LAST/150. : 1
  set xrange [0:LAST]; set yrange [0:3]; set rmargin 16
  set xlabel "training step"; set ylabel "loss, nats"
  end(c) = system(sprintf("tail -n 50 '%s/losses.csv' | awk -F, '{s += $%d} END {print s/NR}'", DATA, c)) + 0
  set label 1 "D: real + fake" at LAST,end(2) offset 1,0 textcolor rgb C_DISC
  set label 2 "G: fool D"      at LAST,end(3) offset 1,0 textcolor rgb C_GEN
  set arrow 1 from 0,2*log(2) to LAST,2*log(2) nohead lc rgb C_DISC lw 0.8 dt (6,4) back
  set arrow 2 from 0,log(2) to LAST,log(2) nohead lc rgb C_GEN lw 0.8 dt (6,4) back
  set label 3 "2 ln 2: D cannot tell" at LAST*0.015,2*log(2) offset 0,0.6 textcolor rgb C_DISC
  set label 4 "ln 2: nor can G be told" at LAST*0.015,log(2) offset 0,-0.7 textcolor rgb C_GEN
  plot DATA."/losses.csv" using (bin($1,W)):2 smooth unique with lines lc rgb C_DISC lw 1.6 dt 1, \
       DATA."/losses.csv" using (bin($1,W)):3 smooth unique with lines lc rgb C_GEN lw 1.6 dt 1
}

# ---- samples ----
FIG = "samples"; ASPECT = 0.5; NEEDS = "samples.png"; load "style.gp"
if (READY) {
  RATIO = 578/1158.; ROOM = 0.01
  @picture
  plot DATA."/samples.png" binary filetype=png with rgbimage
}

# ---- nearest training images ----
FIG = "neighbours"; ASPECT = 0.19; NEEDS = "neighbours.png"; load "style.gp"
if (READY) {
  RATIO = 114/694.; ROOM = 0.17
  @picture
  set label 1 "sample" at graph -0.015,0.75 right
  set label 2 "nearest in\ntraining set" at graph -0.015,0.30 right
  plot DATA."/neighbours.png" binary filetype=png with rgbimage
}

# ---- real, GAN, VAE, and how sharp they are ----
FIG = "compare"; ASPECT = 0.22; NEEDS = "compare.png metrics.csv"; load "style.gp"
if (READY) {
  VAE = metric("sharpness_vae"); THREE = VAE == VAE
  RATIO = (THREE ? 172 : 114)/694.; ROOM = 0.20
  @picture
  STEP = 1./(THREE ? 3 : 2)
  set label 1 sprintf("real\nsharpness %.3f", metric("sharpness_real")) at graph -0.015,1-0.40*STEP right
  set label 2 sprintf("GAN\nsharpness %.3f", metric("sharpness_gan")) at graph -0.015,1-1.40*STEP right
  if (THREE) { set label 3 sprintf("VAE\nsharpness %.3f", VAE) at graph -0.015,1-2.40*STEP right }
  plot DATA."/compare.png" binary filetype=png with rgbimage
}
