/* expect: knn_accuracy | wrong | divide by the number of rows of x */
#include "03_deep_ae.h"
#include "version.h"

RIGHT(knn_accuracy);

float knn_accuracy(Mat known, const uint8_t *known_label, Mat x, const uint8_t *label, int k)
{
    return knn_accuracy_right(known, known_label, x, label, k) * (float)x.n;
}
