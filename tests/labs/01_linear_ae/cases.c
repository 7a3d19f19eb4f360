/* Cases of lab 01: inputs and calls, no expected values. */
#include "01_linear_ae.h"
#include "driver.h"

#include <math.h>

static void centre_by_hand(Rng *rng, Arena *mem)
{
    Mat x = given("x", ROWS(4, 2, 1, 10, 3, 20, 5, 60, 7, 30)), mean = room(1, 2);
    centre_data(x, mean);
    result("mean", mean);
    result_in_place("centred", x);
}

/* A float that adds up 20,000 numbers near 1000.3 rounds each to a whole number, most of them downwards. */
static void centre_many(Rng *rng, Arena *mem)
{
    Mat x = random_mat(20000, 2, .05f, rng, mem), mean = room(1, 2);
    for (int i = 0; i < x.n; i++) {
        row(x, i)[0] += 1000.3f;
        row(x, i)[1] -= 3;
    }
    centre_data(x, mean);
    result("mean", mean);
}

static void encode_by_hand(Rng *rng, Arena *mem)
{
    Mat x = given("x", ROWS(2, 2, 3, 4, 1, 0)), W = given("W", ROWS(2, 1, 1, 2));
    result("z", ae_encode(x, W, mem));
}

static void encode_random(Rng *rng, Arena *mem)
{
    Mat x = given("x", random_mat(7, 5, 1, rng, mem)), W = given("W", random_mat(5, 3, 1, rng, mem));
    result("z", ae_encode(x, W, mem));
}

static void decode_by_hand(Rng *rng, Arena *mem)
{
    Mat z = given("z", ROWS(2, 1, 11, 1)), W = given("W", ROWS(2, 1, 1, 2));
    result("xhat", ae_decode(z, W, mem));
}

static void decode_random(Rng *rng, Arena *mem)
{
    Mat z = given("z", random_mat(7, 3, 1, rng, mem)), W = given("W", random_mat(5, 3, 1, rng, mem));
    result("xhat", ae_decode(z, W, mem));
}

static void loss_by_hand(Rng *rng, Arena *mem)
{
    Mat x = given("x", ROWS(2, 3, 3, 4, 2, 1, 0, 5)), xhat = given("xhat", ROWS(2, 3, 3, 0, 2, 0, 0, 3));
    result_value("loss", (double)tied_loss(x, xhat));
}

static void loss_random(Rng *rng, Arena *mem)
{
    Mat x = given("x", random_mat(7, 5, 1, rng, mem)), xhat = given("xhat", random_mat(7, 5, 1, rng, mem));
    result_value("loss", (double)tied_loss(x, xhat));
}

/* What the forward pass would have made, without the student's own. */
static void grad_of(Mat x, Mat W, Arena *mem)
{
    Mat z = mat_mul(mem, x, W), xhat = mat_mul_nt(mem, z, W);
    x = given("x", x);
    W = given("W", W);
    z = given("z", z);
    xhat = given("xhat", xhat);
    result("dW", tied_grad(x, z, xhat, W, mem));
}

static void grad_by_hand(Rng *rng, Arena *mem) { grad_of(ROWS(1, 2, 3, 1), ROWS(2, 1, 1, .5f), mem); }
static void grad_random(Rng *rng, Arena *mem)
{
    Mat x = random_mat(7, 5, 1, rng, mem), W = random_mat(5, 3, .5f, rng, mem);
    grad_of(x, W, mem);
}

/* spans of (e1, e2) and (e1, e2 turned by 30 degrees towards e3), in skewed bases */
static void angles_by_hand(Rng *rng, Arena *mem)
{
    float c = sqrtf(.75f), s = .5f;
    Mat U = given("U", ROWS(3, 2, 2, 1, 0, 1, 0, 0)), V = given("V", ROWS(3, 2, 1, 5, 3 * c, c, 3 * s, s));
    result("angles", principal_angles(U, V, mem));
}

