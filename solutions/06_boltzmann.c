/* 06_boltzmann: an explicit density, and its price.
 *
 * Learn    what it costs to have a density: a partition function to sum, a Markov chain to run, and
 *          what contrastive divergence saves and loses.
 * Write    six functions, marked TODO, in this order; labs/06_boltzmann.h says what each must do,
 *          `make test-06` tests them.
 * Run      `make 06` builds this file, runs it and draws its figures in out/figures/; the README
 *          has the one-line cc command.
 * Writes   out/06_boltzmann/: csv and png for the figures, metrics.csv; W, b, c of the machine for
 *          the digits, digits_train, digits_test (pixels 0 or 1), and what the rivals gave each
 *          test image (independent, mixture, bound), as npy
 * Takes    about 35 s; --quick 2 s
 * Expect   exact_ll_digits8 about 6.3 nats above independent_ll; ais_error below .3
 *
 * Letters  n samples, d visible units, H hidden units; v (n,d) and h (n,H) of 0 and 1,
 *          W (d,H), b (1,d), c (1,H).
 */
#include "06_boltzmann.h"
#include "06_boltzmann_plot.h"
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/*%% md
## A density up to a number
Given $v$, hidden units do not touch each other, so summing over their $2^H$ states is a product:
$$ p(v) = \frac1Z\sum_h e^{-E(v,h)} = \frac{e^{-F(v)}}{Z},\qquad
   F(v) = -b^\top v - \sum_j\log\left(1+e^{c_j + (v^\top W)_j}\right) . $$
$F$ is cheap. $Z$ is not.
*/
#ifdef SOLUTION
/* log(1 + e^x) */
static double softplus(double x) { return fmax(x, 0) + log1p(exp(-fabs(x))); }
#endif

Mat rbm_free_energy(const Rbm *r, Mat v, Arena *mem)
{
#ifdef SOLUTION
    Mat F = mat_new(mem, v.n, 1), x = mat_mul(mem, v, r->W);
    for (int i = 0; i < v.n; i++) {
        double sum = 0;
        for (int k = 0; k < v.d; k++) sum -= r->b.a[k] * row(v, i)[k];
        for (int j = 0; j < x.d; j++) sum -= softplus((double)(r->c.a[j] + row(x, i)[j]));
        F.a[i] = (float)sum;
    }
    return F;
#else
    TODO("return -b.v - sum over j of log(1 + exp(c_j + (v W)_j)), one number per row");
#endif
}

#ifdef SOLUTION
/* sigma(x + bias), every row */
static Mat probabilities(Mat x, Mat bias)
{
    mat_add_row(x, bias);
    for (size_t i = 0; i < mat_size(x); i++) x.a[i] = 1 / (1 + expf(-x.a[i]));
    return x;
}
#endif

Mat rbm_p_h_given_v(const Rbm *r, Mat v, Arena *mem)
{
#ifdef SOLUTION
    return probabilities(mat_mul(mem, v, r->W), r->c);
#else
    TODO("return sigma(c + v W)");
#endif
}

/*%% md
## Samples, by walking
From anywhere, draw $h$ given $v$ and $v$ given $h$, again and again. In the long run the chain's
$v$ come from $p$. How long is long? That is the price of this branch.
*/
Mat gibbs_step(const Rbm *r, Mat v, Mat uh, Mat uv, Arena *mem)
{
#ifdef SOLUTION
    Mat h = rbm_p_h_given_v(r, v, mem);
    for (size_t i = 0; i < mat_size(h); i++) h.a[i] = uh.a[i] < h.a[i];
    Mat next = probabilities(mat_mul_nt(mem, h, r->W), r->b);           // (n,d)
    for (size_t i = 0; i < mat_size(next); i++) next.a[i] = uv.a[i] < next.a[i];
    return next;
#else
    TODO("h = 1 where uh < p(h|v), else 0; return 1 where uv < sigma(b + h W^T), else 0");
#endif
}

/*%% md
## Raise the data, lower the dreams
$$ \nabla_W \log p(v) = v\,p(h|v)^\top - \mathbb E_{v'\sim p}\left[v'\,p(h|v')^\top\right] . $$
The second term wants samples of $p$. Contrastive divergence takes what $k$ steps from the data
reach.
*/
Rbm cd_k_grad(const Rbm *r, Mat v, int k, Mat uh, Mat uv, Arena *mem)
{
#ifdef SOLUTION
    int n = v.n;
    Mat dream = v;
    for (int s = 0; s < k; s++)
        dream = gibbs_step(r, dream, mat_rows(uh, s * n, n), mat_rows(uv, s * n, n), mem);
    Mat p = rbm_p_h_given_v(r, v, mem), q = rbm_p_h_given_v(r, dream, mem);
    float each = 1 / (float)n;
    Rbm d = {mat_zeros(mem, v.d, p.d), mat_zeros(mem, 1, v.d), mat_zeros(mem, 1, p.d)};
    mat_gemm(d.W, each, v, true, p, false, 0);
    mat_gemm(d.W, -each, dream, true, q, false, 1);
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < v.d; j++) d.b.a[j] += each * (row(v, i)[j] - row(dream, i)[j]);
        for (int j = 0; j < p.d; j++) d.c.a[j] += each * (row(p, i)[j] - row(q, i)[j]);
    }
    return d;
