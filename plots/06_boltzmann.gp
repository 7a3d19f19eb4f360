# Figures of lab 06, an explicit density and its price. How to call it: style.gp.
EXT = ARG1; PRESET = ARG2; DATA = ARG3; FIGS = ARG4; LAB = "06_boltzmann"

# ---- bars and stripes: what it learned from, what it draws ----
FIG = "bars"; ASPECT = 0.265; NEEDS = "bars.png bars_drawn.png metrics.csv"; load "style.gp"
if (READY) {
  FILES = "bars bars_drawn"
  array NAMES[2] = ["all 30 there are", sprintf("drawn;\n%.0f %% are right", 100*metric("bars_share_PCD-1"))]
  RATIO = 54/444.; ROOM = 0.195; BREAK = 2
  @rows
}

# ---- where CD-k points, seen from the exact gradient ----
FIG = "direction"; ASPECT = 0.5; NEEDS = "direction.csv"; load "style.gp"
if (READY) {
  set logscale x; set xrange [.85:120]; set yrange [*<0:1.05]; set rmargin 6
  set xtics (1, 2, 5, 10, 20, 50, 100)
  set xlabel "steps of the chain, k"; set ylabel "cosine with the exact gradient"
  set label 1 "the mean of CD-k" at 10,0.5 left offset 2,0 textcolor rgb OK_BLUE
  plot 1 with lines lc rgb C_REAL lw 1.2 dt (6,4), 0 with lines lc rgb OK_GREY lw 0.8, \
       DATA."/direction.csv" using 1:2 with linespoints lc rgb OK_BLUE lw 2 pt 7 ps 0.8*PSX dt 1
}

# ---- the exact likelihood while three rules learn ----
FIG = "likelihood"; ASPECT = 0.52; NEEDS = "likelihood.csv metrics.csv"; load "style.gp"
if (READY) {
  set multiplot
  set bmargin at screen (THUMB ? 0.21 : 0.17); set tmargin at screen 0.90
  set datafile nocolumnheaders
  rows(s, r, c) = sprintf("< awk -F, '$1==\"%s\" && $2==\"%s\" && $3>0{print $3 \",\" $%d}' '%s/likelihood.csv'", s, \
      r, c, DATA)
  RULES = "CD-1 CD-10 PCD-1"
  set logscale x; set xtics ("1" 1, "10" 10, "100" 100, "10³" 1e3, "10⁴" 1e4, "10⁵" 1e5); set xlabel "steps"
  do for [p = 0:1] {
    set lmargin at screen (p ? 0.60 : 0.10); set rmargin at screen (p ? 0.97 : 0.47)
    set title (p ? "digits: nats per test image" : "bars and stripes: nats per picture") offset 0,-0.5
    unset label
    set xrange [*:*] noextend
    set yrange [*:*]
    BEST = p ? metric("mixture_ll") : -log(30)
    ALONE = p ? metric("independent_ll") : NaN
    if (p) { set label 10 "mixture of Bernoullis" at graph 0.98,first BEST offset 0,-2.4 right textcolor rgb C_REAL } \
    else { set label 10 "all that can be had: -log 30" at graph 0.03,first BEST offset 0,0.6 left textcolor rgb C_REAL }
    if (p) { set label 11 "independent pixels" at graph 0.97,first ALONE offset 0,0.6 right textcolor rgb OK_GREY }
    if (!p) {
        do for [r = 1:3] {
            set label r word(RULES, r) at graph 0.60,0.30-0.08*r left textcolor rgb word("#0072B2 #D55E00 #CC79A7", r)
        }
    }
    set offsets 0, 0, graph 0.08, graph 0.05
    plot BEST with lines lc rgb C_REAL lw 1.2 dt (6,4), (p ? ALONE : NaN) with lines lc rgb OK_GREY lw 1.2 dt (6,4), \
         for [r = 1:3] rows(p ? "digits" : "bars", word(RULES, r), p ? 5 : 4) using 1:2 \
         with lines lc rgb word("#0072B2 #D55E00 #CC79A7", r) lw 2 dt 1
  }
  unset multiplot
}

# ---- estimates of log Z ----
FIG = "ais"; ASPECT = 0.5; NEEDS = "ais.csv metrics.csv"; load "style.gp"
if (READY) {
  set logscale x; set xrange [7:1500]; set xtics (10, 30, 100, 300, 1000)
  set xlabel "rungs of the ladder"; set ylabel "estimate of log Z, less the sum, nats"
  set label 1 sprintf("0: log Z = %.2f nats, summed over all 65,536 states", metric("log_z")) at graph 0.99,0.95 right \
      textcolor rgb C_REAL
  plot 0 with lines lc rgb C_REAL lw 1.2 dt (6,4), \
       DATA."/ais.csv" using ($1*(0.94 + 0.03*(int($0) % 5))):2 with points pt 7 ps 0.9*PSX lc rgb OK_BLUE
}

