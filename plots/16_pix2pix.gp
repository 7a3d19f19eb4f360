# Figures of lab 16, pix2pix. How to call it: style.gp.
EXT = ARG1; PRESET = ARG2; DATA = ARG3; FIGS = ARG4; LAB = "16_pix2pix"

# ---- how it learned ----
FIG = "losses"; ASPECT = 0.5; NEEDS = "losses.csv"; load "style.gp"
if (READY) {
  one(m, c) = sprintf("< awk -F, 'BEGIN{print \"share,value\"} $1==\"%s\"{print $2\",\"$%d}' '%s/losses.csv'", m, c, \
      DATA)
  set xlabel "share of the training"
  set ylabel "nats per patch; mean error"
  set yrange [0:*]
  set key at graph 0.99,0.62
  plot one("emoji_l1gan", 3) using 1:2 with lines lw 2*LWX dt 1 lc rgb C_DISC title "D, with L1 + cGAN", \
       one("emoji_l1gan", 4) using 1:2 with lines lw 2*LWX dt 1 lc rgb C_GEN title "G, what D says", \
       one("emoji_l1gan", 5) using 1:2 with lines lw 2*LWX dt 1 lc rgb C_FAKE title "its mean error", \
       one("emoji_l1", 5) using 1:2 with lines lw 2*LWX dt (4,3) lc rgb OK_BLACK title "mean error with L1 alone"
}

# ---- outlines that nobody has trained on ----
FIG = "emoji"
ASPECT = 0.32
NEEDS = "emoji_input.png emoji_l1.png emoji_gan.png emoji_l1gan.png emoji_truth.png"
load "style.gp"
if (READY) {
  FILES = "emoji_input emoji_l1 emoji_gan emoji_l1gan emoji_truth"
  array NAMES[5] = ["outline", "L1", "cGAN", "L1 + cGAN", "truth"]
  RATIO = row_of(14)
  ROOM = 0.14
  @rows
}

# ---- the same outline three times ----
FIG = "noise"; ASPECT = 0.29; NEEDS = "noise_input.png noise0.png noise1.png noise2.png"; load "style.gp"
if (READY) {
  FILES = "noise_input noise0 noise1 noise2"
  array NAMES[4] = ["outline", "once", "again", "and again"]
  RATIO = row_of(12)
  ROOM = 0.14
  @rows
}

# ---- what D thinks of patches ----
FIG = "patches"; ASPECT = 0.48; NEEDS = "real.png real_said.png fake.png fake_said.png"; load "style.gp"
if (READY) {
  set label 101 "blue: real; red: fake; white: D does not know" at screen 0.99,0.02 right font @SMALL \
      textcolor rgb OK_GREY
  FILES = "real real_said fake fake_said"
  array NAMES[4] = ["truth", "D on it", "G", "D on it"]
  RATIO = row_of(8)
  ROOM = 0.14
  @rows
}

# ---- label maps to scenes ----
FIG = "scenes"
ASPECT = 0.445
NEEDS = "scenes_input.png scenes_0.png scenes_1.png scenes_2.png scenes_3.png scenes_truth.png"
load "style.gp"
if (READY) {
  FILES = "scenes_input scenes_0 scenes_1 scenes_2 scenes_3 scenes_truth"
  array NAMES[6] = ["label map", "L1", "GAN", "cGAN", "L1 + cGAN", "a real one"]
  RATIO = row_of(12)
  ROOM = 0.14
  @rows
}

# ---- scenes to label maps ----
FIG = "labels"
ASPECT = 0.37
NEEDS = "labels_input.png labels_0.png labels_1.png labels_2.png labels_truth.png"
load "style.gp"
if (READY) {
  FILES = "labels_input labels_0 labels_1 labels_2 labels_truth"
  array NAMES[5] = ["scene", "L1", "cGAN", "L1 + cGAN", "truth"]
  RATIO = row_of(12)
  ROOM = 0.14
  @rows
}

# ---- how much D sees, and how much L1 counts ----
FIG = "sweeps"
ASPECT = 0.295
NEEDS = "scenes_3.png scenes_4.png scenes_5.png scenes_6.png metrics.csv"
load "style.gp"
if (READY) {
  told(n) = sprintf("read %.0f %%", 100*metric("readback_".n))
  FILES = "scenes_4 scenes_3 scenes_5 scenes_6"; RATIO = row_of(12); ROOM = 0.14
  array NAMES[4] = ["D of pixels\n".told("pixel"), "16 × 16\n".told("l1gan"), "the whole\n".told("whole"), \
      "10 λ\n".told("strict")]
  @rows
}

