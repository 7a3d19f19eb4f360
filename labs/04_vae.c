/* 04_vae: the evidence lower bound.
 *
 * Learn    how a net with a random code is trained on a bound of log p(x), where the bound is exact, and what its two terms fight over.
 * Write    six functions, marked TODO, in this order; labs/04_vae.h says what each must do, `make test-04` tests them.
 * Run      `make 04` builds this file, runs it and draws its figures in out/figures/; the README has the one-line cc command.
 * Writes   out/04_vae/: csv and png for the figures, metrics.csv; in model/ (784-400-2*20, 20-400-784), model2/ (2 for 20), model_ae/
 *          (2, no noise, no KL) the weights, summary.txt, and mu, logvar, eps and rec of the test set, as npy
 * Takes    about 115 s on two cores; --quick 3 s
 * Expect   neg_elbo_d20 below 242 and neg_elbo_d2 below 262 nats per test image of Fashion-MNIST
 *
 * Letters  B batch, d features, Z latent dimensions, K samples of z per x.  x (B,d),  mu logvar eps z (B,Z),  y (B,d) logits or means.
 */
#include "04_vae.h"
#include <math.h>
#include <stdio.h>

/*%% md
## A code that is a cloud
The encoder gives a distribution of codes, $q(z|x) = \mathcal N(\mu, \mathrm{diag}(\sigma^2))$. Noise enters from outside:
$z = \mu + \sigma\odot\epsilon$ with $\epsilon\sim\mathcal N(0, I)$. So $z$ is a smooth function of $\mu$ and $\sigma$.
*/
Mat reparameterize(Mat mu, Mat logvar, Mat eps, Arena *mem)
{
    TODO("return z = mu + exp(logvar / 2) eps, entry by entry");
}
/*%% md
## The two terms of the bound
$$ \log p(x) \;\ge\; \mathbb E_{q}\,[\log p(x|z)] - \mathrm{KL}\bigl(q(z|x)\,\|\,\mathcal N(0,I)\bigr) . $$
The first asks for codes that tell images apart. The second is their price in nats.
*/
float kl_std_normal(Mat mu, Mat logvar)
{
    TODO("return 1/2 (mu^2 + exp(logvar) - logvar - 1), summed over dimensions and averaged over the batch");
}

Loss recon_nll(Mat y, Mat x, Likelihood p, Arena *mem)
{
    TODO("-log p(x|z) summed over features, averaged over the batch, and its gradient for y; Bernoulli by logits, or Gaussian");
}
/*%% md
## Back to the encoder
With $\ell = \log\sigma^2$, from $z = \mu + e^{\ell/2}\epsilon$ and from the KL,
$$ \mathrm d\mu = \mathrm dz + \tfrac{\beta}{B}\mu, \qquad
   \mathrm d\ell = \tfrac12\, \mathrm dz\, \epsilon\, e^{\ell/2} + \tfrac{\beta}{2B}\left(e^{\ell} - 1\right) . $$
With $\beta = 1$ this is the bound's gradient. With $\beta = 0$ and $\epsilon = 0$ what remains is a plain autoencoder.
*/
Mat elbo_backward(Mat dz, Mat mu, Mat logvar, Mat eps, float beta, Arena *mem)
{
    TODO("return dmu | dlogvar (mat_join): what dz hands on through z = mu + exp(logvar/2) eps, plus beta/B times the KL's gradient");
}
/*%% md
## Look at the whole latent plane
With two latent dimensions the model can be seen at once: decode a grid, with equal steps in probability, not in $z$.
*/
Mat latent_grid(int side, Arena *mem)
{
    TODO("row r*side + c is (Phi^-1((c + 1/2)/side), Phi^-1((side - r - 1/2)/side)); invert Phi by bisection");
}
/*%% md
## A better bound from more samples
By Jensen's inequality $\mathbb E \log w \le \log \mathbb E\, w = \log p(x)$ for $w = p(x,z)/q(z|x)$. A mean of $K$ such $w$ varies less.
*/
float iw_bound(Mat nll, Mat mu, Mat logvar, Mat eps)
{
    TODO("log w = -nll + log p(z) - log q(z|x) for each k; average log (1/K sum_k w) over the batch, the largest log w taken out first");
}

