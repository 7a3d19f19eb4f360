/* 04_vae: the evidence lower bound.
 *
 * Learn    how a net with a random code is trained on a bound of log p(x), where the bound is
 *          exact, and what its two terms fight over.
 * Write    six functions, marked TODO, in this order; labs/04_vae.h says what each must do,
 *          `make test-04` tests them.
 * Run      `make 04` builds this file, runs it and draws its figures in out/figures/; the README
 *          has the one-line cc command.
 * Writes   out/04_vae/: csv and png for the figures, metrics.csv; in model/ (784-400-2*20,
 *          20-400-784), model2/ (2 for 20), model_ae/ (2, no noise, no KL) the weights,
 *          summary.txt, and mu, logvar, eps and rec of the test set, as npy
 * Takes    about 115 s on two cores; --quick 3 s
 * Expect   neg_elbo_d20 below 242 and neg_elbo_d2 below 262 nats per test image of Fashion-MNIST
 *
 * Letters  B batch, d features, Z latent dimensions, K samples of z per x.
 *          x (B,d), mu logvar eps z (B,Z), y (B,d) logits or means.
 */
#include "04_vae.h"
#include "04_vae_plot.h"
#include <math.h>
#include <stdio.h>

/*%% md
## A code that is a cloud
The encoder gives a distribution of codes, $q(z|x) = \mathcal N(\mu, \mathrm{diag}(\sigma^2))$.
Noise enters from outside: $z = \mu + \sigma\odot\epsilon$ with $\epsilon\sim\mathcal N(0, I)$. So
$z$ is a smooth function of $\mu$ and $\sigma$.
*/
Mat reparameterize(Mat mu, Mat logvar, Mat eps, Arena *mem)
{
#ifdef SOLUTION
    Mat z = mat_new(mem, mu.n, mu.d);
    for (size_t i = 0; i < mat_size(z); i++) {
        float sd = expf(.5f * logvar.a[i]);
        z.a[i] = mu.a[i] + sd * eps.a[i];
    }
    return z;
#else
    TODO("return z = mu + exp(logvar / 2) eps, entry by entry");
#endif
}

/*%% md
## The two terms of the bound
$$ \log p(x) \;\ge\;
   \mathbb E_{q}\,[\log p(x|z)] - \mathrm{KL}\bigl(q(z|x)\,\|\,\mathcal N(0,I)\bigr) . $$
The first asks for codes that tell images apart. The second is their price in nats.
*/
float kl_std_normal(Mat mu, Mat logvar)
{
#ifdef SOLUTION
    double sum = 0;
    for (size_t i = 0; i < mat_size(mu); i++) {
        double m = mu.a[i], v = logvar.a[i];
        sum += .5 * (m * m + exp(v) - v - 1);
    }
    return (float)(sum / mu.n);
#else
    TODO("return 1/2 (mu^2 + exp(logvar) - logvar - 1), summed over dimensions and averaged over "
         "the batch");
#endif
}

#ifdef SOLUTION
/* max(y,0) - x y + log(1 + e^-|y|), with the gradient sigma(y) - x. */
static Loss bernoulli_nll(Mat y, Mat x, Arena *mem)
{
    Loss loss = {.grad = mat_new(mem, y.n, y.d)};
    double sum = 0;
    for (size_t i = 0; i < mat_size(y); i++) {
        float v = y.a[i], e = expf(-fabsf(v)), p = (v > 0 ? 1 : e) / (1 + e);   // p = sigma(v)
        sum += fmaxf(v, 0) - x.a[i] * v + log1pf(e);
        loss.grad.a[i] = (p - x.a[i]) / (float)y.n;
    }
    loss.value = (float)(sum / y.n);
    return loss;
}

