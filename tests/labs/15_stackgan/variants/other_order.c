/* Gradients zeroed before anything else, the KL's added number by number, steps in another order, and more asked of
 * net_backward than is needed. */
#include "15_stackgan.h"
#include "version.h"

Losses stage1_step(Stage1 *s, Mat real, Mat e, Mat wrong, Mat z, Mat eps, Arena *mem)
{
    net_zero_grad(&s->augment), net_zero_grad(&s->G.form), net_zero_grad(&s->G.colour);
    Trace at_h = trace(mem, TRAIN);
    StencilTrace p;
    Mat h = net_forward(&s->augment, e, &at_h);    // (B,2C)
    Augmented a = cond_augment(h, eps, mem);
    Mat fake = paint(s, z, a.c, TRAIN, &p, mem);    // (B,3P)
    Losses loss = {.kl = a.kl};
    loss.d = teach_d(&s->critic, real, fake, e, wrong, mem);

    Loss fool = fooling_loss(&s->critic.D, fake, e, mem);
    loss.fool = fool.value;
    Mat dc = paint_backward(s, fool.grad, &p, mem);    // (B,C)
    Mat dh = augment_backward(dc, h, eps, mem);    // (B,2C)
    for (size_t i = 0; i < mat_size(dh); i++) dh.a[i] += s->weight * a.dkl.a[i];
    net_backward(&s->augment, dh, &at_h, WRT_PARAMS);
    adam_step(&s->G.colour, &s->opt);
    adam_step(&s->G.form, &s->opt);
    adam_step(&s->augment, &s->opt);
    return loss;
}

Losses stage2_step(Stage2 *s, Mat real, Mat x1, Mat e, Mat wrong, Mat eps, Arena *mem)
{
    Trace at_h = trace(mem, TRAIN);
    Stage2Trace way;
    Mat h = net_forward(&s->augment, e, &at_h);    // (B,2C)
    Augmented a = cond_augment(h, eps, mem);
    Mat fake = stage2_forward(s, x1, a.c, TRAIN, &way, mem);    // (B,d)
    Losses loss = {.kl = a.kl};
    loss.d = teach_d(&s->critic, real, fake, e, wrong, mem);

    Loss fool = fooling_loss(&s->critic.D, fake, e, mem);
    loss.fool = fool.value;
    net_zero_grad(&s->augment);
    net_zero_grad(&s->encode);
    net_zero_grad(&s->residual);
    Mat dr = spread_backward(s, x1, fool.grad, mem);
    Mat dtold = net_backward(&s->residual, dr, &way.residual, WRT_BOTH);
    Mat dc = mat_zeros(mem, e.n, eps.d);    // (B,C)
    Mat dmap = planes_split(dtold, s->h * s->w, dc, mem);
    net_backward(&s->encode, dmap, &way.encode, WRT_BOTH);
    Mat dh = augment_backward(dc, h, eps, mem);    // (B,2C)
    mat_scale(a.dkl, s->weight);
    mat_add(a.dkl, dh);
    net_backward(&s->augment, a.dkl, &at_h, WRT_BOTH);
    adam_step(&s->augment, &s->opt);
    adam_step(&s->encode, &s->opt);
    adam_step(&s->residual, &s->opt);
    return loss;
}
