/* The judge of lab 04: hand cases, closed forms in double, finite differences, a model whose log p(x) is known, and a
 * short training. */
#include "judge.h"

#include <math.h>
#include <stdlib.h>

/* ---- 1. reparameterize ---- */

static void expect_z(Value z, const double *mu, const double *logvar, const double *eps, int n, int d)
{
    double *want = numbers(n * d), *variance = numbers(n * d), *direct = numbers(n * d), *squared = numbers(n * d);
    for (int i = 0; i < n * d; i++) {
        want[i] = mu[i] + exp(logvar[i] / 2) * eps[i];
        variance[i] = mu[i] + exp(logvar[i]) * eps[i];
        direct[i] = mu[i] + logvar[i] * eps[i];
        squared[i] = mu[i] + exp(2 * logvar[i]) * eps[i];
    }
    expect(z, ARRAY(n, d, want), .rtol = 1e-5, .atol = 1e-5, .slips = SLIPS(
        SLIP_ARRAY("the noise is scaled by the variance; the standard deviation is exp(logvar / 2)", variance),
        SLIP_ARRAY("logvar is a logarithm: the standard deviation is exp(logvar / 2)", direct),
        SLIP_ARRAY("exp(logvar / 2), not exp(2 logvar)", squared),
        SLIP_ARRAY("z is mu: where is the noise?", mu)));
}

START_TEST(reparam_by_hand)
{
    Run got = student("reparam_by_hand");
    double l = log(4);
    expect_z(value(&got, "z"), (double[]){1, -2, 0, 3}, (double[]){0, l, -l, 0}, (double[]){2, 1, -1, 0}, 2, 2);
}
END_TEST

START_TEST(reparam_random)
{
    Run got = student("reparam_random"), want = reference("reparam_random");
    expect_z(value(&got, "z"), value(&want, "mu").a, value(&want, "logvar").a, value(&want, "eps").a, 7, 3);
}
END_TEST

/* ---- 2. kl_std_normal ---- */

START_TEST(kl_by_hand)
{
    Run got = student("kl_by_hand");
    double wide = value(&got, "log_sd_1").a[0];
    expect_one(&got, "prior", 0, 1e-6, "q is the prior itself: mu^2 + exp(logvar) - logvar - 1 is 0 there");
    double two = value(&got, "mean_2").a[0];
    expect_that(fabs(two - 4) > 1e-5, "mean_2: want 2, got 4\nhint: the factor 1/2");
    expect_that(fabs(two + 2) > 1e-5, "mean_2: want 2, got -2\nhint: the sign: KL(q || p) is never negative");
    expect_one(&got, "mean_2", 2, 1e-5, "mu enters as mu^2 / 2");
    expect_one(&got, "mean_minus_2", 2, 1e-5, "the KL is even in mu: mu enters squared");
    expect_that(fabs(wide - .5 * (exp(4) - 2 - 1)) > 1e-3,
                "log_sd_1: want 2.19453, got %.6g\nhint: the variance is exp(logvar), not exp(2 logvar)", wide);
    expect_one(&got, "log_sd_1", .5 * (exp(2) - 2 - 1), 1e-5, "logvar is 2: (exp(2) - 2 - 1) / 2");
    expect_one(&got, "two_dims", 2 + .5 * (exp(2) - 3), 1e-5, "sum over dimensions, do not average over them");
    expect_one(&got, "two_rows", 1, 1e-6, "average over the rows of the batch");
}
END_TEST

static double kl_of(const double *mu, const double *logvar, int size)
{
    double sum = 0;
    for (int i = 0; i < size; i++) sum += .5 * (mu[i] * mu[i] + exp(logvar[i]) - logvar[i] - 1);
    return sum;
}