/* (y - x)^2 / (2 sd^2) + log sd + log(2 pi) / 2, with the gradient (y - x) / sd^2. */
static Loss gaussian_nll(Mat y, Mat x, float sd, Arena *mem)
{
    const float half_log_2pi = .918938533f;
    Loss loss = {.grad = mat_new(mem, y.n, y.d)};
    double sum = 0;
    for (size_t i = 0; i < mat_size(y); i++) {
        float off = y.a[i] - x.a[i];
        sum += off * off / (2 * sd * sd) + logf(sd) + half_log_2pi;
        loss.grad.a[i] = off / (sd * sd) / (float)y.n;
    }
    loss.value = (float)(sum / y.n);
    return loss;
}
#endif

Loss recon_nll(Mat y, Mat x, Likelihood p, Arena *mem)
{
#ifdef SOLUTION
    if (p.family == BERNOULLI) return bernoulli_nll(y, x, mem);
    return gaussian_nll(y, x, p.sd, mem);
#else
    TODO("-log p(x|z) summed over features, averaged over the batch, and its gradient for y; "
         "Bernoulli by logits, or Gaussian");
#endif
}

/*%% md
## Back to the encoder
With $\ell = \log\sigma^2$, from $z = \mu + e^{\ell/2}\epsilon$ and from the KL,
$$ \mathrm d\mu = \mathrm dz + \tfrac{\beta}{B}\mu, \qquad
   \mathrm d\ell = \tfrac12\, \mathrm dz\, \epsilon\, e^{\ell/2}
                 + \tfrac{\beta}{2B}\left(e^{\ell} - 1\right) . $$
With $\beta = 1$ this is the bound's gradient. With $\beta = 0$ and $\epsilon = 0$ what remains is a
plain autoencoder.
*/
Mat elbo_backward(Mat dz, Mat mu, Mat logvar, Mat eps, float beta, Arena *mem)
{
#ifdef SOLUTION
    Mat dmu = mat_new(mem, mu.n, mu.d), dlogvar = mat_new(mem, mu.n, mu.d);
    float price = beta / (float)mu.n;
    for (size_t i = 0; i < mat_size(mu); i++) {
        float sd = expf(.5f * logvar.a[i]);
        dmu.a[i] = dz.a[i] + price * mu.a[i];
        dlogvar.a[i] = .5f * (dz.a[i] * eps.a[i] * sd + price * (sd * sd - 1));
    }
    return mat_join(mem, dmu, dlogvar);                 // (B,2Z)
#else
    TODO("return dmu | dlogvar (mat_join): what dz hands on through z = mu + exp(logvar/2) eps, "
         "plus beta/B times the KL's gradient");
#endif
}

/*%% md
## Look at the whole latent plane
With two latent dimensions the model can be seen at once: decode a grid, with equal steps in
probability, not in $z$.
*/
#ifdef SOLUTION
/* Phi^-1: the z with the share p of a standard normal below it, by bisection; 0 < p < 1. */
static double normal_quantile(double p)
{
    double lo = -10, hi = 10;
    for (int step = 0; step < 50; step++) {
        double middle = (lo + hi) / 2;
        if (.5 * erfc(-middle / M_SQRT2) < p)
            lo = middle;
        else
            hi = middle;
    }
    return lo;
}
#endif

Mat latent_grid(int side, Arena *mem)
{
#ifdef SOLUTION
    Mat z = mat_new(mem, side * side, 2);
    for (int r = 0; r < side; r++)
        for (int c = 0; c < side; c++) {
            row(z, r * side + c)[0] = (float)normal_quantile((c + .5) / side);
            row(z, r * side + c)[1] = (float)normal_quantile((side - 1 - r + .5) / side);
        }
    return z;
#else
    TODO("row r*side + c is (Phi^-1((c + 1/2)/side), Phi^-1((side - r - 1/2)/side)); invert Phi by "
         "bisection");
#endif
}

