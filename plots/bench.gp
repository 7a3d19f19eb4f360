# Speed of one training step against PyTorch, from out/bench.csv of `make bench`. How to call it: style.gp.
EXT = ARG1; PRESET = ARG2; DATA = ARG3; FIGS = ARG4; LAB = "bench"

FIG = "ratio"; ASPECT = 0.55; NEEDS = "bench.csv"; load "style.gp"
if (READY) {
  set ylabel "times as fast as PyTorch" offset 0.5,0; set yrange [0:*]; set xrange [-0.6:6.6]
  set grid noxtics ytics
  set key top right horizontal
  set boxwidth 0.36
  set arrow 1 from -0.6,1 to 6.6,1 nohead lc rgb OK_BLACK lw 0.8 dt (4,4) front
  set xtics ("linear AE" 0, "deep AE" 1, "VAE" 2, "2-d GAN" 3, "MLP GAN" 4, "DCGAN" 5, "CycleGAN" 6) scale 0     # in the order of bench.csv
  plot for [t = 1:2] DATA."/bench.csv" using (int($0)%7 + (t == 1 ? -0.19 : 0.19)):($2 == t ? $5 : NaN) \
         with boxes lc rgb (t == 1 ? OK_SKY : OK_BLUE) title sprintf("%d thread%s", t, t == 1 ? "" : "s"), \
       for [t = 1:2] DATA."/bench.csv" using (int($0)%7 + (t == 1 ? -0.19 : 0.19)):($2 == t ? $5 : NaN):(sprintf("%.1f", $5)) \
         with labels offset 0,0.6 textcolor rgb OK_GREY
}
