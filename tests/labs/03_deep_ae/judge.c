/* The judge of lab 03: hand cases, closed forms in double, finite differences, exact moments, and the outcome of two
 * short trainings. */
#include "judge.h"

#include <math.h>

/* ---- 1. bce_loss ---- */


static double bce(double v, double t) { return fmax(v, 0) - v * t + log1p(exp(-fabs(v))); }

static void expect_bce(const Run *got, const double *v, const double *t, int B, int d)
{
    double sum = 0, *grad = numbers(B * d), *sum_grad = numbers(B * d), *sigmas = numbers(B * d),
           *chained = numbers(B * d);
    for (int i = 0; i < B * d; i++) {
        double p = sigmoid(v[i]), h = 1e-5;
        sum += bce(v[i], t[i]);
        grad[i] = (bce(v[i] + h, t[i]) - bce(v[i] - h, t[i])) / (2 * h) / B; /* central differences */
        sum_grad[i] = grad[i] * B / (B * d);
        sigmas[i] = p / B;
        chained[i] = (p - t[i]) / (p * (1 - p)) / B;
    }
    expect(value(got, "loss"), SCALAR(sum / B), .rtol = 1e-5, .atol = 1e-5, .batch = B, .slips = SLIPS(
        SLIP("that is the mean over pixels too; sum over pixels, average over samples", sum / (B * d)),
        SLIP("bits; the loss is in nats, the natural logarithm", sum / (B * log(2)))));
    expect(value(got, "grad"), ARRAY(B, d, grad), .rtol = 1e-4, .atol = 1e-5, .batch = B, .slips = SLIPS(
        SLIP_ARRAY("divided by the number of pixels too; average over the batch only", sum_grad),
        SLIP_ARRAY("sigma(v) alone: the target is missing", sigmas),
        SLIP_ARRAY("that is the gradient for p; for the logit, p (1 - p) cancels and p - t is left", chained)));
}

START_TEST(bce_by_hand)
{
    Run got = student("bce_by_hand");
    expect_bce(&got, (double[]){0, 2, -1, 1}, (double[]){.5, .25, .75, 1}, 2, 2);
}
END_TEST

START_TEST(bce_extreme)
{
    Run got = student("bce_extreme");
    Value loss = value(&got, "loss"), grad = value(&got, "grad");
    expect_that(loss.n != 1 || isfinite(loss.a[0]),
                "loss: want 2050, got %g\nhint: at a logit of 1000 the loss is not finite: no exponential of a "
                "positive number, no log of 0; use max(v,0) - v t + log(1 + e^-|v|)",
                loss.a[0]);
    expect(loss, SCALAR(2050), .rtol = 1e-5);
    for (int i = 0; i < grad.n * grad.d; i++)
        expect_that(isfinite(grad.a[i]), "grad: not finite at a logit of 1000\nhint: 1 / (1 + e^-v) overflows for v = "
                                         "-1000; e^v / (1 + e^v) does not, and "
                                         "the other way round for v = 1000");
    expect(grad, MATRIX(1, 5, 0, 0, 1, -1, .5), .rtol = 1e-5, .atol = 1e-6);
}
END_TEST

START_TEST(bce_random)
{
    Run got = student("bce_random"), want = reference("bce_random");
    expect_bce(&got, value(&want, "v").a, value(&want, "t").a, 7, 5);
}
END_TEST

/* ---- 2. denoise_corrupt ---- */

static double *corrupted(const double *x, const double *u, int size, double black, double white)
{
    double *seen = numbers(size);
    for (int i = 0; i < size; i++) {
        seen[i] = u[i] < white ? 1 : x[i];
        if (u[i] < black) seen[i] = 0;
    }
    return seen;
}