/* ---- the model ---- */

typedef struct { Net enc, dec; Adam opt_enc, opt_dec; Likelihood p; int Z; float beta; } Vae;      /* beta 0: no noise either, a plain AE */
typedef struct { double rec, kl; } Parts;           /* nats per sample */
typedef struct { Mat mu, logvar, eps, rec; Parts mean; } Coded;         /* (n,Z) three times, (n,1): -log p(x|z) */

/* 784-400-2Z and Z-400-784, as in Kingma & Welling's experiments but for their tanh. */
static Vae vae_new(int Z, Arena *keep, Rng *rng)
{
    Vae v = {net_new("encoder", (Shape){1, 1, 784}, keep), net_new("decoder", (Shape){1, 1, Z}, keep), adam(0), adam(0),
             {BERNOULLI, 0}, Z, 1};
    net_dense(&v.enc, 400, rng), net_relu(&v.enc), net_dense(&v.enc, 2 * Z, rng);
    net_dense(&v.dec, 400, rng), net_relu(&v.dec), net_dense(&v.dec, 784, rng);
    for (int i = 0; i < 3; i += 2) mat_scale(v.enc.layer[i].w.v, .3f), mat_scale(v.dec.layer[i].w.v, .3f);     /* q begins near the prior */
    return v;
}

static Parts vae_step(Vae *v, Mat x, Mat eps, float lr, Arena *mem)
{
    Trace te = trace(mem), td = trace(mem);
    Mat mu = mat_new(mem, x.n, v->Z), logvar = mat_new(mem, x.n, v->Z);
    mat_split(net_forward(&v->enc, x, &te), mu, logvar);                // (B,2Z): mu | logvar
    Mat z = reparameterize(mu, logvar, eps, mem);                       // (B,Z)
    Loss rec = recon_nll(net_forward(&v->dec, z, &td), x, v->p, mem);
    net_zero_grad(&v->enc), net_zero_grad(&v->dec);
    Mat dz = net_backward(&v->dec, rec.grad, &td, WRT_BOTH);            // (B,Z)
    net_backward(&v->enc, elbo_backward(dz, mu, logvar, eps, v->beta, mem), &te, WRT_PARAMS);
    v->opt_enc.lr = v->opt_dec.lr = lr;
    adam_step(&v->enc, &v->opt_enc), adam_step(&v->dec, &v->opt_dec);
    return (Parts){(double)rec.value, (double)kl_std_normal(mu, logvar)};
}

/* Adam with a rate that falls along a cosine; a line of csv per epoch, unless csv is NULL. */
static void train(Lab *lab, Vae *v, Data data, int epochs, float lr, Csv *csv, const char *tag, Rng *rng, Arena *mem)
{
    long steps = (long)epochs * ((data.x.n + lab->batch - 1) / lab->batch), step = 0;
    for (int epoch = 1; epoch <= epochs && !lab_stopping(); epoch++) {
        arena_reset(mem);
        Batches b = batches(data, lab->batch, rng, mem);
        size_t mark = mem->used;
        Parts sum = {0, 0};
        while (batch_next(&b) && !lab_stopping()) {
            arena_rewind(mem, mark);
            Mat eps = v->beta > 0 ? mat_noise(mem, b.x.n, v->Z, rng) : mat_zeros(mem, b.x.n, v->Z);
            Parts now = vae_step(v, b.x, eps, cosine_decay(lr, step, steps), mem);
            lab_finite("the bound", now.rec + now.kl, step);
            sum.rec += now.rec * b.x.n / data.x.n, sum.kl += now.kl * b.x.n / data.x.n;
            if (++step % 50 == 0 || step == steps) progress(step, steps, "%s  rec %.1f  KL %.2f", tag, now.rec, now.kl);
        }
        if (csv && !lab_stopping()) csv_row(csv, "%s,%d,%.6g,%.6g", tag, epoch, sum.rec, sum.kl);
    }
}

