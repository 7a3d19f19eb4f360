/* 02_nonlinear_ae: nonlinear PCA.
 *
 * Learn    what a hidden layer that bends buys: a code along a curve instead of along a line; and
 *          how a whole net learns, by hand.
 * Write    six functions, marked TODO, in this order; labs/02_nonlinear_ae.h says what each must
 *          do, `make test-02` tests them.
 * Run      `make 02` builds this file, runs it and draws its figures in out/figures/; the README
 *          has the one-line cc command.
 * Writes   out/02_nonlinear_ae/: csv for the figures, metrics.csv, test_*.npy, codes_*.npy,
 *          pca_*.npy, model/ with every weight
 * Takes    about 20 s on two cores; --quick 1 s
 * Expect   mse_ratio_spiral below .1 (one bent code against one straight component), code_order
 *          and code_order_spiral above .98
 *
 * Letters  n rows or B batch, d and e features in and out of a layer, k code size.
 *          x (B,d), a = x W + b (B,e), h = act(a), z (B,k) code, xhat (B,d).
 *          A d in front is a gradient: dh = dL/dh.
 */
#include "02_nonlinear_ae.h"
#include "02_nonlinear_ae_plot.h"
#include <math.h>
#include <stdio.h>

/*%% md
## A layer: bend after mixing

A layer mixes its inputs, $a = xW + b$, and bends each result, $h = \varphi(a)$. Without the bend
two layers are one matrix, and lab 01 has said what that can do. Each bend has a derivative that its
own output tells: $1-h^2$ for $h=\tanh a$, $h(1-h)$ for the sigmoid $h=1/(1+e^{-a})$, and $1$ or
$0.1$ for the leaky ReLU, which lets $a>0$ through and a tenth of the rest.
*/

Mat act_forward(Act act, Mat a, Arena *mem)
{
    TODO("return h = act(a), entry by entry, in a new matrix of a's shape");
}

Mat act_backward(Act act, Mat dh, Mat h, Arena *mem)
{
    TODO("return da = dh times the derivative of act, entry by entry; the derivative follows from "
         "the output h");
}

Mat dense_forward(Mat x, Mat W, Mat b, Arena *mem)
{
    TODO("return a = x W + b; gen.h has a product and a function that adds a row to every row");
}

/*%% md
## Backward through a layer

With $\mathrm da = \mathrm dL/\mathrm da$ given, $L$ changes by
$\langle \mathrm da, \delta a\rangle$ where $\delta a = \delta x\,W + x\,\delta W + \delta b$.
Sorted by who moves:
$$ \frac{\mathrm dL}{\mathrm dW} = x^\top \mathrm da, \qquad
   \frac{\mathrm dL}{\mathrm db} = \sum_i \mathrm da_i, \qquad
   \frac{\mathrm dL}{\mathrm dx} = \mathrm da\,W^\top . $$
The last one is what the layer below receives as its $\mathrm dh$. Backpropagation is these three
lines, again and again.
*/
Mat dense_backward(Mat da, Mat x, Param *W, Param *b, Arena *mem)
{
    TODO("add x^T da to W->g and the sum of da's rows to b->g (mat_gemm with beta 1, "
         "mat_add_column_sums); return da W^T");
}

/*%% md
## Adam

Plain descent moves far where the slope is steep and hardly at all where it is flat. Adam divides
each weight's mean gradient by its root mean square, so that every weight moves by about the
learning rate. Both means start at 0; $1-\beta^t$ makes up for that.
*/
void adam_apply(Param *p, const Adam *opt, int t)
{
    TODO("for every entry: the running means m of g and s of g^2, both divided by 1 - beta^t; then "
         "v -= lr mhat / (sqrt(shat) + eps)");
}

static Mat layer_forward(const DenseLayer *l, Mat x, Arena *mem)
{
    Mat a = dense_forward(x, l->w.v, l->b.v, mem);
    return act_forward(l->act, a, mem);
}

static Mat layer_backward(DenseLayer *l, Mat dh, Mat x, Mat h, Arena *mem)
{
    Mat da = act_backward(l->act, dh, h, mem);
    return dense_backward(da, x, &l->w, &l->b, mem);
}

const Parts by_hand = {layer_forward, layer_backward, adam_apply};

/*%% md
## One step of training

An autoencoder is trained like any net; only its target is its own input. Forward keeps what each
layer saw and gave, because backward asks for it.
*/
float ae_step(Mlp *net, Mat x, const Parts *use, const Adam *opt, Arena *mem)
{
    TODO("forward through all layers, loss and its gradient (squared_error in gen.h has both), "
         "gradients to 0, backward, count net->steps, update");
}

