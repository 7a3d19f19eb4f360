/* test_conv.c: convolution and its adjoint against sums written down from the definition, sizes, threads, what dies. */
#include "suite.h"

typedef struct {
    int h, w, c, out, kernel, stride, pad;
} Case;
typedef void Append(Net *net, int out, int kernel, int stride, int pad, Rng *rng);

static Net one_layer(Append *append, Case k)
{
    Rng rng = rng_new(1);
    Net net = net_new("n", (Shape){k.h, k.w, k.c}, &mem);
    append(&net, k.out, k.kernel, k.stride, k.pad, &rng);
    return net;
}

/* ---- values ---- */

START_TEST(a_map_of_3_by_3_has_the_values_found_by_hand)
{
    Net corner = one_layer(net_conv, (Case){3, 3, 1, 1, 2, 1, 0}),
        sum = one_layer(net_conv, (Case){3, 3, 1, 1, 3, 1, 1});
    Net back = one_layer(net_convt, (Case){2, 2, 1, 1, 2, 1, 0});
    Mat x = {1, 9, (float[]){1, 2, 3, 4, 5, 6, 7, 8, 9}}, w = {4, 1, (float[]){1, 2, 3, 4}};
    mat_set(corner.layer[0].w.v, w);
    mat_set(back.layer[0].w.v, w);
    mat_fill(sum.layer[0].w.v, 1);
    mat_fill(corner.layer[0].b.v, .5f);
    mats_close(forward(&corner, x), ((Mat){1, 4, (float[]){37.5f, 47.5f, 67.5f, 77.5f}}), 1e-5, 0);
    mats_close(forward(&sum, x), ((Mat){1, 9, (float[]){12, 21, 16, 27, 45, 33, 24, 39, 28}}), 1e-5,
               0); /* 0 around the map */
    mats_close(forward(&back, mat_reshape(w, 1, 4)), ((Mat){1, 9, (float[]){1, 4, 4, 6, 20, 16, 9, 24, 16}}), 1e-5, 0);
}
END_TEST

/* where a kernel lies wholly on a line padded at both ends */
static int places(int size, int kernel, int stride, int pad)
{
    int n = 0;
    for (int at = -pad; at + kernel <= size + pad; at += stride) n++;
    return n;
}

/* The transposed layer makes the smallest map that this convolution would bring back to k.h x k.w. */
static void sizes_are_counted_places(Case k)
{
    size_t mark = mem.used;
    int h = places(k.h, k.kernel, k.stride, k.pad), w = places(k.w, k.kernel, k.stride, k.pad), s = k.stride;
    if (h > 0 && w > 0) {
        Net net = one_layer(net_conv, k);
        Shape out = net_out(&net);
        ck_assert_msg(out.h == h && out.w == w && out.c == k.out, "conv %dx%d, %d/%d, pad %d: want %dx%d, got %dx%d",
                      k.h, k.w, k.kernel, s, k.pad, h, w, out.h, out.w);
    }
    if ((k.h - 1) * s + k.kernel > 2 * k.pad) {
        Net net = one_layer(net_convt, k);
        Shape out = net_out(&net);
        bool leads_back = places(out.h, k.kernel, s, k.pad) == k.h && places(out.w, k.kernel, s, k.pad) == k.w;
        bool smallest = places(out.h - 1, k.kernel, s, k.pad) < k.h && places(out.w - 1, k.kernel, s, k.pad) < k.w;
        ck_assert_msg(leads_back && smallest && out.c == k.out, "convt %dx%d, %d/%d, pad %d: got %dx%d", k.h, k.w,
                      k.kernel, s, k.pad, out.h, out.w);
    }
    arena_rewind(&mem, mark);
}

START_TEST(sizes_are_the_number_of_places_a_kernel_fits)
{
    for (int h = 1; h <= 8; h++)
        for (int kernel = 1; kernel <= 5; kernel++)
            for (int stride = 1; stride <= 4; stride++)
                for (int pad = 0; pad < kernel; pad++)
                    sizes_are_counted_places((Case){h, h + 3, 1, 2, kernel, stride, pad});
}
END_TEST

/* ---- the definition: what one layer does to x and dy, with every product written once ---- */

typedef struct {
    Mat y, dx, dw, db;
} Sums;

/* a pixel's channels; NULL outside the map */
static float *at(Mat m, Shape s, int i, int y, int x)
{
    return y < 0 || y >= s.h || x < 0 || x >= s.w ? NULL : row(m, i) + (y * s.w + x) * s.c;
}

