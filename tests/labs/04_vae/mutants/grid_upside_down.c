/* expect: latent_grid | wrong | top of the picture */
#include "04_vae.h"
#include "version.h"

RIGHT(latent_grid);

Mat latent_grid(int side, Arena *mem)
{
    Mat z = latent_grid_right(side, mem);
    for (int i = 0; i < z.n; i++) row(z, i)[1] *= -1;
    return z;
}