static void expect_corrupted(Value got, const double *x, const double *u, int n, int d, double share)
{
    double *flipped = corrupted(x, u, n * d, 0, share / 2), *dropout = corrupted(x, u, n * d, share, share);
    for (int i = 0; i < n * d; i++) {
        flipped[i] = u[i] < share ? 0 : x[i];
        if (u[i] < share / 2) flipped[i] = 1;
        dropout[i] /= u[i] < share ? 1 : 1 - share;
    }
    expect(got, ARRAY(n, d, corrupted(x, u, n * d, share / 2, share)), .rtol = 1e-6, .atol = 1e-7, .slips = SLIPS(
        SLIP_ARRAY("every lost pixel is black; half of them should be white", corrupted(x, u, n * d, share, share)),
        SLIP_ARRAY("every lost pixel is white; half of them should be black", corrupted(x, u, n * d, 0, share)),
        SLIP_ARRAY("twice too many pixels are lost: share/2 black and share/2 white",
                   corrupted(x, u, n * d, share, 2 * share)),
        SLIP_ARRAY("black and white are exchanged: u below share/2 is black", flipped),
        SLIP_ARRAY("nothing is scaled here; that is dropout", dropout),
        SLIP_ARRAY("nothing is lost: x came back as it was", x)));
}

START_TEST(corrupt_by_hand)
{
    Run got = student("corrupt_by_hand"), want = reference("corrupt_by_hand");
    expect_corrupted(value(&got, "seen"), value(&want, "x").a, value(&want, "u").a, 2, 4, .4);
}
END_TEST

START_TEST(corrupt_random)
{
    Run got = student("corrupt_random"), want = reference("corrupt_random");
    const double *x = value(&want, "x").a, *u = value(&want, "u").a;
    Value seen = value(&got, "seen");
    expect_corrupted(seen, x, u, 60, 50, .3);
    double black = 0, white = 0;
    for (int i = 0; i < 3000; i++) {
        black += seen.a[i] == 0;
        white += seen.a[i] == 1;
    }
    double sd = sqrt(3000 * .15 * .85);
    expect_that(fabs(black - 450) < 5 * sd && fabs(white - 450) < 5 * sd,
                "%g pixels of 3000 are black and %g white, want about 450 each", black, white);
    expect(value(&got, "none"), ARRAY(60, 50, x), .rtol = 1e-6, .atol = 1e-7);
}
END_TEST

/* ---- 3. encode_sweep ---- */

START_TEST(sweep_by_hand)
{
    /* both logits 0, both pixels 1/2: errors 0, 1/4, 1/4, 0 */
    Run got = student("sweep_by_hand");
    expect(value(&got, "table"), MATRIX(1, 3, 1, 7, .25), .rtol = 1e-6, .slips = SLIPS(
        SLIP("the decoder's logits were compared with the pixels; ae_picture has the sigmoid", 1, 7, .75),
        SLIP("summed over the samples; average over them", 1, 7, .5),
        SLIP("averaged over the pixels; sum over them", 1, 7, .125),
        SLIP("that is the encoder's share of the weights; count the decoder's too", 1, 3, .25),
        SLIP("that is the decoder's share of the weights; count the encoder's too", 1, 4, .25),
        SLIP("the code size is what leaves the encoder, not what enters it", 2, 7, .25)));
}
END_TEST

START_TEST(sweep_random)
{
    enum { B = 9, D = 6 };
    Run got = student("sweep_random"), want = reference("sweep_random");
    const double *x = value(&want, "x").a;
    double error[3], table[9], reversed[9];
    const char *name[3] = {"xhat0", "xhat1", "xhat2"};
    for (int a = 0; a < 3; a++) {
        const double *xhat = value(&want, name[a]).a;
        error[a] = 0;
        for (int i = 0; i < B * D; i++) error[a] += (xhat[i] - x[i]) * (xhat[i] - x[i]) / B;
    }
    /* dense p -> q has p q + q weights */
    static const double sizes[3] = {2, 3, 1},
                        weights[3] = {6 * 4 + 4 + 4 * 2 + 2 + 2 * 4 + 4 + 4 * 6 + 6, 6 * 3 + 3 + 3 * 6 + 6,
                                      6 * 5 + 5 + 5 * 1 + 1 + 1 * 5 + 5 + 5 * 6 + 6};
    for (int a = 0; a < 3; a++) {
        table[3 * a] = sizes[a];
        table[3 * a + 1] = weights[a];
        table[3 * a + 2] = error[a];
    }
    for (int i = 0; i < 9; i++) reversed[i] = table[3 * (i % 3) + i / 3];
    expect(value(&got, "table"), ARRAY(3, 3, table), .rtol = 1e-5, .atol = 1e-6, .slips = SLIPS(
        SLIP_ARRAY("transposed: one row for each autoencoder", reversed)));
}
END_TEST

/* ---- 4. hole_probe ---- */