#else
    TODO("k times gibbs_step from v; then the mean of v^T p(h|v), of v, of p(h|v), less the same "
         "for where the chain has come to");
#endif
}

/*%% md
## The number that is missing
With few hidden units $Z$ can be summed, state by state of $h$, pixels summed out.
*/
double log_partition(const Rbm *r)
{
#ifdef SOLUTION
    int d = r->W.n, H = r->W.d;
    double top = -INFINITY, total = 0;                  // the largest term; sum of e^(term - top)
    for (unsigned state = 0; state < 1u << H; state++) {
        double term = 0;
        for (int j = 0; j < H; j++)
            if (state >> j & 1) term += (double)r->c.a[j];
        for (int i = 0; i < d; i++) {
            double x = (double)r->b.a[i];
            for (int j = 0; j < H; j++)
                if (state >> j & 1) x += (double)row(r->W, i)[j];
            term += softplus(x);
        }
        double higher = fmax(top, term);
        total = total * exp(top - higher) + exp(term - higher);
        top = higher;
    }
    return top + log(total);
#else
    TODO("log of the sum over all 2^H states h of exp(c.h + sum over i of "
         "log(1 + exp(b_i + (W h)_i))), the largest term taken out");
#endif
}

/*%% md
## The same without counting
Climb from a machine whose $Z$ is known to this one in many small steps. Each step's ratio of
densities is easy to estimate; their product estimates $Z/Z_0$ without bias.
*/
#ifdef SOLUTION
/* The machine at beta, between the one of independent pixels and r. */
static Rbm on_the_ladder(const Rbm *r, Mat base, float beta, Arena *mem)
{
    Rbm m = {mat_copy(mem, r->W), mat_copy(mem, r->b), mat_copy(mem, r->c)};
    mat_scale(m.W, beta);
    mat_scale(m.c, beta);
    for (int i = 0; i < base.d; i++) m.b.a[i] = (1 - beta) * base.a[i] + beta * r->b.a[i];
    return m;
}
#endif

double ais_log_partition(const Rbm *r, Mat base, Mat beta, Mat v, Mat uh, Mat uv, Arena *mem)
{
#ifdef SOLUTION
    int n = v.n, K = beta.d - 1;
    double *logw = arena_alloc(mem, (size_t)n * sizeof *logw);
    memset(logw, 0, (size_t)n * sizeof *logw);
    Rbm below = on_the_ladder(r, base, beta.a[0], mem);
    for (int k = 1; k <= K; k++) {
        Rbm here = on_the_ladder(r, base, beta.a[k], mem);
        Mat before = rbm_free_energy(&below, v, mem), after = rbm_free_energy(&here, v, mem);
        for (int i = 0; i < n; i++) logw[i] += (double)before.a[i] - (double)after.a[i];
        int at = (k - 1) * n;
        if (k < K) v = gibbs_step(&here, v, mat_rows(uh, at, n), mat_rows(uv, at, n), mem);
        below = here;
    }
    double log_z0 = r->c.d * log(2);
    for (int i = 0; i < base.d; i++) log_z0 += softplus((double)base.a[i]);
    return log_z0 + log_sum_exp(logw, n) - log(n);
#else
    TODO("log w += F_{k-1}(v) - F_k(v) for k = 1 .. K, a gibbs_step of the machine at beta_k after "
         "each but the last; log Z_0 + log of the mean of w");
#endif
}

/* ---- machines ---- */

static Rbm rbm_new(int d, int H, Rng *rng, Arena *keep)
{
    Rbm r = {mat_new(keep, d, H), mat_zeros(keep, 1, d), mat_zeros(keep, 1, H)};
    mat_normal(r.W, .05f, rng);
    return r;
}

/* The log odds of each pixel, counted with half an image of each kind more than there are: biases
 * of independent pixels (Salakhutdinov & Murray 2008, section 4.1). (n,d) -> (1,d) */
static Mat log_odds(Mat v, Arena *mem)
{
    Mat odds = mat_zeros(mem, 1, v.d);
    mat_add_column_sums(odds, v);
    for (int i = 0; i < v.d; i++) {
        float lit = odds.a[i], dark = (float)v.n - lit;
        odds.a[i] = logf((lit + .5f) / (dark + .5f));
    }
    return odds;
}

static Mat uniforms(Arena *mem, int n, int d, Rng *rng)
{
    Mat u = mat_new(mem, n, d);
    mat_uniform(u, 0, 1, rng);
    return u;
}

/* n rows of x, each drawn among all. */
static Mat drawn_rows(Mat x, int n, Rng *rng, Arena *mem)
{
    int *index = arena_alloc(mem, (size_t)n * sizeof *index);
    for (int i = 0; i < n; i++) index[i] = rng_below(rng, x.n);
    return mat_gather(mem, x, index, n);
}

/* log p(v) of each row, exactly, once log Z is known: (n,1) */
static Mat log_likelihood(const Rbm *r, Mat v, double log_z, Arena *mem)
{
    Mat ll = rbm_free_energy(r, v, mem);
    for (int i = 0; i < ll.n; i++) ll.a[i] = -ll.a[i] - (float)log_z;
    return ll;
}

