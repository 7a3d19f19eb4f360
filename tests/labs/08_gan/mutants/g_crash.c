/* expect: g_step | crashed | Segmentation|SEGV|null pointer */
#include "08_gan.h"
#include "version.h"

RIGHT(g_step);

float g_step(Net *G, Net *D, Mat z, GLoss loss, Adam *opt, Arena *mem)
{
    Mat fake = {.n = z.n, .d = 2};                  /* a matrix without memory */
    for (int i = 0; i < fake.n; i++) row(fake, i)[0] = row(z, i)[0];
    return g_step_right(G, D, fake, loss, opt, mem);
}