START_TEST(kl_random)
{
    enum { B = 7, Z = 3, N = 4000 };
    Run got = student("kl_random"), want = reference("kl_random");
    const double *mu = value(&want, "mu").a, *logvar = value(&want, "logvar").a;
    double kl = kl_of(mu, logvar, B * Z);
    expect(value(&got, "kl"), SCALAR(kl / B), .rtol = 1e-5, .batch = B, .slips = SLIPS(
        SLIP("sum over dimensions, do not average over them", kl / (B * Z))));
    double sum = 0, squares = 0; /* the same as the mean of log q - log p over draws from q, within 5 standard errors */
    srand48(1);
    for (int s = 0; s < N; s++) {
        double one = 0;
        for (int i = 0; i < B * Z; i++) {
            double e = sqrt(-2 * log(1 - drand48())) * cos(2 * M_PI * drand48()), z = mu[i] + exp(logvar[i] / 2) * e;
            one += .5 * (z * z - e * e - logvar[i]) / B;
        }
        sum += one;
        squares += one * one;
    }
    double mean = sum / N, error = sqrt((squares / N - mean * mean) / N);
    expect_that(fabs(value(&got, "kl").a[0] - mean) < 5 * error, "kl: %.4f by samples, got %.4f", mean,
                value(&got, "kl").a[0]);
}
END_TEST

START_TEST(kl_many) { expect_sum_in_double("kl_many", "kl", "200,000 terms", 3e-7, 10000); }
END_TEST

/* ---- 3. recon_nll ---- */

static double bernoulli(double y, double x) { return fmax(y, 0) - x * y + log1p(exp(-fabs(y))); }
static double gaussian(double y, double x, double sd)
{
    return (x - y) * (x - y) / (2 * sd * sd) + log(sd) + .5 * log(2 * M_PI);
}
static double term(double y, double x, double sd) { return sd > 0 ? gaussian(y, x, sd) : bernoulli(y, x); }

/* Value and gradient, by central differences; sd 0: Bernoulli. */
static void expect_nll(const Run *got, const double *y, const double *x, double sd, int B, int d)
{
    int n = B * d;
    double sum = 0, h = 1e-5, bare = 0, *grad = numbers(n), *pixel = numbers(n), *swapped = numbers(n),
           *no_variance = numbers(n), *by_sd = numbers(n);
    for (int i = 0; i < n; i++) {
        sum += term(y[i], x[i], sd);
        bare += (x[i] - y[i]) * (x[i] - y[i]) / (2 * sd * sd);
        double slope = (term(y[i] + h, x[i], sd) - term(y[i] - h, x[i], sd)) / (2 * h);
        grad[i] = fabs(y[i]) > 100 ? sigmoid(y[i]) - x[i] : slope / B;
        pixel[i] = grad[i] / d;
        swapped[i] = y[i] - x[i];
        no_variance[i] = (y[i] - x[i]) / B;
        by_sd[i] = no_variance[i] / sd;
    }
    double other = 0;
    for (int i = 0; i < n; i++) other += bernoulli(y[i], x[i]);
    expect(value(got, "nll"), SCALAR(sum / B), .rtol = 1e-5, .atol = 1e-6, .batch = B, .slips = SLIPS(
        SLIP("that is the mean over features too; sum over features, average over samples", sum / n),
        SLIP("the constants log sd + log(2 pi) / 2 are missing: a bound on log p(x) needs them",
             sd > 0 ? bare / B : NAN),
        SLIP("log(2 pi) / 2 is missing, once per feature", sd > 0 ? bare / B + d * log(sd) : NAN),
        SLIP("log sd is missing, once per feature", sd > 0 ? bare / B + d * .5 * log(2 * M_PI) : NAN),
        SLIP("that is the Bernoulli's; look at p.family", sd > 0 ? other / B : NAN)));
    expect(value(got, "grad"), ARRAY(B, d, grad), .rtol = 1e-3, .atol = 1e-4, .batch = B, .slips = SLIPS(
        SLIP_ARRAY("sum over features, do not average over them", pixel),
        SLIP_ARRAY(sd > 0 ? "divide by the variance sd^2" : "the gradient is sigma(y) - x: y is a logit",
                   sd > 0 ? no_variance : swapped),
        SLIP_ARRAY(sd > 0 ? "divided by sd; the variance is sd^2" : "sum over features, do not average over them",
                   sd > 0 ? by_sd : pixel),
        SLIP_ARRAY("divide by the variance sd^2 and by the batch size", sd > 0 ? swapped : pixel)));
}