/*%% md
## A better bound from more samples
By Jensen's inequality $\mathbb E \log w \le \log \mathbb E\, w = \log p(x)$ for
$w = p(x,z)/q(z|x)$. A mean of $K$ such $w$ varies less.
*/
float iw_bound(Mat nll, Mat mu, Mat logvar, Mat eps)
{
#ifdef SOLUTION
    double sum = 0;
    for (int i = 0; i < nll.n; i++) {
        double top = -INFINITY, total = 0;              // largest log w so far; sum of w / e^top
        for (int k = 0; k < nll.d; k++) {
            double logw = -row(nll, i)[k];              // log p(x|z) + log p(z) - log q(z|x):
            for (int j = 0; j < mu.d; j++) {            // in the last two log 2 pi cancels
                double e = row(eps, i * nll.d + k)[j], l = row(logvar, i)[j];
                double z = row(mu, i)[j] + exp(.5 * l) * e;
                logw += .5 * (e * e + l - z * z);
            }
            double higher = fmax(top, logw);
            total = total * exp(top - higher) + exp(logw - higher);
            top = higher;
        }
        sum += top + log(total / nll.d);
    }
    return (float)(sum / nll.n);
#else
    TODO("log w = -nll + log p(z) - log q(z|x) for each k; average log (1/K sum_k w) over the "
         "batch, the largest log w taken out first");
#endif
}

/* ---- the model ---- */

typedef struct {
    Net  enc, dec;                      /* d-400-2Z and Z-400-d */
    Adam opt;
    Likelihood p;
    int   Z;
    float beta;                         /* price of the code; 0: no noise either, a plain AE */
} Vae;

typedef struct { double rec, kl; } Parts;               /* of the negative bound: nats per sample */

/* The nets of Kingma & Welling's experiments but for their tanh. Weights below He's, so that q
 * begins near the prior. */
static Vae vae_new(int d, int Z, Arena *keep, Rng *rng)
{
    enum { HIDDEN = 400 };
    Vae v = {.opt = adam(0), .p = {BERNOULLI, 0}, .Z = Z, .beta = 1};
    v.enc = net_new("encoder", (Shape){1, 1, d}, keep);
    v.dec = net_new("decoder", (Shape){1, 1, Z}, keep);
    net_dense(&v.enc, HIDDEN, rng); net_relu(&v.enc); net_dense(&v.enc, 2 * Z, rng);
    net_dense(&v.dec, HIDDEN, rng); net_relu(&v.dec); net_dense(&v.dec, d, rng);
    for (int i = 0; i < v.enc.n; i += 2) {
        mat_scale(v.enc.layer[i].w.v, .3f);
        mat_scale(v.dec.layer[i].w.v, .3f);
    }
    return v;
}

/* ---- training ---- */

/* One step on x (B,d), with noise eps (B,Z): encode, draw z, decode; then all the way back. */
static Parts vae_step(Vae *v, Mat x, Mat eps, float lr, Arena *mem)
{
    Trace te = trace(mem, TRAIN), td = trace(mem, TRAIN);
    Mat mu = mat_new(mem, x.n, v->Z), logvar = mat_new(mem, x.n, v->Z);
    mat_split(net_forward(&v->enc, x, &te), mu, logvar);                // (B,2Z): mu | logvar
    Mat z = reparameterize(mu, logvar, eps, mem);                       // (B,Z)
    Loss rec = recon_nll(net_forward(&v->dec, z, &td), x, v->p, mem);

    nets_zero_grad(nets_of(&v->enc, &v->dec));
    Mat dz = net_backward(&v->dec, rec.grad, &td, WRT_BOTH);            // (B,Z)
    Mat dh = elbo_backward(dz, mu, logvar, eps, v->beta, mem);          // (B,2Z)
    net_backward(&v->enc, dh, &te, WRT_PARAMS);
    v->opt.lr = lr;
    nets_step(nets_of(&v->enc, &v->dec), &v->opt);
    Parts parts = {.rec = rec.value, .kl = kl_std_normal(mu, logvar)};
    return parts;
}

