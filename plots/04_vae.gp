# Figures of lab 04, the evidence lower bound. How to call it: style.gp.
EXT = ARG1; PRESET = ARG2; DATA = ARG3; FIGS = ARG4; LAB = "04_vae"

# ---- the model where everything is known: posteriors, and the bound against K ----
FIG = "known"; ASPECT = 0.50; NEEDS = "known.csv posterior.csv metrics.csv"; load "style.gp"
if (READY) {
  set multiplot
  cell(r, c) = system(sprintf("awk -F, 'NR==%d{print $%d}' '%s/posterior.csv'", r+1, c, DATA)) + 0
  v11 = cell(2,1); v22 = cell(2,2); v12 = cell(2,3); q11 = cell(2,4); q22 = cell(2,5)
  set parametric; set trange [0:2*pi]; set samples 200
  set size ratio -1
  set lmargin at screen 0.08
  set rmargin at screen 0.42
  set bmargin at screen 0.19
  set tmargin at screen 0.92
  set xrange [-1.7:1.7]; set yrange [-1.7:1.7]; set xtics 1; set ytics 1
  set xlabel "z_1 - mean"; set ylabel "z_2 - mean" offset 1,0
  set label 1 "p(z | x)" at 0.72,1.35 left textcolor rgb C_REAL
  set label 2 "best diagonal q" at -1.6,-1.5 left textcolor rgb C_FAKE
  # the ellipse of two standard deviations, by the Cholesky factor
  plot 2*sqrt(v11)*cos(t), 2*(v12/sqrt(v11)*cos(t) + sqrt(v22 - v12*v12/v11)*sin(t)) \
      with lines lc rgb C_REAL lw 2.2 dt 1, \
       2*sqrt(q11)*cos(t), 2*sqrt(q22)*sin(t) with lines lc rgb C_FAKE lw 2.2 dt (8,4)
  unset parametric; unset label
  set size noratio; set lmargin at screen 0.57; set rmargin at screen 0.97
  LOGP = metric("known_log_p")
  set xrange [1:256]; set yrange [LOGP-0.36:LOGP+0.05]; set logscale x 2; set xtics 1,4,256; set ytics 0.1 format "%.1f"
  set xlabel "samples of z per x, K"; set ylabel "bound, nats per sample" offset 0.5,0
  set label 1 "q = p(z | x): the bound is log p(x)" at graph 0.03,0.95 left textcolor rgb C_REAL
  set label 2 "best diagonal q" at graph 0.22,0.32 left textcolor rgb C_FAKE
  set arrow 1 from 1.15,LOGP to 1.15,LOGP-metric("known_gap_turned") heads size screen 0.008,20 lc rgb OK_GREY lw 1
  set label 3 "KL(q || p(z|x))" at 1.35,LOGP-0.05 left textcolor rgb OK_GREY
  plot DATA."/known.csv" using ($1 == 0 ? $2 : NaN):3 with lines lc rgb C_REAL lw 2.2 dt 1, \
       DATA."/known.csv" using ($1 == 1 ? $2 : NaN):3 with linespoints pt 7 ps 0.5*PSX lc rgb C_FAKE lw 2.2 dt 1
  unset multiplot
}

# ---- the two terms against epoch, stacked ----
FIG = "training"; ASPECT = 0.5; NEEDS = "training.csv"; load "style.gp"
if (READY) {
  set multiplot
  stats DATA."/training.csv" using 2 nooutput
  LAST = STATS_max
  set bmargin at screen 0.16; set tmargin at screen 0.90
  do for [p = 0:1] {
    m = p ? "d2" : "d20"
    set lmargin at screen (p ? 0.60 : 0.11); set rmargin at screen (p ? 0.97 : 0.48)
    set title (p ? "2 latent dimensions" : "20 latent dimensions") offset 0,-0.5
    set xrange [1:LAST]
    set yrange [220:*]
    set xlabel "epoch"
    set ylabel (p ? "" : "nats per training image") offset 1,0
    end(c) = system(sprintf("awk -F, '$1==\"%s\"{v=$%d} END{print v}' '%s/training.csv'", m, c, DATA)) + 0
    set yrange [220:290]
    set label 1 sprintf("KL %.1f", end(4)) at LAST*0.96, end(3)+end(4)/2. right front textcolor rgb "white"
    set label 2 sprintf("reconstruction %.1f", end(3)) at LAST*0.96, (220+end(3))/2. right front textcolor rgb "white"
    plot DATA."/training.csv" using (strcol(1) eq m ? $2 : NaN):(220):3 with filledcurves fc rgb OK_BLUE, \
         DATA."/training.csv" using (strcol(1) eq m ? $2 : NaN):3:($3+$4) with filledcurves fc rgb OK_VERM
  }
  unset multiplot
}