/* A sample of q for every row, and what the decoder makes of it: the two terms of the bound by one draw of noise. */
static Coded encode(Vae *v, Mat x, Rng noise, Arena *keep, Arena *mem)
{
    arena_reset(mem);
    Mat h = net_eval(&v->enc, x, mem);              // (n,2Z)
    Coded c = {mat_cols(keep, h, 0, v->Z), mat_cols(keep, h, v->Z, v->Z), mat_noise(keep, x.n, v->Z, &noise), mat_new(keep, x.n, 1),
               {0, (double)kl_std_normal(mat_cols(mem, h, 0, v->Z), mat_cols(mem, h, v->Z, v->Z))}};
    Mat y = net_eval(&v->dec, reparameterize(c.mu, c.logvar, c.eps, mem), mem);        // (n,d)
    for (int i = 0; i < x.n; i++) c.rec.a[i] = recon_nll(mat_rows(y, i, 1), mat_rows(x, i, 1), v->p, mem).value;
    for (int i = 0; i < x.n; i++) c.mean.rec += (double)c.rec.a[i] / x.n;
    return c;
}

/* ---- for the figures; nothing to write here ---- */

/* x = W z + noise, where log p(x), the posterior and the best diagonal q are known. Turning the latent plane leaves p(x) as it is,
 * but then no diagonal q is the posterior, and the bound has a gap. */
static void known_model(Lab *lab, Rng *rng, Arena *keep, Arena *mem)
{
    enum { D = 5, N = 1000 };
    const float sd = .5f, scale[2] = {1.5f, .4f};
    const Likelihood p = {GAUSSIAN, sd};
    Mat W = mat_orthonormal(keep, mat_noise(keep, D, 2, rng)), x = mat_noise(keep, N, D, rng);         // (5,2), (1000,5)
    for (int i = 0; i < 2 * D; i++) W.a[i] *= scale[i % 2];
    mat_scale(x, sd), mat_add(x, mat_mul_nt(keep, mat_noise(keep, N, 2, rng), W));
    Mat mean = mat_mul(keep, x, W);                 // (1000,2)
    double exact = -.5 * (mat_dot(x, x) / (N * sd * sd) + D * log(2 * M_PI * sd * sd)), prec[2];
    for (int j = 0; j < 2; j++) {                   /* the posterior: precision 1 + |w|^2 / sd^2, mean w.x / (sd^2 precision) */
        prec[j] = 1 + scale[j] * scale[j] / (sd * sd);
        for (int i = 0; i < N; i++) row(mean, i)[j] /= sd * sd * (float)prec[j];
        Mat m = mat_cols(keep, mean, j, 1);
        exact += .5 * (prec[j] * mat_dot(m, m) / N - log(prec[j]));
    }
    Csv *csv = csv_open(lab->out, "known.csv", "turned,K,bound"), *shape = csv_open(lab->out, "posterior.csv", "v11,v22,v12,q11,q22");
    for (int turned = 0; turned < 2; turned++) {
        double c = cos(.7 * turned), s = sin(.7 * turned), det = prec[0] * prec[1];
        double L11 = c * c * prec[0] + s * s * prec[1], L22 = s * s * prec[0] + c * c * prec[1], L12 = c * s * (prec[0] - prec[1]);
        Mat Q = {2, 2, (float[]){(float)c, (float)s, (float)-s, (float)c}}, V = mat_mul(keep, W, Q), mu = mat_mul(keep, mean, Q);
        Mat logvar = mat_repeat(keep, (Mat){1, 2, (float[]){(float)-log(L11), (float)-log(L22)}}, N);
        csv_row(shape, "%g,%g,%g,%g,%g", L22 / det, L11 / det, -L12 / det, 1 / L11, 1 / L22);
        for (int K = 1; K <= 256; K *= 2) {
            arena_reset(mem);
            Mat eps = mat_noise(mem, N * K, 2, rng), nll = mat_new(mem, N, K);
            Mat z = reparameterize(mat_repeat(mem, mu, K), mat_repeat(mem, logvar, K), eps, mem), y = mat_mul_nt(mem, z, V);
            for (int i = 0; i < y.n; i++) nll.a[i] = recon_nll(mat_rows(y, i, 1), mat_rows(x, i / K, 1), p, mem).value;
            double b = (double)iw_bound(nll, mu, logvar, eps);
            csv_row(csv, "%d,%d,%.7g", turned, K, b);
            if (K == 1) printf("%-7s bound %.4f, log p(x) %.4f\n", turned ? "turned" : "upright", b, exact);
            if (K == 1) lab_metric(lab, "nats", exact - b, "known_gap_%s", turned ? "turned" : "upright");
        }
    }
    lab_metric(lab, "nats", exact, "known_log_p");
    csv_close(csv), csv_close(shape);
}