/* Adam with a rate that falls along a cosine; a line of csv per epoch, unless csv is NULL. */
static void train(Lab *lab, Vae *v, Data data, int epochs, float lr, Csv *csv, const char *tag,
                  Rng *rng, Arena *mem)
{
    Parts mean = {0, 0};                                // of this epoch
    arena_reset(mem);
    Training t = training(data.x, epochs, lab->batch, rng, mem);
    while (training_next(&t)) {
        int B = t.x.n;
        Mat eps = v->beta > 0 ? mat_noise(mem, B, v->Z, rng) : mat_zeros(mem, B, v->Z);
        Parts now = vae_step(v, t.x, eps, cosine_decay(lr, t.step, t.steps), mem);
        lab_finite("the bound", now.rec + now.kl, t.step);

        mean.rec += now.rec * B / data.x.n;
        mean.kl += now.kl * B / data.x.n;
        long done = t.step + 1;
        if (done % 50 == 0 || done == t.steps)
            progress(done, t.steps, "%s  rec %.1f  KL %.2f", tag, now.rec, now.kl);
        if (t.epoch_ends) {
            if (csv) csv_row(csv, "%s,%d,%.6g,%.6g", tag, t.epoch + 1, mean.rec, mean.kl);
            mean = (Parts){0, 0};
        }
    }
}

/* ---- what the encoder makes of many images ---- */

/* mu, logvar and the noise that was drawn (n,Z), -log p(x|z) of each (n,1), and the mean terms. */
typedef struct { Mat mu, logvar, eps, rec; Parts mean; } Coded;

static Coded encode(Vae *v, Mat x, Rng noise, Arena *keep, Arena *mem)
{
    arena_reset(mem);
    Mat h = net_eval(&v->enc, x, mem);                  // (n,2Z)
    Coded c = {.mu = mat_cols(keep, h, 0, v->Z), .logvar = mat_cols(keep, h, v->Z, v->Z)};
    c.eps = mat_noise(keep, x.n, v->Z, &noise);
    c.rec = mat_new(keep, x.n, 1);
    c.mean.kl = (double)kl_std_normal(c.mu, c.logvar);

    Mat z = reparameterize(c.mu, c.logvar, c.eps, mem); // (n,Z)
    Mat y = net_eval(&v->dec, z, mem);                  // (n,d)
    for (int i = 0; i < x.n; i++) {
        c.rec.a[i] = recon_nll(mat_rows(y, i, 1), mat_rows(x, i, 1), v->p, mem).value;
        c.mean.rec += (double)c.rec.a[i] / x.n;
    }
    return c;
}

/* What the decoder draws for codes z (n,Z): images (n,d) in [0,1]. */
static Mat decode(Vae *v, Mat z, Arena *mem)
{
    Mat x = net_eval(&v->dec, z, mem);                  // logits
    for (size_t i = 0; i < mat_size(x); i++) x.a[i] = 1 / (1 + expf(-x.a[i]));
    return x;
}

/* ---- a model where everything is known ---- */

enum { KNOWN_D = 5, KNOWN_N = 1000 };

/* x = W z + noise with z from N(0, I) in the plane. W's columns are at right angles, so that the
 * posterior of z given x has independent dimensions: precision 1 + |w|^2 / sd^2, mean
 * w.x / (sd^2 precision). */
typedef struct { Mat W, x, mean; double precision[2], log_p; Likelihood p; } Known;

