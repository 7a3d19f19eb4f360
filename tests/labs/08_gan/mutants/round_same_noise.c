/* expect: alternate | wrong | fresh noise */
#include "08_gan.h"
#include "version.h"

Losses alternate(Game *game, Arena *mem)
{
    Losses loss = {0};
    Mat z = {0};
    for (int i = 0; i < game->k; i++) {
        z = mat_noise(mem, game->batch, 2, &game->rng);
        loss.d = game->step_d(&game->D, mixture_sample(&game->data, game->batch, NULL, &game->rng, mem), net_eval(&game->G, z, mem), &game->opt_d, mem);
    }
    loss.g = game->step_g(&game->G, &game->D, z, game->loss, &game->opt_g, mem);
    return loss;
}
