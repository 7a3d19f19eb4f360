/* expect: stage2_forward | wrong | its channels, then c */
#include "15_stackgan.h"
#include "slip.h"

Mat stage2_forward(Stage2 *s, Mat x1, Mat c, Trace (*kind)(Arena *), Refining *way, Arena *mem)
{
    *way = (Refining){.encode = kind(mem), .residual = kind(mem)};
    Mat map = net_forward(&s->encode, x1, &way->encode);    // (B, h*w*k)
    Mat told = mat_join(mem, map, mat_reshape(mat_repeat(mem, c, s->h * s->w), c.n, c.d * s->h * s->w));       // (B, h*w*(k+C))
    Mat r = net_forward(&s->residual, told, &way->residual);
    Mat x2 = net_eval(&s->up, x1, mem);
    mat_add(x2, spread(s, x1, r, mem));
    return x2;
}