static Known known_new(Rng *rng, Arena *keep)
{
    const float sd = .5f, scale[2] = {1.5f, .4f};       // of the noise; |w| of W's columns
    Known k = {.p = {GAUSSIAN, sd}};
    k.W = mat_orthonormal(keep, mat_noise(keep, KNOWN_D, 2, rng));      // (5,2)
    k.x = mat_noise(keep, KNOWN_N, KNOWN_D, rng);                       // (1000,5)
    for (int i = 0; i < KNOWN_D; i++)
        for (int j = 0; j < 2; j++) row(k.W, i)[j] *= scale[j];
    mat_scale(k.x, sd);
    mat_add(k.x, mat_mul_nt(keep, mat_noise(keep, KNOWN_N, 2, rng), k.W));

    k.mean = mat_mul(keep, k.x, k.W);                                   // (1000,2)
    double square = mat_dot(k.x, k.x) / (KNOWN_N * sd * sd);
    k.log_p = -.5 * (square + KNOWN_D * log(2 * M_PI * sd * sd));
    for (int j = 0; j < 2; j++) {
        k.precision[j] = 1 + scale[j] * scale[j] / (sd * sd);
        for (int i = 0; i < KNOWN_N; i++) row(k.mean, i)[j] /= sd * sd * (float)k.precision[j];
        Mat m = mat_cols(keep, k.mean, j, 1);
        k.log_p += .5 * (k.precision[j] * mat_dot(m, m) / KNOWN_N - log(k.precision[j]));
    }
    return k;
}

/* The bound from K samples of z for each x, with the best diagonal q of the turned model. */
static double known_bound(Known k, Mat V, Mat mu, Mat logvar, int K, Rng *rng, Arena *mem)
{
    arena_reset(mem);
    Mat eps = mat_noise(mem, KNOWN_N * K, 2, rng), nll = mat_new(mem, KNOWN_N, K);
    Mat z = reparameterize(mat_repeat(mem, mu, K), mat_repeat(mem, logvar, K), eps, mem);
    Mat y = mat_mul_nt(mem, z, V);                      // (1000 K,5): means of x
    for (int i = 0; i < y.n; i++)
        nll.a[i] = recon_nll(mat_rows(y, i, 1), mat_rows(k.x, i / K, 1), k.p, mem).value;
    return (double)iw_bound(nll, mu, logvar, eps);
}

/* Turning the latent plane leaves p(x) as it is. But then no q with independent dimensions is the
 * posterior, and the bound has a gap. */
static void known_model(Lab *lab, Rng *rng, Arena *keep, Arena *mem)
{
    static const char *const name[2] = {"upright", "turned"};
    Known k = known_new(rng, keep);
    Csv *bounds = csv_open(lab->out, "known.csv", "turned,K,bound");
    Csv *shapes = csv_open(lab->out, "posterior.csv", "v11,v22,v12,q11,q22");
    for (int turned = 0; turned < 2; turned++) {
        double c = cos(.7 * turned), s = sin(.7 * turned), p0 = k.precision[0], p1 = k.precision[1];
        double L11 = c * c * p0 + s * s * p1, L22 = s * s * p0 + c * c * p1;    // its precision
        double L12 = c * s * (p0 - p1), det = p0 * p1;
        csv_row(shapes, "%g,%g,%g,%g,%g", L22 / det, L11 / det, -L12 / det, 1 / L11, 1 / L22);

        Mat Q = {2, 2, (float[]){(float)c, (float)s, (float)-s, (float)c}};
        Mat V = mat_mul(keep, k.W, Q), mu = mat_mul(keep, k.mean, Q);   // (5,2), (1000,2)
        Mat one = {1, 2, (float[]){(float)-log(L11), (float)-log(L22)}};
        Mat logvar = mat_repeat(keep, one, KNOWN_N);
        for (int K = 1; K <= 256; K *= 2) {
            double bound = known_bound(k, V, mu, logvar, K, rng, mem);
            csv_row(bounds, "%d,%d,%.7g", turned, K, bound);
            if (K > 1) continue;
            printf("%-7s bound %.4f, log p(x) %.4f\n", name[turned], bound, k.log_p);
            lab_metric(lab, "nats", k.log_p - bound, "known_gap_%s", name[turned]);
        }
    }
    lab_metric(lab, "nats", k.log_p, "known_log_p");
    csv_close(bounds);
    csv_close(shapes);
}