/* Mean (1,k) and covariance (k,k) with 1/n. */
static void moments(const double *z, int n, int k, double *mean, double *cov)
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < k; j++) mean[j] += z[i * k + j] / n;
    for (int i = 0; i < n; i++)
        for (int a = 0; a < k; a++)
            for (int b = 0; b < k; b++) cov[a * k + b] += (z[i * k + a] - mean[a]) * (z[i * k + b] - mean[b]) / n;
}

/* The eps of these cases have mean 0 and covariance I exactly, so the draws have the codes' moments exactly, for
 * whatever root A of C. */
static void expect_probe(const char *test_case, int n)
{
    enum { K = 3, M = 8, D = 4 };
    Run got = student(test_case), want = reference(test_case);
    Value z = value(&got, "z"), W = value(&want, "W"), b = value(&want, "b");
    double *mean = numbers(K), *cov = numbers(K * K), *zmean = numbers(K), *zcov = numbers(K * K);
    moments(value(&want, "codes").a, n, K, mean, cov);
    expect_that(z.n == M && z.d == K, "z has the shape (%d,%d), want (%d,%d): one draw for each row of eps", z.n, z.d,
                M, K);
    for (int i = 0; i < M * K; i++)
        expect_that(isfinite(z.a[i]),
                    "z: not a number\nhint: rounding can make an eigenvalue of 0 negative; take fmaxf(value, 0)");
    moments(z.a, M, K, zmean, zcov);
    double *square = product(cov, false, cov, false, K, K, K), *diagonal = numbers(K * K), *unbiased = numbers(K * K),
           one[9] = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    double top = 0;
    for (int i = 0; i < K * K; i++) {
        diagonal[i] = i % (K + 1) ? 0 : cov[i];
        unbiased[i] = cov[i] * n / (n - 1);
        top = fmax(top, fabs(cov[i]));
    }
    expect(((Value){.name = "mean_of_z", .n = 1, .d = K, .a = zmean}), ARRAY(1, K, mean), .rtol = 1e-4,
           .atol = 1e-4 * (1 + sqrt(top)), .slips = SLIPS(
        SLIP_ARRAY("the draws lie around 0; add the codes' mean", numbers(K))));
    expect(((Value){.name = "covariance_of_z", .n = K, .d = K, .a = zcov}), ARRAY(K, K, cov), .rtol = 1e-3,
           .atol = 1e-4 * top, .slips = SLIPS(
        SLIP_ARRAY("scaled by the eigenvalues; by their square roots", square),
        SLIP_ARRAY("unit covariance: eps was not scaled", one),
        SLIP_ARRAY("the spreads are right, the codes' correlations are lost: use the eigenvectors", diagonal),
        SLIP_ARRAY("1/(n-1); the contract's covariance has 1/n", unbiased)));
    double *logit = product(z.a, false, W.a, false, M, K, D), *picture = numbers(M * D);
    for (int i = 0; i < M * D; i++) {
        logit[i] += b.a[i % D];
        picture[i] = sigmoid(logit[i]);
    }
    expect(value(&got, "picture"), ARRAY(M, D, picture), .rtol = 1e-3, .atol = 1e-4, .slips = SLIPS(
        SLIP_ARRAY("these are logits; ae_picture has the sigmoid", logit)));
}

START_TEST(probe_exact) { expect_probe("probe_exact", 12); }
END_TEST

START_TEST(probe_flat) { expect_probe("probe_flat", 20); }
END_TEST

/* ---- 5. knn_accuracy ---- */

START_TEST(knn_by_hand)
{
    /* -5: 0 1 3 say 2 2 1; 9: 10 11 4 say 0 0 1; 2.8: 3 4 1 say 1 1 2; 5: 4 3 1 say 1 1 2, which is not the label 0 */
    Run got = student("knn_by_hand");
    expect(value(&got, "right"), MATRIX(1, 4, 1, 1, 1, 0), .rtol = 1e-6, .slips = SLIPS(
        SLIP("every verdict the other way round: the share of wrong ones, or the farthest rows instead of the nearest?",
             0, 0, 0, 1)));
    expect(value(&got, "all"), SCALAR(.75), .rtol = 1e-6, .batch = 4, .slips = SLIPS(
        SLIP("a count; divide by the number of rows of x", 3),
        SLIP("per cent; the contract wants a share", 75),
        SLIP("divided by the number of known rows; by that of x", .5)));
}
END_TEST