/* q = p stride - pad + k. Convolution: y[p] takes W[k] x[q]; W (k, c, o). Transposed: y[q] takes W[k] x[p]; W (k, o,
 * c). */
static void add_up(const Layer *l, bool transposed, Mat x, Mat dy, Sums sum)
{
    Shape small = transposed ? l->in : l->out;
    for (int n = 0; n < x.n * small.h * small.w * l->kernel * l->kernel; n++) {
        int k = n % (l->kernel * l->kernel), pixel = n / l->kernel / l->kernel, i = pixel / small.w / small.h;
        int py = pixel / small.w % small.h, qy = py * l->stride - l->pad + k / l->kernel;
        int px = pixel % small.w, qx = px * l->stride - l->pad + k % l->kernel;
        int fy = transposed ? py : qy, fx = transposed ? px : qx, ty = transposed ? qy : py, tx = transposed ? qx : px;
        float *from = at(x, l->in, i, fy, fx), *dfrom = at(sum.dx, l->in, i, fy, fx);
        float *to = at(sum.y, l->out, i, ty, tx), *dto = at(dy, l->out, i, ty, tx);
        for (int c = 0; from && to && c < l->in.c; c++)
            for (int o = 0; o < l->out.c; o++) {
                int w = transposed ? (k * l->out.c + o) * l->in.c + c : (k * l->in.c + c) * l->out.c + o;
                to[o] += l->w.v.a[w] * from[c];
                dfrom[c] += l->w.v.a[w] * dto[o];
                sum.dw.a[w] += from[c] * dto[o];
            }
    }
}

#define fits(got, want) \
    ck_assert_msg(mats_are_close(#got, got, want, 1e-4, 1e-4), "%s %dx%dx%d -> %d, %d/%d, pad %d: %s", \
                  net.layer[0].type->kind, k.h, k.w, k.c, k.out, k.kernel, k.stride, k.pad, complaint)

static void layer_is_its_definition(Append *append, Case k, int batch)
{
    size_t mark = mem.used;
    Rng rng = rng_new(4);
    Net net = one_layer(append, k);
    Layer *l = net.layer;
    Mat b = l->b.v, x = random_mat(batch, k.h * k.w * k.c, 2);
    mat_normal(b, 1, &rng);
    Trace t = trace(&mem, TRAIN);
    Mat y = net_forward(&net, x, &t), dy = random_mat(y.n, y.d, 3), dx = net_backward(&net, dy, &t, WRT_BOTH);
    Sums want = {mat_zeros(&mem, y.n, y.d), mat_zeros(&mem, x.n, x.d), mat_zeros(&mem, l->w.v.n, l->w.v.d),
                 mat_zeros(&mem, 1, b.d)};
    for (size_t i = 0; i < mat_size(y); i++) {
        want.y.a[i] = b.a[i % (size_t)b.d];
        want.db.a[i % (size_t)b.d] += dy.a[i];
    }
    add_up(l, append == net_convt, x, dy, want);
    fits(y, want.y);
    fits(dx, want.dx);
    fits(l->w.g, want.dw);
    fits(l->b.g, want.db);
    arena_rewind(&mem, mark);
}

START_TEST(both_layers_and_all_their_gradients_are_sums_over_kernel_and_channels)
{
    static const Case some[] = {
        {1, 1, 1, 1, 1, 1, 0},   {3, 4, 8, 3, 1, 1, 0},   {5, 6, 3, 2, 1, 2, 0},  {5, 4, 1, 2, 3, 1, 1},
        {4, 7, 3, 2, 3, 2, 1},   {7, 5, 8, 3, 5, 1, 2},   {6, 4, 3, 3, 4, 2, 1},  {6, 8, 1, 1, 4, 2, 1},
        {4, 6, 3, 2, 2, 3, 1},   {7, 3, 1, 8, 3, 2, 2},   {5, 9, 4, 4, 2, 1, 0},  {4, 4, 1, 1, 3, 1, 2},
        {3, 3, 16, 16, 4, 2, 1}, {3, 2, 32, 32, 3, 1, 1}, {2, 4, 32, 32, 4, 2, 1}}; /* lines of 64, 96, 128 numbers */
    for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
        layer_is_its_definition(net_conv, some[i], 5); /* in slabs of 2, 2 and 1 */
        layer_is_its_definition(net_convt, some[i], 5);
    }
    for (int pad = 0; pad < 5; pad++) {
        layer_is_its_definition(net_conv, (Case){8, 5, 3, 2, 5, 3, pad}, 1);
        layer_is_its_definition(net_convt, (Case){5, 8, 3, 2, 5, 3, pad}, 1);
    }
    layer_is_its_definition(net_conv, (Case){9, 9, 16, 4, 5, 1, 2}, 23); /* six slabs, the last one short */
    layer_is_its_definition(net_convt, (Case){9, 9, 4, 16, 5, 1, 2}, 23);
}
END_TEST

