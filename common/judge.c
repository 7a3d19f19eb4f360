/* judge.c: a small convolutional classifier, trained by us on the real training set, that scores generated images.
 *
 * It is a yardstick, not a lab: trained once, kept on disk, and the same for every lab that scores samples. Its penultimate layer gives
 * the features in which Frechet distances are taken (Heusel et al. 2017, with this net in place of Inception).
 */
#include "gen.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { FEATURES = 128, FEATURE_LAYERS = 10, EPOCHS = 6, BATCH = 128, SLAB = 500 };

static Net judge_new(int h, int w, int classes, Arena *keep)
{
    Rng rng = rng_new(1);
    Net net = net_new("judge", (Shape){h, w, 1}, keep);
    net_conv(&net, 32, 4, 2, 1, &rng), net_batchnorm(&net), net_relu(&net);
    net_conv(&net, 64, 4, 2, 1, &rng), net_batchnorm(&net), net_relu(&net);
    net_dense(&net, FEATURES, &rng), net_batchnorm(&net), net_relu(&net), net_reshape(&net, (Shape){1, 1, FEATURES});
    check(net.n == FEATURE_LAYERS, "judge: its features come after %d layers, not %d", net.n, FEATURE_LAYERS);
    net_dense(&net, classes, &rng);
    return net;
}

static void judge_train(Net *net, Data data, Arena *mem)
{
    Rng rng = rng_new(2);
    Adam opt = adam(2e-3f);
    long steps = (long)EPOCHS * ((data.x.n + BATCH - 1) / BATCH), step = 0;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        arena_reset(mem);
        Batches b = batches(data, BATCH, &rng, mem);
        uint8_t *label = arena_alloc(mem, BATCH);
        size_t mark = mem->used;
        while (batch_next(&b)) {
            arena_rewind(mem, mark);
            for (int i = 0; i < b.x.n; i++) label[i] = data.label[b.index[i]];
            Trace t = trace(mem);
            Loss L = softmax_ce(net_forward(net, b.x, &t), label, mem);
            net_zero_grad(net);
            net_backward(net, L.grad, &t, WRT_PARAMS);
            opt.lr = cosine_decay(2e-3f, step++, steps);
            adam_step(net, &opt);
            progress(step, steps, "the judge learns: loss %.3f", (double)L.value);
        }
    }
}

Judge judge_get(Data train, const char *dir, Arena *keep)
{
    char path[1024];
    struct stat s;
    Judge judge = {.net = judge_new(train.h, train.w, train.classes, keep), .classes = train.classes};
    snprintf(path, sizeof path, "%s/judge.dense%d.bias.npy", dir, judge.net.n - 1);     /* written last */
    if (stat(path, &s) == 0) {
        net_read(&judge.net, dir);
        return judge;
    }
    Arena mem = arena_new("judge", MB(256));
    judge_train(&judge.net, train, &mem);
    arena_free(&mem);
    net_write(&judge.net, dir);
    return judge;
}

/* Runs x through the first layers of the net, a slab at a time. */
static Mat through(Net *net, int layers, Mat x, int width, Arena *keep)
{
    Mat out = mat_new(keep, x.n, width);
    Arena mem = arena_new("judge", MB(256));
    Net part = *net;
    part.n = layers;
    for (int first = 0; first < x.n; first += SLAB) {
        arena_reset(&mem);
        Mat slab = mat_rows(x, first, x.n - first < SLAB ? x.n - first : SLAB);
        Trace t = trace_eval(&mem);
        mat_set(mat_rows(out, first, slab.n), net_forward(&part, slab, &t));
    }
    arena_free(&mem);
    return out;
}

Mat judge_features(Judge *j, Mat x, Arena *keep) { return through(&j->net, FEATURE_LAYERS, x, FEATURES, keep); }

void judge_classify(Judge *j, Mat x, uint8_t *label, Arena *mem)
{
    size_t mark = mem->used;
    Mat logits = through(&j->net, j->net.n, x, j->classes, mem);
    for (int i = 0; i < x.n; i++) {
        int best = 0;
        for (int k = 1; k < j->classes; k++)
            if (row(logits, i)[k] > row(logits, i)[best]) best = k;
        label[i] = (uint8_t)best;
    }
    arena_rewind(mem, mark);
}

double judge_accuracy(Judge *j, Data data, Arena *mem)
{
    size_t mark = mem->used;
    uint8_t *label = arena_alloc(mem, (size_t)data.x.n);
    judge_classify(j, data.x, label, mem);
    int right = 0;
    for (int i = 0; i < data.x.n; i++) right += label[i] == data.label[i];
    arena_rewind(mem, mark);
    return (double)right / data.x.n;
}

/* |m_a - m_b|^2 + tr(A + B - 2 (A^1/2 B A^1/2)^1/2), the squared Wasserstein distance of two Gaussians (Dowson & Landau 1982).
 * With A = V diag(l) V^T the root's trace is that of (S V^T B V S)^1/2, S = diag(sqrt l): two symmetric eigenproblems. */
double frechet_distance(Mat a, Mat b, Arena *mem)
{
    check(a.d == b.d && a.n > 1 && b.n > 1, "frechet_distance: features (%d,%d) and (%d,%d)", a.n, a.d, b.n, b.d);
    size_t mark = mem->used;
    int d = a.d;
    Pca pa = pca_fit(mem, a, d), pb = pca_fit(mem, b, d);
    Mat V = mat_copy(mem, pa.vec);                  // V S
    double sum = 0;
    for (int j = 0; j < d; j++) {
        double dm = (double)(pa.mean.a[j] - pb.mean.a[j]), la = fmax((double)pa.value.a[j], 0), lb = fmax((double)pb.value.a[j], 0);
        sum += dm * dm + la + lb;
        for (int i = 0; i < d; i++) row(V, i)[j] *= (float)sqrt(la);
    }
    Mat R = mat_copy(mem, pb.vec);                  // B = R diag(lb) R^T: with R scaled by sqrt(lb), S V^T B V S = (R^T V S)^T (R^T V S)
    for (int j = 0; j < d; j++)
        for (int i = 0; i < d; i++) row(R, i)[j] *= sqrtf(fmaxf(pb.value.a[j], 0));
    Mat root = mat_singular_values(mem, mat_mul_tn(mem, R, V));
    for (int j = 0; j < d; j++) sum -= 2 * (double)root.a[j];
    arena_rewind(mem, mark);
    return sum;
}