START_TEST(bernoulli_by_hand)
{
    Run got = student("bernoulli_by_hand");
    expect_nll(&got, (double[]){0, log(3), -log(3), 0}, (double[]){1, 1, 1, .25}, 0, 2, 2);
}
END_TEST

START_TEST(bernoulli_extreme)
{
    Run got = student("bernoulli_extreme");
    double v = value(&got, "nll").a[0];
    expect_that(
        isfinite(v),
        "nll: want 750, got %.6g\nhint: exp(1000) is infinite and log(0) too: use max(y,0) - x y + log(1 + exp(-|y|))",
        v);
    Value g = value(&got, "grad");
    for (int i = 0; i < 4 && g.n * g.d == 4; i++)
        expect_that(isfinite(g.a[i]), "grad[0][%d] is %g\nhint: sigma(y) from exp(-|y|), which never overflows", i,
                    g.a[i]);
    expect_nll(&got, (double[]){1000, -1000, 1000, -1000}, (double[]){1, 0, .5, .25}, 0, 1, 4);
}
END_TEST

START_TEST(bernoulli_random)
{
    Run got = student("bernoulli_random"), want = reference("bernoulli_random");
    expect_nll(&got, value(&want, "y").a, value(&want, "x").a, 0, 7, 5);
}
END_TEST

START_TEST(gaussian_by_hand)
{
    Run got = student("gaussian_by_hand");
    expect_nll(&got, (double[]){1, 0, -3, 2, 5, 0}, (double[]){3, 0, 1, 2, 4, 2}, 3, 2,
               3); /* no two of sd, sd^2, B and d agree */
}
END_TEST

START_TEST(gaussian_random)
{
    Run got = student("gaussian_random"), want = reference("gaussian_random");
    expect_nll(&got, value(&want, "y").a, value(&want, "x").a, .5, 7, 5);
}
END_TEST

/* ---- 4. elbo_backward ---- */

/* What dz says about z is linear here, so L = sum dz z + beta KL with eps frozen; central differences in mu and logvar.
 */
static double frozen_loss(const double *dz, const double *mu, const double *logvar, const double *eps, double beta,
                          int B, int Z)
{
    double sum = beta * kl_of(mu, logvar, B * Z) / B;
    for (int i = 0; i < B * Z; i++) sum += dz[i] * (mu[i] + exp(logvar[i] / 2) * eps[i]);
    return sum;
}

