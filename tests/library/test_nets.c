/* test_nets.c: a list of nets does what each of its nets would do by itself. */
#include "suite.h"

static Net net_of(const char *name, int in, int out, uint64_t seed)
{
    Rng rng = rng_new(seed);
    Net net = net_new(name, (Shape){1, 1, in}, &mem);
    net_dense(&net, out, &rng);
    Param *p;
    for (int i = 0; (p = net_param(&net, &i));) mat_normal(p->g, 1, &rng);
    return net;
}

static void same_weights(Net *a, Net *b)
{
    Param *p;
    for (int i = 0, j = 0; (p = net_param(a, &i));) {
        Mat other = net_param(b, &j)->v;
        same_bytes(p->v, other);
    }
}

START_TEST(every_net_of_a_list_is_zeroed_and_stepped)
{
    Adam opt = adam(.01f);
    Net a = net_of("a", 3, 2, 1), b = net_of("b", 1, 5, 2), a1 = net_of("a", 3, 2, 1), b1 = net_of("b", 1, 5, 2);
    for (int step = 1; step <= 3; step++) {
        nets_step(nets_of(&a, &b), &opt);
        adam_step(&a1, &opt);
        adam_step(&b1, &opt);
        ck_assert_int_eq(a.steps, step);
        ck_assert_int_eq(b.steps, step);
    }
    same_weights(&a, &a1);
    same_weights(&b, &b1);
    nets_zero_grad(nets_of(&a, &b));
    Param *p;
    for (int i = 0; (p = net_param(&a, &i));) ck_assert(mat_norm(p->g) == 0);
    for (int i = 0; (p = net_param(&b, &i));) ck_assert(mat_norm(p->g) == 0);
}
END_TEST

START_TEST(averages_follow_their_own_net)
{
    Net a = net_of("a", 3, 2, 1), b = net_of("b", 1, 5, 2), ea = net_of("ea", 3, 2, 3), eb = net_of("eb", 1, 5, 4);
    nets_ema_update(nets_of(&ea, &eb), nets_of(&a, &b), 0);
    same_weights(&ea, &a);
    same_weights(&eb, &b);
    mat_scale(a.layer[0].w.v, 3);
    nets_ema_update(nets_of(&ea, &eb), nets_of(&a, &b), .75f);
    close_to(ea.layer[0].w.v.a[0], a.layer[0].w.v.a[0] * (.75 / 3 + .25), 1e-6);
    same_weights(&eb, &b);
    dies(nets_ema_update(nets_of(&ea), nets_of(&a, &b), 0), "nets_ema_update: 1 averages of 2 nets");
}
END_TEST

START_TEST(what_is_written_is_read)
{
    Net a = net_of("a", 3, 2, 1), b = net_of("b", 1, 5, 2), a2 = net_of("a", 3, 2, 8), b2 = net_of("b", 1, 5, 9);
    nets_write(nets_of(&a, &b), path("deep/down")); /* a folder that is not there yet */
    nets_read(nets_of(&a2, &b2), path("deep/down"));
    same_weights(&a2, &a);
    same_weights(&b2, &b);
    dies(nets_read(nets_of(&a2, &b2), path("elsewhere")), "elsewhere");
}
END_TEST

START_TEST(lists_are_joined_in_order_and_have_a_limit)
{
    Net net[MOST_NETS + 1];
    Net *each[MOST_NETS + 1];
    for (int i = 0; i <= MOST_NETS; i++) {
        net[i] = net_of("net", 1, 1, 1);
        each[i] = &net[i];
    }
    Nets both = nets_both(nets_of(&net[2]), nets_of(&net[0], &net[1]));
    ck_assert_int_eq(both.n, 3);
    ck_assert(both.net[0] == &net[2] && both.net[1] == &net[0] && both.net[2] == &net[1]);
    ck_assert_int_eq(nets_list(MOST_NETS, each).n, MOST_NETS);
    dies(nets_list(MOST_NETS + 1, each), "nets_of: 17 nets, room for 16");
    dies(nets_both(nets_list(MOST_NETS, each), nets_of(&net[0])), "nets_both: 17 nets, room for 16");
    nets_step((Nets){0}, &(Adam){.lr = 1}); /* an empty list is nothing to do */
}
END_TEST

int main(void)
{
    return run_tests("nets", (const TTest *[]){every_net_of_a_list_is_zeroed_and_stepped,
                                               averages_follow_their_own_net, what_is_written_is_read,
                                               lists_are_joined_in_order_and_have_a_limit, NULL});
}
