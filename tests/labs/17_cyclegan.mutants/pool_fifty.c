/* expect: pool_query | wrong | sizes */
#include "17_cyclegan.h"
#include "slip.h"

Mat pool_query(Pool *pool, Mat fake, const bool *swap, const int *at, Arena *mem)
{
    Mat shown = mat_copy(mem, fake);
    for (int i = 0; i < fake.n; i++) {
        Mat one = mat_rows(fake, i, 1);
        if (pool->n < pool->kept.n && pool->n < 50) {
            mat_set(mat_rows(pool->kept, pool->n, 1), one);
            pool->n++;
        } else if (pool->n > 0 && swap[i]) {
            Mat old = mat_rows(pool->kept, at[i], 1);
            mat_set(mat_rows(shown, i, 1), old);
            mat_set(old, one);
        }
    }
    return shown;
}
