/* expect: knn_accuracy | wrong | fits only the sizes */
#include "03_deep_ae.h"
#include "version.h"

RIGHT(knn_accuracy);

float knn_accuracy(Mat known, const uint8_t *known_label, Mat x, const uint8_t *label, int k)
{
    uint8_t *digit = malloc((size_t)known.n), *asked = malloc((size_t)x.n);
    for (int i = 0; i < known.n; i++) digit[i] = known_label[i] % 10;
    for (int i = 0; i < x.n; i++) asked[i] = label[i] % 10;
    float share = knn_accuracy_right(known, digit, x, asked, k);
    free(digit);
    free(asked);
    return share;
}