START_TEST(knn_ties)
{
    Run got = student("knn_ties");
    expect(value(&got, "right"), MATRIX(1, 2, 1, 1), .rtol = 1e-6, .slips = SLIPS(
        SLIP("two classes with one vote each: the one with the nearer row wins, not the larger number", 1, 0),
        SLIP("two classes with one vote each: the one with the nearer row wins, not the smaller number", 0, 1),
        SLIP("two classes with one vote each: the one with the nearer row wins", 0, 0)));
}
END_TEST

START_TEST(knn_equal)
{
    Run got = student("knn_equal");
    expect(value(&got, "right"), SCALAR(1), .rtol = 1e-6, .slips = SLIPS(
        SLIP("three rows equally near: the earliest counts as the nearest", 0)));
}
END_TEST

/* The same by sorting all distances, in double. */
static double by_sorting(Value known, const double *known_label, Value x, const double *label, int k)
{
    int right = 0, *order = (int *)numbers(known.n);
    double *square = numbers(known.n);
    for (int i = 0; i < x.n; i++) {
        for (int m = 0; m < known.n; m++) {
            square[m] = 0;
            for (int j = 0; j < x.d; j++) square[m] += pow(x.a[i * x.d + j] - known.a[m * x.d + j], 2);
            int at = m;
            for (; at > 0 && square[order[at - 1]] > square[m]; at--) order[at] = order[at - 1];
            order[at] = m;
        }
        int votes[8] = {0}, best = (int)known_label[order[0]];
        for (int a = 0; a < k; a++) votes[(int)known_label[order[a]]]++;
        for (int a = 0; a < k; a++)
            if (votes[(int)known_label[order[a]]] > votes[best]) best = (int)known_label[order[a]];
        right += best == (int)label[i];
    }
    return (double)right / x.n;
}

START_TEST(knn_random)
{
    Run got = student("knn_random"), want = reference("knn_random");
    Value known = value(&want, "known"), x = value(&want, "x");
    const double *known_label = value(&want, "known_label").a, *label = value(&want, "label").a;
    static const char *name[3] = {"k1", "k4", "k32"};
    static const int k[3] = {1, 4, 32};
    double first = by_sorting(known, known_label, x, label, 1);
    for (int i = 0; i < 3; i++)
        expect(value(&got, name[i]), SCALAR(by_sorting(known, known_label, x, label, k[i])), .rtol = 1e-6, .batch = 40,
               .slips = SLIPS(
            SLIP_ARRAY("that is what one neighbour says; let k of them vote", &first)));
}
END_TEST

/* ---- 6. logreg_step ---- */

#define OLD_GRADIENT "the gradient of an earlier step is still in it: write .g anew"

static double logreg_loss(const double *x, const double *label, const double *W, const double *b, int B, int d, int c,
                          double decay)
{
    double loss = 0, *s = product(x, false, W, false, B, d, c);
    for (int i = 0; i < B; i++) {
        double top = -INFINITY, total = 0;
        for (int j = 0; j < c; j++) {
            s[i * c + j] += b[j];
            top = fmax(top, s[i * c + j]);
        }
        for (int j = 0; j < c; j++) total += exp(s[i * c + j] - top);
        loss += (log(total) + top - s[i * c + (int)label[i]]) / B;
    }
    for (int i = 0; i < d * c; i++) loss += decay / 2 * W[i] * W[i];
    return loss;
}

START_TEST(logreg_by_hand)
{
    Run got = student("logreg_by_hand");
    expect(value(&got, "loss"), SCALAR(log(2)), .rtol = 1e-5, .slips = SLIPS(
        SLIP("minus the logarithm", -log(2)),
        SLIP("that is the loss after the step; return the one before it", log1p(exp(-6)))));
    expect(value(&got, "dW"), MATRIX(2, 2, .5, -.5, 1, -1), .rtol = 1e-5, .atol = 1e-6, .slips = SLIPS(
        SLIP(OLD_GRADIENT, 7.5, 6.5, 8, 6)));
    expect(value(&got, "db"), MATRIX(1, 2, .5, -.5), .rtol = 1e-5, .atol = 1e-6, .slips = SLIPS(
        SLIP(OLD_GRADIENT, 7.5, 6.5)));
    expect(value(&got, "W_after"), MATRIX(2, 2, -.5, .5, -1, 1), .rtol = 1e-5, .atol = 1e-6, .slips = SLIPS(
        SLIP("the weights did not move: sgd_update", 0, 0, 0, 0),
        SLIP("uphill: descent goes against the gradient", .5, -.5, 1, -1)));
    expect(value(&got, "b_after"), MATRIX(1, 2, -.5, .5), .rtol = 1e-5, .atol = 1e-6, .slips = SLIPS(
        SLIP("the bias did not move: sgd_update it too", 0, 0)));
}
END_TEST