/* Estimates of the gradient of E_q[nll] for mu, from one sample of z each: by the score function, nll times the gradient of log q; the
 * same with the mean nll taken off first; and through z. */
static void gradient_noise(Lab *lab, Vae *v, Mat x, Rng *rng, Arena *mem)
{
    enum { N = 2000 };
    static const char *kind[3] = {"score", "baseline", "reparam"};
    arena_reset(mem);
    Trace t = trace(mem);
    Mat h = mat_repeat(mem, net_eval(&v->enc, x, mem), N), mu = mat_cols(mem, h, 0, v->Z), logvar = mat_cols(mem, h, v->Z, v->Z);
    Mat eps = mat_noise(mem, N, v->Z, rng), y = net_forward(&v->dec, reparameterize(mu, logvar, eps, mem), &t);
    Loss nll = recon_nll(y, mat_repeat(mem, x, N), v->p, mem);
    Mat grad[3] = {mat_copy(mem, eps), mat_copy(mem, eps), net_backward(&v->dec, nll.grad, &t, WRT_INPUT)};            // (2000,Z)
    mat_scale(grad[2], N);                          /* dz/dmu = 1, and the loss was an average */
    for (int i = 0; i < N; i++) {
        float one = recon_nll(mat_rows(y, i, 1), x, v->p, mem).value;
        for (int j = 0; j < v->Z; j++) {            /* the gradient of log q is eps / sd */
            float slope = expf(-.5f * row(logvar, i)[j]);
            row(grad[0], i)[j] *= slope * one, row(grad[1], i)[j] *= slope * (one - nll.value);
        }
    }
    Mat first = mat_join(mem, mat_join(mem, mat_cols(mem, grad[0], 0, 1), mat_cols(mem, grad[1], 0, 1)), mat_cols(mem, grad[2], 0, 1));
    csv_mat(lab->out, "gradients.csv", "score,baseline,reparam", first);
    Mat truth = mat_zeros(mem, 1, v->Z);
    mat_add_column_sums(truth, grad[2]), mat_scale(truth, 1.f / N);
    for (int k = 0; k < 3; k++) {
        mat_sub_row(grad[k], truth);
        double error = sqrt(mat_dot(grad[k], grad[k]) / (N * mat_dot(truth, truth)));
        printf("%-8s error of one sample: %.3g times the gradient\n", kind[k], error);
        lab_metric(lab, "times the gradient", error, "grad_error_%s", kind[k]);
    }
}

/* From the trained net, one more epoch at other prices of the code: nats paid against nats lost, and which dimensions stay in use. */
static void beta_sweep(Lab *lab, Vae *v, Dataset set, Rng *rng, Arena *keep, Arena *mem)
{
    Csv *csv = csv_open(lab->out, "beta.csv", "beta,rate,distortion"), *units = csv_open(lab->out, "units.csv", "beta,kl");
    size_t mark = keep->used;
    for (float beta = .25f; beta < 10 && !lab_stopping(); beta *= 2, arena_rewind(keep, mark)) {
        Vae w = vae_new(v->Z, keep, rng);
        net_average(&w.enc, &v->enc, 0), net_average(&w.dec, &v->dec, 0), w.beta = beta;
        train(lab, &w, set.train, 1, 1e-3f, NULL, "beta", rng, mem);
        Coded c = encode(&w, set.test.x, rng_new(4), keep, mem);
        printf("beta %5.2f: rate %6.2f, distortion %.2f nats\n", (double)beta, c.mean.kl, c.mean.rec);
        csv_row(csv, "%g,%.6g,%.6g", (double)beta, c.mean.kl, c.mean.rec);
        for (int j = 0; j < v->Z; j++)
            csv_row(units, "%g,%.5g", (double)beta, (double)kl_std_normal(mat_cols(keep, c.mu, j, 1), mat_cols(keep, c.logvar, j, 1)));
    }
    csv_close(csv), csv_close(units);
}