# ---- both ways in numbers ----
FIG = "order"; ASPECT = 0.42; NEEDS = "readback.csv labelled.csv"; load "style.gp"
if (READY) {
  LEFT = SLIDE ? 0.28 : 0.23                      # names of losses want room, on a slide more of it
  set multiplot layout 1,2 margins screen LEFT,0.975,0.22,0.87 spacing screen LEFT+0.03,0
  unset key
  set ytics nomirror
  set grid x
  set xrange [0:1]
  set xtics 0.5
  set mxtics 2
  set xlabel "pixels read right"
  set title "label maps → scenes"; set yrange [5.5:0.5]
  plot "< sed -n '1,6p' '".DATA."/readback.csv'" using 3:($0+1):4:ytic(sprintf("%s: %.1f %%", strcol(2), 100*$3)) \
      with xerrorbars lw 2*LWX pt 7 ps 0.8*PSX lc rgb C_GEN
  set title "scenes → label maps"; set yrange [3.5:0.5]
  plot DATA."/labelled.csv" using 3:($0+1):4:ytic(sprintf("%s: %.1f %%", strcol(2), 100*$3)) \
      with xerrorbars lw 2*LWX pt 7 ps 0.8*PSX lc rgb C_GEN
  unset multiplot
}

# ---- the net, with and without short cuts ----
FIG = "unet"
ASPECT = 0.62
NEEDS = "unet.csv skips_input.png skips_with.png skips_without.png skips_truth.png metrics.csv"
load "style.gp"
if (READY) {
  unset tics; unset border; unset grid; unset key; unset colorbox; set size noratio
  of(k, column) = real(system(sprintf("awk -F, '$1==\"down%d\" && $2 ~ /^conv/ {print $%d}' '%s/unet.csv'", k, column, \
      DATA)))
  array SIDES[5]; array MAPS[5]
  do for [k = 0:4] { SIDES[k+1] = of(k, 3); MAPS[k+1] = of(k, 5) }
  set multiplot
  set lmargin at screen 0.01; set rmargin at screen 0.99; set tmargin at screen 0.99; set bmargin at screen 0.44
  set xrange [0:11]; set yrange [-0.75:1.2]
  do for [k = 0:4] {
    H = 0.2 + 0.2*(4-k); W = 0.05 + 0.25*MAPS[k+1]/MAPS[5]
    X1 = 0.9 + k*1.02; X2 = 11 - X1
    set object 10+k rectangle from X1-W,-H/2 to X1+W,H/2 fc rgb C_GEN fs solid 0.25 border lc rgb C_GEN
    if (k < 4) { set object 20+k rectangle from X2-W,-H/2 to X2+W,H/2 fc rgb C_GEN fs solid 0.25 border lc rgb C_GEN }
    set label 10+k sprintf("%.0f × %.0f\n× %.0f", SIDES[k+1], SIDES[k+1], MAPS[k+1]) \
        at X1,-H/2-0.09 center font @SMALL
    if (k < 4) {
        set label 20+k sprintf("%.0f × %.0f\n× 2·%.0f", SIDES[k+1], SIDES[k+1], MAPS[k+1]) at X2,-H/2-0.09 center \
            font @SMALL
    }
    if (k < 4) {
        set arrow 10+k from X1,H/2+0.03 to X1,0.62+0.14*(4-k) nohead lc rgb OK_BLUE lw LWX
        set arrow 20+k from X1,0.62+0.14*(4-k) to X2,0.62+0.14*(4-k) nohead lc rgb OK_BLUE lw LWX
        set arrow 30+k from X2,0.62+0.14*(4-k) to X2,H/2+0.03 lc rgb OK_BLUE lw LWX
    }
  }
  set label 40 "handed across" at 5.5,0.62+0.05 center textcolor rgb OK_BLUE font @SMALL
  plot NaN
  unset object; unset arrow; unset label
  FILES = "skips_input skips_with skips_without skips_truth"
  array NAMES[4] = ["outline", sprintf("with: off by %.3f", metric("l1_l1")), sprintf("without: %.3f", \
      metric("l1_no_skips")), "truth"]
  HIGH = 0.1; WIDE = HIGH*394/64.*H_IN/W_IN; LEFT0 = 0.28; GAP = 0.008
  do for [k = 1:4] { set label k NAMES[k] at screen LEFT0-0.01,0.43-(k-1)*(HIGH+GAP)-HIGH/2 right font @SMALL }
  do for [k = 1:4] {
    TOP = 0.43-(k-1)*(HIGH+GAP)
    set lmargin at screen LEFT0
    set rmargin at screen LEFT0+WIDE
    set tmargin at screen TOP
    set bmargin at screen TOP-HIGH
    set autoscale x; set autoscale y; set autoscale xfix; set autoscale yfix
    plot DATA."/".word(FILES, k).".png" binary filetype=png with rgbimage
    unset label
  }
  unset multiplot
}
