/* test_net.c: nets as a whole: gradients through brackets, several Traces of one net, what dies, weights on disk. */
#include "suite.h"

static Net plain(const char *name, int d) { return net_new(name, (Shape){1, 1, d}, &mem); }

/* 3 -> 4 -> 2 with a smooth bend, the net of most tests */
static Net small(const char *name, uint64_t seed)
{
    Rng rng = rng_new(seed);
    Net net = plain(name, 3);
    net_dense(&net, 4, &rng);
    net_tanh(&net);
    net_dense(&net, 2, &rng);
    return net;
}

/* All gradients of a net behind each other, so that they compare at once. */
static Mat all_gradients(Net *net)
{
    Mat g = mat_new(&mem, 1, (int)net_weights(net));
    Param *p;
    float *to = g.a;
    for (int i = 0; (p = net_param(net, &i)); to += mat_size(p->g)) memcpy(to, p->g.a, mat_size(p->g) * sizeof *to);
    return g;
}

/* ---- gradients ---- */

START_TEST(a_deep_net_has_the_gradients_of_finite_differences)
{
    Rng rng = rng_new(1);
    Net net = net_new("deep", (Shape){2, 2, 2}, &mem);
    net_dense(&net, 7, &rng);
    net_tanh(&net);
    net_linear(&net, 6, .5f, &rng);
    net_sigmoid(&net);
    net_dense(&net, 5, &rng);
    net_lrelu(&net, .2f);
    net_dense(&net, 3, &rng);
    mat_fill(net.layer[4].b.v, 3); /* keeps the leaky ReLU's input clear of its kink */
    gradients_fit(&net, random_mat(6, 8, 2), 1e-3);
}
END_TEST

START_TEST(nested_brackets_have_the_gradients_of_finite_differences)
{
    Rng rng = rng_new(2);
    Net net = plain("skips", 3);
    net_dense(&net, 4, &rng);
    net_save(&net); /* ( dense ( dense tanh | ) sigmoid | ) dense */
    net_dense(&net, 5, &rng);
    net_save(&net);
    net_dense(&net, 5, &rng);
    net_tanh(&net);
    net_join(&net);
    net_sigmoid(&net);
    net_join(&net);
    net_dense(&net, 2, &rng);
    ck_assert_int_eq(net.layer[8].out.c, 14);
    gradients_fit(&net, random_mat(5, 3, 3), 1e-3);
}
END_TEST

START_TEST(a_bracket_that_opens_or_closes_a_net_has_its_gradients_too)
{
    Net net = plain("edge", 3);
    net_save(&net);
    net_save(&net);
    net_tanh(&net);
    net_join(&net);
    net_sigmoid(&net);
    dies(forward(&net, random_mat(2, 3, 1)), "net edge: a bracket is still open\n  hint: ");
    net_join(&net);
    ck_assert_int_eq(net_out(&net).c, 9);
    gradients_fit(&net, random_mat(4, 3, 3), 1e-3);
}
END_TEST

START_TEST(join_puts_the_saved_half_first)
{
    Net net = plain("j", 2);
    net_save(&net);
    net_relu(&net);
    net_join(&net);
    Mat x = {2, 2, (float[]){1, -2, -3, 4}};
    mats_close(forward(&net, x), ((Mat){2, 4, (float[]){1, -2, 1, 0, -3, 4, 0, 4}}), 0, 0);
}
END_TEST

START_TEST(images_are_joined_pixel_by_pixel)
{
    Net net = net_new("maps", (Shape){2, 3, 2}, &mem);
    net_save(&net);
    net_save(&net);
    net_tanh(&net);
    net_join(&net); /* 2 x 3 x 4: x | tanh x */
    net_sigmoid(&net);
    net_join(&net); /* 2 x 3 x 6: x | sigmoid(x | tanh x) */
    ck_assert(net_out(&net).h == 2 && net_out(&net).w == 3 && net_out(&net).c == 6);
    Mat x = random_mat(3, 12, 4), y = forward(&net, x);
    for (int i = 0; i < 3; i++)
        for (int pixel = 0; pixel < 6; pixel++)
            for (int c = 0; c < 2; c++) {
                double v = (double)row(x, i)[2 * pixel + c];
                const float *at = row(y, i) + 6 * pixel + c;
                close_to(at[0], v, 1e-9);
                close_to(at[2], 1 / (1 + exp(-v)), 1e-6);
                close_to(at[4], 1 / (1 + exp(-tanh(v))), 1e-6);
            }
    gradients_fit(&net, x, 1e-3);
}
END_TEST

/* ---- traces ---- */