/* What the decoder makes of z (n,Z), in (0,1); the first `rows` rows of `cols` go on a sheet. */
static Mat pictures(Lab *lab, const char *file, Vae *v, Mat z, int rows, int cols, Arena *mem)
{
    Mat x = net_eval(&v->dec, z, mem);              // (n,784) logits
    for (size_t i = 0; i < mat_size(x); i++) x.a[i] = 1 / (1 + expf(-x.a[i]));
    png_sheet(lab->out, file, mat_rows(x, 0, rows * cols), (Sheet){28, 28, 1, .cols = cols, .zoom = 2, .lo = 0, .hi = 1});
    return x;
}

/* On straight lines between the codes mu of three pairs of test images, 14 steps each. */
static void interpolate(Lab *lab, const char *file, Vae *v, Mat mu, Arena *mem)
{
    Mat z = mat_new(mem, 3 * 14, mu.d);
    for (int i = 0; i < z.n; i++)
        for (int j = 0; j < z.d; j++) {
            float from = row(mu, (int[]){0, 1, 6}[i / 14])[j], to = row(mu, (int[]){2, 8, 12}[i / 14])[j];
            row(z, i)[j] = from + (float)(i % 14) / 13 * (to - from);
        }
    pictures(lab, file, v, z, 3, 14, mem);
}

