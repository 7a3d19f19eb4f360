/* Cases of lab 12: inputs and calls, no expected values. */
#include "12_progressive.h"
#include "driver.h"

#include <string.h>

/* ---- 1. upsample_nearest, 2. downsample_mean ---- */

/* one image of 1 x 2 pixels, two channels */
static void up_by_hand(Rng *rng, Arena *mem)
{
    result("y", upsample_nearest(given("x", ROWS(1, 4, 1, 10, 2, 20)), (Shape){1, 2, 2}, mem));
}

static void up_oblong(Rng *rng, Arena *mem)
{
    result("tall", upsample_nearest(given("x", random_mat(2, 6, 1, rng, mem)), (Shape){3, 2, 1}, mem));
    result("wide", upsample_nearest(given("u", random_mat(2, 8, 1, rng, mem)), (Shape){1, 4, 2}, mem));
}

/* 2 x 4 pixels, and two channels of 2 x 2 */
static void down_by_hand(Rng *rng, Arena *mem)
{
    result("y", downsample_mean(given("x", ROWS(1, 8, 1, 2, 10, 20, 3, 6, 30, 100)), (Shape){2, 4, 1}, mem));
    result("two", downsample_mean(given("u", ROWS(1, 8, 1, 10, 2, 20, 3, 30, 6, 100)), (Shape){2, 2, 2}, mem));
}

static void down_undoes_up(Rng *rng, Arena *mem)
{
    Shape s = {3, 5, 2}, large = {6, 10, 2};
    Mat x = given("x", random_mat(3, 30, 1, rng, mem));
    result("back", downsample_mean(upsample_nearest(x, s, mem), large, mem));
}

static void transposes(Rng *rng, Arena *mem)
{
    Shape s = {3, 2, 4}, large = {6, 4, 4};
    Mat x = random_mat(2, 24, 1, rng, mem), y = random_mat(2, 96, 1, rng, mem);
    result_value("up_x_y", mat_dot(upsample_nearest(x, s, mem), y));
    result_value("x_down_y", mat_dot(x, downsample_mean(y, large, mem)));
}

/* ---- 3. fade_in ---- */

static void fade_by_hand(Rng *rng, Arena *mem)
{
    Mat small = given("small", ROWS(1, 1, 8)), big = given("big", ROWS(1, 4, 0, 4, 12, 100));
    result("y", fade_in(small, big, (Shape){1, 1, 1}, .25f, mem));
}

static void fade_ends(Rng *rng, Arena *mem)
{
    Shape s = {2, 3, 2};
    Mat small = given("small", random_mat(2, 12, 1, rng, mem)), big = given("big", random_mat(2, 48, 1, rng, mem));
    result("old", fade_in(small, big, s, 0, mem));
    result("new", fade_in(small, big, s, 1, mem));
}

/* ---- 4. pixel_norm ---- */

static void norm_of(Mat x, Mat dy, int c, const char *turn, Arena *mem)
{
    PixelNorm f = pixel_norm(x, dy, c, mem);
    result(name_of(mem, "y%s", turn), f.y);
    result(name_of(mem, "dx%s", turn), f.dx);
}

/* two pixels of two channels: r = 5, r = 13 */
static void norm_by_hand(Rng *rng, Arena *mem)
{
    Mat x = given("x", ROWS(1, 4, 1, 7, 7, 17)), dy = given("dy", ROWS(1, 4, 1, 0, 0, 1));
    norm_of(x, dy, 2, "", mem);
}

/* zeros, and numbers as small as the root of epsilon */
static void norm_dark(Rng *rng, Arena *mem)
{
    Mat x = given("x", ROWS(2, 2, 0, 0, 1e-4f, -1e-4f)), dy = given("dy", ROWS(2, 2, 1e-4f, 2e-4f, 1e-4f, 3e-4f));
    norm_of(x, dy, 2, "", mem);
}

static void norm_length(Rng *rng, Arena *mem)
{
    Mat x = given("x", random_mat(4, 30, 3, rng, mem)), dy = given("dy", mat_copy(mem, x));
    norm_of(x, dy, 5, "", mem);
}

