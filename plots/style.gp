# style.gp: one look for every figure of the suite; gnuplot 5.4 and later.
#
# A lab's script is called as   GNUPLOT_LIB=plots gnuplot -c plots/NN_name.gp EXT PRESET DATA FIGS   and begins with
#     EXT = ARG1; PRESET = ARG2; DATA = ARG3; FIGS = ARG4; LAB = "NN_name"
# Each figure then starts like this, and is skipped while a file it needs is not there (an exercise still unwritten):
#     FIG = "loss"; ASPECT = 0.62; NEEDS = "loss.csv"; load "style.gp"
#     if (READY) { plot DATA."/loss.csv" ... }
# EXT is svg, png, pdf, gif or frame. PRESET is handout (6.3 inches wide), slide (16:9, large type) or thumb (half size,
# for the README). ASPECT is height over width, for the handout.
#
# A movie says MOVIE = 1 on the first of these lines. It is drawn only for EXT gif (one file that loops) and frame
# (NN_name-<what>/000.png, ...), and begins each of its pictures with
#     k = 0, 1, ...; @frame
# Print needs a still: give a movie a figure of its own beside it.
reset
set encoding utf8
set output
READY = 1
if (!exists("MOVIE")) { MOVIE = 0 }
MOVES = EXT eq "gif" || EXT eq "frame"
if (MOVIE != MOVES) { READY = 0 }
# a file that is older than the run's .started was left by an earlier run, and is not drawn as if it were this one's
do for [f in NEEDS] {
    if (system(sprintf("cd '%s' && test -s %s && test ! %s -ot .started && echo 1 || echo 0", DATA, f, f)) eq "0") {
        READY = 0
    }
}

SLIDE = (PRESET eq "slide"); THUMB = (PRESET eq "thumb")
W_IN  = SLIDE ? 10.0 : THUMB ? 4.2 : 6.3                              # inches
H_IN  = SLIDE ? 5.625 : ASPECT*W_IN
FS    = SLIDE ? 16 : THUMB ? 8 : 9.5                                # points
LWX   = SLIDE ? 2.0 : 1.0
# cairo terminals apply a factor 96/72 of their own; these settings make FS true points on paper in all three
if (EXT eq "png") {
    DPI = THUMB ? 130. : 200.
    set terminal pngcairo size W_IN*DPI, H_IN*DPI font sprintf("DejaVu Sans,%g", FS) fontscale DPI/96. linewidth \
        LWX*DPI/96. pointscale DPI/96. enhanced background rgb "white"
}
if (EXT eq "pdf") {
    set terminal pdfcairo size W_IN in, H_IN in font sprintf("DejaVu Sans,%g", FS) fontscale 0.75 linewidth LWX*1.5 \
        dashlength 0.6 enhanced
}
if (EXT eq "svg") {
    set terminal svg size W_IN*96, H_IN*96 font sprintf("DejaVu Sans,%g", FS*96/72.) linewidth LWX*1.2 enhanced \
        background rgb "white"
}
if (MOVES) { W_IN = 4.0; H_IN = ASPECT*W_IN; FS = 9; LWX = 1.0 }
if (EXT eq "gif") {
    set terminal gif animate optimize delay 12 loop 0 size W_IN*150, \
        H_IN*150 font "DejaVu Sans,13" linewidth 1.6 background "#ffffff"
}
if (EXT eq "frame") {
    set terminal pngcairo size W_IN*150, H_IN*150 font sprintf("DejaVu Sans,%g", FS) fontscale 150/96. linewidth \
        150/96. pointscale 150/96. enhanced background rgb "white"
}
if (READY && EXT eq "frame") {
    system(sprintf("mkdir -p '%s/%s-%s' && rm -f '%s/%s-%s'/*.png", FIGS, LAB, FIG, FIGS, LAB, FIG))
}
if (READY && EXT ne "frame") { set output sprintf("%s/%s-%s.%s", FIGS, LAB, FIG, EXT) }
frame = 'if (EXT eq "frame") { set output sprintf("%s/%s-%s/%03d.png", FIGS, LAB, FIG, k) }'
MOVIE = 0
PSX = EXT eq "pdf" ? 0.42 : EXT eq "svg" ? 0.8 : 1.0    # pdfcairo has no pointscale

# Okabe and Ito's colours, told apart by colour-blind readers; lines cycle through dashes too, for print in grey
OK_ORANGE = "#E69F00"; OK_SKY = "#56B4E9"; OK_GREEN = "#009E73"; OK_YELLOW = "#F0E442"
OK_BLUE = "#0072B2"; OK_VERM = "#D55E00"; OK_PURPLE = "#CC79A7"; OK_BLACK = "#222222"; OK_GREY = "#777777"
set linetype 1 lc rgb OK_BLUE   lw 1.8 dt 1          pt 7  ps 0.5
set linetype 2 lc rgb OK_VERM   lw 1.8 dt (12,5)     pt 5  ps 0.5
set linetype 3 lc rgb OK_GREEN  lw 1.8 dt (3,4)      pt 9  ps 0.6
set linetype 4 lc rgb OK_PURPLE lw 1.8 dt (12,4,3,4) pt 11 ps 0.6
set linetype 5 lc rgb OK_ORANGE lw 1.8 dt 1          pt 13 ps 0.6
set linetype 6 lc rgb OK_SKY    lw 1.8 dt (6,4)      pt 6  ps 0.6
set linetype 7 lc rgb OK_BLACK  lw 1.8 dt 1          pt 4  ps 0.6
set linetype cycle 7
# the same thing has the same colour in every figure: real data, what a model makes of them, discriminator, generator
C_REAL = OK_GREEN; C_FAKE = OK_VERM; C_DISC = OK_BLUE; C_GEN = OK_PURPLE
# an ordered family (code sizes, epochs): word(C_STEPS, i), i = 1..6, from viridis, dark to light
C_STEPS = "#440154 #414487 #2a788e #22a884 #7ad151 #d8c400"

