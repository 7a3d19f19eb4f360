/* The judge of lab 03: hand cases, closed forms in double, finite differences, exact moments, and the outcome of two short trainings. */
#include "judge.h"

#include <math.h>

/* ---- 1. bce_loss ---- */

static double sigma(double v) { return 1 / (1 + exp(-v)); }

static double bce(double v, double t) { return fmax(v, 0) - v * t + log1p(exp(-fabs(v))); }

static void expect_bce(const Run *got, const double *v, const double *t, int B, int d)
{
    double sum = 0, *grad = numbers(B * d), *sum_grad = numbers(B * d), *sigmas = numbers(B * d), *chained = numbers(B * d);
    for (int i = 0; i < B * d; i++) {
        double p = sigma(v[i]), h = 1e-5;
        sum += bce(v[i], t[i]);
        grad[i] = (bce(v[i] + h, t[i]) - bce(v[i] - h, t[i])) / (2 * h) / B;       /* central differences */
        sum_grad[i] = grad[i] * B / (B * d), sigmas[i] = p / B, chained[i] = (p - t[i]) / (p * (1 - p)) / B;
    }
    expect(value(got, "loss"), (double[]){sum / B}, 1, 1, 1e-5, 1e-5, B,
           (Slip[]){{(double[]){sum / (B * d)}, "that is the mean over pixels too; sum over pixels, average over samples"},
                    {(double[]){sum / (B * log(2))}, "bits; the loss is in nats, the natural logarithm"}, {0}});
    expect(value(got, "grad"), grad, B, d, 1e-4, 1e-5, B,
           (Slip[]){{sum_grad, "divided by the number of pixels too; average over the batch only"}, {sigmas, "sigma(v) alone: the target is missing"},
                    {chained, "that is the gradient for p; for the logit, p (1 - p) cancels and p - t is left"}, {0}});
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
    expect_that(loss.n != 1 || isfinite(loss.a[0]), "loss: want 2050, got %g\nhint: at a logit of 1000 the loss is not finite: no exponential of a "
                "positive number, no log of 0; use max(v,0) - v t + log(1 + e^-|v|)", loss.a[0]);
    expect(loss, (double[]){2050}, 1, 1, 1e-5, 0, 0, (Slip[]){{NULL, NULL}});
    for (int i = 0; i < grad.n * grad.d; i++)
        expect_that(isfinite(grad.a[i]), "grad: not finite at a logit of 1000\nhint: 1 / (1 + e^-v) overflows for v = -1000; e^v / (1 + e^v) does not, and "
                    "the other way round for v = 1000");
    expect(grad, (double[]){0, 0, 1, -1, .5}, 1, 5, 1e-5, 1e-6, 0, NULL);
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
    for (int i = 0; i < size; i++) seen[i] = u[i] < black ? 0 : u[i] < white ? 1 : x[i];
    return seen;
}

static void expect_corrupted(Value got, const double *x, const double *u, int n, int d, double share)
{
    double *flipped = corrupted(x, u, n * d, 0, share / 2), *dropout = corrupted(x, u, n * d, share, share);
    for (int i = 0; i < n * d; i++) flipped[i] = u[i] < share / 2 ? 1 : u[i] < share ? 0 : x[i], dropout[i] /= u[i] < share ? 1 : 1 - share;
    expect(got, corrupted(x, u, n * d, share / 2, share), n, d, 1e-6, 1e-7, 0,
           (Slip[]){{corrupted(x, u, n * d, share, share), "every lost pixel is black; half of them should be white"},
                    {corrupted(x, u, n * d, 0, share), "every lost pixel is white; half of them should be black"},
                    {corrupted(x, u, n * d, share, 2 * share), "twice too many pixels are lost: share/2 black and share/2 white"},
                    {flipped, "black and white are exchanged: u below share/2 is black"},
                    {dropout, "nothing is scaled here; that is dropout"}, {x, "nothing is lost: x came back as it was"}, {0}});
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
    for (int i = 0; i < 3000; i++) black += seen.a[i] == 0, white += seen.a[i] == 1;
    double sd = sqrt(3000 * .15 * .85);
    expect_that(fabs(black - 450) < 5 * sd && fabs(white - 450) < 5 * sd, "%g pixels of 3000 are black and %g white, want about 450 each", black, white);
    expect(value(&got, "none"), x, 60, 50, 1e-6, 1e-7, 0, NULL);
}
END_TEST

