/* expect: alternate | wrong | D's steps first */
#include "08_gan.h"
#include "version.h"

Losses alternate(Game *game, Arena *mem)
{
    Losses loss = {0};
    loss.g = game->step_g(&game->G, &game->D, mat_noise(mem, game->batch, 2, &game->rng), game->loss, &game->opt_g, mem);
    for (int i = 0; i < game->k; i++) loss.d = game->step_d(&game->D, mixture_sample(&game->data, game->batch, NULL, &game->rng, mem), net_eval(&game->G, mat_noise(mem, game->batch, 2, &game->rng), mem), &game->opt_d, mem);
    return loss;
}