static void expect_dh(Value got, const double *dz, const double *mu, const double *logvar, const double *eps,
                      double beta, int B, int Z)
{
    enum { WRONG = 8 };
    int n = B * Z;
    double *right = numbers(2 * n), *moved[2] = {numbers(n), numbers(n)}, h = 1e-5, *slip[WRONG];
    for (int w = 0; w < WRONG; w++) slip[w] = numbers(2 * n);
    for (int i = 0; i < n; i++) {
        moved[0][i] = mu[i];
        moved[1][i] = logvar[i];
    }
    for (int half = 0; half < 2; half++)
        for (int i = 0; i < n; i++) {
            double at = moved[half][i], v = exp(logvar[i]), sd = sqrt(v), klg = half ? (v - 1) / 2 : mu[i],
                   through = half ? .5 * dz[i] * eps[i] * sd : dz[i];
            moved[half][i] = at + h;
            double up = frozen_loss(dz, moved[0], moved[1], eps, beta, B, Z);
            moved[half][i] = at - h;
            double down = frozen_loss(dz, moved[0], moved[1], eps, beta, B, Z);
            moved[half][i] = at;
            int to = i / Z * 2 * Z + half * Z + i % Z;
            right[to] = (up - down) / (2 * h);
            slip[0][to] = through;
            slip[1][to] = beta / B * klg;
            slip[2][to] = through + beta * klg;
            slip[3][to] = through + klg / B;
            slip[4][to] = (half ? dz[i] * eps[i] * sd : dz[i]) + beta / B * klg;
            slip[5][to] = (half ? .5 * dz[i] * eps[i] : dz[i]) + beta / B * klg;
            slip[6][to] = through - beta / B * klg;
            slip[7][to] = (half ? through * sd : dz[i]) + beta / B * klg;
        }
    expect(got, ARRAY(B, 2 * Z, right), .rtol = 1e-3, .atol = 1e-4, .slips = SLIPS(
        SLIP_ARRAY("only what dz hands on is there; mu and logvar also stand in the KL: add its gradient", slip[0]),
        SLIP_ARRAY("only the KL's gradient is there; dz also leads back through z to mu and logvar", slip[1]),
        SLIP_ARRAY("the KL's gradient is not averaged over the batch: dz has its 1/B already, the KL's part needs one",
                   slip[2]),
        SLIP_ARRAY("beta multiplies the KL and its gradient", slip[3]),
        SLIP_ARRAY("the derivative of exp(logvar / 2) has a factor 1/2", slip[4]),
        SLIP_ARRAY("the derivative of exp(logvar / 2) has exp(logvar / 2) in it", slip[5]),
        SLIP_ARRAY("exp(logvar) is the variance; z has the sd in it, exp(logvar / 2)", slip[7]),
        SLIP_ARRAY("the sign of the KL's gradient: the KL is added to the loss", slip[6])));
}

START_TEST(backward_by_hand)
{
    /* dz = 3, mu = 5, variance 9, eps = -1: dmu = 3 + 5, dlogvar = 3 (-1) 3 / 2 + (9 - 1) / 2 */
    Run got = student("backward_by_hand");
    expect_dh(value(&got, "dh"), (double[]){3}, (double[]){5}, (double[]){2 * log(3)}, (double[]){-1}, 1, 1, 1);
    expect(value(&got, "dh"), MATRIX(1, 2, 8, -.5), .rtol = 1e-5, .atol = 1e-5);
}
END_TEST

START_TEST(backward_random)
{
    Run got = student("backward_random"), want = reference("backward_random");
    expect_dh(value(&got, "dh"), value(&want, "dz").a, value(&want, "mu").a, value(&want, "logvar").a,
              value(&want, "eps").a, .7f, 7, 3);
}
END_TEST

START_TEST(backward_plain)
{
    Run got = student("backward_plain"), want = reference("backward_plain");
    double *right = numbers(16);
    for (int i = 0; i < 8; i++) right[i / 2 * 4 + i % 2] = value(&want, "dz").a[i];
    expect(value(&got, "dh"), ARRAY(4, 4, right), .rtol = 1e-5, .atol = 1e-6);
}
END_TEST

/* ---- 5. latent_grid ---- */

static double inverse_cdf(double u)
{
    double z = 0;
    for (int i = 0; i < 100; i++)
        z -= fmin(fmax((.5 * erfc(-z / M_SQRT2) - u) / (exp(-z * z / 2) / sqrt(2 * M_PI)), -.5), .5); /* Newton */
    return z;
}

static void expect_grid(Value got, int side, double tolerance)
{
    int n = side * side;
    double *want = numbers(2 * n), *down = numbers(2 * n);
    for (int r = 0; r < side; r++)
        for (int c = 0; c < side; c++) {
            int at = 2 * (r * side + c);
            double right = inverse_cdf((c + .5) / side), up = inverse_cdf((side - r - .5) / side);
            want[at] = right;
            want[at + 1] = up;
            down[at] = right;
            down[at + 1] = -up;
        }
    expect(got, ARRAY(n, 2, want), .atol = tolerance, .slips = SLIPS(
        SLIP_ARRAY("row 0 is the top of the picture, where z2 is largest", side > 1 ? down : NULL)));
}

