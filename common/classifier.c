/* classifier.c: a small convolutional classifier, trained by us on the real training set, that scores generated images.
 *
 * It is a yardstick, not a lab: trained once for each set of data, kept on disk, and the same for every lab that scores
 * samples. Its penultimate layer gives the features in which Frechet distances are taken (Heusel et al. 2017, with this
 * net in place of Inception).
 */
#include "internal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

enum { FEATURES = 128, FEATURE_LAYERS = 10, EPOCHS = 6, BATCH = 128 };

static Net classifier_new(int h, int w, int classes, Arena *keep)
{
    Rng rng = rng_new(1);
    Net net = net_new("classifier", (Shape){h, w, 1}, keep);
    net_conv(&net, 32, 4, 2, 1, &rng); net_batchnorm(&net); net_relu(&net);
    net_conv(&net, 64, 4, 2, 1, &rng); net_batchnorm(&net); net_relu(&net);
    net_dense(&net, FEATURES, &rng); net_batchnorm(&net); net_relu(&net);
    net_reshape(&net, (Shape){1, 1, FEATURES});
    check(net.n == FEATURE_LAYERS, "classifier: its features come after %d layers, not %d", net.n, FEATURE_LAYERS);
    net_dense(&net, classes, &rng);
    return net;
}

static void classifier_train(Net *net, Data data, Arena *mem)
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
            Trace t = trace(mem, TRAIN);
            Loss L = softmax_ce(net_forward(net, b.x, &t), label, mem);
            net_zero_grad(net);
            net_backward(net, L.grad, &t, WRT_PARAMS);
            opt.lr = cosine_decay(2e-3f, step, steps);
            adam_step(net, &opt);
            step++;
            progress(step, steps, "the classifier learns: loss %.3f", (double)L.value);
        }
    }
}

/* Judges of different data lie in different folders: DIR/<checksum of images and labels>. */
static void folder_of(Data data, const char *dir, char *path, size_t size)
{
    uLong sum = crc32_z(0, (const Bytef *)data.x.a, mat_size(data.x) * sizeof *data.x.a);
    snprintf(path, size, "%s/%08lx", dir, crc32_z(sum, data.label, (size_t)data.x.n));
}

Classifier classifier_get(Data train, const char *dir, Arena *keep)
{
    char path[1024], last[1100];
    Classifier classifier = {.net = classifier_new(train.h, train.w, train.classes, keep), .classes = train.classes};
    folder_of(train, dir, path, sizeof path);
    snprintf(last, sizeof last, "%s/classifier.dense%d.bias.npy", path, classifier.net.n - 1);    /* written last */
    if (access(last, R_OK) == 0) {
        net_read(&classifier.net, path);
        return classifier;
    }
    Arena mem = arena_new("classifier", MB(256));
    classifier_train(&classifier.net, train, &mem);
    arena_free(&mem);
    net_write(&classifier.net, path);
    return classifier;
}

Mat classifier_features(Classifier *j, Mat x, Arena *mem)
{
    Net body = j->net;
    body.n = FEATURE_LAYERS;
    return net_eval(&body, x, mem);
}

void classifier_label(Classifier *j, Mat x, uint8_t *label, Arena *mem)
{
    size_t mark = mem->used;
    mat_argmax(net_eval(&j->net, x, mem), label);
    arena_rewind(mem, mark);
}

double classifier_accuracy(Classifier *j, Data data, Arena *mem)
{
    size_t mark = mem->used;
    uint8_t *label = arena_alloc(mem, (size_t)data.x.n);
    classifier_label(j, data.x, label, mem);
    int right = 0;
    for (int i = 0; i < data.x.n; i++) right += label[i] == data.label[i];
    arena_rewind(mem, mark);
    return (double)right / data.x.n;
}

/* |m_a - m_b|^2 + tr(A + B - 2 (A^1/2 B A^1/2)^1/2), the squared Wasserstein distance of two Gaussians (Dowson &
 * Landau 1982). With A = V diag(l) V^T the root's trace is that of (S V^T B V S)^1/2, S = diag(sqrt l): two
 * symmetric eigenproblems. */
double frechet_distance(Mat a, Mat b, Arena *mem)
{
    check(a.d == b.d && a.n > 1 && b.n > 1, "frechet_distance: features (%d,%d) and (%d,%d)", a.n, a.d, b.n, b.d);
    size_t mark = mem->used;
    int d = a.d;
    Pca pa = pca_fit(mem, a, d), pb = pca_fit(mem, b, d);
    Mat V = mat_copy(mem, pa.vec);                  // V S
    double sum = 0;
    for (int j = 0; j < d; j++) {
        double dm = (double)(pa.mean.a[j] - pb.mean.a[j]);
        double la = fmax((double)pa.value.a[j], 0), lb = fmax((double)pb.value.a[j], 0);
        sum += dm * dm + la + lb;
        for (int i = 0; i < d; i++) row(V, i)[j] *= (float)sqrt(la);
    }
    /* B = R diag(lb) R^T: with R scaled by sqrt(lb), S V^T B V S = (R^T V S)^T (R^T V S) */
    Mat R = mat_copy(mem, pb.vec);
    for (int j = 0; j < d; j++)
        for (int i = 0; i < d; i++) row(R, i)[j] *= sqrtf(fmaxf(pb.value.a[j], 0));
    Mat root = mat_singular_values(mem, mat_mul_tn(mem, R, V));
    for (int j = 0; j < d; j++) sum -= 2 * (double)root.a[j];
    arena_rewind(mem, mark);
    return sum;
}

