/* test_reuse.c: activations overwrite the buffers that neighbours lend, and none that somebody still needs. */
#include "suite.h"

/* A net in letters: ( save, | join, { roll and } unroll by nothing, t tanh, s sigmoid, r relu; the other layers as
 * below. */
static void append(Net *net, char layer, Rng *rng)
{
    Shape s = net_out(net);
    switch (layer) {
    case '(': net_save(net); break;
    case '|': net_join(net); break;
    case '{': net_roll(net, 0, rng); break; /* a second pass would draw other ways to go */
    case '}': net_unroll(net); break;
    case 't': net_tanh(net); break;
    case 's': net_sigmoid(net); break;
    case 'r': net_relu(net); break;
    case 'c': net_conv(net, s.c, 3, 1, 1, rng); break;
    case 'C': net_convt(net, s.c, 3, 1, 1, rng); break;
    case 'd': net_dense(net, 5, rng); break;
    case 'b': net_batchnorm(net); break;
    case 'i': net_instancenorm(net); break;
    case 'l': net_layernorm(net); break;
    case 'p': net_pixelnorm(net); break;
    case '2': net_upsample(net); break;
    case '3': net_upsample_smooth(net); break;
    case 'f': net_reshape(net, (Shape){1, 1, s.h * s.w * s.c}); break;
    case 'o': net_dropout(net, 0, rng); break;
    default: ck_abort_msg("no layer is called %c", layer);
    }
}

static Net net_of(const char *letters)
{
    static Rng rng; /* the net's dropout draws from it later */
    rng = rng_new(1);
    Net net = net_new(letters, (Shape){2, 2, 2}, &mem);
    for (; *letters; letters++) append(&net, *letters, &rng);
    return net;
}

/* random numbers at least .1 from the kink of r */
static Mat off_zero(int n, int d, uint64_t seed)
{
    Mat x = random_mat(n, d, seed);
    for (size_t i = 0; i < mat_size(x); i++) x.a[i] += x.a[i] < 0 ? -.1f : .1f;
    return x;
}

/* Neither pass touches the caller's x and dy, and neither spoils what the other pass, or the same once more, will read.
 */
static void both_passes_can_be_repeated(Net *net, Mat x, bool train)
{
    Mat before = mat_copy(&mem, x);
    Trace t = train ? trace(&mem, TRAIN) : trace(&mem, EVAL), u = t;
    Mat y = net_forward(net, x, &t), ykept = mat_copy(&mem, y), dy = random_mat(y.n, y.d, 7),
        dbefore = mat_copy(&mem, dy);
    Mat dx = net_backward(net, dy, &t, WRT_BOTH), dxkept = mat_copy(&mem, dx);
    same_bytes(net_backward(net, dy, &t, WRT_BOTH), dxkept);
    same_bytes(net_forward(net, x, &u), ykept);
    same_bytes(net_backward(net, dy, &u, WRT_BOTH), dxkept);
    same_bytes(x, before);
    same_bytes(dy, dbefore);
    same_bytes(y, ykept);
    same_bytes(dx, dxkept);
}

static void no_buffer_is_spoilt(const char *letters)
{
    size_t mark = mem.used;
    Net net = net_of(letters);
    Mat x = off_zero(3, 8, 2);
    both_passes_can_be_repeated(&net, x, true);
    both_passes_can_be_repeated(&net, x, false);
    ck_assert_msg(gradients_agree(&net, x, 2e-3), "%s: %s", letters, complaint);
    arena_rewind(&mem, mark);
}

START_TEST(an_activation_may_stand_first_last_alone_and_after_another)
{
    static const char *const net[] = {"t", "s", "tt", "tst", "r", "dt", "td", "ct", "tc", "rct", "ot", "to"};
    for (size_t i = 0; i < sizeof net / sizeof *net; i++) no_buffer_is_spoilt(net[i]);
}
END_TEST

START_TEST(every_layer_may_stand_between_two_activations)
{
    static const char *const net[] = {"tcs", "tCs", "tds", "tbs", "tis",  "tls",    "tps",   "t2s",
                                      "t3s", "tfs", "tos", "dtft", "ctbtot", "fdlspt"};
    for (size_t i = 0; i < sizeof net / sizeof *net; i++) no_buffer_is_spoilt(net[i]);
}
END_TEST

START_TEST(what_a_bracket_keeps_is_safe_from_activations)
{
    static const char *const net[] = {"(t|",     "(rc|",      "(ct|",  "c(t|",  "c(ct|t",  "c(ct|c",  "t(t|t",
                                      "c(tc|sd", "((t|s|",    "c(t(s|t|c", "c((ct|s|t", "b(t|b", "c(o|t", "(|t",
                                      "c(|s",    "ct(C|tc",   "{}",    "{t}",   "t{s}r",   "{tcs}t",  "c{(ct|t}",
                                      "(ct{s}|t"};
    for (size_t i = 0; i < sizeof net / sizeof *net; i++) no_buffer_is_spoilt(net[i]);
}
END_TEST

START_TEST(a_loss_gradient_serves_twice) /* a generator's loss may look at both a net's output and its gradient */
{
    Net net = net_of("ct");
    Trace t = trace(&mem, TRAIN);
    Mat y = net_forward(&net, random_mat(3, 8, 1), &t), target = random_mat(3, 8, 2);
    Loss loss = squared_error(y, target, &mem);
    net_backward(&net, loss.grad, &t, WRT_BOTH);
    Loss again = squared_error(y, target, &mem);
    ck_assert_float_eq(again.value, loss.value);
    same_bytes(again.grad, loss.grad);
}
END_TEST

int main(void)
{
    return run_tests("reuse", (const TTest *[]){an_activation_may_stand_first_last_alone_and_after_another,
                                                every_layer_may_stand_between_two_activations,
                                                what_a_bracket_keeps_is_safe_from_activations,
                                                a_loss_gradient_serves_twice, NULL});
}