static void norm_gradient(Rng *rng, Arena *mem)
{
    Mat x = given("x", random_mat(3, 12, 1, rng, mem)), dy = given("dy", random_mat(3, 12, 1, rng, mem));
    norm_of(x, dy, 4, "", mem);
}

/* 300,000 channels: added up in a float they lose digits */
static void norm_many(Rng *rng, Arena *mem)
{
    enum { N = 300000 };
    Mat x = mat_new(mem, 1, N), dy = mat_zeros(mem, 1, N);
    mat_uniform(x, 44.6f, 44.8f, rng);
    PixelNorm f = pixel_norm(untold("x", x), untold("dy", dy), N, mem);
    result("y", mat_cols(mem, f.y, 0, 3));
}

/* ---- 5. grow_generator ---- */

/* As small as it can be: noise of z numbers to a map of shape s to an image. */
static Generator seedling(int z, Shape s, int colours, Rng *rng, Arena *mem)
{
    Generator G = {.stages = 1};
    G.body[0] = net_new("body", (Shape){1, 1, z}, mem);
    net_dense(&G.body[0], shape_size(s), rng);
    net_reshape(&G.body[0], s);
    G.image[0] = net_new("image", s, mem);
    net_conv(&G.image[0], colours, 1, 1, 0, rng);
    return G;
}

static Mat shape_row(Shape s, Arena *mem)
{
    Mat x = mat_new(mem, 1, 3);
    x.a[0] = (float)s.h;
    x.a[1] = (float)s.w;
    x.a[2] = (float)s.c;
    return x;
}

/* What stage k puts in, puts out, and does to maps of which all are given. */
static void stage(Generator *G, int k, const char *turn, Rng *rng, Arena *mem)
{
    Net *image = &G->image[k], *body = &G->body[k];
    result(name_of(mem, "body_in%s", turn), shape_row(net_in(body), mem));
    result(name_of(mem, "body_out%s", turn), shape_row(net_out(body), mem));
    result(name_of(mem, "image_in%s", turn), shape_row(net_in(image), mem));
    result(name_of(mem, "image_out%s", turn), shape_row(net_out(image), mem));
    result_value(name_of(mem, "body_weights%s", turn), (double)net_weights(body));
    result_value(name_of(mem, "image_weights%s", turn), (double)net_weights(image));
    Mat below = random_mat(2, shape_size(net_in(body)), 1, rng, mem);
    Trace t = trace(mem, TRAIN), u = trace(mem, TRAIN);
    Mat map = net_forward(body, below, &t), x = net_forward(image, map, &u);
    result(name_of(mem, "map%s", turn), mat_copy(mem, map));
    result(name_of(mem, "x%s", turn), mat_copy(mem, x));
    Mat dmap = net_backward(image, mat_copy(mem, x), &u, WRT_BOTH);
    Mat dbelow = net_backward(body, dmap, &t, WRT_BOTH);
    result(name_of(mem, "dbelow%s", turn), mat_copy(mem, dbelow));
}

static void grow_one(Rng *rng, Arena *mem)
{
    Generator G = seedling(3, (Shape){4, 4, 6}, 1, rng, mem);
    grow_generator(&G, 5, rng, mem);
    result_value("stages", G.stages);
    stage(&G, 1, "", rng, mem);
}

static void grow_two(Rng *rng, Arena *mem)
{
    Generator G = seedling(2, (Shape){2, 2, 3}, 3, rng, mem);
    grow_generator(&G, 4, rng, mem);
    grow_generator(&G, 2, rng, mem);
    result_value("stages", G.stages);
    stage(&G, 1, "1", rng, mem);
    stage(&G, 2, "2", rng, mem);
}

static void grow_names(Rng *rng, Arena *mem)
{
    Generator G = seedling(2, (Shape){4, 6, 3}, 1, rng, mem);
    grow_generator(&G, 4, rng, mem);
    grow_generator(&G, 2, rng, mem);
    result_value("body1", strcmp(G.body[1].name, "gbody8") == 0);
    result_value("image1", strcmp(G.image[1].name, "gimage8") == 0);
    result_value("body2", strcmp(G.body[2].name, "gbody16") == 0);
    result_value("image2", strcmp(G.image[2].name, "gimage16") == 0);
}