START_TEST(two_traces_of_one_net_give_the_sum_of_the_single_gradients)
{
    Net net = small("d", 1);
    Mat real = random_mat(5, 3, 1), fake = random_mat(4, 3, 2), dreal = random_mat(5, 2, 3),
        dfake = random_mat(4, 2, 4);
    Trace tr = trace(&mem, TRAIN), tf = trace(&mem, TRAIN);
    net_forward(&net, real, &tr);
    net_backward(&net, dreal, &tr, WRT_PARAMS);
    Mat sum = all_gradients(&net);
    net_zero_grad(&net);
    net_forward(&net, fake, &tf);
    net_backward(&net, dfake, &tf, WRT_PARAMS);
    mat_add(sum, all_gradients(&net));

    Trace ar = trace(&mem, TRAIN), af = trace(&mem, TRAIN); /* now interleaved */
    net_zero_grad(&net);
    net_forward(&net, real, &ar);
    net_forward(&net, fake, &af);
    net_backward(&net, dreal, &ar, WRT_PARAMS);
    net_backward(&net, dfake, &af, WRT_PARAMS);
    mats_close(all_gradients(&net), sum, 1e-5, 0);
}
END_TEST

START_TEST(wrt_input_leaves_the_weights_gradients_alone_byte_for_byte)
{
    Net net = small("d", 1);
    Mat x = random_mat(5, 3, 1), dy = random_mat(5, 2, 2);
    Trace t = trace(&mem, TRAIN);
    net_forward(&net, x, &t);
    net_backward(&net, dy, &t, WRT_PARAMS);
    Mat before = all_gradients(&net), dx = net_backward(&net, dy, &t, WRT_INPUT);
    same_bytes(all_gradients(&net), before);
    same_bytes(net_backward(&net, dy, &t, WRT_BOTH), dx);
}
END_TEST

START_TEST(wrt_params_adds_up_until_zeroed_and_returns_nothing)
{
    Net net = small("d", 1);
    Mat dy = random_mat(5, 2, 2);
    Trace t = trace(&mem, TRAIN);
    net_forward(&net, random_mat(5, 3, 1), &t);
    ck_assert(t.train && !trace(&mem, EVAL).train);
    ck_assert_ptr_null(net_backward(&net, dy, &t, WRT_PARAMS).a);
    Mat once = all_gradients(&net);
    net_backward(&net, dy, &t, WRT_PARAMS);
    mat_scale(once, 2);
    mats_close(all_gradients(&net), once, 1e-5, 0);
    net_zero_grad(&net);
    same_bytes(all_gradients(&net), mat_zeros(&mem, 1, once.d));
}
END_TEST

START_TEST(a_stale_or_unfilled_trace_dies)
{
    Net net = small("critic", 1);
    Mat dy = random_mat(5, 2, 2);
    Trace t = trace(&mem, TRAIN), unfilled = trace(&mem, TRAIN);
    Sgd opt = {.lr = .1f};
    net_forward(&net, random_mat(5, 3, 1), &t);
    dies((sgd_step(&net, &opt), net_backward(&net, dy, &t, WRT_BOTH)), "net critic: stale trace",
         "\n  hint: run net_forward again");
    dies(net_backward(&net, dy, &unfilled, WRT_BOTH),
         "net critic: backward with a trace that no forward pass has filled");
    net_touch(&net);
    net_forward(&net, random_mat(5, 3, 1), &t); /* a fresh pass makes it good again */
    net_backward(&net, dy, &t, WRT_BOTH);
}
END_TEST

/* ---- shapes ---- */

START_TEST(wrong_features_or_gradients_die_with_net_layer_and_shapes)
{
    Net net = small("enc", 1), maps = net_new("maps", (Shape){2, 3, 4}, &mem);
    net_relu(&maps);
    Trace t = trace(&mem, TRAIN);
    net_forward(&net, random_mat(5, 3, 1), &t);
    dies(forward(&net, random_mat(5, 4, 1)), "net enc, layer 0 (dense): got 4 features, want 3 = 1 x 1 x 3");
    dies(forward(&maps, random_mat(5, 3, 1)), "net maps, layer 0 (relu): got 3 features, want 24 = 2 x 3 x 4");
    dies(net_backward(&net, random_mat(5, 3, 1), &t, WRT_BOTH),
         "net enc, layer 2 (dense): a gradient (5,3) for an output (5,2)");
    dies(net_backward(&net, random_mat(4, 2, 1), &t, WRT_BOTH), "a gradient (4,2) for an output (5,2)");
    dies(net_new("flat", (Shape){0, 2, 3}, &mem), "net flat: an input of 0 x 2 x 3 is not a shape");
}
END_TEST

static void nest(Net *net, int deep)
{
    for (int i = 0; i < deep; i++) net_save(net);
    for (int i = 0; i < deep; i++) net_join(net);
}