START_TEST(the_transposed_layer_is_the_adjoint_of_the_convolution) /* <conv x, y> = <x, convt y> */
{
    static const Case some[] = {{8, 6, 3, 5, 4, 2, 1},
                                {7, 10, 1, 2, 4, 3, 0},
                                {5, 5, 8, 3, 3, 1, 1},
                                {9, 5, 3, 2, 3, 2, 1},
                                {4, 7, 2, 3, 1, 3, 0}};
    for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
        Case k = some[i];
        Net conv = one_layer(net_conv, k);
        Shape s = net_out(&conv);
        Net convt = one_layer(net_convt, (Case){s.h, s.w, s.c, k.c, k.kernel, k.stride, k.pad});
        mat_set(convt.layer[0].w.v, conv.layer[0].w.v);
        Mat x = random_mat(6, k.h * k.w * k.c, 1), y = random_mat(6, s.h * s.w * s.c, 2);
        close_to(mat_dot(forward(&conv, x), y) / mat_dot(x, forward(&convt, y)), 1, 1e-4);
    }
}
END_TEST

/* ---- gradients ---- */

START_TEST(a_small_u_has_the_gradients_of_finite_differences)
{
    Rng rng = rng_new(2);
    Net net = net_new("u", (Shape){5, 7, 2}, &mem);
    net_conv(&net, 3, 3, 1, 1, &rng);
    net_save(&net);
    net_conv(&net, 4, 3, 2, 1, &rng);
    net_tanh(&net);
    net_convt(&net, 2, 3, 2, 1, &rng);
    net_sigmoid(&net);
    net_join(&net);
    net_conv(&net, 2, 2, 3, 0, &rng); /* leaves a line of pixels out */
    ck_assert(net_out(&net).h == 2 && net_out(&net).w == 2);
    gradients_fit(&net, random_mat(3, 70, 3), 1e-3);
}
END_TEST

START_TEST(a_second_backward_pass_adds_to_the_first)
{
    static Append *const layer[] = {net_conv, net_convt};
    for (int i = 0; i < 2; i++) {
        Net net = one_layer(layer[i], (Case){6, 6, 3, 4, 4, 2, 1});
        Trace t = trace(&mem, TRAIN);
        Mat y = net_forward(&net, random_mat(9, 108, 1), &t), dy = random_mat(y.n, y.d, 2);
        ck_assert_ptr_null(net_backward(&net, dy, &t, WRT_PARAMS).a);
        Mat w = mat_copy(&mem, net.layer[0].w.g), b = mat_copy(&mem, net.layer[0].b.g),
            dx = net_backward(&net, dy, &t, WRT_INPUT);
        same_bytes(net.layer[0].w.g, w);
        same_bytes(net.layer[0].b.g, b);
        same_bytes(net_backward(&net, dy, &t, WRT_BOTH), dx);
        mat_scale(w, 2);
        mat_scale(b, 2);
        mats_close(net.layer[0].w.g, w, 1e-4, 1e-5);
        mats_close(net.layer[0].b.g, b, 1e-4, 1e-5);
    }
}
END_TEST

START_TEST(the_bytes_are_the_same_for_any_number_of_threads)
{
    static const int size[] = {1, 3, 5, 100}; /* 100 are 8 slabs */
    for (int i = 0; i < 4; i++) {
        Mat first[6];
        for (int threads = 1; threads <= 3; threads++) {
            threads_set(threads);
            Rng rng = rng_new(1);
            Net net = net_new("both", (Shape){28, 28, 3}, &mem);
            net_conv(&net, 16, 4, 2, 1, &rng);
            net_convt(&net, 3, 4, 2, 1, &rng);
            Trace t = trace(&mem, TRAIN);
            Mat y = net_forward(&net, random_mat(size[i], 2352, 2), &t),
                dx = net_backward(&net, random_mat(size[i], 2352, 3), &t, WRT_BOTH);
            Mat now[6] = {y, dx, net.layer[0].w.g, net.layer[0].b.g, net.layer[1].w.g, net.layer[1].b.g};
            for (int k = 0; k < 6; k++)
                if (threads == 1)
                    first[k] = now[k];
                else
                    same_bytes(now[k], first[k]);
        }
        arena_reset(&mem);
    }
}
END_TEST