static Mat walk(const Rbm *r, Mat v, int steps, Rng *rng, Arena *mem)
{
    for (int s = 0; s < steps; s++) {
        Mat uv = uniforms(mem, v.n, r->b.d, rng), uh = uniforms(mem, v.n, r->c.d, rng);
        v = gibbs_step(r, v, uh, uv, mem);
    }
    return v;
}

/* ---- learning ---- */

/* What a step adds of a gradient, at first; on digits rates from .03 to .3 end within half a nat of
 * each other. TRY: .2 for the bars; whose chains can follow? */
static const float BARS_RATE = .05f, DIGITS_RATE = .1f;

enum { CD1, CD10, PCD, RULES };
static const struct { const char *name; int k; bool persistent; } rules[RULES] = {
    [CD1] = {"CD-1", 1, false}, [CD10] = {"CD-10", 10, false}, [PCD] = {"PCD-1", 1, true},
};

typedef struct {
    Rbm r;
    Mat chain;                          // where PCD's samples have come to
    long step;
    double train, test;                 // mean log p, when it was last looked at
    Rng rng;
} Learner;

static Learner learner_new(int rule, Mat data, int H, int chains, Rng rng, Arena *keep)
{
    Learner l = {.rng = rng};
    l.r = rbm_new(data.d, H, &l.rng, keep);
    mat_set(l.r.b, log_odds(data, keep));
    if (!rules[rule].persistent) return l;
    l.chain = uniforms(keep, chains, data.d, &l.rng);
    for (size_t i = 0; i < mat_size(l.chain); i++) l.chain.a[i] = l.chain.a[i] < .5f;
    return l;
}

/* a += rate (or less) times b, part by part */
static void rbm_add(Rbm *a, Rbm b, float rate, Arena *mem)
{
    Mat *to[3] = {&a->W, &a->b, &a->c};
    const Mat from[3] = {b.W, b.b, b.c};
    for (int k = 0; k < 3; k++) {
        Mat step = mat_copy(mem, from[k]);
        mat_scale(step, rate);
        mat_add(*to[k], step);
    }
}

/* The means of v^T p(h|v), of v, and of p(h|v). */
static Rbm statistics(const Rbm *r, Mat v, Arena *mem)
{
    Mat p = rbm_p_h_given_v(r, v, mem);
    Rbm s = {mat_mul_tn(mem, v, p), mat_zeros(mem, 1, v.d), mat_zeros(mem, 1, p.d)};
    mat_add_column_sums(s.b, v);
    mat_add_column_sums(s.c, p);
    mat_scale(s.W, 1 / (float)v.n);
    mat_scale(s.b, 1 / (float)v.n);
    mat_scale(s.c, 1 / (float)v.n);
    return s;
}

/* One step uphill on a batch v (B,d). PCD's dreams go on from where they were, not from the data
 * (Tieleman 2008). */
static void learn(Learner *l, int rule, Mat v, float rate, Arena *mem)
{
    int k = rules[rule].k, n = v.n;
    if (!rules[rule].persistent) {
        Mat uh = uniforms(mem, k * n, l->r.c.d, &l->rng), uv = uniforms(mem, k * n, v.d, &l->rng);
        rbm_add(&l->r, cd_k_grad(&l->r, v, k, uh, uv, mem), rate, mem);
        return;
    }
    mat_set(l->chain, walk(&l->r, l->chain, k, &l->rng, mem));
    Rbm data = statistics(&l->r, v, mem), dream = statistics(&l->r, l->chain, mem);
    rbm_add(&l->r, data, rate, mem);
    rbm_add(&l->r, dream, -rate, mem);
}

/* Steps on batches, the rate falling along a line. Now and then all hidden states are summed: what
 * the exact likelihood is by then goes into csv, and the last of it stays in l. */
static void train(Lab *lab, Learner *l, int rule, Mat data, Mat test, long steps, float rate,
                  const char *set, Csv *csv, Arena *mem)
{
    enum { LOOKS = 16 };
    for (int look = 0; look <= LOOKS && !lab_stopping(); look++) {
        long until = steps * look * look / (LOOKS * LOOKS);
        for (; l->step < until && !lab_stopping(); l->step++) {
            arena_reset(mem);
            int B = lab->batch < data.n ? lab->batch : data.n;
            Mat v = drawn_rows(data, B, &l->rng, mem);
            float left = 1 - (float)l->step / (float)steps;
            learn(l, rule, v, rate * left, mem);
        }
        arena_reset(mem);
        double log_z = log_partition(&l->r);
        l->train = (double)mat_mean(log_likelihood(&l->r, data, log_z, mem));
        l->test = (double)mat_mean(log_likelihood(&l->r, test, log_z, mem));
        lab_finite("log p", l->train, l->step);
        csv_row(csv, "%s,%s,%ld,%.6g,%.6g", set, rules[rule].name, l->step, l->train, l->test);
        progress(look, LOOKS, "%s, %s: log p %.2f nats", set, rules[rule].name, l->train);
    }
}

/* ---- bars and stripes: everything can be summed ---- */

enum { BAR = 4, BAR_D = BAR * BAR, BAR_H = 12 };

/* All pictures of full rows or of full columns, none twice: (30,16). */
static Mat bars_and_stripes(Arena *keep)
{
    Mat v = mat_new(keep, (2 << BAR) - 2, BAR_D);
    for (int p = 0; p < v.n; p++) {
        bool rows = p < 1 << BAR;
        int lit = rows ? p : p - (1 << BAR) + 1;        // columns: neither none nor all again
        for (int i = 0; i < BAR_D; i++)
            row(v, p)[i] = (float)(lit >> (rows ? i / BAR : i % BAR) & 1);
    }
    return v;
}