START_TEST(logreg_random)
{
    enum { B = 7, D = 5, C = 3 };
    const double decay = (double).3f, h = 1e-5;
    Run got = student("logreg_random"), want = reference("logreg_random");
    const double *x = value(&want, "x").a, *label = value(&want, "label").a, *W = value(&want, "W").a,
                 *b = value(&want, "b").a;
    double loss = logreg_loss(x, label, W, b, B, D, C, decay), bare = logreg_loss(x, label, W, b, B, D, C, 0),
           whole = 2 * loss - bare;
    expect(value(&got, "loss"), SCALAR(loss), .rtol = 1e-5, .atol = 1e-6, .batch = B, .slips = SLIPS(
        SLIP_ARRAY("the decay's part of the loss is missing: decay/2 |W|^2", &bare),
        SLIP_ARRAY("decay |W|^2; a factor 1/2 is missing", &whole)));
    double *dW = numbers(D * C), *db = numbers(C), *undecayed = numbers(D * C), *summed = numbers(D * C),
           *left = numbers(D * C), *db_decayed = numbers(C);
    double *moved = numbers(D * C), *moved_b = numbers(C);
    for (int i = 0; i < D * C; i++) moved[i] = W[i];
    for (int i = 0; i < C; i++) moved_b[i] = b[i];
    for (int i = 0; i < D * C; i++) { /* central differences of the loss */
        moved[i] = W[i] + h;
        double up = logreg_loss(x, label, moved, b, B, D, C, decay);
        moved[i] = W[i] - h;
        dW[i] = (up - logreg_loss(x, label, moved, b, B, D, C, decay)) / (2 * h);
        moved[i] = W[i];
        undecayed[i] = dW[i] - decay * W[i];
        summed[i] = B * undecayed[i] + decay * W[i];
        left[i] = dW[i] + 7;
    }
    for (int i = 0; i < C; i++) {
        moved_b[i] = b[i] + h;
        double up = logreg_loss(x, label, W, moved_b, B, D, C, decay);
        moved_b[i] = b[i] - h;
        db[i] = (up - logreg_loss(x, label, W, moved_b, B, D, C, decay)) / (2 * h);
        moved_b[i] = b[i];
        db_decayed[i] = db[i] + decay * b[i];
    }
    expect(value(&got, "dW"), ARRAY(D, C, dW), .rtol = 1e-3, .atol = 1e-4, .batch = B, .slips = SLIPS(
        SLIP_ARRAY("the decay's part is missing: + decay W", undecayed),
        SLIP_ARRAY("the data's part is summed over the batch; average it", summed),
        SLIP_ARRAY(OLD_GRADIENT, weighted_sum(dW, 1, NULL, 7 * decay, D * C)),
        SLIP_ARRAY(OLD_GRADIENT, left)));
    for (int i = 0; i < C; i++) left[i] = db[i] + 7;
    expect(value(&got, "db"), ARRAY(1, C, db), .rtol = 1e-3, .atol = 1e-4, .batch = B, .slips = SLIPS(
        SLIP_ARRAY("the bias does not decay", db_decayed),
        SLIP_ARRAY(OLD_GRADIENT, left)));
    double *after = numbers(D * C), *after_b = numbers(C);
    for (int i = 0; i < D * C; i++) after[i] = W[i] - (double).1f * dW[i];
    for (int i = 0; i < C; i++) after_b[i] = b[i] - (double).1f * db[i];
    expect(value(&got, "W_after"), ARRAY(D, C, after), .rtol = 1e-3, .atol = 1e-4, .slips = SLIPS(
        SLIP_ARRAY("the weights did not move: sgd_update", W)));
    expect(value(&got, "b_after"), ARRAY(1, C, after_b), .rtol = 1e-3, .atol = 1e-4, .slips = SLIPS(
        SLIP_ARRAY("the bias did not move: sgd_update it too", b)));
}
END_TEST

