/* expect: knn_accuracy | wrong | farthest */
#include "03_deep_ae.h"
#include "version.h"

float knn_accuracy(Mat known, const uint8_t *known_label, Mat x, const uint8_t *label, int k)
{
    int right = 0;
    for (int i = 0; i < x.n; i++) {
        bool used[100] = {0};
        int votes[256] = {0}, best = -1;
        for (int a = 0; a < k; a++) {
            int at = -1;
            float least = 0;
            for (int m = 0; m < known.n; m++) {
                float square = 0;
                for (int j = 0; j < x.d; j++) square += (row(x, i)[j] - row(known, m)[j]) * (row(x, i)[j] - row(known, m)[j]);
                if (!used[m] && (at < 0 || square > least)) at = m, least = square;
            }
            used[at] = true;
            votes[known_label[at]]++;
        }
        for (int c = best = 0; c < 256; c++) best = votes[c] > votes[best] ? c : best;
        right += best == label[i];
    }
    return (float)right / (float)x.n;
}