START_TEST(an_empty_batch_stays_empty)
{
    static Append *const layer[] = {net_conv, net_convt};
    for (int i = 0; i < 2; i++) {
        Net net = one_layer(layer[i], (Case){4, 4, 2, 3, 2, 2, 0});
        Trace t = trace(&mem, TRAIN);
        Mat y = net_forward(&net, mat_new(&mem, 0, 32), &t);
        ck_assert_int_eq(y.n, 0);
        ck_assert_int_eq(net_backward(&net, y, &t, WRT_BOTH).n, 0);
        for (size_t k = 0; k < mat_size(net.layer[0].w.g); k++) ck_assert_float_eq(net.layer[0].w.g.a[k], 0);
    }
}
END_TEST

/* ---- weights, and what dies ---- */

static void spread_is(Mat w, double sd)
{
    double n = (double)mat_size(w), square = 0;
    for (size_t i = 0; i < mat_size(w); i++) square += (double)(w.a[i] * w.a[i]) / n;
    within_5_se(square, sd * sd, sd * sd * sqrt(2 / n));
}

START_TEST(weights_are_printed_counted_and_start_with_he_spread)
{
    Rng rng = rng_new(1);
    Net net = net_new("pair", (Shape){28, 28, 1}, &mem);
    net_conv(&net, 32, 4, 2, 1, &rng);
    net_convt(&net, 1, 4, 2, 1, &rng);
    ck_assert_uint_eq(net_weights(&net), 16 * 32 + 32 + 16 * 32 + 1);
    ends(net_print(&net), EXIT_OK, "");
    ck_assert_str_eq(child_out, "pair: 1057 weights\n  conv       28x28x1 -> 14x14x32  4x4/2  544 weights\n"
                                "  convt      14x14x32 -> 28x28x1  4x4/2  513 weights\n");
    spread_is(net.layer[0].w.v, sqrt(2. / 16));
    spread_is(net.layer[1].w.v, sqrt(2. / (4 * 32))); /* a quarter of the 16 places reaches each output pixel */
    for (int j = 0; j < 32; j++) ck_assert_float_eq(net.layer[0].b.v.a[j], 0);
}
END_TEST

START_TEST(a_geometry_that_is_none_dies_with_the_nets_name)
{
    static Append *const layer[] = {net_conv, net_convt};
    for (int i = 0; i < 2; i++) {
        dies(one_layer(layer[i], (Case){3, 3, 1, 1, 0, 1, 0}), "net n: kernel 0, stride 1, padding 0\n  hint: ");
        dies(one_layer(layer[i], (Case){3, 3, 1, 1, 2, 0, 0}), "kernel 2, stride 0");
        dies(one_layer(layer[i], (Case){3, 3, 1, 1, 2, 1, 2}), "kernel 2, stride 1, padding 2");
        dies(one_layer(layer[i], (Case){3, 3, 1, 1, 2, 1, -1}), "padding -1");
        dies(one_layer(layer[i], (Case){3, 3, 1, 0, 2, 1, 0}), "of kernel 2, stride 1, padding 0 leaves");
    }
    dies(one_layer(net_convt, (Case){1, 9, 1, 1, 3, 1, 2}), "net n: a convt of kernel 3, stride 1, padding 2 leaves");
}
END_TEST

START_TEST(a_kernel_larger_than_the_padded_map_dies_whatever_the_stride)
{
    dies(one_layer(net_conv, (Case){2, 9, 1, 1, 3, 1, 0}), "net n: a kernel of 3 on a map of 2x9 with padding 0");
    dies(one_layer(net_conv, (Case){2, 9, 1, 1, 3, 2, 0}), "a kernel of 3 on a map of 2x9 with padding 0");
    dies(one_layer(net_conv, (Case){9, 1, 1, 1, 5, 3, 1}), "a kernel of 5 on a map of 9x1 with padding 1");
}
END_TEST

int main(void)
{
    return run_tests("conv",
                     (const TTest *[]){a_map_of_3_by_3_has_the_values_found_by_hand,
                                       sizes_are_the_number_of_places_a_kernel_fits,
                                       both_layers_and_all_their_gradients_are_sums_over_kernel_and_channels,
                                       the_transposed_layer_is_the_adjoint_of_the_convolution,
                                       a_small_u_has_the_gradients_of_finite_differences,
                                       a_second_backward_pass_adds_to_the_first,
                                       the_bytes_are_the_same_for_any_number_of_threads, an_empty_batch_stays_empty,
                                       weights_are_printed_counted_and_start_with_he_spread,
                                       a_geometry_that_is_none_dies_with_the_nets_name,
                                       a_kernel_larger_than_the_padded_map_dies_whatever_the_stride, NULL});
}
