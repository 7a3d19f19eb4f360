/* expect: cvae_loss | wrong | lab 4 */
#include "05_attribute2image.h"
#include "version.h"

RIGHT(cvae_loss);

Bound cvae_loss(Mat y, Mat x, Code q, Code p, float sd, float beta, Arena *mem)
{
    Bound b = cvae_loss_right(y, x, q, p, sd, beta, mem);
    Code standard = {mat_zeros(mem, q.mu.n, q.mu.d), mat_zeros(mem, q.mu.n, q.mu.d)};
    b.kl = cvae_loss_right(y, x, q, standard, sd, beta, mem).kl;
    return b;
}