/* ---- 3. encode_sweep ---- */

START_TEST(sweep_by_hand)
{
    /* both logits 0, both pixels 1/2: errors 0, 1/4, 1/4, 0 */
    Run got = student("sweep_by_hand");
    expect(value(&got, "table"), (double[]){1, 7, .25}, 1, 3, 1e-6, 0, 0,
           (Slip[]){{(double[]){1, 7, .75}, "the decoder's logits were compared with the pixels; ae_picture has the sigmoid"},
                    {(double[]){1, 7, .5}, "summed over the samples; average over them"},
                    {(double[]){1, 7, .125}, "averaged over the pixels; sum over them"},
                    {(double[]){1, 3, .25}, "that is the encoder's share of the weights; count the decoder's too"},
                    {(double[]){1, 4, .25}, "that is the decoder's share of the weights; count the encoder's too"},
                    {(double[]){2, 7, .25}, "the code size is what leaves the encoder, not what enters it"}, {0}});
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
    static const double sizes[3] = {2, 3, 1}, weights[3] = {6 * 4 + 4 + 4 * 2 + 2 + 2 * 4 + 4 + 4 * 6 + 6, 6 * 3 + 3 + 3 * 6 + 6,
                                                            6 * 5 + 5 + 5 * 1 + 1 + 1 * 5 + 5 + 5 * 6 + 6};
    for (int a = 0; a < 3; a++) table[3 * a] = sizes[a], table[3 * a + 1] = weights[a], table[3 * a + 2] = error[a];
    for (int i = 0; i < 9; i++) reversed[i] = table[3 * (i % 3) + i / 3];
    expect(value(&got, "table"), table, 3, 3, 1e-5, 1e-6, 0, (Slip[]){{reversed, "transposed: one row for each autoencoder"}, {0}});
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

/* The eps of these cases have mean 0 and covariance I exactly, so the draws have the codes' moments exactly, for whatever root A of C. */
static void expect_probe(const char *test_case, int n)
{
    enum { K = 3, M = 8, D = 4 };
    Run got = student(test_case), want = reference(test_case);
    Value z = value(&got, "z"), W = value(&want, "W"), b = value(&want, "b");
    double *mean = numbers(K), *cov = numbers(K * K), *zmean = numbers(K), *zcov = numbers(K * K);
    moments(value(&want, "codes").a, n, K, mean, cov);
    expect_that(z.n == M && z.d == K, "z has the shape (%d,%d), want (%d,%d): one draw for each row of eps", z.n, z.d, M, K);
    for (int i = 0; i < M * K; i++) expect_that(isfinite(z.a[i]), "z: not a number\nhint: rounding can make an eigenvalue of 0 negative; take fmaxf(value, 0)");
    moments(z.a, M, K, zmean, zcov);
    double *square = product(cov, false, cov, false, K, K, K), *diagonal = numbers(K * K), *unbiased = numbers(K * K), one[9] = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    double top = 0;
    for (int i = 0; i < K * K; i++) diagonal[i] = i % (K + 1) ? 0 : cov[i], unbiased[i] = cov[i] * n / (n - 1), top = fmax(top, fabs(cov[i]));
    expect((Value){.name = "mean_of_z", .n = 1, .d = K, .a = zmean}, mean, 1, K, 1e-4, 1e-4 * (1 + sqrt(top)), 0,
           (Slip[]){{numbers(K), "the draws lie around 0; add the codes' mean"}, {0}});
    expect((Value){.name = "covariance_of_z", .n = K, .d = K, .a = zcov}, cov, K, K, 1e-3, 1e-4 * top, 0,
           (Slip[]){{square, "scaled by the eigenvalues; by their square roots"}, {one, "unit covariance: eps was not scaled"},
                    {diagonal, "the spreads are right, the codes' correlations are lost: use the eigenvectors"},
                    {unbiased, "1/(n-1); the contract's covariance has 1/n"}, {0}});
    double *logit = product(z.a, false, W.a, false, M, K, D), *picture = numbers(M * D);
    for (int i = 0; i < M * D; i++) logit[i] += b.a[i % D], picture[i] = sigma(logit[i]);
    expect(value(&got, "picture"), picture, M, D, 1e-3, 1e-4, 0, (Slip[]){{logit, "these are logits; ae_picture has the sigmoid"}, {0}});
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
    expect(value(&got, "right"), (double[]){1, 1, 1, 0}, 1, 4, 1e-6, 0, 0,
           (Slip[]){{(double[]){0, 0, 0, 1}, "every verdict the other way round: the share of wrong ones, or the farthest rows instead of the nearest?"}, {0}});
    expect(value(&got, "all"), (double[]){.75}, 1, 1, 1e-6, 0, 4,
           (Slip[]){{(double[]){3}, "a count; divide by the number of rows of x"}, {(double[]){75}, "per cent; the contract wants a share"},
                    {(double[]){.5}, "divided by the number of known rows; by that of x"}, {0}});
}
END_TEST

START_TEST(knn_ties)
{
    Run got = student("knn_ties");
    expect(value(&got, "right"), (double[]){1, 1}, 1, 2, 1e-6, 0, 0,
           (Slip[]){{(double[]){1, 0}, "two classes with one vote each: the one with the nearer row wins, not the larger number"},
                    {(double[]){0, 1}, "two classes with one vote each: the one with the nearer row wins, not the smaller number"},
                    {(double[]){0, 0}, "two classes with one vote each: the one with the nearer row wins"}, {0}});
}
END_TEST

START_TEST(knn_equal)
{
    Run got = student("knn_equal");
    expect(value(&got, "right"), (double[]){1}, 1, 1, 1e-6, 0, 0, (Slip[]){{(double[]){0}, "three rows equally near: the earliest counts as the nearest"}, {0}});
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
        expect(value(&got, name[i]), (double[]){by_sorting(known, known_label, x, label, k[i])}, 1, 1, 1e-6, 0, 40,
               (Slip[]){{&first, "that is what one neighbour says; let k of them vote"}, {0}});
}
END_TEST

/* ---- 6. logreg_step ---- */

static double logreg_loss(const double *x, const double *label, const double *W, const double *b, int B, int d, int c, double decay)
{
    double loss = 0, *s = product(x, false, W, false, B, d, c);
    for (int i = 0; i < B; i++) {
        double top = -INFINITY, total = 0;
        for (int j = 0; j < c; j++) s[i * c + j] += b[j], top = fmax(top, s[i * c + j]);
        for (int j = 0; j < c; j++) total += exp(s[i * c + j] - top);
        loss += (log(total) + top - s[i * c + (int)label[i]]) / B;
    }
    for (int i = 0; i < d * c; i++) loss += decay / 2 * W[i] * W[i];
    return loss;
}

START_TEST(logreg_by_hand)
{
    Run got = student("logreg_by_hand");
    expect(value(&got, "loss"), (double[]){log(2)}, 1, 1, 1e-5, 0, 0,
           (Slip[]){{(double[]){-log(2)}, "minus the logarithm"}, {(double[]){log1p(exp(-6))}, "that is the loss after the step; return the one before it"}, {0}});
    expect(value(&got, "dW"), (double[]){.5, -.5, 1, -1}, 2, 2, 1e-5, 1e-6, 0, NULL);
    expect(value(&got, "db"), (double[]){.5, -.5}, 1, 2, 1e-5, 1e-6, 0, NULL);
    expect(value(&got, "W_after"), (double[]){-.5, .5, -1, 1}, 2, 2, 1e-5, 1e-6, 0,
           (Slip[]){{(double[]){0, 0, 0, 0}, "the weights did not move: sgd_update"}, {(double[]){.5, -.5, 1, -1}, "uphill: descent goes against the gradient"}, {0}});
    expect(value(&got, "b_after"), (double[]){-.5, .5}, 1, 2, 1e-5, 1e-6, 0, (Slip[]){{(double[]){0, 0}, "the bias did not move: sgd_update it too"}, {0}});
}
END_TEST

START_TEST(logreg_random)
{
    enum { B = 7, D = 5, C = 3 };
    const double decay = (double).3f, h = 1e-5;
    Run got = student("logreg_random"), want = reference("logreg_random");
    const double *x = value(&want, "x").a, *label = value(&want, "label").a, *W = value(&want, "W").a, *b = value(&want, "b").a;
    double loss = logreg_loss(x, label, W, b, B, D, C, decay), bare = logreg_loss(x, label, W, b, B, D, C, 0), whole = 2 * loss - bare;
    expect(value(&got, "loss"), &loss, 1, 1, 1e-5, 1e-6, B,
           (Slip[]){{&bare, "the decay's part of the loss is missing: decay/2 |W|^2"}, {&whole, "decay |W|^2; a factor 1/2 is missing"}, {0}});
    double *dW = numbers(D * C), *db = numbers(C), *undecayed = numbers(D * C), *summed = numbers(D * C), *left = numbers(D * C), *db_decayed = numbers(C);
    double *moved = numbers(D * C), *moved_b = numbers(C);
    for (int i = 0; i < D * C; i++) moved[i] = W[i];
    for (int i = 0; i < C; i++) moved_b[i] = b[i];
    for (int i = 0; i < D * C; i++) {               /* central differences of the loss */
        moved[i] = W[i] + h;
        double up = logreg_loss(x, label, moved, b, B, D, C, decay);
        moved[i] = W[i] - h;
        dW[i] = (up - logreg_loss(x, label, moved, b, B, D, C, decay)) / (2 * h);
        moved[i] = W[i];
        undecayed[i] = dW[i] - decay * W[i], summed[i] = B * undecayed[i] + decay * W[i], left[i] = dW[i] + 7;
    }
    for (int i = 0; i < C; i++) {
        moved_b[i] = b[i] + h;
        double up = logreg_loss(x, label, W, moved_b, B, D, C, decay);
        moved_b[i] = b[i] - h;
        db[i] = (up - logreg_loss(x, label, W, moved_b, B, D, C, decay)) / (2 * h);
        moved_b[i] = b[i];
        db_decayed[i] = db[i] + decay * b[i];
    }
    expect(value(&got, "dW"), dW, D, C, 1e-3, 1e-4, B,
           (Slip[]){{undecayed, "the decay's part is missing: + decay W"}, {summed, "the data's part is summed over the batch; average it"},
                    {left, "the gradient of an earlier step is still in it: write .g anew"}, {0}});
    for (int i = 0; i < C; i++) left[i] = db[i] + 7;
    expect(value(&got, "db"), db, 1, C, 1e-3, 1e-4, B,
           (Slip[]){{db_decayed, "the bias does not decay"}, {left, "the gradient of an earlier step is still in it: write .g anew"}, {0}});
    double *after = numbers(D * C), *after_b = numbers(C);
    for (int i = 0; i < D * C; i++) after[i] = W[i] - (double).1f * dW[i];
    for (int i = 0; i < C; i++) after_b[i] = b[i] - (double).1f * db[i];
    expect(value(&got, "W_after"), after, D, C, 1e-3, 1e-4, 0, (Slip[]){{W, "the weights did not move: sgd_update"}, {0}});
    expect(value(&got, "b_after"), after_b, 1, C, 1e-3, 1e-4, 0, (Slip[]){{b, "the bias did not move: sgd_update it too"}, {0}});
}
END_TEST

START_TEST(logreg_large)
{
    Run got = student("logreg_large");
    Value loss = value(&got, "loss");
    expect_that(loss.n != 1 || isfinite(loss.a[0]), "loss: want 1000, got %g\nhint: e^1000 is infinite; take each row's largest s off before the exponential", loss.a[0]);
    expect(loss, (double[]){1000}, 1, 1, 1e-5, 0, 2, NULL);
    expect(value(&got, "dW"), (double[]){5, -5}, 1, 2, 1e-5, 1e-5, 2, NULL);
    expect(value(&got, "db"), (double[]){.5, -.5}, 1, 2, 1e-5, 1e-5, 2, NULL);
}
END_TEST

/* ---- all together ---- */

START_TEST(repair)
{
    Run got = student("repair");
    double first = value(&got, "first").a[0], last = value(&got, "last").a[0];
    /* twelve pixels of .9 or .1 cost at least their entropy, .325 nats each */
    expect_that(last > 3.85 && last < 4.9 && last < .75 * first, "after 300 steps the loss went from %.3f to %.3f nats; want at most 4.9, and the entropy of the "
                "images, 3.90, cannot be beaten by much", first, last);
    Value table = value(&got, "table");
    expect_that(table.d == 3 && table.a[2] < .35, "the repaired images are %.3f off per image, want below 0.35", table.a[2]);
}
END_TEST

START_TEST(blobs)
{
    Run got = student("blobs");
    Value loss = value(&got, "losses");
    expect_that(fabs(loss.a[0] - log(3)) < 1e-4, "the first loss of three classes is %.4f, want ln 3 = 1.0986", loss.a[0]);
    for (int i = 1; i < loss.d; i++) expect_that(loss.a[i] < loss.a[i - 1] + 1e-6, "the loss rose at step %d, from %.5f to %.5f", i, loss.a[i - 1], loss.a[i]);
    expect_that(loss.a[loss.d - 1] < .25, "after 200 steps the loss is %.4f, want below 0.25", loss.a[loss.d - 1]);
    expect_that(value(&got, "neighbours").a[0] > .97, "neighbours agree on %.3f of three distant blobs, want above 0.97", value(&got, "neighbours").a[0]);
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
    expect_that(isfinite(loss), "rows with scores of 200 and -200: the loss is %g\nhint: take off each row's own largest, not that of the whole batch", loss);
    expect(value(&got, "loss"), value(&want, "loss").a, 1, 1, 1e-4, 1e-3, 2, NULL);
    expect(value(&got, "db"), value(&want, "db").a, 1, 3, 1e-3, 1e-3, 2, NULL);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("03_deep_ae");
    TCase *t = exercise(s, "bce_loss");
    tcase_add_test(t, bce_by_hand), tcase_add_test(t, bce_extreme), tcase_add_test(t, bce_random);
    tcase_add_test(t, bce_sizes);
    t = exercise(s, "denoise_corrupt");
    tcase_add_test(t, corrupt_by_hand), tcase_add_test(t, corrupt_random);
    tcase_add_test(t, corrupt_sizes);
    t = exercise(s, "encode_sweep");
    tcase_add_test(t, sweep_by_hand), tcase_add_test(t, sweep_random);
    tcase_add_test(t, sweep_sizes);
    t = exercise(s, "hole_probe");
    tcase_add_test(t, probe_exact), tcase_add_test(t, probe_flat);
    tcase_add_test(t, probe_sizes);
    t = exercise(s, "knn_accuracy");
    tcase_add_test(t, knn_by_hand), tcase_add_test(t, knn_ties), tcase_add_test(t, knn_equal), tcase_add_test(t, knn_random);
    tcase_add_test(t, knn_sizes);
    t = exercise(s, "logreg_step");
    tcase_add_test(t, logreg_by_hand), tcase_add_test(t, logreg_random), tcase_add_test(t, logreg_large);
    tcase_add_test(t, logreg_sizes);
    tcase_add_test(t, logreg_rows);
    t = exercise(s, "together");
    tcase_add_test(t, repair), tcase_add_test(t, blobs);
    return judge_main(s);
}
