/* expect: stage2_forward | wrong | for pictures they are those of trace_eval */
#include "15_stackgan.h"
#include "version.h"

Mat stage2_forward(Stage2 *s, Mat x1, Mat c, Trace (*kind)(Arena *), Refining *way, Arena *mem)
{
    *way = (Refining){.encode = trace(mem), .residual = trace(mem)};
    Mat map = net_forward(&s->encode, x1, &way->encode);    // (B, h*w*k)
    Mat told = planes_join(map, s->h * s->w, c, mem);       // (B, h*w*(k+C))
    Mat r = net_forward(&s->residual, told, &way->residual);
    Mat x2 = net_eval(&s->up, x1, mem);
    mat_add(x2, spread(s, x1, r, mem));
    return x2;
}
