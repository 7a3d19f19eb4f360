/* expect: alternate | wrong | same real points */
#include "08_gan.h"
#include "version.h"

Losses alternate(Game *game, Arena *mem)
{
    Losses loss = {0};
    Mat real = mixture_sample(&game->data, game->batch, NULL, &game->rng, mem), fake = net_eval(&game->G, mat_noise(mem, game->batch, 2, &game->rng), mem);
    for (int i = 0; i < game->k; i++) loss.d = game->step_d(&game->D, real, fake, &game->opt_d, mem);
    loss.g = game->step_g(&game->G, &game->D, mat_noise(mem, game->batch, 2, &game->rng), game->loss, &game->opt_g, mem);
    return loss;
}
