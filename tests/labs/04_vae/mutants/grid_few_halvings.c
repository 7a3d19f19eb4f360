/* expect: latent_grid | wrong | bisect */
#include "04_vae.h"
#include "version.h"

RIGHT(latent_grid);

Mat latent_grid(int side, Arena *mem)
{
    Mat z = latent_grid_right(side, mem);
    for (int i = 0; i < z.n; i++) row(z, i)[0] = floorf(row(z, i)[0] * 20000) / 20000, row(z, i)[1] = floorf(row(z, i)[1] * 20000) / 20000;
    return z;
}
