/* Cases of lab 02: inputs and calls, no expected values. */
#include "02_nonlinear_ae.h"
#include "driver.h"

#include <math.h>
#include <stdio.h>

static const char *const act_name[ACTS] = {"identity", "tanh", "sigmoid", "lrelu"};

/* ---- act_forward, act_backward ---- */

static void each_act(Mat a, Arena *mem)
{
    for (Act act = IDENTITY; act < ACTS; act++) {
        Mat own = act == IDENTITY ? given("a", a) : untold("a", a); /* each act gets an input of its own, told once */
        result(act_name[act], act_forward(act, own, mem));
    }
}

static void act_by_hand(Rng *rng, Arena *mem) { each_act(ROWS(2, 3, 0, logf(2), -logf(3), 2, -2, .5f), mem); }
static void act_large(Rng *rng, Arena *mem) { each_act(ROWS(1, 4, 1000, -1000, 60, -60), mem); }
static void act_random(Rng *rng, Arena *mem)
{
    Mat a = random_mat(7, 5, 1.5f, rng, mem);
    each_act(a, mem);
}

/* What the forward pass would have made, without the student's own. */
static Mat bent(Act act, Mat a, Arena *mem)
{
    Mat h = mat_copy(mem, a);
    for (size_t i = 0; i < mat_size(a); i++) {
        float v = a.a[i];
        if (act == TANH) h.a[i] = tanhf(v);
        if (act == SIGMOID) h.a[i] = 1 / (1 + expf(-v));
        if (act == LRELU) h.a[i] = v > 0 ? v : SLOPE * v;
    }
    return h;
}

static void each_slope(Mat a, Mat dh, Arena *mem)
{
    char h[16], da[16];
    a = given("a", a);
    dh = given("dh", dh);
    for (Act act = IDENTITY; act < ACTS; act++) {
        snprintf(h, sizeof h, "h_%s", act_name[act]);
        snprintf(da, sizeof da, "da_%s", act_name[act]);
        result(da, act_backward(act, dh, given(h, bent(act, a, mem)), mem));
    }
}

static void slope_by_hand(Rng *rng, Arena *mem)
{
    each_slope(ROWS(1, 3, 0, logf(2), -logf(3)), ROWS(1, 3, 1, 1, 1), mem);
}
static void slope_random(Rng *rng, Arena *mem)
{
    Mat a = random_mat(7, 5, 1.5f, rng, mem), dh = random_mat(7, 5, 1, rng, mem);
    each_slope(a, dh, mem);
}

/* ---- dense_forward, dense_backward ---- */

static void forward_of(Mat x, Mat W, Mat b, Arena *mem)
{
    x = given("x", x);
    W = given("W", W);
    b = given("b", b);
    result("a", dense_forward(x, W, b, mem));
}

static void dense_by_hand(Rng *rng, Arena *mem)
{
    forward_of(ROWS(2, 2, 3, 4, 1, 0), ROWS(2, 3, 1, 2, 0, -1, 1, 1), ROWS(1, 3, 10, 20, 30), mem);
}
static void dense_random(Rng *rng, Arena *mem)
{
    Mat x = random_mat(7, 5, 1, rng, mem), W = random_mat(5, 3, 1, rng, mem), b = random_mat(1, 3, 1, rng, mem);
    forward_of(x, W, b, mem);
}

/* Gradients that are already there have other names than those that come out; the matrix is the same. */
static void backward_of(Mat da, Mat x, Mat Wv, Mat Wg, Mat bg, Arena *mem)
{
    da = given("da", da);
    x = given("x", x);
    Param W = {.v = given("W", Wv), .g = given("dW_before", Wg)},
          b = {.v = given("b", mat_zeros(mem, 1, bg.d)), .g = given("db_before", bg)};
    result("dx", dense_backward(da, x, &W, &b, mem));
    result_in_place("dW", W.g);
    result_in_place("db", b.g);
}

static void back_by_hand(Rng *rng, Arena *mem)
{
    backward_of(ROWS(2, 2, 1, 0, 2, 1), ROWS(2, 3, 1, 2, 3, 4, 5, 6), ROWS(3, 2, 1, 10, 2, 20, 3, 30),
                mat_zeros(mem, 3, 2), mat_zeros(mem, 1, 2), mem);
}

static void back_adds(Rng *rng, Arena *mem)
{
    backward_of(ROWS(2, 2, 1, 0, 2, 1), ROWS(2, 1, 1, 4), ROWS(1, 2, 3, 5), ROWS(1, 2, 100, 200), ROWS(1, 2, 300, 400),
                mem);
}