/* ---- the nets of this lab ---- */

enum { H = 32 };                        /* hidden units */
static const int straight[] = {2, 1, 2}, bent[] = {2, H, H, 1, H, H, 2};

/* Layers of the given widths; the code in the middle and the output are not bent, all others by
 * act. W ~ N(0, 1/d), b = 0. */
static Mlp mlp_new(const int *width, int layers, Act act, Rng *rng, Arena *mem)
{
    Mlp net = {.n = layers};
    for (int l = 0; l < layers; l++) {
        DenseLayer *layer = &net.layer[l];
        bool unbent = l == layers / 2 - 1 || l == layers - 1;
        layer->act = unbent ? IDENTITY : act;
        layer->w = param_new(mem, width[l], width[l + 1]);
        layer->b = param_new(mem, 1, width[l + 1]);
        mat_normal(layer->w.v, 1 / sqrtf((float)width[l]), rng);
    }
    return net;
}

static Mat through(const Mlp *net, int first, int last, Mat x, Arena *mem)
{
    for (int l = first; l < last; l++) x = by_hand.forward(&net->layer[l], x, mem);
    return x;
}

static Mat encode(const Mlp *net, Mat x, Arena *mem)
{
    return through(net, 0, net->n / 2, x, mem);
}

static Mat decode(const Mlp *net, Mat z, Arena *mem)
{
    return through(net, net->n / 2, net->n, z, mem);
}

/* Mean squared error per entry; the losses of the library are sums over features. */
static double mean_square(Mat x, Mat xhat, Arena *mem)
{
    return (double)squared_error(xhat, x, mem).value / x.d;
}

static double net_error(const Mlp *net, Mat x, Arena *mem)
{
    return mean_square(x, through(net, 0, net->n, x, mem), mem);
}

/* ---- weights on disk: DIR/model/<net>.dense<layer>.<weight|bias>.npy ---- */

static void mlp_write(const Mlp *net, const char *name, const char *dir, Arena *mem)
{
    char *folder = name_of(mem, "%s/model", dir);
    make_dir(folder);
    for (int l = 0; l < net->n; l++) {
        npy_write(folder, name_of(mem, "%s.dense%d.weight.npy", name, l), net->layer[l].w.v);
        npy_write(folder, name_of(mem, "%s.dense%d.bias.npy", name, l), net->layer[l].b.v);
    }
}

static void mlp_read(Mlp *net, const char *name, const char *dir, Arena *mem)
{
    char *folder = name_of(mem, "%s/model", dir);
    for (int l = 0; l < net->n; l++) {
        Mat w = npy_read(folder, name_of(mem, "%s.dense%d.weight.npy", name, l), mem);
        Mat b = npy_read(folder, name_of(mem, "%s.dense%d.bias.npy", name, l), mem);
        mat_set(net->layer[l].w.v, w);
        mat_set(net->layer[l].b.v, b);
    }
}

/* ---- a task: the points of one curve ---- */

enum { CURVES = 3, N = 2000 };
static const char *const curve_name[CURVES] = {"half_circle", "sine", "spiral"};

typedef struct {
    const char *name;
    Mat train, test;                    /* (N,2) */
    Mat t, code;                        /* of the test points: share of arc length, code (N,1) */
    double linear;                      /* PCA's error on them */
    Mlp  net;
    Film *film;                         /* NULL: not filmed */
} Task;

/* Points of a curve, blurred; and what PCA makes of them. */
static Task task_new(Lab *lab, Curve c, Rng *rng, Arena *keep)
{
    const float blur = .03f;
    Task k = {.name = curve_name[c], .t = mat_new(keep, N, 1)};
    k.train = curve_sample(c, N, blur, k.t, rng, keep);
    k.test = curve_sample(c, N, blur, k.t, rng, keep);          // t is now the test points'
    Mat line = pca_copy(keep, pca_fit(keep, k.train, 1), 1, k.test);
    k.linear = mean_square(k.test, line, keep);
    npy_write(lab->out, name_of(keep, "test_%s.npy", k.name), k.test);
    npy_write(lab->out, name_of(keep, "arc_%s.npy", k.name), k.t);
    npy_write(lab->out, name_of(keep, "pca_%s.npy", k.name), line);
    plot_points(lab, k.name, k.test, line, keep);
    lab_metric(lab, "per coordinate", k.linear, "pca_mse_%s", k.name);
    printf("%-11s  %d points, %d held out; PCA's line errs by %.5f\n", k.name, N, N, k.linear);
    return k;
}

