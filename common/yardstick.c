/* yardstick.c: scores generated images between two marks: real images, and a model that knows means and covariances
 * only.
 */
#include "internal.h"

#include <math.h>
#include <stdio.h>

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
