/* classifier.c: a small convolutional classifier, trained on the real training set, that scores generated images.
 *
 * It is trained once for each set of data and kept on disk, so that every lab that scores samples uses the same one.
 * Its penultimate layer gives the features in which Frechet distances are taken (Heusel et al. 2017, with this net in
 * place of Inception).
 */
#include "internal.h"

#include <stdio.h>
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
        Batches b = batches(data.x, BATCH, &rng, mem);
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

/* Classifiers of different data lie in different folders: DIR/<checksum of images and labels>. */
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
