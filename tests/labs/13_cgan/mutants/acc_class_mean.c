/* expect: condition_accuracy | wrong | not the mean over classes */
#include "13_cgan.h"
#include "version.h"

Obedience condition_accuracy(const uint8_t *asked, const uint8_t *judged, int n, int classes,
                             Arena *mem)
{
    int *count = arena_alloc(mem, (size_t)(classes * classes) * sizeof *count);
    int right = 0;
    memset(count, 0, (size_t)(classes * classes) * sizeof *count);
    for (int i = 0; i < n; i++) {
        count[asked[i] * classes + judged[i]]++;
        right += asked[i] == judged[i];
    }
    Obedience o = {mat_zeros(mem, classes, classes), 0};
    for (int k = 0; k < classes; k++) {
        int all = 0;                                        // that were asked to be of class k
        for (int j = 0; j < classes; j++) all += count[k * classes + j];
        if (all == 0) continue;
        for (int j = 0; j < classes; j++)
            row(o.confusion, k)[j] = (float)count[k * classes + j] / (float)all;
    }
    o.accuracy = 0;
    for (int k = 0; k < classes; k++) o.accuracy += row(o.confusion, k)[k] / (float)classes;
    (void)right;
    return o;
}