/* Every picture there is, (2^16,16). */
static Mat all_pictures(Arena *mem)
{
    Mat v = mat_new(mem, 1 << BAR_D, BAR_D);
    for (int p = 0; p < v.n; p++)
        for (int i = 0; i < BAR_D; i++) row(v, p)[i] = (float)(p >> i & 1);
    return v;
}

/* The gradient that CD stands in for: what the data show less what the machine expects, summed over
 * every picture. */
static Mat exact_gradient(const Rbm *r, Mat data, Arena *mem)
{
    Mat v = all_pictures(mem), p = rbm_p_h_given_v(r, v, mem);
    Mat ll = log_likelihood(r, v, log_partition(r), mem);
    for (int i = 0; i < v.n; i++)
        for (int j = 0; j < p.d; j++) row(p, i)[j] *= expf(ll.a[i]);
    Mat d = statistics(r, data, mem).W;
    mat_sub(d, mat_mul_tn(mem, v, p));
    return d;
}

/* The cosine between the exact gradient and the mean of many estimates by CD-k. */
static double cd_direction(const Rbm *r, Mat data, Mat exact, int k, Rng *rng, Arena *mem)
{
    enum { TIMES = 200 };
    Mat many = mat_repeat(mem, data, TIMES);
    Mat uh = uniforms(mem, k * many.n, r->c.d, rng), uv = uniforms(mem, k * many.n, data.d, rng);
    Mat d = cd_k_grad(r, many, k, uh, uv, mem).W;
    return mat_dot(d, exact) / ((double)mat_norm(d) * (double)mat_norm(exact));
}

static void look_at_gradients(Lab *lab, const Rbm *r, Mat data, Rng *rng, Arena *mem)
{
    static const int steps[] = {1, 2, 5, 10, 20, 50, 100};
    arena_reset(mem);
    Mat exact = exact_gradient(r, data, mem);
    Csv *csv = csv_open(lab->out, "direction.csv", "k,cosine");
    for (int s = 0; s < LENGTH(steps); s++) {
        size_t mark = mem->used;
        double cosine = cd_direction(r, data, exact, steps[s], rng, mem);
        csv_row(csv, "%d,%.5f", steps[s], cosine);
        if (steps[s] == 1 || steps[s] == 10) {
            printf("CD-%d's mean and the exact gradient: cosine %.3f\n", steps[s], cosine);
            lab_metric(lab, "cosine", cosine, "cd%d_cosine", steps[s]);
        }
        arena_rewind(mem, mark);
    }
    csv_close(csv);
}

/* The share of a machine's own pictures, from long walks, that are bars or stripes. */
static double share_of_bars(Mat v, Mat bars, Arena *mem)
{
    int *nearest = arena_alloc(mem, (size_t)v.n * sizeof *nearest), right = 0;
    mat_nearest(v, bars, nearest);
    for (int i = 0; i < v.n; i++)
        right += !memcmp(row(v, i), row(bars, nearest[i]), (size_t)v.d * sizeof *v.a);
    return (double)right / v.n;
}

/* A machine that learns an eighth as long, for the gradients; then all three rules. The last one's
 * comes back. */
static Rbm bars(Lab *lab, Rng *rng, Csv *csv, Arena *keep, Arena *mem)
{
    Rbm last = {0};
    Mat data = bars_and_stripes(keep);
    long steps = lab->epochs * (lab->quick ? 5 : 100);
    Learner early = learner_new(CD1, data, BAR_H, 0, rng_split(rng), keep);
    train(lab, &early, CD1, data, data, steps / 8, BARS_RATE, "early", csv, mem);
    look_at_gradients(lab, &early.r, data, rng, mem);
    printf("%d pictures; no model can give them more than %.3f nats\n", data.n, -log(data.n));
    for (int rule = 0; rule < RULES; rule++) {
        Learner l = learner_new(rule, data, BAR_H, 100, rng_split(rng), keep);
        train(lab, &l, rule, data, data, steps, BARS_RATE, "bars", csv, mem);
        arena_reset(mem);
        Mat noise = uniforms(mem, 500, BAR_D, rng), v = walk(&l.r, noise, 1000, rng, mem);
        double share = share_of_bars(v, data, mem);
        printf("%-6s log p %.3f nats; %.1f %% of its own pictures are bars or stripes\n",
               rules[rule].name, l.train, 100 * share);
        lab_metric(lab, "nats", l.train, "bars_ll_%s", rules[rule].name);
        lab_metric(lab, "share", share, "bars_share_%s", rules[rule].name);
        if (rule == PCD) plot_bars(lab, data, v, mem);
        last = l.r;
    }
    return last;
}

/* ---- handwritten digits, each pixel dark or light ---- */

enum { DIGIT = 8, DIGIT_D = DIGIT * DIGIT, DIGIT_H = 16 };
typedef struct { Mat train, test; } Split;