START_TEST(brackets_that_do_not_match_die)
{
    Rng rng = rng_new(1);
    Net net = plain("u", 3), maps = net_new("maps", (Shape){2, 2, 3}, &mem), nested = plain("nested", 2);
    dies(net_join(&net), "net u: net_join without a net_save before it");
    dies((net_save(&maps), net_dense(&maps, 5, &rng), net_join(&maps)), "net maps: net_join of 2x2 and 1x1 maps");
    dies(nest(&net, STACK + 1), "net u: brackets nest deeper than 16");
    nest(&nested, STACK); /* but that deep is fine: x 17 times */
    ck_assert_int_eq(net_out(&nested).c, 2 * (STACK + 1));
    close_to(forward(&nested, ((Mat){1, 2, (float[]){1, 2}})).a[2 * STACK + 1], 2, 1e-9);
    for (int i = 0; i < 64; i++) net_relu(&net);
    dies(net_relu(&net), "net u: more than 64 layers");
}
END_TEST

START_TEST(an_empty_net_is_the_identity_and_an_empty_batch_stays_empty)
{
    Net none = plain("none", 3), net = small("s", 1);
    Mat x = random_mat(2, 3, 1);
    Trace t = trace(&mem, TRAIN);
    same_bytes(net_forward(&none, x, &t), x);
    same_bytes(net_backward(&none, x, &t, WRT_INPUT), x);
    Mat y = forward(&net, mat_new(&mem, 0, 3));
    ck_assert(y.n == 0 && y.d == 2);
}
END_TEST

/* ---- weights ---- */

START_TEST(every_param_is_visited_once_and_counted)
{
    Net net = small("s", 1);
    Param *p, *want[] = {&net.layer[0].w, &net.layer[0].b, &net.layer[2].w, &net.layer[2].b, NULL}, **next = want;
    for (int i = 0; (p = net_param(&net, &i));) {
        ck_assert_ptr_eq(p, *next);
        next++;
    }
    ck_assert_ptr_null(*next);
    ck_assert_uint_eq(net_weights(&net), 3 * 4 + 4 + 4 * 2 + 2);
}
END_TEST

START_TEST(net_print_writes_one_line_per_layer)
{
    Rng rng = rng_new(1);
    Net net = net_new("enc", (Shape){2, 2, 3}, &mem);
    net_relu(&net);
    net_dense(&net, 4, &rng);
    ends(net_print(&net), EXIT_OK, "");
    ck_assert_str_eq(child_out, "enc: 52 weights\n  relu       2x2x3 -> 2x2x3\n  dense      2x2x3 -> 4  52 weights\n");
}
END_TEST

START_TEST(weights_survive_a_round_trip_through_files_named_after_net_and_layer)
{
    Net net = small("enc", 1), other = small("enc", 2);
    net_write(&net, path("new/model")); /* makes the folders */
    int before = other.version;
    net_read(&other, path("new/model"));
    ck_assert_int_gt(other.version, before);
    Param *p;
    for (int i = 0, j = 0; (p = net_param(&net, &i));) same_bytes(net_param(&other, &j)->v, p->v);
    static const char *const name[] = {"enc.dense0.weight", "enc.dense0.bias", "enc.dense2.weight", "enc.dense2.bias"};
    for (int k = 0; k < 4; k++) {
        char file[64];
        snprintf(file, sizeof file, "new/model/%s.npy", name[k]);
        ck_assert_msg(remove(path(file)) == 0, "there is no %s", file);
    }
    ck_assert_int_eq(rmdir(path("new/model")), 0); /* nothing else was written */
}
END_TEST

START_TEST(weights_of_another_shape_or_from_nowhere_die)
{
    Rng rng = rng_new(1);
    Net net = small("enc", 1), turned = plain("enc", 4), renamed = small("dec", 1);
    net_dense(&turned, 3, &rng);
    net_write(&net, folder);
    dies(net_read(&turned, folder), "/enc.dense0.weight.npy: holds (3,4), the net wants (4,3)", "\n  hint: ");
    dies(net_read(&renamed, folder), "/dec.dense0.weight.npy: cannot open: No such file", "\n  hint: --load");
}
END_TEST

START_TEST(evaluation_in_slabs_is_one_forward_pass_and_leaves_no_memory_behind)
{
    Rng rng = rng_new(1);
    Net net = plain("net", 3);
    net_dense(&net, 4, &rng);
    net_batchnorm(&net);
    net_dropout(&net, .5f, &rng);
    net_dense(&net, 2, &rng);
    Mat x = random_mat(1203, 3, 2), want = forward_as(&net, x, false);
    size_t before = mem.used;
    Mat got = net_eval(&net, x, &mem);
    ck_assert_uint_eq(mem.used - before, (mat_size(got) * sizeof(float) + 63) / 64 * 64 + REDZONE);
    mats_close(got, want, 1e-6, 1e-6);
    ck_assert_int_eq(net_eval(&net, mat_rows(x, 0, 0), &mem).n, 0);
}
END_TEST