START_TEST(grid_small)
{
    Run got = student("grid_small");
    double q = .6744897501960817;
    Value one = value(&got, "one");
    expect_that(one.n != 1 || one.d != 2 || !(fabs(one.a[0]) > 1e-5 && fabs(one.a[0]) < .01),
                "one[0][0]: want 0, got %.6f\nhint: bisect "
                "in double, long enough: 40 halvings of [-10, 10] or more",
                one.a[0]);
    expect(value(&got, "one"), MATRIX(1, 2, 0, 0), .atol = 1e-5, .slips = SLIPS(
        SLIP("these are probabilities; apply the inverse CDF", .5, .5)));
    expect(value(&got, "two"), MATRIX(4, 2, -q, q, q, q, -q, -q, q, -q), .atol = 1e-5, .slips = SLIPS(
        SLIP("row 0 is the top of the picture, where z2 is largest", -q, -q, q, -q, -q, q, q, q),
        SLIP("z1 belongs to the column, z2 to the row", -q, -q, -q, q, q, -q, q, q),
        SLIP("z1 rises from left to right", q, q, -q, q, q, -q, -q, -q),
        SLIP("the middles of the cells are at (c + 1/2) / side, not at (c + 1) / (side + 1)",
             -.4307273, .4307273, .4307273, .4307273, -.4307273, -.4307273, .4307273, -.4307273)));
}
END_TEST

START_TEST(grid_wide)
{
    Run got = student("grid_wide");
    expect_grid(value(&got, "grid"), 9, 1e-5);
}
END_TEST

START_TEST(grid_tails)
{
    Run got = student("grid_tails");
    Value v = value(&got, "grid");
    double want = inverse_cdf(.5 / 50);
    expect_that(v.n != 2500 || v.d != 2 || fabs(v.a[0] - want) < 2e-5,
                "grid[0][0]: want %.6f, got %.6f\nhint: bisect in double, long enough: 40 halvings of "
                "[-10, 10] or more",
                want, v.a[0]);
    expect_grid(v, 50, 2e-5);
}
END_TEST

/* ---- 6. iw_bound ---- */

enum { KL_SIGN = 1, NO_PRIOR = 2, NO_Q = 4, NO_K = 8, MEAN_OF_LOGS = 16, NO_SD = 32, TOTAL = 64 };

static double log_mean(const double *nll, const double *mu, const double *logvar, const double *eps, int B, int K,
                       int Z, int wrong)
{
    double sum = 0;
    for (int i = 0; i < B; i++) {
        double *logw = numbers(K), top = -INFINITY, total = 0, mean = 0;
        for (int k = 0; k < K; k++) {
            logw[k] = -nll[i * K + k];
            for (int j = 0; j < Z; j++) {
                double e = eps[(i * K + k) * Z + j], l = logvar[i * Z + j], z = mu[i * Z + j] + exp(l / 2) * e;
                double log_sd = wrong & NO_SD ? 0 : .5 * l;
                double prior = wrong & NO_PRIOR ? 0 : -.5 * z * z;
                double q = wrong & NO_Q ? 0 : -.5 * e * e - log_sd;
                logw[k] += wrong & KL_SIGN ? q - prior : prior - q;
            }
            top = fmax(top, logw[k]);
            mean += logw[k] / K;
        }
        for (int k = 0; k < K; k++) total += exp(logw[k] - top);
        double log_k = wrong & NO_K ? 0 : log(K);
        sum += wrong & MEAN_OF_LOGS ? mean : top + log(total) - log_k;
    }
    return wrong & TOTAL ? sum : sum / B;
}