/* Every fifth image is kept for testing. */
static Split digits(Lab *lab, Arena *keep)
{
    Data data = data_digits8(keep);
    int n = lab->quick ? 500 : data.x.n, tests = (n + 4) / 5;
    Split s = {mat_new(keep, n - tests, DIGIT_D), mat_new(keep, tests, DIGIT_D)};
    for (int i = 0; i < n; i++) {
        float *to = i % 5 == 0 ? row(s.test, i / 5) : row(s.train, i - i / 5 - 1);
        for (int k = 0; k < DIGIT_D; k++) to[k] = row(data.x, i)[k] > .5f;
    }
    return s;
}

static Rbm learn_digits(Lab *lab, Split s, Rng *rng, Csv *csv, Arena *keep, Arena *mem)
{
    Learner l[RULES];
    long steps = (long)lab->epochs * s.train.n / lab->batch;
    check(steps >= 1, "%d epochs of %d images in batches of %d: no step to take\n"
          "  hint: a smaller --batch", lab->epochs, s.train.n, lab->batch);
    for (int rule = 0; rule < RULES; rule++) {
        l[rule] = learner_new(rule, s.train, DIGIT_H, 100, rng_split(rng), keep);
        train(lab, &l[rule], rule, s.train, s.test, steps, DIGITS_RATE, "digits", csv, mem);
        printf("%-6s log p %.2f nats per training image, %.2f per test image\n", rules[rule].name,
               l[rule].train, l[rule].test);
        lab_metric(lab, "nats", l[rule].test, "digits_ll_%s", rules[rule].name);
    }
    return l[PCD].r;
}

/* ---- rivals whose density needs no sum ---- */

/* Independent pixels, each as often light as in training: (n,1) */
static Mat independent(Mat train, Mat test, Arena *mem)
{
    Mat odds = log_odds(train, mem), ll = mat_zeros(mem, test.n, 1);
    for (int i = 0; i < test.n; i++)
        for (int k = 0; k < test.d; k++) {
            double x = (double)odds.a[k];
            ll.a[i] += (float)((double)row(test, i)[k] * x - fmax(x, 0) - log1p(exp(-fabs(x))));
        }
    return ll;
}

/* log (share_k p_k(v)) of each row and component: (n,K) */
static Mat joint(Mat share, Mat p, Mat v, Arena *mem)
{
    Mat on = mat_new(mem, p.n, p.d), off = mat_new(mem, p.n, 1);
    for (int k = 0; k < p.n; k++) {
        double none = log((double)share.a[k]);          // log p of a picture that is all dark
        for (int j = 0; j < p.d; j++) {
            double q = (double)row(p, k)[j];
            row(on, k)[j] = (float)(log(q) - log(1 - q));
            none += log(1 - q);
        }
        off.a[k] = (float)none;
    }
    Mat x = mat_mul_nt(mem, v, on);
    mat_add_row(x, mat_reshape(off, 1, p.n));
    return x;
}

/* log of the sum of exp over row i. */
static double log_sum(Mat x, int i)
{
    double each[64];
    for (int k = 0; k < x.d; k++) each[k] = (double)row(x, i)[k];
    return log_sum_exp(each, x.d);
}

/* A mixture of K Bernoullis by EM, with as many numbers as the machine has; counts begin at half an
 * image of each kind. log p of the test rows: (n,1) */
static Mat mixture(Mat train, Mat test, int K, int rounds, Rng *rng, Arena *mem)
{
    Mat share = mat_new(mem, 1, K), p = mat_new(mem, K, train.d);
    mat_fill(share, 1 / (float)K);
    mat_uniform(p, .25f, .75f, rng);
    size_t mark = mem->used;
    for (int round = 0; round < rounds; round++) {
        arena_rewind(mem, mark);
        Mat x = joint(share, p, train, mem);            // in the end: how much each belongs to each
        for (int i = 0; i < x.n; i++) {
            double all = log_sum(x, i);
            for (int k = 0; k < K; k++) row(x, i)[k] = (float)exp((double)row(x, i)[k] - all);
        }
        Mat count = mat_zeros(mem, 1, K), lit = mat_mul_tn(mem, x, train);
        mat_add_column_sums(count, x);
        for (int k = 0; k < K; k++) {
            share.a[k] = (count.a[k] + .5f) / ((float)train.n + .5f * (float)K);
            for (int j = 0; j < p.d; j++) row(p, k)[j] = (row(lit, k)[j] + .5f) / (count.a[k] + 1);
        }
    }
    Mat x = joint(share, p, test, mem), ll = mat_new(mem, test.n, 1);
    for (int i = 0; i < test.n; i++) ll.a[i] = (float)log_sum(x, i);
    return ll;
}

/* A VAE: its density is an integral, and all that can be had is a bound (lab 4). */
typedef struct { Net enc, dec; } Vae;
enum { VAE_Z = 6, VAE_HIDDEN = 64 };

static Mat reparameterized(Mat mu, Mat logvar, Mat eps, Arena *mem)
{
    Mat z = mat_copy(mem, mu);
    for (size_t i = 0; i < mat_size(z); i++) z.a[i] += expf(.5f * logvar.a[i]) * eps.a[i];
    return z;
}

