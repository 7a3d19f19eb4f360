/* kmeans.c: starts for k-means: rows that lie apart, by k-means++ (Arthur & Vassilvitskii 2007). */
#include "gen.h"

#include <math.h>

Mat spread_rows(Mat x, int k, Rng *rng, Arena *mem)
{
    check(k > 0 && k <= x.n, "spread_rows: %d rows of %d", k, x.n);
    Mat c = mat_new(mem, k, x.d);
    size_t mark = mem->used;
    Mat gap = mat_new(mem, x.n, 1);                 /* squared distance to the nearest row so far */
    mat_fill(gap, INFINITY);
    int pick = rng_below(rng, x.n);
    for (int j = 0; j < k; j++) {
        mat_set(mat_rows(c, j, 1), mat_rows(x, pick, 1));
        double total = 0;
        for (int i = 0; i < x.n; i++) {
            float square = 0;
            for (int a = 0; a < x.d; a++) square += (row(x, i)[a] - row(c, j)[a]) * (row(x, i)[a] - row(c, j)[a]);
            gap.a[i] = fminf(gap.a[i], square);
            total += (double)gap.a[i];
        }
        double want = (double)rng_uniform(rng) * total - (double)gap.a[0]; /* what is left of it behind row `pick` */
        pick = 0;
        while (pick < x.n - 1 && want >= 0) {
            pick++;
            if (pick < x.n - 1) want -= (double)gap.a[pick];
        }
    }
    arena_rewind(mem, mark);
    return c;
}
