# Speed of one training step against PyTorch, from out/bench.csv of `make bench`. How to call it: style.gp.
EXT = ARG1; PRESET = ARG2; DATA = ARG3; FIGS = ARG4; LAB = "bench"

# What a reader calls it; any other model by its name in the table.
name(s) = s eq "linear_ae" ? "linear AE" : s eq "deep_ae" ? "deep AE" : \
          s eq "vae" ? "VAE" : s eq "gan_2d" ? "2-d GAN" : \
          s eq "gan_mlp" ? "MLP GAN" : s eq "dcgan" ? "DCGAN" : s eq "cyclegan" ? "CycleGAN" : s

FIG = "ratio"; ASPECT = 0.55; NEEDS = "bench.csv"; load "style.gp"
if (READY) {
  stats DATA."/bench.csv" using 2 nooutput
  MODELS = int(STATS_records) / 2               # each with one thread, then each with two
  place(t) = int($0) % MODELS + (t == 1 ? -0.19 : 0.19)
  set ylabel "times as fast as PyTorch" offset 0.5,0; set yrange [0:*]; set xrange [-0.6:MODELS - 0.4]
  set grid noxtics ytics
  set key top right horizontal
  set boxwidth 0.36
  set arrow 1 from graph 0, first 1 to graph 1, first 1 nohead lc rgb OK_BLACK lw 0.8 dt (4,4) front
  set xtics scale 0
  plot for [t = 1:2] DATA."/bench.csv" using (place(t)):($2 == t ? $5 : NaN) \
         with boxes lc rgb (t == 1 ? OK_SKY : OK_BLUE) title sprintf("%d thread%s", t, t == 1 ? "" : "s"), \
       for [t = 1:2] DATA."/bench.csv" using (place(t)):($2 == t ? $5 : NaN):(sprintf("%.1f", $5)) \
         with labels offset 0,0.6 textcolor rgb OK_GREY, \
       DATA."/bench.csv" every ::0::MODELS - 1 using 0:(0):xtic(name(strcol(1))) with points ps 0 notitle
}