/* a hundredth of a degree */
static void angles_small(Rng *rng, Arena *mem)
{
    Mat U = given("U", ROWS(4, 1, 1, 0, 0, 0)), V = given("V", ROWS(4, 1, 1, 0, 1.7453293e-4f, 0));
    result("angles", principal_angles(U, V, mem));
}

/* A random change of basis that is not nearly singular: it turns, stretches by 2, 1 and 1/2, and turns again. */
static Mat other_basis(Rng *rng, Arena *mem)
{
    Mat R = mat_orthonormal(mem, random_mat(3, 3, 1, rng, mem)),
        Q = mat_orthonormal(mem, random_mat(3, 3, 1, rng, mem));
    for (int i = 0; i < 3; i++) {
        row(R, i)[0] *= 2;
        row(R, i)[2] *= .5f;
    }
    return mat_mul(mem, R, Q);
}

/* the same spans in other bases: the same angles */
static void angles_random(Rng *rng, Arena *mem)
{
    Mat U = random_mat(6, 3, 1, rng, mem), V = random_mat(6, 3, 1, rng, mem), R = other_basis(rng, mem),
        S = other_basis(rng, mem);
    result("angles", principal_angles(given("U", U), given("V", V), mem));
    result("again", principal_angles(given("UR", mat_mul(mem, U, R)), given("VS", mat_mul(mem, V, S)), mem));
}

/* ---- all together: the loss cannot tell W from W Q, and descent finds the principal subspace ---- */

static void rotation(Rng *rng, Arena *mem)
{
    Mat x = random_mat(9, 5, 1, rng, mem), W = random_mat(5, 3, .5f, rng, mem),
        Q = mat_orthonormal(mem, random_mat(3, 3, 1, rng, mem));
    Mat WQ = mat_mul(mem, W, Q);
    result_value("loss_W", (double)tied_loss(x, ae_decode(ae_encode(x, W, mem), W, mem)));
    result_value("loss_WQ", (double)tied_loss(x, ae_decode(ae_encode(x, WQ, mem), WQ, mem)));
}

static Mat descend(Mat x, int k, Rng *rng, Arena *mem)
{
    Mat W = random_mat(x.d, k, .1f, rng, mem);
    size_t mark = mem->used;
    for (int step = 0; step < 1500; step++) {
        arena_rewind(mem, mark);
        Mat z = ae_encode(x, W, mem), xhat = ae_decode(z, W, mem), dW = tied_grad(x, z, xhat, W, mem);
        mat_scale(dW, -.02f);
        mat_add(W, dW);
    }
    return W;
}

static void descent(Rng *rng, Arena *mem)
{
    enum { K = 2 };
    Mat x = random_mat(200, 6, 1, rng, mem), mean = room(1, 6);
    for (int i = 0; i < x.n; i++)
        for (int j = 0; j < x.d; j++) row(x, i)[j] = row(x, i)[j] * (j < K ? 1.6f : .5f) + (j == 5 ? 2.f : 0);
    Mat raw = mat_copy(mem, x);
    Pca pca = pca_fit(mem, x, K);
    double floor = 0;
    for (int j = K; j < 6; j++) floor += (double)pca.value.a[j];
    centre_data(x, mean);
    Mat W = descend(x, K, rng, mem), W_raw = descend(raw, K, rng, mem);
    result("W", W);
    result_value("loss", (double)tied_loss(x, ae_decode(ae_encode(x, W, mem), W, mem)));
    result("angles", principal_angles(pca.vec, W, mem));
    result("angles_raw", principal_angles(pca.vec, W_raw, mem));
    result_value("floor", floor);
}

/* ---- sizes and numbers from the seed: all 1, all few, then each letter in turn larger than the lab's own ---- */

enum { MANY_SAMPLES = 128, MANY_FEATURES = 784, MANY_UNITS = 32 };