/* ---- training ---- */

/* What the decoder draws while the code runs through all values that points x have: (POINTS,2). */
static Mat drawn_curve(const Mlp *net, Mat x, Arena *mem)
{
    Mat code = encode(net, x, mem), z = mat_new(mem, POINTS, 1);
    float lo = INFINITY, hi = -INFINITY;
    for (int i = 0; i < code.n; i++) {
        lo = fminf(lo, code.a[i]);
        hi = fmaxf(hi, code.a[i]);
    }
    for (int i = 0; i < POINTS; i++) z.a[i] = lo + (hi - lo) * (float)i / (POINTS - 1);
    return decode(net, z, mem);
}

/* A frame of the film: the curve by now, and its error on held-out points. */
static void film_curve(Task *k, long step, long steps, Arena *mem)
{
    Mat x = drawn_curve(&k->net, k->test, mem);
    double error = net_error(&k->net, k->test, mem);
    film_frame(k->film, step, x, error, k->linear);
    if (step > 0) progress(step, steps, "%s  error %.5f (PCA's %.5f)", k->name, error, k->linear);
}

static void train_curve(Lab *lab, Task *k, Rng *rng, Arena *mem)
{
    const float rate = .01f;
    Adam opt = adam(rate);
    arena_reset(mem);
    Training t = training(k->train, lab->epochs, lab->batch, rng, mem);
    while (training_next(&t)) {
        if (t.step == 0) film_curve(k, 0, t.steps, mem);
        opt.lr = cosine_decay(rate, t.step, t.steps);
        float loss = ae_step(&k->net, t.x, &by_hand, &opt, mem);
        lab_finite("the loss", loss, t.step);
        long done = t.step + 1;
        if (film_due(k->film, done) || done == t.steps) film_curve(k, done, t.steps, mem);
    }
}