static void back_random(Rng *rng, Arena *mem)
{
    Mat da = random_mat(7, 3, 1, rng, mem), x = random_mat(7, 5, 1, rng, mem), W = random_mat(5, 3, 1, rng, mem);
    Mat Wg = random_mat(5, 3, 1, rng, mem), bg = random_mat(1, 3, 1, rng, mem);
    backward_of(da, x, W, Wg, bg, mem);
}

/* ---- adam_apply ---- */

/* `steps` steps with gradient g times 1, -1/2, 1/3 ... */
static void adam_of(Mat v, Mat g, int steps, Arena *mem)
{
    Adam opt = adam(.1f);
    Param p = {.v = given("v", v),
               .g = room(g.n, g.d),
               .m = given("m", mat_zeros(mem, g.n, g.d)),
               .s = given("s", mat_zeros(mem, g.n, g.d))};
    g = given("g", g);
    for (int t = 1; t <= steps; t++) {
        mat_set(p.g, g);
        mat_scale(p.g, (t % 2 ? 1.f : -1.f) / (float)t);
        adam_apply(&p, &opt, t);
    }
    result_in_place("v_after", p.v);
    result_in_place("m_after", p.m);
    result_in_place("s_after", p.s);
}

static void adam_first(Rng *rng, Arena *mem) { adam_of(ROWS(2, 2, 1, 2, 3, 4), ROWS(2, 2, .001f, -50, 0, 2), 1, mem); }
static void adam_later(Rng *rng, Arena *mem)
{
    Mat v = random_mat(4, 3, 1, rng, mem), g = random_mat(4, 3, 1, rng, mem);
    adam_of(v, g, 5, mem);
}

/* ---- ae_step, with parts that only write down who was called with what ---- */

enum { B = 5, D = 4, CALLS = 64 };
static const int width[] = {D, 3, 2, D};
static struct {
    const Mlp *net;
    Mat calls, last, dxhat;
} heard; /* a call: 1 forward, 2 backward, 3 update; layer; operands */

static void write_down(float kind, long layer, float p, float q, float r)
{
    if (heard.calls.n == CALLS) return;
    float *to = row(heard.calls, heard.calls.n);
    heard.calls.n++;
    to[0] = kind;
    to[1] = (float)layer;
    to[2] = p;
    to[3] = q;
    to[4] = r;
}

/* layer l gives 10 (l+1) everywhere, the last one what the case says */
static Mat forward_heard(const DenseLayer *l, Mat x, Arena *mem)
{
    long i = l - heard.net->layer;
    write_down(1, i, x.a[0], 0, 0);
    Mat h = mat_new(mem, x.n, l->b.v.d);
    mat_fill(h, 10 * (float)(i + 1));
    if (i == heard.net->n - 1) mat_set(h, heard.last);
    return h;
}

/* hands back -(l+1), adds 1 to every gradient */
static Mat backward_heard(DenseLayer *l, Mat dh, Mat x, Mat h, Arena *mem)
{
    long i = l - heard.net->layer;
    write_down(2, i, dh.a[0], x.a[0], h.a[0]);
    if (i == heard.net->n - 1 && mat_size(dh) == mat_size(heard.dxhat)) mat_set(heard.dxhat, dh);
    for (size_t k = 0; k < mat_size(l->w.g); k++) l->w.g.a[k] += 1;
    for (size_t k = 0; k < mat_size(l->b.g); k++) l->b.g.a[k] += 1;
    Mat dx = mat_new(mem, dh.n, l->w.v.n);
    mat_fill(dx, -(float)(i + 1));
    return dx;
}

static void update_heard(Param *p, const Adam *opt, int t)
{
    for (int i = 0; i < heard.net->n; i++) {
        const DenseLayer *l = &heard.net->layer[i];
        if (p == &l->w || p == &l->b)
            write_down(3, 2 * i + (p == &l->b), (float)t, p->g.a[0], p->g.a[mat_size(p->g) - 1]);
    }
}

