/* Cases of lab 04: inputs and calls, no expected values. */
#include "04_vae.h"
#include "driver.h"

#include <math.h>

static const float LN4 = 1.38629436f;

/* ---- 1. reparameterize ---- */

static void reparam_by_hand(Rng *rng, Arena *mem)
{
    Mat mu = given("mu", ROWS(2, 2, 1, -2, 0, 3)), logvar = given("logvar", ROWS(2, 2, 0, LN4, -LN4, 0)),
        eps = given("eps", ROWS(2, 2, 2, 1, -1, 0));
    result("z", reparameterize(mu, logvar, eps, mem));
}

static void reparam_random(Rng *rng, Arena *mem)
{
    Mat mu = given("mu", random_mat(7, 3, 1, rng, mem)), logvar = given("logvar", random_mat(7, 3, 1, rng, mem));
    result("z", reparameterize(mu, logvar, given("eps", random_mat(7, 3, 1, rng, mem)), mem));
}

/* ---- 2. kl_std_normal ---- */

static void kl_by_hand(Rng *rng, Arena *mem)
{
    Mat zero = ROWS(1, 1, 0), two = ROWS(1, 1, 2);
    result_value("prior", (double)kl_std_normal(zero, zero));
    result_value("mean_2", (double)kl_std_normal(two, zero));
    result_value("mean_minus_2", (double)kl_std_normal(ROWS(1, 1, -2), zero));
    result_value("log_sd_1", (double)kl_std_normal(zero, two));
    result_value("two_dims", (double)kl_std_normal(ROWS(1, 2, 2, 0), ROWS(1, 2, 0, 2)));
    result_value("two_rows", (double)kl_std_normal(ROWS(2, 1, 2, 0), ROWS(2, 1, 0, 0)));
}

static void kl_random(Rng *rng, Arena *mem)
{
    Mat mu = given("mu", random_mat(7, 3, 1, rng, mem)), logvar = given("logvar", random_mat(7, 3, 1, rng, mem));
    result_value("kl", (double)kl_std_normal(mu, logvar));
}

/* 200,000 terms near 1000: a float loses digits */
static void kl_many(Rng *rng, Arena *mem)
{
    Mat mu = random_mat(10000, 20, .01f, rng, mem), logvar = mat_zeros(mem, 10000, 20);
    for (size_t i = 0; i < mat_size(mu); i++) mu.a[i] += 44.7f;
    result_value("kl", (double)kl_std_normal(mu, logvar));
}

/* ---- 3. recon_nll ---- */

static void nll_of(Mat y, Mat x, Likelihood p, Arena *mem)
{
    Loss loss = recon_nll(given("y", y), given("x", x), p, mem);
    result_value("nll", (double)loss.value);
    result("grad", loss.grad);
}

static const Likelihood bernoulli = {.family = BERNOULLI}, wide = {GAUSSIAN, 3}, narrow = {GAUSSIAN, .5f};

static void bernoulli_by_hand(Rng *rng, Arena *mem)
{
    nll_of(ROWS(2, 2, 0, 1.09861229f, -1.09861229f, 0), ROWS(2, 2, 1, 1, 1, .25f), bernoulli, mem);
}
static void bernoulli_extreme(Rng *rng, Arena *mem)
{
    nll_of(ROWS(1, 4, 1000, -1000, 1000, -1000), ROWS(1, 4, 1, 0, .5f, .25f), bernoulli, mem);
}
static void gaussian_by_hand(Rng *rng, Arena *mem)
{
    nll_of(ROWS(2, 3, 1, 0, -3, 2, 5, 0), ROWS(2, 3, 3, 0, 1, 2, 4, 2), wide, mem);
}
static void bernoulli_random(Rng *rng, Arena *mem)
{
    Mat y = random_mat(7, 5, 2, rng, mem), x = mat_new(mem, 7, 5);
    mat_uniform(x, 0, 1, rng);
    nll_of(y, x, bernoulli, mem);
}
static void gaussian_random(Rng *rng, Arena *mem)
{
    Mat y = random_mat(7, 5, 1, rng, mem), x = random_mat(7, 5, 1, rng, mem);
    nll_of(y, x, narrow, mem);
}

/* ---- 4. elbo_backward ---- */

static void backward_of(Mat dz, Mat mu, Mat logvar, Mat eps, float beta, Arena *mem)
{
    dz = given("dz", dz);
    mu = given("mu", mu);
    logvar = given("logvar", logvar);
    eps = given("eps", eps);
    result("dh", elbo_backward(dz, mu, logvar, eps, beta, mem));
}