/* ---- why noise enters from outside ---- */

enum { ESTIMATES = 2000 };

/* Estimates of the gradient of E_q[nll] for mu, from one sample of z each: by the score function,
 * nll times the gradient of log q; the same with the mean nll taken off first; and through z. */
static void gradient_noise(Lab *lab, Vae *v, Mat x, Rng *rng, Arena *mem)
{
    enum { SCORE, BASELINE, REPARAM, KINDS };
    static const char *const kind[KINDS] = {"score", "baseline", "reparam"};
    arena_reset(mem);
    Trace t = trace(mem, TRAIN);
    Mat h = mat_repeat(mem, net_eval(&v->enc, x, mem), ESTIMATES);      // (2000,2Z)
    Mat mu = mat_cols(mem, h, 0, v->Z), logvar = mat_cols(mem, h, v->Z, v->Z);
    Mat eps = mat_noise(mem, ESTIMATES, v->Z, rng);
    Mat y = net_forward(&v->dec, reparameterize(mu, logvar, eps, mem), &t);
    Loss nll = recon_nll(y, mat_repeat(mem, x, ESTIMATES), v->p, mem);

    Mat grad[KINDS] = {mat_copy(mem, eps), mat_copy(mem, eps)};         // (2000,Z) each
    grad[REPARAM] = net_backward(&v->dec, nll.grad, &t, WRT_INPUT);     // dz/dmu = 1
    mat_scale(grad[REPARAM], ESTIMATES);                // the loss was an average
    for (int i = 0; i < ESTIMATES; i++) {
        float one = recon_nll(mat_rows(y, i, 1), x, v->p, mem).value;
        for (int j = 0; j < v->Z; j++) {                // the gradient of log q is eps / sd
            float per_sd = expf(-.5f * row(logvar, i)[j]);
            row(grad[SCORE], i)[j] *= per_sd * one;
            row(grad[BASELINE], i)[j] *= per_sd * (one - nll.value);
        }
    }
    plot_gradients(lab, grad, KINDS, mem);

    Mat truth = mat_zeros(mem, 1, v->Z);
    mat_add_column_sums(truth, grad[REPARAM]);
    mat_scale(truth, 1.f / ESTIMATES);
    for (int k = 0; k < KINDS; k++) {
        mat_sub_row(grad[k], truth);
        double square = mat_dot(grad[k], grad[k]) / (ESTIMATES * mat_dot(truth, truth));
        printf("%-8s error of one sample: %.3g times the gradient\n", kind[k], sqrt(square));
        lab_metric(lab, "times the gradient", sqrt(square), "grad_error_%s", kind[k]);
    }
}

/* ---- the price of the code ---- */

/* From the trained net, one more epoch at other prices: nats paid against nats lost, and which
 * dimensions stay in use. TRY: longer training at beta = 8 */
static void beta_sweep(Lab *lab, Vae *v, Dataset set, Rng *rng, Arena *keep, Arena *mem)
{
    static const float betas[] = {.25f, .5f, 1, 2, 4, 8};
    Csv *csv = csv_open(lab->out, "beta.csv", "beta,rate,distortion");
    Csv *units = csv_open(lab->out, "units.csv", "beta,kl");
    for (int b = 0; b < LENGTH(betas) && !lab_stopping(); b++) {
        size_t mark = keep->used;
        double beta = (double)betas[b];
        Vae w = vae_new(set.train.x.d, v->Z, keep, rng);
        net_average(&w.enc, &v->enc, 0);                // keep nothing: a copy
        net_average(&w.dec, &v->dec, 0);
        w.beta = betas[b];
        train(lab, &w, set.train, 1, 1e-3f, NULL, "beta", rng, mem);
        Coded c = encode(&w, set.test.x, rng_new(4), keep, mem);
        printf("beta %5.2f: rate %6.2f, distortion %.2f nats\n", beta, c.mean.kl, c.mean.rec);
        csv_row(csv, "%g,%.6g,%.6g", beta, c.mean.kl, c.mean.rec);
        for (int j = 0; j < v->Z; j++) {
            Mat mu = mat_cols(keep, c.mu, j, 1), logvar = mat_cols(keep, c.logvar, j, 1);
            csv_row(units, "%g,%.5g", beta, (double)kl_std_normal(mu, logvar));
        }
        arena_rewind(keep, mark);
    }
    csv_close(csv);
    csv_close(units);
}

