/* stencil.c: a picture of two colours. A net says at every pixel whether the stencil is open there and how bright it
 * is, another one says which colours; one flat ground for all pixels is what convolutions alone find hard to hit. */
#include "gen.h"

#include <math.h>

/* A sigmoid is never quite 0 or 1, and the last twentieth is hard to learn: shut is shut. */
enum { SLACK = 20 };
static float shut(float gate)
{
    float wider = gate + (2 * gate - 1) / SLACK;
    return fminf(1, fmaxf(0, wider));
}

static float shut_slope(float gate)
{
    bool inside = shut(gate) > 0 && shut(gate) < 1;
    return inside ? 1 + 2.f / SLACK : 0;
}

Mat stencil_paint(Stencil *s, Mat form, Mat colour, Mode mode, StencilTrace *p, Arena *mem)
{
    *p = (StencilTrace){.form = trace(mem, mode), .colour = trace(mem, mode)};
    p->gate = net_forward(&s->form, form, &p->form);
    p->rgb = net_forward(&s->colour, colour, &p->colour);
    check(p->rgb.d == 6 && p->gate.d % 2 == 0, "stencil_paint: %d numbers of form, %d of colour; want 2 a pixel, and 6",
          p->gate.d, p->rgb.d);
    int pixels = p->gate.d / 2;
    Mat x = mat_new(mem, form.n, 3 * pixels);
    for (int i = 0; i < x.n; i++) {
        const float *ground = row(p->rgb, i), *ink = ground + 3;
        for (int q = 0; q < pixels; q++) {
            float gate = shut(row(p->gate, i)[2 * q]), tone = row(p->gate, i)[2 * q + 1];
            for (int k = 0; k < 3; k++)
                row(x, i)[3 * q + k] = 2 * (ground[k] + gate * (tone * ink[k] - ground[k])) - 1;
        }
    }
    return x;
}

StencilGrad stencil_backward(Stencil *s, Mat dx, StencilTrace *p, int wrt, Arena *mem)
{
    int pixels = dx.d / 3;
    Mat dgate = mat_zeros(mem, dx.n, 2 * pixels), drgb = mat_zeros(mem, dx.n, 6);
    for (int i = 0; i < dx.n; i++) {
        const float *ground = row(p->rgb, i), *ink = ground + 3;
        float *dground = row(drgb, i), *dink = dground + 3;
        for (int q = 0; q < pixels; q++) {
            float before = row(p->gate, i)[2 * q], tone = row(p->gate, i)[2 * q + 1];
            float gate = shut(before), *back = row(dgate, i) + 2 * q;
            for (int k = 0; k < 3; k++) {
                float d = 2 * row(dx, i)[3 * q + k];
                back[0] += d * (tone * ink[k] - ground[k]) * shut_slope(before);
                back[1] += d * gate * ink[k];
                dground[k] += d * (1 - gate);
                dink[k] += d * gate * tone;
            }
        }
    }
    StencilGrad d = {0};
    d.form = net_backward(&s->form, dgate, &p->form, wrt);
    d.colour = net_backward(&s->colour, drgb, &p->colour, wrt);
    return d;
}