/* Rows of x (n,2), those nearest to the centre first. */
static Mat from_the_inside(Mat x, Arena *keep)
{
    int *order = arena_alloc(keep, (size_t)x.n * sizeof *order);
    for (int i = 0; i < x.n; i++) {                     // insertion sort by |x|
        float away = hypotf(row(x, i)[0], row(x, i)[1]);
        int at = i;
        for (; at > 0 && away < hypotf(row(x, order[at - 1])[0], row(x, order[at - 1])[1]); at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    return mat_gather(keep, x, order, x.n);
}

static Mat draw_rows(Mat x, int among, int n, Rng *rng, Arena *mem)
{
    int *index = arena_alloc(mem, (size_t)n * sizeof *index);
    for (int i = 0; i < n; i++) index[i] = rng_below(rng, among);
    return mat_gather(mem, x, index, n);
}

/* The spiral, from the inside out. Shown all of it, the net takes short cuts through the plane: a
 * good copy, but a code in pieces. So it is shown the innermost tenth of the points, and a little
 * more whenever it copies what it has seen. A net that does not get on for a while has taken a
 * short cut all the same; another one starts anew. Easy things first: Bengio et al. 2009.
 * TRY: train_curve for the spiral too. Where does the code jump? */
static void grow_curve(Lab *lab, Task *k, Rng *rng, Arena *keep, Arena *mem)
{
    enum { FIRST = N / 10, MORE = N / 200, PATIENCE = 2000 };
    const float rate = .005f, copied = .003f;           // per point; blur alone makes .0009
    long steps = (long)lab->epochs * ((N + lab->batch - 1) / lab->batch);
    long moved = 0;                                     // when it was last shown more
    int shown = FIRST;
    float recent = 1;                                   // loss, averaged over some twenty steps
    Mat x = from_the_inside(k->train, keep);
    Adam opt = adam(rate);
    for (long step = 0; step < steps && !lab_stopping(); step++) {
        arena_reset(mem);
        if (step == 0) film_curve(k, 0, steps, mem);
        if (shown == N) opt.lr = cosine_decay(rate, step - moved, steps - moved);
        Mat batch = draw_rows(x, shown, lab->batch, rng, mem);
        float loss = ae_step(&k->net, batch, &by_hand, &opt, mem);
        lab_finite("the loss", loss, step);

        recent = .95f * recent + .05f * loss;
        bool growing = shown < N;
        if (growing && recent < copied) {
            shown = shown + MORE < N ? shown + MORE : N;
            moved = step;
        } else if (growing && step - moved > PATIENCE) {
            k->net = mlp_new(bent, LENGTH(bent) - 1, TANH, rng, keep);
            opt = adam(rate);
            shown = FIRST;
            recent = 1;
            moved = step;
        }
        long done = step + 1;
        if (film_due(k->film, done) || done == steps) film_curve(k, done, steps, mem);
    }
}

static void train_digits(Lab *lab, Mlp *net, Mat x, int k, Rng *rng, Arena *mem)
{
    const float rate = .003f;
    Adam opt = adam(rate);
    arena_reset(mem);
    Training t = training(x, 1 + lab->epochs / 10, lab->batch, rng, mem);
    while (training_next(&t)) {
        opt.lr = cosine_decay(rate, t.step, t.steps);
        float loss = ae_step(net, t.x, &by_hand, &opt, mem);
        lab_finite("the loss", loss, t.step);
        progress(t.step + 1, t.steps, "code of %d  loss %.3f", k, loss);
    }
}

/* ---- is the code the arc length? ---- */

/* Spearman's rank correlation of two columns: 1 or -1 when one always rises, or always falls, where
 * the other rises. */
static double spearman(Mat x, Mat y)
{
    double d2 = 0, n = x.n;
    for (int i = 0; i < x.n; i++) {
        int d = 0;                                      // rank of x_i minus rank of y_i
        for (int j = 0; j < x.n; j++) d += (x.a[j] < x.a[i]) - (y.a[j] < y.a[i]);
        d2 += (double)d * d;
    }
    return 1 - 6 * d2 / (n * (n * n - 1));
}

static void compare_order(Lab *lab, Task *k, const char *metric, Arena *mem)
{
    npy_write(lab->out, name_of(mem, "codes_%s.npy", k->name), k->code);
    plot_order(lab, k->name, k->t, k->code, mem);
    double error = net_error(&k->net, k->test, mem), order = fabs(spearman(k->code, k->t));
    printf("%-11s  %.4f of PCA's error; rank correlation of code and arc length %.4f\n", k->name,
           error / k->linear, order);
    lab_metric(lab, "per coordinate", error, "test_mse_%s", k->name);
    lab_metric(lab, "of PCA's", error / k->linear, "mse_ratio_%s", k->name);
    lab_metric(lab, "rank correlation", order, "%s", metric);
}

/* ---- steps of the story ---- */

/* TRY: LRELU for TANH. Where do the curves get their corners? */
static void make_nets(Lab *lab, Task *task, Rng *rng, Arena *keep, Arena *mem)
{
    Csv *csv = csv_open(lab->out, "nets.csv", "net,column,units,what,weights");
    Mlp line = mlp_new(straight, LENGTH(straight) - 1, TANH, rng, mem);
    plot_net(csv, "linear", &line);
    for (int c = 0; c < CURVES; c++)
        task[c].net = mlp_new(bent, LENGTH(bent) - 1, TANH, rng, keep);
    plot_net(csv, "bent", &task[SPIRAL].net);
    csv_close(csv);
}

static void learn_curves(Lab *lab, Task *task, Rng *rng, Arena *keep, Arena *mem)
{
    Csv *error = NULL;
    if (!lab->load) error = csv_open(lab->out, "error.csv", "curve,step,test_mse,pca_mse");
    for (int c = 0; c < CURVES && !lab_stopping(); c++) {
        Task *k = &task[c];
        if (lab->load) {
            mlp_read(&k->net, k->name, lab->load, mem);
        } else {
            k->film = film_open(lab, k->name, error, keep);
            if (c == SPIRAL)
                grow_curve(lab, k, rng, keep, mem);
            else
                train_curve(lab, k, rng, mem);
            film_close(k->film);
        }
        arena_reset(mem);
        mlp_write(&k->net, k->name, lab->out, mem);
        k->code = encode(&k->net, k->test, keep);
        printf("%-11s  error %.5f, PCA's %.5f\n", k->name, net_error(&k->net, k->test, mem),
               k->linear);
    }
    if (error) csv_close(error);
    if (lab_stopping()) return;
    Mat x = plane_points(mem);
    plot_plane(lab, x, encode(&task[SPIRAL].net, x, mem), mem);
}

/* The same functions on 64-pixel digits: PCA with k components against a net with a code of k. */
static void sizes_of_digits(Lab *lab, Rng *rng, Arena *keep, Arena *mem)
{
    enum { TRAINED = 1500 };
    static const int size[] = {1, 2, 4, 8, 16};
    Mat x = data_digits8(keep).x;                       // (1797,64)
    Mat digits = mat_rows(x, 0, TRAINED), held = mat_rows(x, TRAINED, x.n - TRAINED);
    Pca pca = pca_fit(keep, digits, size[LENGTH(size) - 1]);
    npy_write(lab->out, "test_digits.npy", held);
    for (int s = 0; s < LENGTH(size) && !lab_stopping(); s++) {
        int k = size[s], width[] = {x.d, 128, 64, k, 64, 128, x.d};
        char *name = name_of(keep, "digits_k%d", k);
        Mlp net = mlp_new(width, LENGTH(width) - 1, LRELU, rng, keep);
        if (lab->load)
            mlp_read(&net, name, lab->load, mem);
        else
            train_digits(lab, &net, digits, k, rng, mem);
        arena_reset(mem);
        mlp_write(&net, name, lab->out, mem);
        double linear = mean_square(held, pca_copy(mem, pca, k, held), mem);
        double deep = net_error(&net, held, mem);
        printf("k = %2d  PCA %.4f  deep net %.4f\n", k, linear, deep);
        lab_metric(lab, "per pixel", linear, "pca_mse_%s", name);
        lab_metric(lab, "per pixel", deep, "test_mse_%s", name);
    }
}

int main(int argc, char **argv)
{
    static const LabInfo info = {
        .name = "02_nonlinear_ae", .title = "nonlinear PCA",
        .epochs = 1500, .batch = 100, .quick_epochs = 60,
        .steps = "curves nets bends train order digits",
        .result = "mse_ratio_spiral",
    };
    Lab *lab = lab_open(argc, argv, &info);
    Arena keep = arena_new("keep", MB(64)), mem = arena_new("step", MB(64));
    Rng rng = rng_new(lab->seed);
    Task task[CURVES];

    STEP("curves") {
        for (int c = 0; c < CURVES; c++) task[c] = task_new(lab, (Curve)c, &rng, &keep);
    }
    /*%% md
    ## The nets
    Lab 01's net is two columns of weights. The new one puts hidden layers that bend on both sides
    of the code: a curved way in and a curved way out (Kramer 1991). */
    STEP("nets") make_nets(lab, task, &rng, &keep, &mem);
    /*%% fig 02_nonlinear_ae-nets
    Left, lab 01: one straight code. Right, this lab: the code is still one number, but the way
    there and back may bend. */
    STEP("bends") plot_bends(lab, &keep);
    /*%% fig 02_nonlinear_ae-bends
    Three bends and their slopes. Where a slope is near zero no gradient comes through. */
    STEP("train") learn_curves(lab, task, &rng, &keep, &mem);
    /*%% fig 02_nonlinear_ae-growing
    What the decoder draws while the net learns: at first little more than a line, then the line
    bends. The spiral is shown from the inside out. */
    /*%% fig 02_nonlinear_ae-moments
    The spiral at six moments: six pictures of the same training. */
    /*%% fig 02_nonlinear_ae-curves
    What was learned, beside the line that PCA fits. */
    /*%% fig 02_nonlinear_ae-error
    The error on held-out points, of all of the curve. That of the spiral stays high while the net
    has not seen its outer turn; a leap back is a net that started anew. */
    /*%% fig 02_nonlinear_ae-plane
    The code that each point of the plane gets, and the curve drawn by the decoder. Between the
    turns the code must jump: points on both sides are near each other, their codes are not. */
    /*%% md
    ## Is the code the arc length?
    Nobody asked for it: no term of the loss looks at the code. But a code without jumps along the
    curve can only keep its order, or turn it round. */
    STEP("order") {
        compare_order(lab, &task[HALF_CIRCLE], "code_order", &mem);
        compare_order(lab, &task[SINE], "code_order_sine", &mem);
        compare_order(lab, &task[SPIRAL], "code_order_spiral", &mem);
    }
    /*%% fig 02_nonlinear_ae-order
    Code against share of arc length. Nobody told the net the arc length of a point; on the spiral
    it owes the order to what it was shown first. */
    /*%% md
    ## Real data: how many numbers is a digit?
    The same functions on 64-pixel digits: PCA with k components against a deep net with a code of
    k. */
    STEP("digits") sizes_of_digits(lab, &rng, &keep, &mem);
    /*%% fig 02_nonlinear_ae-sizes
    Error on held-out digits against code size. */
    arena_free(&keep);
    arena_free(&mem);
    return lab_close(lab);
}
