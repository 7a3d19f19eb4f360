/* expect: knn_accuracy | wrong | earliest counts */
#include "03_deep_ae.h"
#include "version.h"

RIGHT(knn_accuracy);

float knn_accuracy(Mat known, const uint8_t *known_label, Mat x, const uint8_t *label, int k)
{
    Mat turned = {known.n, known.d, (float[1024]){0}};
    uint8_t turned_label[1024];
    for (int m = 0; m < known.n; m++) {
        for (int j = 0; j < known.d; j++) row(turned, m)[j] = row(known, known.n - 1 - m)[j];
        turned_label[m] = known_label[known.n - 1 - m];
    }
    return knn_accuracy_right(turned, turned_label, x, label, k);
}