# ---- where the codes lie: AE beside VAE ----
FIG = "latent"; ASPECT = 0.54; NEEDS = "codes.csv names.csv"; load "style.gp"
if (READY) {
  set multiplot
  CLASS = '"#0072B2" "#D55E00" "#56B4E9" "#E69F00" "#999999" "#CC79A7" "#009E73" "#882255" "#F0E442" "#222222"'
  NAMES = class_names(DATA)
  colour(k) = word(CLASS, int(k)+1)
  set palette defined (0 "#0072B2", 1 "#D55E00", 2 "#56B4E9", 3 "#E69F00", 4 "#999999", 5 "#CC79A7", 6 "#009E73", \
      7 "#882255", 8 "#F0E442", 9 "#222222")
  set cbrange [0:9]; unset colorbox
  set style textbox opaque fillcolor rgb "#60ffffff" noborder margins 0.4,0.2
  set bmargin at screen 0.17; set tmargin at screen 0.92; set size ratio 1; unset grid
  mean(k, c) = system(sprintf("awk -F, '$1==%d{s+=$%d; n++} END{print n ? s/n : 1e9}' '%s/codes.csv'", k, c, DATA)) + 0
  do for [p = 0:1] {
    C = p ? 2 : 4
    set lmargin at screen (p ? 0.55 : 0.06); set rmargin at screen (p ? 0.97 : 0.48)
    stats DATA."/codes.csv" using C:(column(C+1)) nooutput
    R = p ? 4 : 2.1*(STATS_stddev_x > STATS_stddev_y ? STATS_stddev_x : STATS_stddev_y) + abs(STATS_mean_x)
    set title (p ? "VAE" : "autoencoder") offset 0,-0.5
    set xrange [-R:R]
    set yrange [-R:R]
    TIC = p ? 2 : 10
    set xtics TIC
    set ytics TIC
    set xlabel "z_1" offset 0,0.3
    set ylabel (p ? "" : "z_2") offset 1.5,0
    set object 1 circle at 0,0 size 2 fs empty border lc rgb OK_BLACK lw 1.6 front
    do for [k = 0:9] {
        set label k+1 word(NAMES, k+1) at mean(k,C),mean(k,C+1) center offset (p && k == 0 ? -2.5 : 0),(k == 2 ? 1.1 \
            : k == 6 ? -1.1 : 0) front boxed font sprintf("DejaVu Sans,%g", 0.8*FS*(EXT eq "svg" ? 96/72. : 1))
    }
    if (p) {
        set label 20 "2σ of the prior" at 1.5,-1.75 left front boxed font sprintf("DejaVu Sans,%g", \
            0.8*FS*(EXT eq "svg" ? 96/72. : 1))
    }
    plot DATA."/codes.csv" every ::::2999 using C:(column(C+1)):1 with points pt 7 ps 0.22*PSX palette
  }
  unset multiplot
}

# ---- the latent plane, decoded ----
FIG = "grid"; ASPECT = 1.0; NEEDS = "grid.png"; load "style.gp"
if (READY) {
  RATIO = 1; ROOM = 0.01
  @picture
  plot DATA."/grid.png" binary filetype=png with rgbimage
}

# ---- between two codes ----
FIG = "interpolation"; ASPECT = 0.46; NEEDS = "between_ae.png between_vae.png"; load "style.gp"
if (READY) {
  unset tics; unset border; unset grid; unset key; set size ratio -1
  set multiplot
  set lmargin at screen 0.16; set rmargin at screen 0.99
  set label 1 "autoencoder" at screen 0.15,0.75 right
  set label 2 "VAE" at screen 0.15,0.26 right
  set bmargin at screen 0.51; set tmargin at screen 0.99
  plot DATA."/between_ae.png" binary filetype=png with rgbimage
  unset label
  set bmargin at screen 0.01; set tmargin at screen 0.49
  plot DATA."/between_vae.png" binary filetype=png with rgbimage
  unset multiplot
}