/* Values, gradients and moments of a net, one after the other. */
static Mat bits(Net *net, Arena *mem)
{
    Mat all = mat_new(mem, 1, 4 * (int)net_weights(net));
    float *to = all.a;
    Param *p;
    for (int i = 0; (p = net_param(net, &i));) {
        Mat part[4] = {p->v, p->g, p->m, p->s};
        for (int k = 0; k < 4; k++) {
            if (part[k].a)
                memcpy(to, part[k].a, mat_size(part[k]) * sizeof *to);
            else
                memset(to, 0, mat_size(p->v) * sizeof *to);
            to += mat_size(p->v);
        }
    }
    return all;
}

/* A generator that has learned a little grows. */
static void grow_keeps(Rng *rng, Arena *mem)
{
    Generator G = seedling(3, (Shape){2, 3, 4}, 2, rng, mem);
    Mat z = random_mat(4, 3, 1, rng, mem);
    Trace t = trace(mem, TRAIN), u = trace(mem, TRAIN);
    Mat x = net_forward(&G.image[0], net_forward(&G.body[0], z, &t), &u);
    Adam opt = adam(.1f), too = adam(.1f);
    net_backward(&G.body[0], net_backward(&G.image[0], x, &u, WRT_BOTH), &t, WRT_PARAMS);
    adam_step(&G.body[0], &opt);
    adam_step(&G.image[0], &too);
    given("body_before", bits(&G.body[0], mem));
    given("image_before", bits(&G.image[0], mem));
    grow_generator(&G, 5, rng, mem);
    result("body_after", bits(&G.body[0], mem));
    result("image_after", bits(&G.image[0], mem));
}

/* ---- all together: a generator grows, fades in, and is taught by squared error ---- */

static double teach(Generator *G, Adam opt[4], float alpha, Mat z, Mat want, Arena *mem)
{
    Trace t[3] = {trace(mem, TRAIN), trace(mem, TRAIN), trace(mem, TRAIN)}, old = trace(mem, TRAIN);
    Shape s = net_out(&G->image[0]), large = net_out(&G->image[1]);
    Mat below = net_forward(&G->body[0], z, &t[0]), map = net_forward(&G->body[1], below, &t[1]);
    Mat big = net_forward(&G->image[1], map, &t[2]), small = net_forward(&G->image[0], below, &old);
    Loss L = squared_error(fade_in(small, big, s, alpha, mem), want, mem);
    Mat dsmall = downsample_mean(L.grad, large, mem), dbig = mat_copy(mem, L.grad);
    mat_scale(dsmall, 4 * (1 - alpha));
    mat_scale(dbig, alpha);
    Net *all[4] = {&G->body[0], &G->body[1], &G->image[0], &G->image[1]};
    for (int k = 0; k < 4; k++) net_zero_grad(all[k]);
    Mat dbelow = net_backward(&G->body[1], net_backward(&G->image[1], dbig, &t[2], WRT_BOTH), &t[1], WRT_BOTH);
    mat_add(dbelow, net_backward(&G->image[0], dsmall, &old, WRT_BOTH));
    net_backward(&G->body[0], dbelow, &t[0], WRT_PARAMS);
    for (int k = 0; k < 4; k++) adam_step(all[k], &opt[k]);
    return (double)L.value;
}

static void growing(Rng *rng, Arena *mem)
{
    enum { STEPS = 400 };
    Generator G = seedling(4, (Shape){2, 2, 6}, 1, rng, mem);
    grow_generator(&G, 6, rng, mem);
    Mat z = random_mat(4, 4, 1, rng, mem), want = random_mat(4, 16, .5f, rng, mem);
    Adam opt[4] = {adam(.02f), adam(.02f), adam(.02f), adam(.02f)};
    size_t mark = mem->used;
    double first = 0, last = 0;
    for (int i = 0; i < STEPS; i++) {
        float alpha = i < STEPS / 2 ? (float)i / (STEPS / 2) : 1;
        last = teach(&G, opt, alpha, z, want, mem);
        if (i == 0) first = last;
        arena_rewind(mem, mark);
    }
    result_value("first", first);
    result_value("last", last);
}