PAL_VIRIDIS = "set palette defined (0 '#440154',1 '#482878',2 '#3e4989',3 '#31688e',4 '#26828e',5 '#1f9e89',6 " \
    ."'#35b779',7 '#6ece58',8 '#b5de2b',9 '#fde725')"
PAL_DIV     = "set palette defined (0 '#b35806',1 '#e08214',2 '#fdb863',3 '#fee0b6',4 '#f7f7f7',5 '#c7eae5',6 " \
    ."'#80cdc1',7 '#35978f',8 '#01665e')"
@PAL_VIRIDIS

# a light frame, ticks outside, a faint grid
set border 3 lc rgb "#555555" lw 0.8
set tics nomirror out scale 0.6 textcolor rgb "#333333"
set grid back lc rgb "#dddddd" lw 0.6 dt 1
set key noautotitle Left reverse samplen 1.6 spacing 1.15 textcolor rgb "#222222"
set style fill solid 1.0 noborder
set colorbox noborder
set datafile separator comma
set datafile columnheaders

# words a little smaller:  set label ... font @SMALL
SMALL = 'sprintf("DejaVu Sans,%g", 0.85*FS*(EXT eq "svg" ? 96/72. : 1))'
bare = "unset tics; unset border; unset grid; unset colorbox; unset key; "     # nothing but pictures
# A figure that is one picture, RATIO high over wide, with room for words on its left:
#     RATIO = 7/10.; ROOM = 0.12; @picture
picture = bare."set size ratio -1; \
  left_ = (SLIDE ? 1.25 : 1)*ROOM; wide_ = 0.99 - left_; high_ = wide_*W_IN*RATIO/H_IN; \
  shrink_ = high_ > 0.98 ? 0.98/high_ : 1; wide_ = wide_*shrink_; high_ = high_*shrink_; \
  left_ = ROOM < 0.05 ? 0.5 - wide_/2 : left_; \
  set lmargin at screen left_; set rmargin at screen left_+wide_; \
  set bmargin at screen 0.5-high_/2; set tmargin at screen 0.5+high_/2"
# Rows of pictures below one another, with words on their left; each row is one file:
#     FILES = "x y"; array NAMES[2] = ["input", "G"]; RATIO = row_of(12); ROOM = 0.14; @rows
# BREAK = k leaves a gap before row k; TALLEST: no row is higher than this part of the figure.
row_of(n) = 64/(66.*n - 2)                      # height over width of n pictures of 64 pixels, two pixels apart
BREAK = 99; TALLEST = 1
rows = bare."set size noratio; \
  left_ = (SLIDE ? 1.2 : 1)*ROOM; wide_ = 0.99 - left_; high_ = wide_*W_IN*RATIO/H_IN; \
  shrink_ = high_ > TALLEST ? TALLEST/high_ : 1; wide_ = wide_*shrink_; high_ = high_*shrink_; \
  below_(k) = (k-1)*(high_ + 0.012) + (k >= BREAK ? 0.03 : 0); high_of_all_ = below_(words(FILES)) + high_; \
  first_ = SLIDE && high_of_all_ < 0.97 ? 0.5 + high_of_all_/2 : 0.985; top_(k) = first_ - below_(k); \
  do for [k = 1:words(FILES)] { set label k NAMES[k] at screen left_-0.01,top_(k)-high_/2 right font @SMALL }; \
  set multiplot; set lmargin at screen left_; set rmargin at screen left_+wide_; \
  do for [k = 1:words(FILES)] { \
    set tmargin at screen top_(k); set bmargin at screen top_(k)-high_; set autoscale xfix; set autoscale yfix; \
    plot DATA.'/'.word(FILES, k).'.png' binary filetype=png with rgbimage; unset label }; \
  unset multiplot"
# what the classes are called, by names.csv, for word()
class_names(dir) = system(sprintf("tail -n +2 '%s/names.csv' | cut -d, -f2", dir))
# one number of metrics.csv
metric(name) = real(system(sprintf("awk -F, '$1==\"%s\"{print $2; f=1} END{if (!f) print \"NaN\"}' '%s/metrics.csv'", \
    name, DATA)))
# block mean of a noisy curve:  plot ... using (bin($1,w)):2 smooth unique
bin(x,w) = (floor(x/w) + 0.5)*w