static void vae_step(Vae *v, Mat x, const Adam *opt, Rng *rng, Arena *mem)
{
    Trace te = trace(mem, TRAIN), td = trace(mem, TRAIN);
    Mat mu = mat_new(mem, x.n, VAE_Z), logvar = mat_new(mem, x.n, VAE_Z);
    mat_split(net_forward(&v->enc, x, &te), mu, logvar);
    Mat eps = mat_noise(mem, x.n, VAE_Z, rng), z = reparameterized(mu, logvar, eps, mem);
    Loss rec = bce_logits(net_forward(&v->dec, z, &td), x, mem);
    nets_zero_grad(nets_of(&v->enc, &v->dec));
    Mat dz = net_backward(&v->dec, rec.grad, &td, WRT_BOTH), dlogvar = mat_new(mem, x.n, VAE_Z);
    float each = 1 / (float)x.n;
    for (size_t i = 0; i < mat_size(dz); i++) {
        float variance = expf(logvar.a[i]);
        dlogvar.a[i] = .5f * (dz.a[i] * eps.a[i] * sqrtf(variance) + each * (variance - 1));
        dz.a[i] += each * mu.a[i];                      // now it is dL/dmu
    }
    net_backward(&v->enc, mat_join(mem, dz, dlogvar), &te, WRT_PARAMS);
    nets_step(nets_of(&v->enc, &v->dec), opt);
}

static Vae vae_train(Lab *lab, Mat train, Rng *rng, Arena *keep, Arena *mem)
{
    Vae v;
    v.enc = net_new("encoder", (Shape){1, 1, DIGIT_D}, keep);
    v.dec = net_new("decoder", (Shape){1, 1, VAE_Z}, keep);
    net_dense(&v.enc, VAE_HIDDEN, rng); net_relu(&v.enc); net_dense(&v.enc, 2 * VAE_Z, rng);
    net_dense(&v.dec, VAE_HIDDEN, rng); net_relu(&v.dec); net_dense(&v.dec, DIGIT_D, rng);
    Adam opt = adam(0);
    long steps = lab->quick ? 200 : 6000;
    for (long step = 0; step < steps && !lab_stopping(); step++) {
        arena_reset(mem);
        Mat x = drawn_rows(train, 50, rng, mem);
        opt.lr = cosine_decay(2e-3f, step, steps);
        vae_step(&v, x, &opt, rng, mem);
    }
    return v;
}

/* The importance-weighted bound on log p of each row from K samples (lab 4, exercise 6): (n,1);
 * K = 1 is the ELBO, one sample each. */
static Mat vae_bound(Vae *v, Mat x, int K, Rng *rng, Arena *mem)
{
    Mat h = net_eval(&v->enc, x, mem), bound = mat_new(mem, x.n, 1);
    Mat mu = mat_cols(mem, h, 0, VAE_Z), logvar = mat_cols(mem, h, VAE_Z, VAE_Z);
    double *logw = arena_alloc(mem, (size_t)K * sizeof *logw);
    size_t mark = mem->used;
    for (int i = 0; i < x.n; i++) {
        arena_rewind(mem, mark);
        Mat m = mat_repeat(mem, mat_rows(mu, i, 1), K);
        Mat l = mat_repeat(mem, mat_rows(logvar, i, 1), K);
        Mat eps = mat_noise(mem, K, VAE_Z, rng), z = reparameterized(m, l, eps, mem);
        Mat y = net_eval(&v->dec, z, mem);
        for (int k = 0; k < K; k++) {
            logw[k] = -(double)bce_logits(mat_rows(y, k, 1), mat_rows(x, i, 1), mem).value;
            for (int j = 0; j < VAE_Z; j++) {
                double e = (double)row(eps, k)[j], at = (double)row(z, k)[j];
                logw[k] += .5 * (e * e + (double)row(l, k)[j] - at * at);
            }
        }
        bound.a[i] = (float)(log_sum_exp(logw, K) - log(K));
    }
    return bound;
}

/* ---- what the machine for digits costs ---- */

/* The estimate of log Z by ladders of several lengths, five times each, beside the sum. */
static void ladders(Lab *lab, const Rbm *r, Mat train, Rng *rng, Arena *mem)
{
    enum { SAMPLES = 100, TIMES = 5 };
    static const int lengths[] = {10, 30, 100, 300, 1000};
    double exact = log_partition(r);
    Mat base = log_odds(train, mem);
    Csv *csv = csv_open(lab->out, "ais.csv", "rungs,error");
    printf("log Z = %.3f nats, summed\n", exact);
    size_t mark = mem->used;
    for (int s = 0; s < LENGTH(lengths); s++) {
        double worst = 0;
        for (int time = 0; time < TIMES; time++) {
            arena_rewind(mem, mark);
            int K = lengths[s], moves = (K - 1) * SAMPLES;
            Mat beta = mat_new(mem, 1, K + 1), v = uniforms(mem, SAMPLES, r->W.n, rng);
            for (int k = 0; k <= K; k++) beta.a[k] = (float)k / (float)K;
            for (int i = 0; i < SAMPLES; i++)
                for (int j = 0; j < v.d; j++)
                    row(v, i)[j] = row(v, i)[j] < 1 / (1 + expf(-base.a[j]));
            Mat uh = uniforms(mem, moves, r->W.d, rng), uv = uniforms(mem, moves, r->W.n, rng);
            double error = ais_log_partition(r, base, beta, v, uh, uv, mem) - exact;
            csv_row(csv, "%d,%.5g", K, error);
            worst = fmax(worst, fabs(error));
        }
        printf("%4d rungs: %.3f nats off at worst\n", lengths[s], worst);
        if (s == LENGTH(lengths) - 1) lab_metric(lab, "nats", worst, "ais_error");
        if (s == LENGTH(lengths) - 1) lab_metric(lab, "nats", exact, "log_z");
    }
    csv_close(csv);
}