/* ---- sizes and numbers from the seed: all 1, all few, then each letter in turn larger than the lab's own ---- */

enum { MANY_IMAGES = 32, MANY_PIXELS = 32, MANY_CHANNELS = 64 };

static void up_sizes(Rng *rng, Arena *mem)
{
    for (int turn = 0; turn < 5; turn++) {
        int n = turn_size(turn, 0, MANY_IMAGES, rng), h = turn_size(turn, 1, MANY_PIXELS, rng);
        int w = turn_size(turn, 2, MANY_PIXELS, rng), c = turn_size(turn, 3, MANY_CHANNELS, rng);
        Mat x = untold("x", random_mat(n, h * w * c, 1, rng, mem));
        result(name_of(mem, "y%d", turn), upsample_nearest(x, (Shape){h, w, c}, mem));
    }
}

static void down_sizes(Rng *rng, Arena *mem)
{
    for (int turn = 0; turn < 5; turn++) {
        int n = turn_size(turn, 0, MANY_IMAGES, rng), h = 2 * turn_size(turn, 1, MANY_PIXELS / 2, rng);
        int w = 2 * turn_size(turn, 2, MANY_PIXELS / 2, rng), c = turn_size(turn, 3, MANY_CHANNELS, rng);
        Mat x = untold("x", random_mat(n, h * w * c, 1, rng, mem));
        result(name_of(mem, "y%d", turn), downsample_mean(x, (Shape){h, w, c}, mem));
    }
}

static void fade_sizes(Rng *rng, Arena *mem)
{
    for (int turn = 0; turn < 5; turn++) {
        int n = turn_size(turn, 0, MANY_IMAGES, rng), h = turn_size(turn, 1, MANY_PIXELS, rng);
        int w = turn_size(turn, 2, MANY_PIXELS, rng), c = turn_size(turn, 3, MANY_CHANNELS, rng);
        float alpha = rng_uniform(rng);
        Mat small = untold("small", random_mat(n, h * w * c, 1, rng, mem));
        Mat big = untold("big", random_mat(n, 4 * h * w * c, 1, rng, mem));
        result(name_of(mem, "y%d", turn), fade_in(small, big, (Shape){h, w, c}, alpha, mem));
    }
}

static void norm_sizes(Rng *rng, Arena *mem)
{
    for (int turn = 0; turn < 5; turn++) {
        int n = turn_size(turn, 0, MANY_IMAGES, rng), pixels = turn_size(turn, 1, MANY_PIXELS, rng);
        int c = turn_size(turn, 2, MANY_CHANNELS, rng);
        float size = .1f + rng_uniform(rng);
        Mat x = untold("x", random_mat(n, pixels * c, size, rng, mem));
        norm_of(x, untold("dy", random_mat(n, pixels * c, 1, rng, mem)), c, name_of(mem, "%d", turn), mem);
    }
}

static void grow_sizes(Rng *rng, Arena *mem)
{
    for (int turn = 0; turn < 4; turn++) {
        int h = turn_size(turn, 0, 8, rng), w = turn_size(turn, 1, 8, rng), few = turn_size(turn, 2, 12, rng);
        int c = size_in(1, 9, rng), colours = size_in(1, 4, rng);
        Generator G = seedling(2, (Shape){h, w, few}, colours, rng, mem);
        grow_generator(&G, c, rng, mem);
        stage(&G, 1, name_of(mem, "%d", turn), rng, mem);
    }
}

#define CASE(name) \
    { \
#name, name \
    }
const Case cases[] = {
    CASE(up_by_hand),
    CASE(up_oblong),
    CASE(up_sizes),
    CASE(down_by_hand),
    CASE(down_undoes_up),
    CASE(down_sizes),
    CASE(fade_by_hand),
    CASE(fade_ends),
    CASE(fade_sizes),
    CASE(norm_by_hand),
    CASE(norm_dark),
    CASE(norm_length),
    CASE(norm_gradient),
    CASE(norm_many),
    CASE(norm_sizes),
    CASE(grow_one),
    CASE(grow_two),
    CASE(grow_names),
    CASE(grow_keeps),
    CASE(grow_sizes),
    CASE(transposes),
    CASE(growing),
    {0},
};