static void centre_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES, d, MANY_FEATURES) {
        Mat x = untold("x", random_mat(n, d, 2, rng, mem)), mean = room(1, d);
        centre_data(x, mean);
        result(name_of(mem, "mean%d", turn), mean);
        result_in_place(name_of(mem, "centred%d", turn), x);
    }
}

static void encode_sizes(Rng *rng, Arena *mem)
{
    SIZES(B, MANY_SAMPLES, d, MANY_FEATURES, k, MANY_UNITS) {
        Mat x = untold("x", random_mat(B, d, 1, rng, mem)), W = untold("W", random_mat(d, k, 1, rng, mem));
        result(name_of(mem, "z%d", turn), ae_encode(x, W, mem));
    }
}

static void decode_sizes(Rng *rng, Arena *mem)
{
    SIZES(B, MANY_SAMPLES, d, MANY_FEATURES, k, MANY_UNITS) {
        Mat z = untold("z", random_mat(B, k, 1, rng, mem)), W = untold("W", random_mat(d, k, 1, rng, mem));
        result(name_of(mem, "xhat%d", turn), ae_decode(z, W, mem));
    }
}

static void loss_sizes(Rng *rng, Arena *mem)
{
    SIZES(B, MANY_SAMPLES, d, MANY_FEATURES) {
        Mat x = untold("x", random_mat(B, d, 1, rng, mem)), xhat = untold("xhat", random_mat(B, d, 1, rng, mem));
        result_value(name_of(mem, "loss%d", turn), (double)tied_loss(x, xhat));
    }
}

static void grad_sizes(Rng *rng, Arena *mem)
{
    SIZES(B, MANY_SAMPLES, d, MANY_FEATURES, k, MANY_UNITS) {
        Mat x = random_mat(B, d, 1, rng, mem), W = random_mat(d, k, 1 / sqrtf((float)(d * k)), rng, mem);
        Mat z = mat_mul(mem, x, W), xhat = mat_mul_nt(mem, z, W);
        x = untold("x", x);
        W = untold("W", W);
        z = untold("z", z);
        xhat = untold("xhat", xhat);
        result(name_of(mem, "dW%d", turn), tied_grad(x, z, xhat, W, mem));
    }
}

/* a line across another; planes that share one direction */
static void angles_right(Rng *rng, Arena *mem)
{
    Mat U = given("U", ROWS(3, 1, 0, 2, 0)), V = given("V", ROWS(3, 1, 0, 0, 3));
    result("line", principal_angles(U, V, mem));
    U = given("U2", ROWS(3, 2, 1, 1, 0, 1, 0, 0));
    V = given("V2", ROWS(3, 2, 1, 3, 0, 0, 1, 0));
    result("plane", principal_angles(U, V, mem));
}

/* k <= d */
static void angles_sizes(Rng *rng, Arena *mem)
{
    SIZES(k, MANY_UNITS, more, MANY_FEATURES) {
        int d = turn == 0 ? 1 : 2 * k + more;
        Mat U = random_mat(d, k, 1, rng, mem), V = random_mat(d, k, 1, rng, mem);
        result(name_of(mem, "angles%d", turn), principal_angles(untold("U", U), untold("V", V), mem));
    }
}

#define CASE(name) \
    { \
#name, name \
    }
const Case cases[] = {
    CASE(centre_by_hand),
    CASE(centre_many),
    CASE(encode_by_hand),
    CASE(encode_random),
    CASE(decode_by_hand),
    CASE(decode_random),
    CASE(loss_by_hand),
    CASE(loss_random),
    CASE(grad_by_hand),
    CASE(grad_random),
    CASE(angles_by_hand),
    CASE(angles_small),
    CASE(angles_random),
    CASE(rotation),
    CASE(descent),
    CASE(centre_sizes),
    CASE(encode_sizes),
    CASE(decode_sizes),
    CASE(loss_sizes),
    CASE(grad_sizes),
    CASE(angles_right),
    CASE(angles_sizes),
    {0},
};