static void step_heard(Rng *rng, Arena *mem)
{
    static const Parts parts = {forward_heard, backward_heard, update_heard};
    Mlp net = {.n = 3, .steps = 4};
    for (int l = 0; l < net.n; l++) {
        net.layer[l] = (DenseLayer){TANH, param_new(mem, width[l], width[l + 1]), param_new(mem, 1, width[l + 1])};
        /* left over from an earlier step */
        mat_fill(net.layer[l].w.g, 7);
        mat_fill(net.layer[l].b.g, 7);
    }
    Mat x = random_mat(B, D, 1, rng, mem), last = random_mat(B, D, 1, rng, mem);
    heard.net = &net;
    heard.calls = mat_zeros(mem, CALLS, 5);
    heard.calls.n = 0;
    heard.last = given("xhat", last);
    heard.dxhat = room(B, D);
    Adam opt = adam(.1f);
    result_value("loss", (double)ae_step(&net, given("x", x), &parts, &opt, mem));
    result("calls", heard.calls);
    result("dxhat", heard.dxhat);
    result_value("t", net.steps);
}

/* ---- all together ---- */

/* A net with given weights, named W0, b0, W1, ... */
static Mlp net_given(const int *widths, const Act *act, int layers, float sd, Rng *rng, Arena *mem)
{
    char name[16];
    Mlp net = {.n = layers};
    for (int l = 0; l < layers; l++) {
        net.layer[l] = (DenseLayer){act[l], param_new(mem, widths[l], widths[l + 1]), param_new(mem, 1, widths[l + 1])};
        snprintf(name, sizeof name, "W%d", l);
        net.layer[l].w.v = given(name, random_mat(widths[l], widths[l + 1], sd, rng, mem));
        snprintf(name, sizeof name, "b%d", l);
        net.layer[l].b.v = given(name, random_mat(1, widths[l + 1], sd, rng, mem));
    }
    return net;
}

/* a step of length 0: gradients, and weights that stay */
static void step_and_show(Mlp *net, Mat x, Arena *mem)
{
    char name[16];
    Adam still = adam(0);
    result_value("loss", (double)ae_step(net, given("x", x), &by_hand, &still, mem));
    for (int l = 0; l < net->n; l++) {
        snprintf(name, sizeof name, "dW%d", l);
        result(name, net->layer[l].w.g);
        snprintf(name, sizeof name, "db%d", l);
        result(name, net->layer[l].b.g);
    }
}

static void whole_gradient(Rng *rng, Arena *mem)
{
    Mlp net = net_given((int[]){3, 4, 2, 4, 3}, (Act[]){TANH, IDENTITY, SIGMOID, LRELU}, 4, .7f, rng, mem);
    step_and_show(&net, random_mat(6, 3, 1, rng, mem), mem);
}

static void identity_is_lab_01(Rng *rng, Arena *mem)
{
    Mat W = random_mat(5, 2, .5f, rng, mem);
    Mlp net = {.n = 2,
               .layer = {{IDENTITY, param_new(mem, 5, 2), param_new(mem, 1, 2)},
                         {IDENTITY, param_new(mem, 2, 5), param_new(mem, 1, 5)}}};
    net.layer[0].w.v = given("W", W);
    net.layer[1].w.v = given("V", mat_transpose(mem, W));
    step_and_show(&net, random_mat(7, 5, 1, rng, mem), mem);
}

static void permuted(Rng *rng, Arena *mem)
{
    Mat x = random_mat(6, 3, 1, rng, mem), y[2];
    Mlp net = net_given((int[]){3, 4, 3}, (Act[]){TANH, IDENTITY}, 2, 1, rng, mem), other = net;
    static const int from[4] = {2, 0, 3, 1};
    other.layer[0].w.v = mat_new(mem, 3, 4);
    other.layer[0].b.v = mat_new(mem, 1, 4);
    other.layer[1].w.v = mat_new(mem, 4, 3);
    for (int k = 0; k < 4; k++) {
        other.layer[0].b.v.a[k] = net.layer[0].b.v.a[from[k]];
        for (int j = 0; j < 3; j++) row(other.layer[0].w.v, j)[k] = row(net.layer[0].w.v, j)[from[k]];
        for (int j = 0; j < 3; j++) row(other.layer[1].w.v, k)[j] = row(net.layer[1].w.v, from[k])[j];
    }
    x = given("x", x);
    for (int i = 0; i < 2; i++) {
        const Mlp *n = i ? &other : &net;
        y[i] = by_hand.forward(&n->layer[1], by_hand.forward(&n->layer[0], x, mem), mem);
    }
    result("y", y[0]);
    result("y_permuted", y[1]);
}

