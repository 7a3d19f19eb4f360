/* expect: latent_grid | wrong | belongs to the column */
#include "04_vae.h"
#include "version.h"

RIGHT(latent_grid);

Mat latent_grid(int side, Arena *mem)
{
    Mat z = latent_grid_right(side, mem), t = mat_copy(mem, z);
    for (int i = 0; i < z.n; i++) row(t, i)[0] = -row(z, i)[1], row(t, i)[1] = row(z, i)[0];
    return t;
}
