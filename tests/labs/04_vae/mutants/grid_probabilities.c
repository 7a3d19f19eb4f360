/* expect: latent_grid | wrong | inverse CDF */
#include "04_vae.h"
#include "version.h"

RIGHT(latent_grid);

Mat latent_grid(int side, Arena *mem)
{
    Mat z = latent_grid_right(side, mem);
    for (int i = 0; i < z.n; i++) row(z, i)[0] = ((float)(i % side) + .5f) / (float)side, row(z, i)[1] = ((float)(side - i / side) - .5f) / (float)side;
    return z;
}