# ---- a chain, and how long it remembers ----
FIG = "chain"
ASPECT = 0.45
NEEDS = "trace_digits.csv autocorrelation_digits.csv autocorrelation_bars.csv metrics.csv"
load "style.gp"
if (READY) {
  set multiplot
  set bmargin at screen 0.19; set tmargin at screen 0.94
  set lmargin at screen 0.11; set rmargin at screen 0.50
  set xlabel "step"; set ylabel "log p of where it is, nats" offset 1,0; set xrange [0:500]; set yrange [-45:0]
  plot DATA."/trace_digits.csv" using 1:2 with lines lc rgb OK_BLUE lw 1 dt 1
  set lmargin at screen 0.63; set rmargin at screen 0.95
  TAU = metric("tau_bars")
  set xlabel "steps apart"
  set ylabel "correlation of log p" offset 1,0
  set logscale x
  set xrange [1:5000]
  set yrange [-0.1:1]
  set label 1 sprintf("digits: %.0f steps", metric("tau_digits")) at graph 0.95,0.93 right textcolor rgb OK_BLUE
  set label 2 (TAU > 1000 ? "bars: thousands of steps" : sprintf("bars: %.0f steps", TAU)) at graph 0.95,0.83 right \
      textcolor rgb OK_VERM
  plot 0 with lines lc rgb OK_GREY lw 0.8, DATA."/autocorrelation_digits.csv" using 1:2 \
      with lines lc rgb OK_BLUE lw 2 dt 1, \
       DATA."/autocorrelation_bars.csv" using 1:2 with lines lc rgb OK_VERM lw 2 dt (8,4)
  unset multiplot
}

# ---- the chain in pictures ----
FIG = "strip"; ASPECT = 0.22; NEEDS = "strip.png"; load "style.gp"
if (READY) {
  RATIO = 108/654.; ROOM = 0.16
  @picture
  set label 1 "every step" at graph -0.015,0.75 right
  set label 2 "every 50th" at graph -0.015,0.25 right
  plot DATA."/strip.png" binary filetype=png with rgbimage
}

# ---- the families of generative models, and what was measured of one example each ----
FIG = "families"; ASPECT = 0.66; NEEDS = "metrics.csv"; load "style.gp"
if (READY) {
  unset tics; unset border; unset grid; unset key
  set lmargin at screen 0.01; set rmargin at screen 0.99; set bmargin at screen 0.01; set tmargin at screen 0.99
  set xrange [0:100]; set yrange [0:66]
  small = sprintf("DejaVu Sans,%g", 0.78*FS*(EXT eq "svg" ? 96/72. : 1))
  set style arrow 1 nohead lc rgb OK_GREY lw 1.2
  set label 1 "models learned from examples" at 55,63.5 center
  set label 2 "explicit density" at 41,52 center
  set label 3 "implicit: a machine\nthat draws" at 89,52 center
  set label 4 "can be computed" at 22,41 center
  set label 5 "not all of it" at 56,41 center
  set arrow from 55,62 to 41,54 as 1; set arrow from 55,62 to 89,54 as 1
  set arrow from 41,50 to 22,43 as 1; set arrow from 41,50 to 56,43 as 1
  set arrow from 22,39 to 22,33 as 1
  set arrow from 56,39 to 45,33 as 1
  set arrow from 56,39 to 68,33 as 1
  set arrow from 89,47.5 to 89,33 as 1
  set arrow from 0,25.5 to 100,25.5 nohead lc rgb "#dddddd" lw 0.8
  set arrow from 0,16.8 to 100,16.8 nohead lc rgb "#dddddd" lw 0.8
  set arrow from 0,11.2 to 100,11.2 nohead lc rgb "#dddddd" lw 0.8
  array X[4] = [22, 45, 68, 89]
  array T[4] = ["mixtures, flows,\npixel after pixel", "Boltzmann\nmachines", "variational\nautoencoders", \
      "adversarial\nnets"]
  array EXACT[4] = ["log p", "log p but for log Z;\nany unit's p, given\nthe other units", "a bound on log p", \
      "nothing"]
  array DRAW[4] = ["at once", "by a chain", "at once", "at once"]
  array HERE[4] = ["", "", "", "GAN: no number\n(lab 10)"]
  HERE[1] = sprintf("independent: %.1f\nmixture: %.1f", metric("independent_ll"), metric("mixture_ll"))
  HERE[2] = sprintf("RBM: %.1f, since\n2^{16} states can be\nsummed; AIS %.2f off", metric("exact_ll_digits8"), \
      metric("ais_error"))
  HERE[3] = sprintf("VAE: %.1f or more,\nby 1 sample; %.1f\nor more, by 1,000", metric("vae_elbo"), metric("vae_bound"))
  do for [k = 1:4] {
    set label 10+k T[k] at X[k],31 center
    set label 20+k EXACT[k] at X[k],23.5 center font small textcolor rgb C_REAL
    set label 30+k DRAW[k] at X[k],14 center font small textcolor rgb OK_BLUE
    set label 40+k HERE[k] at X[k],9 center font small textcolor rgb OK_VERM
  }
  set label 50 "exact" at 0,23.5 left font small textcolor rgb C_REAL
  set label 51 "samples" at 0,14 left font small textcolor rgb OK_BLUE
  set label 52 "digits: nats\nper image" at 0,9 left font small textcolor rgb OK_VERM
  plot NaN
}