static void expect_bound(const Run *got, const Run *in, int B, int K, int Z)
{
    static const struct {
        int wrong;
        const char *hint;
    } known[] = {
        {MEAN_OF_LOGS, "that is the mean of log w, the ELBO; here the mean comes first, then the logarithm"},
        {NO_K, "that is the log of the sum; the mean needs - log K"},
        {KL_SIGN, "log p(z) - log q(z|x): these two have the wrong signs"},
        {NO_PRIOR | NO_Q, "only -nll is there: add log p(z) - log q(z|x)"},
        {NO_PRIOR, "log p(z) is missing: -z^2 / 2 per dimension"},
        {NO_Q, "log q(z|x) is missing: subtract -eps^2 / 2 - logvar / 2 per dimension"},
        {NO_SD, "log q(z|x) has -logvar / 2 in it: a narrow q is a high one"},
        {TOTAL, "average over the batch"},
    };
    const double *nll = value(in, "nll").a, *mu = value(in, "mu").a, *logvar = value(in, "logvar").a,
                 *eps = value(in, "eps").a;
    double right = log_mean(nll, mu, logvar, eps, B, K, Z, 0), wrong[8];
    Slip slips[9] = {{0}};
    for (int s = 0, n = 0; s < 8; s++) {
        wrong[s] = log_mean(nll, mu, logvar, eps, B, K, Z, known[s].wrong);
        if (fabs(wrong[s] - right) <= 1e-3) continue;
        slips[n].a = &wrong[s];
        slips[n].hint = known[s].hint;
        n++;
    }
    expect(value(got, "bound"), SCALAR(right), .rtol = 1e-5, .atol = 1e-5, .batch = B, .slips = slips);
}

START_TEST(bound_one)
{
    /* z = 1 + 2 * 2 = 5: log w = -10 - 25/2 + 4/2 + log 2 */
    Run got = student("bound_one"), want = reference("bound_one");
    expect_bound(&got, &want, 1, 1, 1);
    expect_one(&got, "bound", -20.5 + log(2), 1e-4, "-nll + log p(z) - log q(z|x)");
}
END_TEST

START_TEST(bound_two)
{
    /* q is the prior, so w = p(x|z): 1/e and 1/4e; their mean is 5/8e */
    Run got = student("bound_two"), want = reference("bound_two");
    expect_bound(&got, &want, 1, 2, 1);
    expect_one(&got, "bound", log(5. / 8) - 1, 1e-5, "log of the mean of w");
}
END_TEST

START_TEST(bound_random)
{
    Run got = student("bound_random"), want = reference("bound_random");
    expect_bound(&got, &want, 4, 5, 3);
}
END_TEST

START_TEST(bound_images)
{
    Run got = student("bound_images"), want = reference("bound_images");
    double v = value(&got, "bound").a[0];
    expect_that(
        isfinite(v),
        "bound: got %g\nhint: exp(-1000) is 0 and log 0 infinite: subtract the largest log w from all of them first, "
        "add it in the end",
        v);
    expect_bound(&got, &want, 3, 8, 2);
}
END_TEST

/* ---- all together: x = W z + noise of sd 1/2, W with orthogonal columns ---- */

/* Exact mean of log p(x), and of KL(prior || posterior). */
static void known(const double *x, const double *W, int n, double *log_p, double *gap)
{
    enum { D = 4, Z = 2 };
    double var = .25;
    *log_p = 0;
    *gap = 0;
    for (int i = 0; i < n; i++) {
        double rest = 0;
        for (int a = 0; a < D; a++) rest += x[i * D + a] * x[i * D + a];
        *log_p -= .5 * (D * log(2 * M_PI * var) + rest / var);
        for (int j = 0; j < Z; j++) {
            double dot = 0, square = 0;
            for (int a = 0; a < D; a++) {
                dot += x[i * D + a] * W[a * Z + j];
                square += W[a * Z + j] * W[a * Z + j];
            }
            double precision = 1 + square / var, mean = dot / (var * precision);
            *log_p += .5 * (precision * mean * mean - log(precision));
            *gap += .5 * (precision * (1 + mean * mean) - 1 - log(precision));
        }
    }
    *log_p /= n;
    *gap /= n;
}