# ---- test images, reconstructions, samples, and how sharp they are ----
FIG = "samples"; ASPECT = 0.26; NEEDS = "real.png reconstructed.png samples.png metrics.csv"; load "style.gp"
if (READY) {
  set multiplot
  GAN = system(sprintf("awk -F, '$1==\"sharpness_gan\"{print $2; f=1} END{if (!f) print \"NaN\"}' " \
      ."'%s/../10_dcgan/metrics.csv' 2>/dev/null || echo NaN", DATA)) + 0
  unset tics; unset border; unset grid; unset key; set size ratio -1
  ROWS = "real reconstructed samples"
  do for [r = 1:3] {
    LEFT = THUMB ? 0.235 : 0.17; WIDE = 0.74 - LEFT
    set lmargin at screen LEFT; set rmargin at screen 0.74
    HALF = 0.5*WIDE*W_IN/12/H_IN; set tmargin at screen 1.00-0.27*r+HALF; set bmargin at screen 1.00-0.27*r-HALF
    set label 1 (r == 1 ? "test image" : r == 2 ? "reconstructed" : "sampled") at screen LEFT - 0.01,1.00-0.27*r right
    plot DATA."/".word(ROWS, r).".png" binary filetype=png with rgbimage
  }
  unset label; set size noratio
  set lmargin at screen 0.77; set rmargin at screen 0.93; set bmargin at screen 0.07; set tmargin at screen 0.88
  TOP = metric("sharpness_real")
  set xrange [0:TOP*1.1]; set yrange [0:3]
  set label 9 "sharpness" at screen 0.77,0.93 left textcolor rgb OK_GREY
  SHARP = sprintf("%g %g %g", metric("sharpness_real"), metric("sharpness_reconstructed"), metric("sharpness_vae"))
  do for [r = 1:3] {
    set object r rectangle from 0,3.22-r to real(word(SHARP, r)),3.78-r fc rgb (r == 1 ? C_REAL : C_FAKE) fs solid \
        noborder
    set label r sprintf("%.3f", real(word(SHARP, r))) at real(word(SHARP, r)),3.5-r left offset 0.4,0
  }
  if (GAN == GAN && GAN > 0) {
      set arrow 1 from GAN,0.18 to GAN,2.1 nohead lc rgb C_GEN lw 1.5 dt (6,4)
      set label 8 sprintf("lab 10's GAN %.3f", GAN) at screen 0.99,0.045 right textcolor rgb C_GEN
  }
  plot NaN
  unset multiplot
}

# ---- three estimates of one derivative ----
FIG = "gradients"; ASPECT = 0.5; NEEDS = "gradients.csv metrics.csv"; load "style.gp"
if (READY) {
  stats DATA."/gradients.csv" using 2 nooutput
  S = 6*STATS_stddev
  set xrange [-S:S]; set yrange [-0.6:2.6]; set lmargin at screen 0.30; unset grid; set grid x
  set ytics ("through z" 0, "score function,\nmean taken off" 1, "score function" 2) scale 0; set border 1
  set xlabel "one derivative, estimated from one sample (2,000 times)"
  jitter(x) = 0.5*(rand(0) - 0.5)
  set style textbox opaque fillcolor rgb "#20ffffff" noborder margins 0.5,0.3
  do for [k = 0:2] {
      set label k+1 sprintf("error %.3g × the gradient", metric("grad_error_".word("reparam baseline score", k+1))) \
          at S,k+0.42 right boxed front
  }
  bogus = rand(1)
  plot DATA."/gradients.csv" using 1:(2 + jitter(0)) with points pt 7 ps 0.2*PSX lc rgb OK_GREY, \
       DATA."/gradients.csv" using 2:(1 + jitter(0)) with points pt 7 ps 0.2*PSX lc rgb OK_SKY, \
       DATA."/gradients.csv" using 3:(0 + jitter(0)) with points pt 7 ps 0.2*PSX lc rgb OK_VERM
}

# ---- rate against distortion, and what each dimension carries ----
FIG = "beta"; ASPECT = 0.5; NEEDS = "beta.csv units.csv"; load "style.gp"
if (READY) {
  set multiplot
  set bmargin at screen 0.16; set tmargin at screen 0.94
  set lmargin at screen 0.11; set rmargin at screen 0.49
  set xlabel "rate: KL, nats per image"; set ylabel "distortion: reconstruction, nats" offset 1,0
  b1(c) = system(sprintf("awk -F, '$1==1{print $%d}' '%s/beta.csv'", c, DATA)) + 0
  set xrange [0:*]; set offsets graph 0, graph 0.08, graph 0.08, graph 0.03
  plot b1(2)+b1(3)-x with lines lc rgb OK_GREY lw 1 dt (6,4), \
       DATA."/beta.csv" using 2:3 with linespoints lc rgb OK_BLUE lw 2 pt 7 ps 0.7*PSX dt 1, \
       DATA."/beta.csv" using 2:($1 >= 2 ? $3 : NaN):(sprintf("β = %s", strcol(1))) with labels left offset 0.9,0.5, \
       DATA."/beta.csv" using 2:($1 < 2 ? $3 : NaN):(sprintf("%s", strcol(1))) with labels center offset 0,1.0
  unset offsets; unset label
  set lmargin at screen 0.61; set rmargin at screen 0.88
  set xrange [1:20]
  set yrange [0:*]
  set xtics 5
  set xlabel "latent dimension, by what it carries"
  set ylabel "KL, nats" offset 1.5,0
  BETAS = system(sprintf("awk -F, 'NR>1{print $1}' '%s/beta.csv'", DATA))
  sorted(b) = sprintf("< awk -F, '$1==%s{print $2}' '%s/units.csv' | sort -g -r", b, DATA)
  set datafile nocolumnheaders
  do for [i = 1:words(BETAS)] {
      set label i "β = ".word(BETAS, i) at graph 1.05, graph 0.97-0.08*i left textcolor rgb word(C_STEPS, i)
  }
  plot for [i = 1:words(BETAS)] sorted(word(BETAS, i)) using ($0+1):1 with lines lc rgb word(C_STEPS, i) lw 1.8 dt 1
  unset multiplot
}