START_TEST(logreg_large)
{
    Run got = student("logreg_large");
    Value loss = value(&got, "loss");
    expect_that(
        loss.n != 1 || isfinite(loss.a[0]),
        "loss: want 1000, got %g\nhint: e^1000 is infinite; take each row's largest s off before the exponential",
        loss.a[0]);
    expect(loss, SCALAR(1000), .rtol = 1e-5, .batch = 2);
    expect(value(&got, "dW"), MATRIX(1, 2, 5, -5), .rtol = 1e-5, .atol = 1e-5, .batch = 2);
    expect(value(&got, "db"), MATRIX(1, 2, .5, -.5), .rtol = 1e-5, .atol = 1e-5, .batch = 2);
}
END_TEST

/* ---- all together ---- */

START_TEST(repair)
{
    Run got = student("repair");
    double first = value(&got, "first").a[0], last = value(&got, "last").a[0];
    /* twelve pixels of .9 or .1 cost at least their entropy, .325 nats each */
    expect_that(last > 3.85 && last < 4.9 && last < .75 * first,
                "after 300 steps the loss went from %.3f to %.3f nats; want at most 4.9, and the entropy of the "
                "images, 3.90, cannot be beaten by much",
                first, last);
    Value table = value(&got, "table");
    expect_that(table.d == 3 && table.a[2] < .35, "the repaired images are %.3f off per image, want below 0.35",
                table.a[2]);
}
END_TEST

START_TEST(blobs)
{
    Run got = student("blobs");
    Value loss = value(&got, "losses");
    expect_that(fabs(loss.a[0] - log(3)) < 1e-4, "the first loss of three classes is %.4f, want ln 3 = 1.0986",
                loss.a[0]);
    for (int i = 1; i < loss.d; i++)
        expect_that(loss.a[i] < loss.a[i - 1] + 1e-6, "the loss rose at step %d, from %.5f to %.5f", i, loss.a[i - 1],
                    loss.a[i]);
    expect_that(loss.a[loss.d - 1] < .25, "after 200 steps the loss is %.4f, want below 0.25", loss.a[loss.d - 1]);
    expect_that(value(&got, "neighbours").a[0] > .97,
                "neighbours agree on %.3f of three distant blobs, want above 0.97", value(&got, "neighbours").a[0]);
}
END_TEST

/* ---- sizes and numbers from the seed ---- */

AS_REFERENCE(bce_sizes, 1e-4, 1e-6)
AS_REFERENCE(corrupt_sizes, 0, 0)
AS_REFERENCE(sweep_sizes, 1e-4, 1e-5)
AS_REFERENCE(probe_sizes, 1e-3, 2e-3)
AS_REFERENCE(knn_sizes, 0, 1e-6)
AS_REFERENCE(logreg_sizes, 1e-3, 1e-4)

START_TEST(logreg_rows)
{
    Run got = student("logreg_rows"), want = reference("logreg_rows");
    double loss = value(&got, "loss").a[0];
    expect_that(isfinite(loss),
                "rows with scores of 200 and -200: the loss is %g\nhint: take off each row's own largest, not that of "
                "the whole batch",
                loss);
    expect(value(&got, "loss"), ARRAY(1, 1, value(&want, "loss").a), .rtol = 1e-4, .atol = 1e-3, .batch = 2);
    expect(value(&got, "db"), ARRAY(1, 3, value(&want, "db").a), .rtol = 1e-3, .atol = 1e-3, .batch = 2);
}
END_TEST

int main(void)
{
    return judge_main("03_deep_ae", EXERCISES(
        EXERCISE("bce_loss", bce_by_hand, bce_extreme, bce_random, bce_sizes),
        EXERCISE("denoise_corrupt", corrupt_by_hand, corrupt_random, corrupt_sizes),
        EXERCISE("encode_sweep", sweep_by_hand, sweep_random, sweep_sizes),
        EXERCISE("hole_probe", probe_exact, probe_flat, probe_sizes),
        EXERCISE("knn_accuracy", knn_by_hand, knn_ties, knn_equal, knn_random, knn_sizes),
        EXERCISE("logreg_step", logreg_by_hand, logreg_random, logreg_large, logreg_sizes, logreg_rows),
        EXERCISE("together", repair, blobs)));
}
