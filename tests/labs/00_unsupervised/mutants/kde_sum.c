/* expect: kde_eval | wrong | minus log n */
#include "00_unsupervised.h"
#include "version.h"

RIGHT(kde_eval);

Mat kde_eval(Mat x, Mat q, float h, Arena *mem)
{
    Mat p = kde_eval_right(x, q, h, mem);
    for (int i = 0; i < p.n; i++) p.a[i] += logf((float)x.n);
    return p;
}