/* ---- the yardstick: where samples lie between real images and a model that knows means and covariances only ---- */

/* The null model: a Gaussian with the mean and the full covariance of the training pixels, cut off at 0 and 1. */
static Mat gaussian_images(Mat train, int n, Arena *mem)
{
    Mat x = mat_new(mem, n, train.d);
    size_t mark = mem->used;
    Rng rng = rng_new(3);
    Pca pca = pca_fit(mem, train, train.d);
    Mat z = mat_new(mem, n, train.d);
    mat_normal(z, 1, &rng);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < z.d; j++) row(z, i)[j] *= sqrtf(fmaxf(pca.value.a[j], 0));
    mat_gemm(x, 1, z, false, pca.vec, true, 0);
    mat_add_row(x, pca.mean);
    for (size_t i = 0; i < mat_size(x); i++) x.a[i] = fminf(fmaxf(x.a[i], 0), 1);
    arena_rewind(mem, mark);
    return x;
}

/* Shares of the classes among labels. */
static void shares(const uint8_t *label, int n, double *share)
{
    for (int k = 0; k < YARDSTICK_CLASSES; k++) share[k] = 0;
    for (int i = 0; i < n; i++) share[label[i]] += 1. / n;
}

Yardstick yardstick(Dataset real, const char *dir, Arena *keep)
{
    check(real.train.classes <= YARDSTICK_CLASSES, "yardstick: %d classes, at most %d", real.train.classes,
          YARDSTICK_CLASSES);
    Yardstick y = {.classifier = classifier_get(real.train, dir, keep)};
    y.real = classifier_features(&y.classifier, real.test.x, keep);
    shares(real.test.label, real.test.x.n, y.share);
    size_t mark = keep->used;
    y.accuracy = classifier_accuracy(&y.classifier, real.test, keep);
    y.floor = frechet_distance(classifier_features(&y.classifier, real.train.x, keep), y.real, keep);
    Mat null = gaussian_images(real.train.x, real.test.x.n, keep);
    y.null = frechet_distance(classifier_features(&y.classifier, null, keep), y.real, keep);
    arena_rewind(keep, mark);
    return y;
}

Score yardstick_score(Yardstick *y, Mat samples, Arena *mem)
{
    size_t mark = mem->used;
    Score s = {.class_min = 1};
    s.frechet = frechet_distance(classifier_features(&y->classifier, samples, mem), y->real, mem);
    s.norm = (s.frechet - y->floor) / (y->null - y->floor);
    uint8_t *label = arena_alloc(mem, (size_t)samples.n);
    classifier_label(&y->classifier, samples, label, mem);
    shares(label, samples.n, s.share);
    for (int k = 0; k < y->classifier.classes; k++) {
        s.class_tv += .5 * fabs(s.share[k] - y->share[k]);
        s.class_min = fmin(s.class_min, s.share[k]);
    }
    arena_rewind(mem, mark);
    return s;
}

void yardstick_report(Lab *lab, const Yardstick *y, const Score *s)
{
    printf("Frechet distance %.3f (training images %.3f, pixel Gaussian %.2f): %.3f of the way\nclass shares",
           s->frechet, y->floor, y->null, s->norm);
    for (int k = 0; k < y->classifier.classes; k++) printf(" %.3f", s->share[k]);
    printf(", total variation %.3f; the classifier calls %.2f %% of the test set right\n", s->class_tv,
           100 * y->accuracy);
    lab_metric(lab, "share", y->accuracy, "judge_accuracy");
    lab_metric(lab, "squared features", y->floor, "frechet_floor");
    lab_metric(lab, "squared features", y->null, "frechet_null");
    lab_metric(lab, "squared features", s->frechet, "frechet");
    lab_metric(lab, "0 floor 1 null", s->norm, "frechet_norm");
    lab_metric(lab, "share", s->class_tv, "class_tv");
    lab_metric(lab, "share", s->class_min, "class_min");
}

double sharpness(Mat x, int h, int w)
{
    check(x.d == h * w && h > 2 && w > 2 && x.n > 0, "sharpness: %d images of %d pixels, said to be %d x %d", x.n, x.d,
          h, w);
    double total = 0;
    for (int i = 0; i < x.n; i++) {
        double sum = 0, square = 0, n = (double)(h - 2) * (w - 2);
        for (int p = 1; p < h - 1; p++)
            for (int q = 1; q < w - 1; q++) {
                const float *at = row(x, i) + p * w + q;
                double v = (double)(at[-w] + at[w] + at[-1] + at[1] - 4 * at[0]);
                sum += v;
                square += v * v;
            }
        total += square / n - (sum / n) * (sum / n);
    }
    return total / x.n;
}