static void backward_by_hand(Rng *rng, Arena *mem)
{
    backward_of(ROWS(1, 1, 3), ROWS(1, 1, 5), ROWS(1, 1, 2 * logf(3)), ROWS(1, 1, -1), 1, mem);
}
static void backward_random(Rng *rng, Arena *mem)
{
    Mat dz = random_mat(7, 3, 1, rng, mem), mu = random_mat(7, 3, 1, rng, mem), logvar = random_mat(7, 3, 1, rng, mem);
    backward_of(dz, mu, logvar, random_mat(7, 3, 1, rng, mem), .7f, mem);
}
/* no noise and no price: a plain autoencoder */
static void backward_plain(Rng *rng, Arena *mem)
{
    Mat dz = random_mat(4, 2, 1, rng, mem), mu = random_mat(4, 2, 1, rng, mem);
    backward_of(dz, mu, random_mat(4, 2, 1, rng, mem), mat_zeros(mem, 4, 2), 0, mem);
}

/* ---- 5. latent_grid ---- */

static void grid_small(Rng *rng, Arena *mem)
{
    result("one", latent_grid(1, mem));
    result("two", latent_grid(2, mem));
}
static void grid_wide(Rng *rng, Arena *mem) { result("grid", latent_grid(9, mem)); }
static void grid_tails(Rng *rng, Arena *mem) { result("grid", latent_grid(50, mem)); }

/* ---- 6. iw_bound ---- */

static void bound_of(Mat nll, Mat mu, Mat logvar, Mat eps)
{
    nll = given("nll", nll);
    mu = given("mu", mu);
    logvar = given("logvar", logvar);
    eps = given("eps", eps);
    result_value("bound", (double)iw_bound(nll, mu, logvar, eps));
}

static void bound_one(Rng *rng, Arena *mem) { bound_of(ROWS(1, 1, 10), ROWS(1, 1, 1), ROWS(1, 1, LN4), ROWS(1, 1, 2)); }
static void bound_two(Rng *rng, Arena *mem)
{
    bound_of(ROWS(1, 2, 1, 1 + LN4), ROWS(1, 1, 0), ROWS(1, 1, 0), ROWS(2, 1, .5f, -2));
}
static void bound_random(Rng *rng, Arena *mem)
{
    Mat nll = random_mat(4, 5, 2, rng, mem), mu = random_mat(4, 3, 1, rng, mem), logvar = random_mat(4, 3, 1, rng, mem);
    bound_of(nll, mu, logvar, random_mat(20, 3, 1, rng, mem));
}
/* as for images: w is exp(-1000), which is 0 in a float and in a double */
static void bound_images(Rng *rng, Arena *mem)
{
    Mat nll = random_mat(3, 8, 3, rng, mem), mu = random_mat(3, 2, 1, rng, mem), logvar = random_mat(3, 2, 1, rng, mem);
    for (int i = 0; i < 24; i++) nll.a[i] += 1000;
    bound_of(nll, mu, logvar, random_mat(24, 2, 1, rng, mem));
}

/* ---- all together: x = W z + noise, where log p(x) is known ---- */

enum { Z = 2, D = 4 };

/* Averages over eps = +- sqrt(Z) e_j are exact for a quadratic function, and this nll is one: no noise is left in the
 * bound. */
static double exact_elbo(Mat x, Mat W, Mat mu, Mat logvar, Arena *mem)
{
    double rec = 0;
    for (int s = 0; s < 2 * Z; s++) {
        Mat eps = mat_zeros(mem, x.n, Z);
        for (int i = 0; i < x.n; i++) row(eps, i)[s / 2] = s % 2 ? -sqrtf(Z) : sqrtf(Z);
        Mat y = mat_mul_nt(mem, reparameterize(mu, logvar, eps, mem), W);
        rec += (double)recon_nll(y, x, narrow, mem).value / (2 * Z);
    }
    return -rec - (double)kl_std_normal(mu, logvar);
}

static double sampled_bound(Mat x, Mat W, Mat mu, Mat logvar, int K, Rng *rng, Arena *mem)
{
    Mat eps = random_mat(x.n * K, Z, 1, rng, mem), nll = mat_new(mem, x.n, K);
    Mat y = mat_mul_nt(mem, reparameterize(mat_repeat(mem, mu, K), mat_repeat(mem, logvar, K), eps, mem), W);
    for (int i = 0; i < y.n; i++) nll.a[i] = recon_nll(mat_rows(y, i, 1), mat_rows(x, i / K, 1), narrow, mem).value;
    return (double)iw_bound(nll, mu, logvar, eps);
}

