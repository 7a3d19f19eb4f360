/* expect: stage1_step | wrong | as it is after teach_d */
#include "15_stackgan.h"
#include "slip.h"

Losses stage1_step(Stage1 *s, Mat real, Mat e, Mat wrong, Mat z, Mat eps, Arena *mem)
{
    Trace at_h = trace(mem);
    StencilPass p;
    Mat h = net_forward(&s->augment, e, &at_h);             // (B,2C)
    Augmented a = cond_augment(h, eps, mem);
    Mat fake = paint(s, z, a.c, trace, &p, mem);            // (B,3P)
    Losses loss = {.kl = a.kl};
    Loss fool = fooling_loss(&s->critic.D, fake, e, mem);
    loss.d = teach_d(&s->critic, real, fake, e, wrong, mem);
    loss.fool = fool.value;
    net_zero_grad(&s->augment);
    net_zero_grad(&s->G.form);
    net_zero_grad(&s->G.colour);
    Mat dc = paint_backward(s, fool.grad, &p, mem);         // (B,C)
    Mat dh = augment_backward(dc, h, eps, mem);             // (B,2C)
    mat_scale(a.dkl, s->weight);
    mat_add(dh, a.dkl);
    net_backward(&s->augment, dh, &at_h, WRT_PARAMS);
    adam_step(&s->augment, &s->opt_augment);
    adam_step(&s->G.form, &s->opt_form);
    adam_step(&s->G.colour, &s->opt_colour);
    return loss;
}
