/* expect: kde_eval | wrong | return its logarithm */
#define kde_eval kde_eval_right
#include "../../../solutions/00_unsupervised.c"
#undef kde_eval

Mat kde_eval(Mat x, Mat q, float h, Arena *mem)
{
    Mat p = kde_eval_right(x, q, h, mem);
    for (int i = 0; i < p.n; i++) p.a[i] = expf(p.a[i]);
    return p;
}