/* W has columns at right angles, so that the posterior is diagonal. */
static void known_inputs(int n, Mat *x, Mat *W, Mat *mu, Mat *logvar, Rng *rng, Arena *mem)
{
    *W = mat_orthonormal(mem, random_mat(D, Z, 1, rng, mem));
    for (int i = 0; i < D; i++) row(*W, i)[1] *= .4f;
    *x = random_mat(n, D, .5f, rng, mem);
    mat_add(*x, mat_mul_nt(mem, random_mat(n, Z, 1, rng, mem), *W));
    *mu = mat_mul(mem, *x, *W);
    *logvar = mat_new(mem, n, Z);
    for (int j = 0; j < Z; j++) {
        float precision = 1 + (j ? .16f : 1) / .25f;
        for (int i = 0; i < n; i++) {
            row(*mu, i)[j] /= .25f * precision;
            row(*logvar, i)[j] = -logf(precision);
        }
    }
}

static void known_posterior(Rng *rng, Arena *mem)
{
    Mat x, W, mu, logvar;
    known_inputs(5, &x, &W, &mu, &logvar, rng, mem);
    x = given("x", x);
    W = given("W", W);
    result_value("elbo", exact_elbo(x, W, mu, logvar, mem));
    result_value("iw_1", sampled_bound(x, W, mu, logvar, 1, rng, mem));
    result_value("iw_7", sampled_bound(x, W, mu, logvar, 7, rng, mem));
}

/* q is the prior */
static void known_other(Rng *rng, Arena *mem)
{
    Mat x, W, mu, logvar;
    known_inputs(400, &x, &W, &mu, &logvar, rng, mem);
    x = given("x", x);
    W = given("W", W);
    mat_fill(mu, 0);
    mat_fill(logvar, 0);
    result_value("elbo", exact_elbo(x, W, mu, logvar, mem));
    for (int K = 1; K <= 64; K *= 4) {
        char name[16] = {'i', 'w', '_', (char)('0' + (K > 1) + (K > 4) + (K > 16)), 0};
        result_value(name, sampled_bound(x, W, mu, logvar, K, rng, mem));
    }
}

/* A linear VAE learns Gaussian data with axes of variance 9 and 3, or none above the decoder's own. */
static double trained_kl(bool full, Rng *rng, Arena *mem)
{
    enum { STEPS = 800, B = 50 };
    Net enc = net_new("encoder", (Shape){1, 1, D}, mem), dec = net_new("decoder", (Shape){1, 1, Z}, mem);
    net_dense(&enc, 2 * Z, rng);
    net_dense(&dec, D, rng);
    net_init_normal(&enc, .1f, rng);
    net_init_normal(&dec, .1f, rng);
    Mat U = mat_orthonormal(mem, random_mat(D, Z, 1, rng, mem));
    Adam opt[2] = {adam(0), adam(0)};
    double kl = 0;
    size_t mark = mem->used;
    for (int step = 0; step < STEPS; step++) {
        arena_rewind(mem, mark);
        Mat x = random_mat(B, D, 1, rng, mem), along = random_mat(B, Z, 1, rng, mem);
        for (int i = 0; i < Z * B; i++) along.a[i] *= i % 2 ? sqrtf(2) : sqrtf(8);
        if (full) mat_add(x, mat_mul_nt(mem, along, U));
        Trace te = trace(mem, TRAIN), td = trace(mem, TRAIN);
        Mat mu = mat_new(mem, B, Z), logvar = mat_new(mem, B, Z), eps = random_mat(B, Z, 1, rng, mem);
        mat_split(net_forward(&enc, x, &te), mu, logvar);
        Loss rec =
            recon_nll(net_forward(&dec, reparameterize(mu, logvar, eps, mem), &td), x, (Likelihood){GAUSSIAN, 1}, mem);
        net_zero_grad(&enc);
        net_zero_grad(&dec);
        Mat dz = net_backward(&dec, rec.grad, &td, WRT_BOTH);
        net_backward(&enc, elbo_backward(dz, mu, logvar, eps, 1, mem), &te, WRT_PARAMS);
        opt[0].lr = cosine_decay(.03f, step, STEPS);
        opt[1].lr = opt[0].lr;
        adam_step(&enc, &opt[0]);
        adam_step(&dec, &opt[1]);
        if (step >= STEPS - 100) kl += (double)kl_std_normal(mu, logvar) / 100;
    }
    return kl;
}