/* ---- three models of images ---- */

enum { D20, D2, AE, MODELS };
static const struct { const char *tag, *folder; int Z; float beta; } models[MODELS] = {
    [D20] = {"d20", "model", 20, 1},
    [D2] = {"d2", "model2", 2, 1},
    [AE] = {"ae", "model_ae", 2, 0},                    // a plain autoencoder, trained for less
};

/* Trains model m, or reads what an earlier run trained; and writes it into dir. */
static Vae get_model(Lab *lab, int m, const char *dir, Data data, Csv *csv, Rng *rng, Arena *keep,
                     Arena *mem)
{
    Vae v = vae_new(data.x.d, models[m].Z, keep, rng);
    v.beta = models[m].beta;
    if (lab->load) {
        const char *from = name_of(keep, "%s/%s", lab->load, models[m].folder);
        net_read(&v.enc, from);
        net_read(&v.dec, from);
    } else {
        int epochs = m == AE ? (lab->epochs + 2) / 3 : lab->epochs;
        train(lab, &v, data, epochs, 4e-3f, csv, models[m].tag, rng, mem);
    }
    make_dir(dir);
    net_write(&v.enc, dir);
    net_write(&v.dec, dir);
    Csv *layers = csv_open(dir, "summary.txt", "net,layer,in,out");
    net_summary(&v.enc, layers);
    net_summary(&v.dec, layers);
    csv_close(layers);
    return v;
}

/* The two terms of the bound on the test set, and what they are made of. */
static void report(Lab *lab, int m, Coded c, const char *dir)
{
    npy_write(dir, "mu.npy", c.mu);
    npy_write(dir, "logvar.npy", c.logvar);
    npy_write(dir, "eps.npy", c.eps);
    npy_write(dir, "rec.npy", c.rec);
    if (m == AE) return;                                // a plain autoencoder has no bound
    const char *tag = models[m].tag;
    double both = c.mean.rec + c.mean.kl;
    printf("%-3s  -ELBO %.3f = reconstruction %.3f + KL %.3f nats\n", tag, both, c.mean.rec,
           c.mean.kl);
    lab_metric(lab, "nats", both, "neg_elbo_%s", tag);
    lab_metric(lab, "nats", c.mean.rec, "rec_%s", tag);
    lab_metric(lab, "nats", c.mean.kl, "kl_%s", tag);
}

/* Test images, their reconstructions, and samples from the prior: how sharp are they? */
static void look_at_samples(Lab *lab, Vae *v, Mat mu, Data test, Rng *rng, Arena *mem)
{
    static const char *const name[3] = {"real", "reconstructed", "vae"};
    int n = test.x.n < 500 ? test.x.n : 500;
    Mat z = mat_noise(mem, n, v->Z, rng);
    Mat image[3] = {mat_rows(test.x, 0, n), decode(v, mat_rows(mu, 0, n), mem), decode(v, z, mem)};
    for (int k = 0; k < 3; k++) {
        double sharp = sharpness(image[k], test.h, test.w);
        lab_metric(lab, "variance of the Laplacian", sharp, "sharpness_%s", name[k]);
    }
    plot_samples(lab, image[0], image[1], image[2], test);
}

