/* expect: kde_eval | wrong | exponentials were all 0 */
#include "00_unsupervised.h"
#include "version.h"

Mat kde_eval(Mat x, Mat q, float h, Arena *mem)
{
    Mat p = mat_new(mem, q.n, 1);
    const float cov[4] = {h * h, 0, 0, h * h};
    for (int i = 0; i < q.n; i++) {
        double sum = 0;
        for (int s = 0; s < x.n; s++) sum += exp(log_normal(row(q, i), row(x, s), cov, x.d)) / x.n;
        p.a[i] = (float)log(sum);
    }
    return p;
}