/* A short training on the half circle: error before and after, and what PCA's line leaves. */
static void half_circle(Rng *rng, Arena *mem)
{
    enum { N = 120, H = 12, STEPS = 500 };
    Mat t = mat_new(mem, N, 1), x = curve_sample(HALF_CIRCLE, N, .02f, t, rng, mem);
    static const int widths[] = {2, H, 1, H, 2};
    Mlp net = {.n = 4};
    for (int l = 0; l < 4; l++) {
        net.layer[l] = (DenseLayer){l % 2 ? IDENTITY : TANH, param_new(mem, widths[l], widths[l + 1]),
                                    param_new(mem, 1, widths[l + 1])};
        mat_normal(net.layer[l].w.v, 1 / sqrtf((float)widths[l]), rng);
    }
    Adam opt = adam(.02f);
    float loss = 0;
    size_t mark = mem->used;
    for (int step = 0; step < STEPS; step++) {
        arena_rewind(mem, mark);
        loss = ae_step(&net, x, &by_hand, &opt, mem);
        if (step == 0) result_value("loss_first", (double)loss);
    }
    result_value("loss", (double)loss);
    result_value("t", net.steps);
    result_value("pca", (double)pca_fit(mem, x, 1).value.a[1]);
}

/* ---- sizes and numbers from the seed: all 1, all few, then each letter in turn larger than the lab's own ---- */

enum { MANY_SAMPLES = 128, MANY_FEATURES = 64 };

static void act_sizes(Rng *rng, Arena *mem)
{
    for (int turn = 0; turn < 4; turn++) {
        Act act = (Act)rng_below(rng, ACTS);
        int n = turn_size(turn, 0, MANY_SAMPLES, rng), d = turn_size(turn, 1, MANY_FEATURES, rng);
        Mat a = untold("a", random_mat(n, d, 1.5f, rng, mem));
        result(name_of(mem, "%s%d", act_name[act], turn), act_forward(act, a, mem));
    }
}

static void slope_sizes(Rng *rng, Arena *mem)
{
    for (int turn = 0; turn < 4; turn++) {
        Act act = (Act)rng_below(rng, ACTS);
        int n = turn_size(turn, 0, MANY_SAMPLES, rng), d = turn_size(turn, 1, MANY_FEATURES, rng);
        Mat h = untold("h", bent(act, random_mat(n, d, 1.5f, rng, mem), mem)),
            dh = untold("dh", random_mat(n, d, 1, rng, mem));
        result(name_of(mem, "da_%s%d", act_name[act], turn), act_backward(act, dh, h, mem));
    }
}

static void dense_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES, d, MANY_FEATURES, e, MANY_FEATURES) {
        Mat x = untold("x", random_mat(n, d, 1, rng, mem)), W = untold("W", random_mat(d, e, 1, rng, mem)),
            b = untold("b", random_mat(1, e, 1, rng, mem));
        result(name_of(mem, "a%d", turn), dense_forward(x, W, b, mem));
    }
}

static void back_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES, d, MANY_FEATURES, e, MANY_FEATURES) {
        Mat da = untold("da", random_mat(n, e, 1, rng, mem)), x = untold("x", random_mat(n, d, 1, rng, mem));
        Param W = {.v = untold("W", random_mat(d, e, 1, rng, mem)), .g = untold("dW", random_mat(d, e, 1, rng, mem))};
        Param b = {.v = untold("b", random_mat(1, e, 1, rng, mem)), .g = untold("db", random_mat(1, e, 1, rng, mem))};
        result(name_of(mem, "dx%d", turn), dense_backward(da, x, &W, &b, mem));
        result_in_place(name_of(mem, "dW%d", turn), W.g);
        result_in_place(name_of(mem, "db%d", turn), b.g);
    }
}

/* One step in the middle of a training: m and s are not 0, and every number of opt counts. */
static void adam_numbers(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES, d, MANY_FEATURES) {
        float lr = .05f + .2f * rng_uniform(rng), beta1 = .3f + .5f * rng_uniform(rng),
              beta2 = .6f + .3f * rng_uniform(rng);
        float eps = .1f + rng_uniform(rng);
        Adam opt = {.lr = lr,
                    .beta1 = beta1,
                    .beta2 = beta2,
                    .eps = eps},
             before = opt;
        int t = turn == 0   ? 1
                : turn == 1 ? 10
                            : size_in(2, 6, rng);
        Mat s = random_mat(n, d, 1, rng, mem);
        for (size_t i = 0; i < mat_size(s); i++) s.a[i] *= s.a[i];
        Param p = {.v = untold("v", random_mat(n, d, 1, rng, mem)),
                   .g = untold("g", random_mat(n, d, 1, rng, mem)),
                   .m = untold("m", random_mat(n, d, 1, rng, mem)),
                   .s = untold("s", s)};
        adam_apply(&p, &opt, t);
        result_in_place(name_of(mem, "v%d", turn), p.v);
        result_in_place(name_of(mem, "m%d", turn), p.m);
        result_in_place(name_of(mem, "s%d", turn), p.s);
        bool same = opt.lr == before.lr && opt.beta1 == before.beta1 && opt.beta2 == before.beta2 &&
                    opt.eps == before.eps;
        result_value(name_of(mem, "opt_same%d", turn), same);
    }
}

