/* expect: concept_mean | wrong | divide by how many they are */
#include "11_latent_walk.h"
#include "version.h"

Concept concept_mean(Mat w, Mat seen, Mat want, int from, int most, Arena *mem)
{
    Concept c = {mat_zeros(mem, 1, w.d), 0};
    double *sum = calloc((size_t)w.d, sizeof *sum);
    for (int k = 0; k < w.n && c.n < most; k++) {
        int i = (from + k) % w.n;
        bool same = true;
        for (int j = 0; j < want.d; j++)
            if (want.a[j] >= 0 && row(seen, i)[j] != want.a[j]) same = false;
        if (!same) continue;
        for (int j = 0; j < w.d; j++) sum[j] += (double)row(w, i)[j];
        c.n++;
    }
    for (int j = 0; j < w.d; j++) c.mean.a[j] = (float)(sum[j]);
    free(sum);
    return c;
}