int main(int argc, char **argv)
{
    static const LabInfo info = {
        .name = "04_vae", .title = "the evidence lower bound",
        .epochs = 18, .batch = 100, .quick_epochs = 4,
        .steps = "known images train score latent samples gradients beta",
        .result = "neg_elbo_d20",
    };
    Lab *lab = lab_open(argc, argv, &info);
    Arena keep = arena_new("keep", MB(640)), mem = arena_new("step", MB(512));
    Rng rng = rng_new(lab->seed);
    /*%% md
    ## A model where everything is known
    If $x = Wz + \text{noise}$ with normal $z$ and normal noise, then $p(x)$ and $p(z|x)$ are normal
    too and can be written down. */
    STEP("known") known_model(lab, &rng, &keep, &mem);
    /*%% fig 04_vae-known
    Left: the posterior of $z$ and the best $q$ with independent dimensions. Right: the bound, and
    the exact $\log p(x)$. */
    Dataset set;
    STEP("images") {
        set = data_images(lab->data, lab->quick, &keep);
        data_write_names(lab->out, &set.train);
        check(set.test.x.n >= PLOTTED && set.test.h > 2 && set.test.w > 2,
              "%d test images of %d x %d: this lab wants %d of 3 x 3 or more\n"
              "  hint: a larger set of images", set.test.x.n, set.test.h, set.test.w, PLOTTED);
        printf("%s: %d + %d images\n", set.train.name, set.train.x.n, set.test.x.n);
    }
    Vae v[MODELS];
    const char *dir[MODELS];
    STEP("train") {
        Csv *csv = lab->load ? NULL : csv_open(lab->out, "training.csv", "model,epoch,rec,kl");
        for (int m = 0; m < MODELS; m++) {
            dir[m] = name_of(&keep, "%s/%s", lab->out, models[m].folder);
            v[m] = get_model(lab, m, dir[m], set.train, csv, &rng, &keep, &mem);
        }
        if (csv) csv_close(csv);
    }
    /*%% fig 04_vae-training
    The two terms, epoch by epoch. The KL grows: codes get dearer because they are worth it. */
    Coded code[MODELS];                                 // of the test set
    STEP("score") {
        for (int m = 0; m < MODELS; m++) {
            code[m] = encode(&v[m], set.test.x, rng_new(4), &keep, &mem);
            report(lab, m, code[m], dir[m]);
        }
    }
    STEP("latent") {
        plot_codes(lab, code[D2].mu, code[AE].mu, set.test, &mem);
        Mat between_vae = decode(&v[D2], code_lines(code[D2].mu, &mem), &mem);
        Mat between_ae = decode(&v[AE], code_lines(code[AE].mu, &mem), &mem);
        plot_between(lab, between_vae, between_ae, set.test);
        plot_grid(lab, decode(&v[D2], latent_grid(GRID, &mem), &mem), set.test);
    }
    /*%% fig 04_vae-latent
    Codes of 3,000 test images. The AE puts them wherever there is room; the VAE packs them under
    the prior. */
    /*%% fig 04_vae-grid
    The plane of the model with two latent dimensions, in cells of equal probability. */
    /*%% fig 04_vae-interpolation
    On the straight line between two codes. In two dimensions both fade where garments of different
    kinds meet. */
    STEP("samples") look_at_samples(lab, &v[D20], code[D20].mu, set.test, &rng, &mem);
    /*%% fig 04_vae-samples
    Test images, their reconstructions, and samples from the prior. The decoder's best guess is an
    average, and averages are smooth. */
    STEP("gradients") gradient_noise(lab, &v[D20], mat_rows(set.test.x, 0, 1), &rng, &mem);
    /*%% fig 04_vae-gradients
    Two thousand estimates of one and the same derivative, each from one sample: why noise enters
    from outside. */
    STEP("beta") beta_sweep(lab, &v[D20], set, &rng, &keep, &mem);
    /*%% fig 04_vae-beta
    Left: nats paid for the code against nats lost in the picture, at six prices. Right: about half
    of the dimensions carry nothing. */
    arena_free(&keep);
    arena_free(&mem);
    return lab_close(lab);
}
