/* test_stencil.c: pictures by hand, shut and open gates, gradients by differences. */
#include "suite.h"

enum { N = 3, P = 4, FORM = 5, COLOUR = 2 };

/* Nets without weights that hand on what they are given: the gates, tones and colours themselves. */
static Stencil bare(int pixels)
{
    Stencil s = {net_new("form", (Shape){1, 1, 2 * pixels}, &mem), net_new("colour", (Shape){1, 1, 6}, &mem)};
    net_reshape(&s.form, (Shape){1, 1, 2 * pixels});
    net_reshape(&s.colour, (Shape){1, 1, 6});
    return s;
}

static Stencil smooth(Rng *rng)
{
    Stencil s = {net_new("form", (Shape){1, 1, FORM}, &mem), net_new("colour", (Shape){1, 1, COLOUR}, &mem)};
    net_dense(&s.form, 2 * P, rng);
    net_sigmoid(&s.form);
    net_dense(&s.colour, 6, rng);
    net_sigmoid(&s.colour);
    return s;
}

START_TEST(a_shut_gate_shows_the_ground_and_an_open_one_ink_by_its_tone)
{
    Stencil s = bare(3);
    StencilTrace p;
    Mat gates = {1, 6, (float[]){.01f, .7f, .99f, .5f, .5f, 1}}, rgb = {1, 6, (float[]){.1f, .2f, .3f, .4f, .6f, .8f}};
    Mat x = stencil_paint(&s, gates, rgb, TRAIN, &p, &mem);
    Mat want = {1, 9,
                (float[]){-.8f, -.6f, -.4f, -.6f, -.4f, -.2f, -.5f, -.2f,
                          .1f}}; /* ground; half the ink; half of each */
    mats_close(x, want, 1e-6, 0);
    s.colour = net_new("colour", (Shape){1, 1, 5}, &mem);
    net_reshape(&s.colour, (Shape){1, 1, 5});
    dies(stencil_paint(&s, gates, random_mat(1, 5, 1), TRAIN, &p, &mem),
         "stencil_paint: 6 numbers of form, 5 of colour");
}
END_TEST

START_TEST(the_way_back_is_the_slope)
{
    Rng rng = rng_new(4);
    Stencil s = smooth(&rng);
    StencilTrace p;
    Mat form = random_mat(N, FORM, 1), colour = random_mat(N, COLOUR, 2), weight = random_mat(N, 3 * P, 3);
    stencil_paint(&s, form, colour, TRAIN, &p, &mem);
    net_zero_grad(&s.form);
    net_zero_grad(&s.colour);
    StencilGrad d = stencil_backward(&s, weight, &p, WRT_BOTH, &mem);
    struct {
        Mat x, d;
    } all[] = {{form, d.form},
               {colour, d.colour},
               {s.form.layer[0].w.v, s.form.layer[0].w.g},
               {s.colour.layer[0].b.v, s.colour.layer[0].b.g}};
    const float h = .002f; /* gates near a kink would show; none of these is that near */
    for (int m = 0; m < LENGTH(all); m++)
        for (size_t i = 0; i < mat_size(all[m].x); i++) {
            float before = all[m].x.a[i];
            StencilTrace other;
            all[m].x.a[i] = before + h;
            double up = mat_dot(stencil_paint(&s, form, colour, TRAIN, &other, &mem), weight);
            all[m].x.a[i] = before - h;
            double down = mat_dot(stencil_paint(&s, form, colour, TRAIN, &other, &mem), weight);
            all[m].x.a[i] = before;
            close_to((double)all[m].d.a[i], (up - down) / (2 * (double)h), 5e-3);
        }
}
END_TEST

START_TEST(a_gate_that_is_shut_or_open_has_no_slope)
{
    Stencil s = bare(2);
    StencilTrace p;
    Mat gates = {1, 4, (float[]){.001f, .7f, .999f, .5f}}, rgb = {1, 6, (float[]){.1f, .2f, .3f, .4f, .6f, .8f}},
        one = mat_new(&mem, 1, 6);
    mat_fill(one, 1);
    stencil_paint(&s, gates, rgb, TRAIN, &p, &mem);
    StencilGrad d = stencil_backward(&s, one, &p, WRT_BOTH, &mem);
    ck_assert(d.form.a[0] == 0 && d.form.a[1] == 0 && d.form.a[2] == 0 &&
              d.form.a[3] > 0); /* a shut one hides its tone, too */
    for (int k = 0; k < 6; k++) close_to((double)d.colour.a[k], k < 3 ? 2 : 2 * .5, 1e-5);
}
END_TEST

int main(void)
{
    return run_tests("stencil",
                     (const TTest *[]){a_shut_gate_shows_the_ground_and_an_open_one_ink_by_its_tone,
                                       the_way_back_is_the_slope, a_gate_that_is_shut_or_open_has_no_slope, NULL});
}