/* How many steps apart must two pictures of a chain be to know nothing of each other? The time in
 * which the autocorrelation of the free energy dies away, 1 + 2 sum of it, up to the first lag that
 * is six such times away (Sokal 1997). */
static double autocorrelation_time(Mat f, Csv *csv)
{
    enum { LAGS = 5000 };
    double mean = (double)mat_mean(f), variance = 0, tau = 1;
    for (int i = 0; i < f.n; i++) variance += (f.a[i] - mean) * (f.a[i] - mean) / f.n;
    for (int lag = 1; lag < LAGS && lag < f.n / 4; lag++) {
        double sum = 0;
        for (int i = 0; i + lag < f.n; i++) sum += (f.a[i] - mean) * (f.a[i + lag] - mean);
        double rho = sum / (f.n - lag) / variance;
        if (lag < 6 * tau) tau += 2 * rho;
        csv_row(csv, "%d,%.5f", lag, rho);
    }
    return tau;
}

/* One long chain from noise: its log p as csv, and the autocorrelation time. seen (n,d) gets n
 * pictures on the way. */
static double chain(Lab *lab, const char *name, const Rbm *r, Mat seen, Rng *rng, Arena *keep,
                    Arena *mem)
{
    int steps = lab->quick ? 2000 : 100000, burn = steps / 10, shown = 0;
    Mat v = mat_new(keep, 1, r->W.n), f = mat_new(keep, steps, 1);
    for (int j = 0; j < v.d; j++) v.a[j] = rng_uniform(rng) < .5f;
    Csv *trace = csv_open(lab->out, name_of(keep, "trace_%s.csv", name), "step,log_p");
    double log_z = log_partition(r);
    for (int s = 0; s < steps; s++) {
        arena_reset(mem);
        f.a[s] = -rbm_free_energy(r, v, mem).a[0] - (float)log_z;
        if (s < 500) csv_row(trace, "%d,%.5g", s, (double)f.a[s]);
        if (shown < seen.n && s == plot_strip_step(shown)) {
            mat_set(mat_rows(seen, shown, 1), v);
            shown++;
        }
        mat_set(v, walk(r, v, 1, rng, mem));
    }
    csv_close(trace);
    Csv *csv = csv_open(lab->out, name_of(keep, "autocorrelation_%s.csv", name), "lag,rho");
    double tau = autocorrelation_time(mat_rows(f, burn, steps - burn), csv);
    csv_close(csv);
    printf("%-6s a chain forgets in %.0f steps\n", name, tau);
    lab_metric(lab, "steps", tau, "tau_%s", name);
    return tau;
}

/* Seconds for a step of a chain. */
static double chain_seconds(const Rbm *r, Rng *rng, Arena *mem)
{
    enum { STEPS = 2000 };
    Mat v = mat_zeros(mem, 1, r->W.n);
    double start = now_s();
    walk(r, v, STEPS, rng, mem);
    return (now_s() - start) / STEPS;
}

/* ---- the families ---- */

/* When lab 10 has run beside this lab, its GAN joins in. Of a GAN samples are all that can be had:
 * seconds per picture, 0 when there is none. */
static double gan_seconds(Lab *lab, Rng *rng, Arena *keep, Arena *mem)
{
    enum { GAN_Z = 64, PICTURES = 1000 };
    char *dir = name_of(keep, "%s/../10_dcgan", lab->out);
    if (access(name_of(keep, "%s/E.convt10.bias.npy", dir), R_OK) != 0) return 0;
    Net G = net_new("E", (Shape){1, 1, GAN_Z}, keep);                   // as lab 10 builds it
    net_dense(&G, 3 * 3 * 128, rng); net_reshape(&G, (Shape){3, 3, 128});
    net_batchnorm(&G); net_relu(&G);
    net_convt(&G, 64, 3, 2, 0, rng); net_batchnorm(&G); net_relu(&G);
    net_convt(&G, 32, 4, 2, 1, rng); net_batchnorm(&G); net_relu(&G);
    net_convt(&G, 1, 4, 2, 1, rng); net_tanh(&G);
    net_read(&G, dir);
    arena_reset(mem);
    double start = now_s();
    net_eval(&G, mat_noise(mem, PICTURES, GAN_Z, rng), mem);
    return (now_s() - start) / PICTURES;
}

static double vae_seconds(Vae *v, Rng *rng, Arena *mem)
{
    enum { PICTURES = 10000 };
    arena_reset(mem);
    double start = now_s();
    net_eval(&v->dec, mat_noise(mem, PICTURES, VAE_Z, rng), mem);
    return (now_s() - start) / PICTURES;
}

static void file(Lab *lab, const char *name, Mat ll)
{
    char path[64];
    snprintf(path, sizeof path, "%s.npy", name);
    npy_write(lab->out, path, ll);
    lab_metric(lab, "nats", (double)mat_mean(ll), "%s", name);
}