START_TEST(known_posterior)
{
    Run got = student("known_posterior"), want = reference("known_posterior");
    double log_p, gap;
    known(value(&want, "x").a, value(&want, "W").a, 5, &log_p, &gap);
    expect_one(&got, "elbo", log_p, 1e-4, "q is the true posterior here, so the ELBO is log p(x) itself");
    expect_one(&got, "iw_1", log_p, 1e-4, "q is the true posterior here, so every w is p(x)");
    expect_one(&got, "iw_7", log_p, 1e-4, "q is the true posterior here, so every w is p(x)");
}
END_TEST

START_TEST(known_other)
{
    Run got = student("known_other"), want = reference("known_other");
    double log_p, gap, before = -INFINITY;
    known(value(&want, "x").a, value(&want, "W").a, 400, &log_p, &gap);
    expect_one(&got, "elbo", log_p - gap, 1e-3, "the ELBO lies below log p(x) by KL(q || posterior)");
    for (int k = 0; k < 4; k++) {
        const char name[] = {'i', 'w', '_', (char)('0' + k), 0};
        double b = value(&got, name).a[0];
        expect_that(b > before,
                    "the bound is %.4f with K = %d and %.4f with a quarter of it\nhint: it should rise with K", b,
                    1 << (2 * k), before);
        before = b;
    }
    expect_that(fabs(before - log_p) < .2,
                "with K = 64 the bound is %.4f, log p(x) is %.4f\nhint: it should come close", before, log_p);
}
END_TEST

START_TEST(collapse)
{
    Run got = student("collapse");
    double theory = .5 * log(9 * 3), full = value(&got, "kl_full").a[0], diagonal = value(&got, "kl_diagonal").a[0];
    expect_that(
        fabs(full - theory) < .12,
        "data with two long axes: a KL of %.3f nats after training, theory says %.3f\nhint: do noise and KL both reach "
        "mu and logvar?",
        full, theory);
    expect_that(
        diagonal >= 0 && diagonal < .08,
        "data without structure: a KL of %.3f nats after training, theory says 0\nhint: does the KL pull mu and "
        "logvar to 0?",
        diagonal);
}
END_TEST

/* ---- sizes and numbers from the seed ---- */

AS_REFERENCE(reparam_sizes, 1e-5, 1e-5)
AS_REFERENCE(kl_sizes, 1e-5, 1e-6)
AS_REFERENCE(nll_sizes, 1e-4, 1e-5)
AS_REFERENCE(backward_sizes, 1e-4, 1e-5)
AS_REFERENCE(grid_sizes, 1e-5, 2e-5)
AS_REFERENCE(bound_sizes, 1e-4, 1e-4)

int main(void)
{
    return judge_main("04_vae", EXERCISES(
        EXERCISE("reparameterize", reparam_by_hand, reparam_random, reparam_sizes),
        EXERCISE("kl_std_normal", kl_by_hand, kl_random, kl_many, kl_sizes),
        EXERCISE("recon_nll", bernoulli_by_hand, bernoulli_extreme, bernoulli_random, gaussian_by_hand, gaussian_random,
                 nll_sizes),
        EXERCISE("elbo_backward", backward_by_hand, backward_random, backward_plain, backward_sizes),
        EXERCISE("latent_grid", grid_small, grid_wide, grid_tails, grid_sizes),
        EXERCISE("iw_bound", bound_one, bound_two, bound_random, bound_images, bound_sizes),
        EXERCISE("together", known_posterior, known_other, collapse)));
}