static void collapse(Rng *rng, Arena *mem)
{
    result_value("kl_full", trained_kl(true, rng, mem));
    result_value("kl_diagonal", trained_kl(false, rng, mem));
}

/* ---- sizes and numbers from the seed: all 1, all few, then each letter in turn larger than the lab's own ---- */

enum { MANY_SAMPLES = 128, MANY_PIXELS = 784, MANY_LATENTS = 20, MANY_DRAWS = 64 };

static void reparam_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES, d, MANY_LATENTS) {
        Mat mu = untold("mu", random_mat(n, d, 1, rng, mem)),
            logvar = untold("logvar", random_mat(n, d, 1.5f, rng, mem));
        Mat eps = untold("eps", random_mat(n, d, 1, rng, mem));
        result(name_of(mem, "z%d", turn), reparameterize(mu, logvar, eps, mem));
    }
}

static void kl_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES, d, MANY_LATENTS) {
        Mat mu = untold("mu", random_mat(n, d, 1, rng, mem)),
            logvar = untold("logvar", random_mat(n, d, 1.5f, rng, mem));
        result_value(name_of(mem, "kl%d", turn), (double)kl_std_normal(mu, logvar));
    }
}

static void nll_sizes(Rng *rng, Arena *mem)
{
    for (int turn = 0; turn < 8; turn++) {
        int n = turn_size(turn / 2, 0, MANY_SAMPLES, rng), d = turn_size(turn / 2, 1, MANY_PIXELS, rng);
        Likelihood p = {turn % 2 ? GAUSSIAN : BERNOULLI, .2f + .5f * rng_uniform(rng)};
        Mat y = random_mat(n, d, 1, rng, mem), x = mat_new(mem, n, d);
        mat_uniform(x, 0, 1, rng);
        Loss loss = recon_nll(untold("y", y), untold("x", x), p, mem);
        result_value(name_of(mem, "nll%d", turn), (double)loss.value);
        result(name_of(mem, "grad%d", turn), loss.grad);
    }
}

static void backward_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES, d, MANY_LATENTS) {
        float beta = .3f + 3 * rng_uniform(rng);
        Mat dz = untold("dz", random_mat(n, d, 1, rng, mem)), mu = untold("mu", random_mat(n, d, 1, rng, mem));
        Mat logvar = untold("logvar", random_mat(n, d, 1, rng, mem)),
            eps = untold("eps", random_mat(n, d, 1, rng, mem));
        result(name_of(mem, "dh%d", turn), elbo_backward(dz, mu, logvar, eps, beta, mem));
    }
}

static void grid_sizes(Rng *rng, Arena *mem)
{
    for (int turn = 0; turn < 3; turn++)
        result(name_of(mem, "grid%d", turn), latent_grid(turn_size(turn, 0, 20, rng), mem));
}

static void bound_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES, K, MANY_DRAWS, d, MANY_LATENTS) {
        Mat nll = untold("nll", random_mat(n, K, 2, rng, mem)), mu = untold("mu", random_mat(n, d, 1, rng, mem));
        Mat logvar = untold("logvar", random_mat(n, d, 1, rng, mem)),
            eps = untold("eps", random_mat(n * K, d, 1, rng, mem));
        result_value(name_of(mem, "bound%d", turn), (double)iw_bound(nll, mu, logvar, eps));
    }
}

#define CASE(name) \
    { \
#name, name \
    }
const Case cases[] = {
    CASE(reparam_by_hand),   CASE(reparam_random),   CASE(kl_by_hand),
    CASE(kl_random),         CASE(kl_many),          CASE(bernoulli_by_hand),
    CASE(bernoulli_extreme), CASE(bernoulli_random), CASE(gaussian_by_hand),
    CASE(gaussian_random),   CASE(backward_by_hand), CASE(backward_random),
    CASE(backward_plain),    CASE(grid_small),       CASE(grid_wide),
    CASE(grid_tails),        CASE(bound_one),        CASE(bound_two),
    CASE(bound_random),      CASE(bound_images),     CASE(known_posterior),
    CASE(known_other),       CASE(collapse),         CASE(reparam_sizes),
    CASE(kl_sizes),          CASE(nll_sizes),        CASE(backward_sizes),
    CASE(grid_sizes),        CASE(bound_sizes),      {0},
};