/* Right parts, without the student's own; the update is plain descent, so that weights say what the gradients were. */
static Mat forward_right(const DenseLayer *l, Mat x, Arena *mem)
{
    Mat a = mat_mul(mem, x, l->w.v);
    mat_add_row(a, l->b.v);
    return bent(l->act, a, mem);
}

static Mat backward_right(DenseLayer *l, Mat dh, Mat x, Mat h, Arena *mem)
{
    Mat da = mat_copy(mem, dh);
    for (size_t i = 0; i < mat_size(da); i++) {
        float v = h.a[i];
        if (l->act == TANH) da.a[i] *= 1 - v * v;
        if (l->act == SIGMOID) da.a[i] *= v * (1 - v);
        if (l->act == LRELU && v <= 0) da.a[i] *= SLOPE;
    }
    mat_add(l->w.g, mat_mul_tn(mem, x, da));
    for (int i = 0; i < da.n; i++)
        for (int j = 0; j < da.d; j++) l->b.g.a[j] += row(da, i)[j];
    return mat_mul_nt(mem, da, l->w.v);
}

static void update_right(Param *p, const Adam *opt, int t)
{
    for (size_t i = 0; i < mat_size(p->v); i++) p->v.a[i] -= opt->lr * p->g.a[i];
}

/* one layer, a few, as many as fit; then a large batch, then many features */
static void step_sizes(Rng *rng, Arena *mem)
{
    static const Parts right = {forward_right, backward_right, update_right};
    for (int turn = 0; turn < 5; turn++) {
        int depth = turn == 0   ? 1
                    : turn == 2 ? LAYERS
                                : size_in(2, 4, rng),
            batch = turn_size(turn, 1, MANY_SAMPLES, rng);
        int d = turn_size(turn, 2, MANY_FEATURES, rng), in = d, t = size_in(0, 20, rng);
        Mlp net = {.n = depth, .steps = t};
        for (int l = 0; l < depth; l++) {
            int out = l == depth - 1 ? d : size_in(1, 4, rng);
            net.layer[l] = (DenseLayer){(Act)rng_below(rng, ACTS), param_new(mem, in, out), param_new(mem, 1, out)};
            mat_normal(net.layer[l].w.v, 1 / sqrtf((float)in), rng);
            mat_normal(net.layer[l].b.v, .5f, rng);
            mat_fill(net.layer[l].w.g, 7);
            mat_fill(net.layer[l].b.g, 7);
            in = out;
        }
        Adam opt = {.lr = .1f};
        result_value(name_of(mem, "loss%d", turn),
                     (double)ae_step(&net, untold("x", random_mat(batch, d, 1, rng, mem)), &right, &opt, mem));
        result_value(name_of(mem, "t%d", turn), net.steps);
        result(name_of(mem, "first_W%d", turn), net.layer[0].w.v);
        result(name_of(mem, "last_W%d", turn), net.layer[depth - 1].w.v);
        result(name_of(mem, "last_b%d", turn), net.layer[depth - 1].b.v);
    }
}

#define CASE(name) \
    { \
#name, name \
    }
const Case cases[] = {
    CASE(act_by_hand),  CASE(act_large),      CASE(act_random),         CASE(slope_by_hand),
    CASE(slope_random), CASE(dense_by_hand),  CASE(dense_random),       CASE(back_by_hand),
    CASE(back_adds),    CASE(back_random),    CASE(adam_first),         CASE(adam_later),
    CASE(step_heard),   CASE(whole_gradient), CASE(identity_is_lab_01), CASE(permuted),
    CASE(half_circle),  CASE(act_sizes),      CASE(slope_sizes),        CASE(dense_sizes),
    CASE(back_sizes),   CASE(adam_numbers),   CASE(step_sizes),         {0},
};