int main(int argc, char **argv)
{
    static const LabInfo info = {
        .name = "04_vae", .title = "the evidence lower bound", .epochs = 18, .batch = 100, .quick_epochs = 4,
        .steps = "known images train score latent samples gradients beta",
    };
    Lab *lab = lab_open(argc, argv, &info);
    Arena keep = arena_new("keep", MB(640)), mem = arena_new("step", MB(512));
    Rng rng = rng_new(lab->seed);
    Csv *csv;
    /*%% md
    ## A model where everything is known
    If $x = Wz + \text{noise}$ with normal $z$ and normal noise, then $p(x)$ and $p(z|x)$ are normal too and can be written down. */
    STEP("known") known_model(lab, &rng, &keep, &mem);
    /*%% fig 04_vae-known
    Left: the posterior of $z$ and the best $q$ with independent dimensions. Right: the bound, and the exact $\log p(x)$. */
    enum { MODELS = 3 };                            // Z = 20, Z = 2, and a plain autoencoder with Z = 2
    static const char *tag[MODELS] = {"d20", "d2", "ae"}, *folder[MODELS] = {"model", "model2", "model_ae"};
    Dataset set;
    Vae v[MODELS];
    Coded code[MODELS];                             // of the test set
    char dir[MODELS][512];
    STEP("images") {
        set = data_images(lab->data, lab->quick, &keep);
        printf("%s: %d + %d images\n", set.train.name, set.train.x.n, set.test.x.n);
    }
    STEP("train") {
        csv = lab->load ? NULL : csv_open(lab->out, "training.csv", "model,epoch,rec,kl");
        for (int m = 0; m < MODELS; m++) {
            v[m] = vae_new(m ? 2 : 20, &keep, &rng);
            v[m].beta = m < 2;
            snprintf(dir[m], sizeof dir[m], "%s/%s", lab->load ? lab->load : lab->out, folder[m]);
            if (lab->load) net_read(&v[m].enc, dir[m]), net_read(&v[m].dec, dir[m]);
            else train(lab, &v[m], set.train, m < 2 ? lab->epochs : (lab->epochs + 2) / 3, 4e-3f, csv, tag[m], &rng, &mem);
            snprintf(dir[m], sizeof dir[m], "%s/%s", lab->out, folder[m]);
            make_dir(dir[m]), net_write(&v[m].enc, dir[m]), net_write(&v[m].dec, dir[m]);
            Csv *layers = csv_open(dir[m], "summary.txt", "net,layer,in,out");
            net_summary(&v[m].enc, layers), net_summary(&v[m].dec, layers), csv_close(layers);
        }
        if (csv) csv_close(csv);
    }
    /*%% fig 04_vae-training
    The two terms, epoch by epoch. The KL grows: codes get dearer because they are worth it. */
    STEP("score")
        for (int m = 0; m < MODELS; m++) {
            Coded c = code[m] = encode(&v[m], set.test.x, rng_new(4), &keep, &mem);
            npy_write(dir[m], "mu.npy", c.mu), npy_write(dir[m], "logvar.npy", c.logvar);
            npy_write(dir[m], "eps.npy", c.eps), npy_write(dir[m], "rec.npy", c.rec);
            if (m == 2) continue;                   /* a plain autoencoder has no bound */
            printf("%-3s  -ELBO %.3f = reconstruction %.3f + KL %.3f nats\n", tag[m], c.mean.rec + c.mean.kl, c.mean.rec, c.mean.kl);
            lab_metric(lab, "nats", c.mean.rec + c.mean.kl, "neg_elbo_%s", tag[m]);
            lab_metric(lab, "nats", c.mean.rec, "rec_%s", tag[m]), lab_metric(lab, "nats", c.mean.kl, "kl_%s", tag[m]);
        }
    STEP("latent") {
        Mat label = mat_new(&mem, set.test.x.n, 1);
        for (int i = 0; i < label.n; i++) label.a[i] = set.test.label[i];
        csv_mat(lab->out, "codes.csv", "label,vae1,vae2,ae1,ae2", mat_join(&mem, label, mat_join(&mem, code[1].mu, code[2].mu)));
        interpolate(lab, "between_vae.png", &v[1], code[1].mu, &mem), interpolate(lab, "between_ae.png", &v[2], code[2].mu, &mem);
        pictures(lab, "grid.png", &v[1], latent_grid(20, &mem), 20, 20, &mem);
    }
    /*%% fig 04_vae-latent
    Codes of 3,000 test images. The AE puts them wherever there is room; the VAE packs them under the prior. */
    /*%% fig 04_vae-grid
    The plane of the model with two latent dimensions, in cells of equal probability. */
    /*%% fig 04_vae-interpolation
    On the straight line between two codes. In two dimensions both fade where garments of different kinds meet. */
    STEP("samples") {
        Mat mu = mat_rows(code[0].mu, 0, 500), z = mat_noise(&mem, 500, 20, &rng), x[3] = {mat_rows(set.test.x, 0, 500)};
        x[1] = pictures(lab, "reconstructed.png", &v[0], mu, 1, 12, &mem), x[2] = pictures(lab, "samples.png", &v[0], z, 1, 12, &mem);
        png_sheet(lab->out, "real.png", mat_rows(x[0], 0, 12), (Sheet){28, 28, 1, .cols = 12, .zoom = 2, .lo = 0, .hi = 1});
        static const char *of[3] = {"real", "reconstructed", "vae"};
        for (int k = 0; k < 3; k++) lab_metric(lab, "variance of the Laplacian", sharpness(x[k], 28, 28), "sharpness_%s", of[k]);
    }
    /*%% fig 04_vae-samples
    Test images, their reconstructions, and samples from the prior. The decoder's best guess is an average, and averages are smooth. */
    STEP("gradients") gradient_noise(lab, &v[0], mat_rows(set.test.x, 0, 1), &rng, &mem);
    /*%% fig 04_vae-gradients
    Two thousand estimates of one and the same derivative, each from one sample: why noise enters from outside. */
    STEP("beta") beta_sweep(lab, &v[0], set, &rng, &keep, &mem);        /* TRY: longer training at beta = 8 */
    /*%% fig 04_vae-beta
    Left: nats paid for the code against nats lost in the picture, at six prices. Right: about half of the dimensions carry nothing. */
    arena_free(&keep), arena_free(&mem);
    return lab_close(lab);
}