START_TEST(weights_anew_have_the_spread_asked_for_and_spare_biases_and_norms)
{
    Rng rng = rng_new(1);
    Net net = net_new("net", (Shape){8, 8, 4}, &mem);
    net_conv(&net, 64, 3, 1, 1, &rng);
    net_batchnorm(&net);
    net_layernorm(&net);
    net_dense(&net, 16, &rng);
    mat_fill(net.layer[0].b.v, 3);
    int version = net.version;
    net_init_normal(&net, .02f, &rng);
    for (int i = 0; i < 4; i += 3) {
        Mat w = net.layer[i].w.v;
        within_5_se(mat_dot(w, w) / (double)mat_size(w), 4e-4, 4e-4 * sqrt(2. / (double)mat_size(w)));
    }
    ck_assert_float_eq(net.layer[1].w.v.a[5], 1);
    ck_assert_float_eq(net.layer[2].w.v.a[5], 1);
    ck_assert_float_eq(net.layer[0].b.v.a[5], 3);
    ck_assert_int_ne(net.version, version);
}
END_TEST

START_TEST(a_nets_maps_are_its_input_and_every_change_of_shape)
{
    Rng rng = rng_new(1);
    Net net = net_new("D", (Shape){28, 28, 1}, &mem);
    net_conv(&net, 32, 4, 2, 1, &rng);
    net_batchnorm(&net);
    net_relu(&net);
    net_dense(&net, 1, &rng);
    Csv *csv = csv_open(folder, "nets.csv", "net,kind,h,w,c");
    net_maps(&net, csv);
    csv_close(csv);
    char text[256] = "";
    FILE *f = fopen(path("nets.csv"), "r");
    ck_assert_ptr_nonnull(f);
    text[fread(text, 1, sizeof text - 1, f)] = 0;
    fclose(f);
    ck_assert_str_eq(text, "net,kind,h,w,c\nD,input,28,28,1\nD,conv,14,14,32\nD,dense,1,1,1\n");
}
END_TEST

START_TEST(a_nets_summary_names_every_layer_as_its_files_do)
{
    Rng rng = rng_new(1);
    Net net = net_new("encoder", (Shape){1, 1, 3}, &mem);
    net_dense(&net, 5, &rng);
    net_relu(&net);
    net_dense(&net, 2, &rng);
    Csv *csv = csv_open(folder, "summary.txt", "net,layer,in,out");
    net_summary(&net, csv);
    csv_close(csv);
    net_write(&net, folder);
    ck_assert(access(path("encoder.dense2.weight.npy"), R_OK) == 0);
    char text[256] = "";
    FILE *f = fopen(path("summary.txt"), "r");
    ck_assert_ptr_nonnull(f);
    text[fread(text, 1, sizeof text - 1, f)] = 0;
    fclose(f);
    ck_assert_str_eq(text, "net,layer,in,out\nencoder,dense0,3,5\nencoder,relu1,5,5\nencoder,dense2,5,2\n");
}
END_TEST

int main(void)
{
    return run_tests("net", (const TTest *[]){a_deep_net_has_the_gradients_of_finite_differences,
                                              nested_brackets_have_the_gradients_of_finite_differences,
                                              a_bracket_that_opens_or_closes_a_net_has_its_gradients_too,
                                              join_puts_the_saved_half_first,
                                              images_are_joined_pixel_by_pixel,
                                              two_traces_of_one_net_give_the_sum_of_the_single_gradients,
                                              wrt_input_leaves_the_weights_gradients_alone_byte_for_byte,
                                              wrt_params_adds_up_until_zeroed_and_returns_nothing,
                                              a_stale_or_unfilled_trace_dies,
                                              wrong_features_or_gradients_die_with_net_layer_and_shapes,
                                              brackets_that_do_not_match_die,
                                              an_empty_net_is_the_identity_and_an_empty_batch_stays_empty,
                                              every_param_is_visited_once_and_counted,
                                              net_print_writes_one_line_per_layer,
                                              weights_survive_a_round_trip_through_files_named_after_net_and_layer,
                                              weights_of_another_shape_or_from_nowhere_die,
                                              evaluation_in_slabs_is_one_forward_pass_and_leaves_no_memory_behind,
                                              weights_anew_have_the_spread_asked_for_and_spare_biases_and_norms,
                                              a_nets_maps_are_its_input_and_every_change_of_shape,
                                              a_nets_summary_names_every_layer_as_its_files_do,
                                              NULL});
}