/* One example of each family, on the same images: what is exact, what is a bound. */
static void families(Lab *lab, const Rbm *r, Vae *v, Split s, Rng *rng, Arena *mem)
{
    int numbers = (int)(mat_size(r->W) + mat_size(r->b) + mat_size(r->c));
    int K = (numbers + 1) / (DIGIT_D + 1);              // K components have K d + K - 1 numbers
    Mat alone = independent(s.train, s.test, mem);
    Mat mixed = mixture(s.train, s.test, K, 60, rng, mem);
    Mat exact = log_likelihood(r, s.test, log_partition(r), mem);
    Mat elbo = vae_bound(v, s.test, 1, rng, mem);
    Mat bound = vae_bound(v, s.test, lab->quick ? 20 : 1000, rng, mem);
    printf("nats per test image: independent pixels %.2f, mixture of %d %.2f, RBM %.2f;\n",
           (double)mat_mean(alone), K, (double)mat_mean(mixed), (double)mat_mean(exact));
    printf("VAE at least %.2f by the ELBO, at least %.2f by many samples\n",
           (double)mat_mean(elbo), (double)mat_mean(bound));
    file(lab, "independent_ll", alone);
    file(lab, "mixture_ll", mixed);
    file(lab, "exact_ll_digits8", exact);
    file(lab, "vae_elbo", elbo);
    file(lab, "vae_bound", bound);
}

/* What a picture that owes nothing to the last one costs: multiplications, and seconds. */
static void prices(Lab *lab, const Rbm *r, double tau, Vae *v, Rng *rng, Arena *keep, Arena *mem)
{
    double second = tau * chain_seconds(r, rng, mem);
    double rbm = tau * 2 * DIGIT_D * DIGIT_H, vae = (double)net_weights(&v->dec);
    double gan = gan_seconds(lab, rng, keep, mem);
    printf("a picture of its own: RBM %.3g multiplications, %.2g s; VAE %.3g, %.2g s\n", rbm,
           second, vae, vae_seconds(v, rng, mem));
    if (gan > 0) printf("lab 10's GAN, 28 x 28: %.2g s, and no density at all\n", gan);
    lab_metric(lab, "multiplications", rbm, "price_rbm");
    lab_metric(lab, "multiplications", vae, "price_vae");
}

int main(int argc, char **argv)
{
    static const LabInfo info = {
        .name = "06_boltzmann", .title = "an explicit density, and its price",
        .epochs = 800, .batch = 20, .quick_epochs = 4,
        .steps = "bars digits ladder chain vae families",
        .result = "exact_ll_digits8",
    };
    Lab *lab = lab_open(argc, argv, &info);
    Arena keep = arena_new("keep", MB(64)), mem = arena_new("step", MB(512));
    Rng rng = rng_new(lab->seed);
    Csv *csv = csv_open(lab->out, "likelihood.csv", "set,rule,step,train,test");
    /*%% md
    ## Bars and stripes
    Sixteen pixels: every picture there is can be listed, so nothing has to be believed. */
    Rbm small, r;
    STEP("bars") small = bars(lab, &rng, csv, &keep, &mem);
    /*%% fig 06_boltzmann-bars
    The thirty pictures that it learned from; and what the machine draws. */
    /*%% fig 06_boltzmann-direction
    How well the mean of CD-k points where the likelihood rises, for a machine that
    learned an eighth as long. */
    Split set;
    STEP("digits") {
        set = digits(lab, &keep);
        if (lab->load) {
            r.W = npy_read(lab->load, "W.npy", &keep);
            r.b = npy_read(lab->load, "b.npy", &keep);
            r.c = npy_read(lab->load, "c.npy", &keep);
        } else {
            r = learn_digits(lab, set, &rng, csv, &keep, &mem);
        }
        npy_write(lab->out, "W.npy", r.W);
        npy_write(lab->out, "b.npy", r.b);
        npy_write(lab->out, "c.npy", r.c);
        npy_write(lab->out, "digits_train.npy", set.train);
        npy_write(lab->out, "digits_test.npy", set.test);
    }
    csv_close(csv);
    /*%% fig 06_boltzmann-likelihood
    The exact likelihood while three rules learn. */
    STEP("ladder") {
        arena_reset(&mem);
        ladders(lab, &r, set.train, &rng, &mem);
    }
    /*%% fig 06_boltzmann-ais
    Twenty-five estimates of one number. */
    double tau = 0;
    STEP("chain") {
        Mat seen = mat_zeros(&keep, STRIP, DIGIT_D), none = {0};
        chain(lab, "bars", &small, none, &rng, &keep, &mem);
        tau = chain(lab, "digits", &r, seen, &rng, &keep, &mem);
        plot_strip(lab, seen, &mem);
    }
    /*%% fig 06_boltzmann-chain
    Left: log p along a chain that begins in noise. Right: how long two machines remember. */
    /*%% fig 06_boltzmann-strip
    The chain's first steps, and then every fiftieth. */
    Vae v;
    STEP("vae") v = vae_train(lab, set.train, &rng, &keep, &mem);
    STEP("families") {
        arena_reset(&mem);
        families(lab, &r, &v, set, &rng, &mem);
        prices(lab, &r, tau, &v, &rng, &keep, &mem);
    }
    /*%% fig 06_boltzmann-families
    What can be had from each family: a number, a bound, or samples alone. */
    arena_free(&keep);
    arena_free(&mem);
    return lab_close(lab);
}
