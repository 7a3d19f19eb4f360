/* Looks for the nearest, then the next nearest, and so on, by distances in double. */
#include "03_deep_ae.h"
#include "version.h"

float knn_accuracy(Mat known, const uint8_t *known_label, Mat x, const uint8_t *label, int k)
{
    int right = 0;
    for (int i = 0; i < x.n; i++) {
        bool used[known.n];
        memset(used, 0, sizeof used);
        int votes[256] = {0}, order[32] = {0}, best;
        for (int a = 0; a < k; a++) {
            int at = -1;
            double least = 0;
            for (int m = 0; m < known.n; m++) {
                double square = 0;
                for (int j = 0; j < x.d; j++) square += pow((double)row(x, i)[j] - (double)row(known, m)[j], 2);
                if (!used[m] && (at < 0 || square < least)) at = m, least = square;
            }
            used[at] = true;
            votes[order[a] = known_label[at]]++;
        }
        best = order[k - 1];
        for (int a = k - 1; a >= 0; a--)
            best = votes[order[a]] >= votes[best] ? order[a] : best;    // backwards: the nearest of equals is last
        right += best == label[i];
    }
    return (float)right / (float)x.n;
}
