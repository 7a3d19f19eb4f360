/* Fakes before real points, by a forward pass with a trace instead of net_eval; fakes' gradient first. */
#include "08_gan.h"
#include "version.h"

float d_step(Net *D, Mat real, Mat fake, const Adam *opt, Arena *mem)
{
    net_zero_grad(D);
    Trace t = trace(mem, TRAIN);
    Loss down = bce_logits_to(net_forward(D, fake, &t), 0, mem);
    net_backward(D, down.grad, &t, WRT_BOTH);
    Trace u = trace(mem, TRAIN);
    Loss up = bce_logits_to(net_forward(D, real, &u), 1, mem);
    net_backward(D, up.grad, &u, WRT_PARAMS);
    adam_step(D, opt);
    return down.value + up.value;
}

Losses alternate(Game *game, Arena *mem)
{
    float d = 0;
    for (int left = game->k; left > 0; left--) {
        Mat z = mat_new(mem, game->batch, net_in(&game->G).c);
        mat_normal(z, 1, &game->rng);
        Trace t = trace(mem, TRAIN);
        Mat fake = net_forward(&game->G, z, &t);
        d = game->step_d(&game->D, mixture_sample(&game->data, game->batch, NULL, &game->rng, mem), fake, &game->opt_d,
                         mem);
    }
    Mat z = mat_noise(mem, game->batch, 2, &game->rng);
    return (Losses){d, game->step_g(&game->G, &game->D, z, game->loss, &game->opt_g, mem)};
}
