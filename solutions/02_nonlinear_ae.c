/* 02_nonlinear_ae: nonlinear PCA.
 *
 * Learn    what a hidden layer that bends buys: a code along a curve instead of along a line; and how a whole net learns, by hand.
 * Write    six functions, marked TODO, in this order; labs/02_nonlinear_ae.h says what each must do, `make test-02` tests them.
 * Run      `make 02` builds this file, runs it and draws its figures in out/figures/; the README has the one-line cc command.
 * Writes   out/02_nonlinear_ae/: csv for the figures, metrics.csv, test_*.npy, codes_*.npy, pca_*.npy, model/ with every weight
 * Takes    about 20 s on two cores; --quick 1 s
 * Expect   mse_ratio_spiral below .1 (one bent code against one straight component), code_order above .98
 *
 * Letters  n rows or B batch, d and e features in and out of a layer, k code size.  x (B,d),  a = x W + b (B,e),  h = act(a),
 *          z (B,k) code,  xhat (B,d).  A d in front is a gradient: dh = dL/dh.
 */
#include "02_nonlinear_ae.h"
#include <math.h>
#include <stdio.h>

/*%% md
## A layer: bend after mixing

A layer mixes its inputs, $a = xW + b$, and bends each result, $h = \varphi(a)$. Without the bend two layers are one matrix, and lab 01
has said what that can do. Each bend has a derivative that its own output tells: $1-h^2$ for $h=\tanh a$, $h(1-h)$ for the sigmoid
$h=1/(1+e^{-a})$, and $1$ or $0.1$ for the leaky ReLU, which lets $a>0$ through and a tenth of the rest.
*/
Mat act_forward(Act act, Mat a, Arena *mem)
{
#ifdef SOLUTION
    Mat h = mat_new(mem, a.n, a.d);
    for (size_t i = 0; i < mat_size(a); i++) {
        float v = a.a[i];
        h.a[i] = act == TANH ? tanhf(v) : act == SIGMOID ? 1 / (1 + expf(-v)) : act == LRELU && v < 0 ? SLOPE * v : v;
    }
    return h;
#else
    TODO("return h = act(a), entry by entry, in a new matrix of a's shape");
#endif
}

Mat act_backward(Act act, Mat dh, Mat h, Arena *mem)
{
#ifdef SOLUTION
    Mat da = mat_new(mem, dh.n, dh.d);
    for (size_t i = 0; i < mat_size(dh); i++) {
        float y = h.a[i], slope = act == TANH ? 1 - y * y : act == SIGMOID ? y * (1 - y) : act == LRELU && y <= 0 ? SLOPE : 1;
        da.a[i] = dh.a[i] * slope;
    }
    return da;
#else
    TODO("return da = dh times the derivative of act, entry by entry; the derivative follows from the output h");
#endif
}

Mat dense_forward(Mat x, Mat W, Mat b, Arena *mem)
{
#ifdef SOLUTION
    Mat a = mat_mul(mem, x, W);                     // (B,d) (d,e) -> (B,e)
    mat_add_row(a, b);
    return a;
#else
    TODO("return a = x W + b; gen.h has a product and a function that adds a row to every row");
#endif
}

/*%% md
## Backward through a layer

With $\mathrm da = \mathrm dL/\mathrm da$ given, $L$ changes by $\langle \mathrm da, \delta a\rangle$ where
$\delta a = \delta x\,W + x\,\delta W + \delta b$. Sorted by who moves:
$$ \frac{\mathrm dL}{\mathrm dW} = x^\top \mathrm da, \qquad \frac{\mathrm dL}{\mathrm db} = \sum_i \mathrm da_i, \qquad
   \frac{\mathrm dL}{\mathrm dx} = \mathrm da\,W^\top . $$
The last one is what the layer below receives as its $\mathrm dh$. Backpropagation is these three lines, again and again.
*/
Mat dense_backward(Mat da, Mat x, Param *W, Param *b, Arena *mem)
{
#ifdef SOLUTION
    mat_gemm(W->g, 1, x, true, da, false, 1);       // (d,e) += (B,d)^T (B,e)
    mat_add_column_sums(b->g, da);                  // (1,e) += sum of the rows
    return mat_mul_nt(mem, da, W->v);               // (B,e) (d,e)^T -> (B,d)
#else
    TODO("add x^T da to W->g and the sum of da's rows to b->g (mat_gemm with beta 1, mat_add_column_sums); return da W^T");
#endif
}

/*%% md
## Adam

Plain descent moves far where the slope is steep and hardly at all where it is flat. Adam divides each weight's mean gradient by
its root mean square, so that every weight moves by about the learning rate. Both means start at 0; $1-\beta^t$ makes up for that.
*/
void adam_apply(Param *p, const Adam *opt)
{
#ifdef SOLUTION
    float fix_m = 1 - powf(opt->beta1, (float)opt->t), fix_s = 1 - powf(opt->beta2, (float)opt->t);
    for (size_t i = 0; i < mat_size(p->v); i++) {
        float g = p->g.a[i], *m = &p->m.a[i], *s = &p->s.a[i];
        *m = opt->beta1 * *m + (1 - opt->beta1) * g;
        *s = opt->beta2 * *s + (1 - opt->beta2) * g * g;
        p->v.a[i] -= opt->lr * (*m / fix_m) / (sqrtf(*s / fix_s) + opt->eps);
    }
#else
    TODO("for every entry: the running means m of g and s of g^2, both divided by 1 - beta^t; then v -= lr mhat / (sqrt(shat) + eps)");
#endif
}

static Mat layer_forward(const DenseLayer *l, Mat x, Arena *mem)
{
    return act_forward(l->act, dense_forward(x, l->w.v, l->b.v, mem), mem);
}

static Mat layer_backward(DenseLayer *l, Mat dh, Mat x, Mat h, Arena *mem)
{
    return dense_backward(act_backward(l->act, dh, h, mem), x, &l->w, &l->b, mem);
}

const Parts by_hand = {layer_forward, layer_backward, adam_apply};

/*%% md
## One step of training

An autoencoder is trained like any net; only its target is its own input. Forward keeps what each layer saw and gave, because backward
asks for it.
*/
float ae_step(Mlp *net, Mat x, const Parts *use, Adam *opt, Arena *mem)
{
#ifdef SOLUTION
    Mat h[LAYERS + 1] = {x};                        // h[l] goes into layer l, h[l+1] comes out
    for (int l = 0; l < net->n; l++) h[l + 1] = use->forward(&net->layer[l], h[l], mem);

    Loss L = mse(h[net->n], x, mem);                // 1/B sum |xhat - x|^2, and dL/dxhat
    for (int l = 0; l < net->n; l++) mat_fill(net->layer[l].w.g, 0), mat_fill(net->layer[l].b.g, 0);

    Mat dh = L.grad;
    for (int l = net->n - 1; l >= 0; l--) dh = use->backward(&net->layer[l], dh, h[l], h[l + 1], mem);

    opt->t++;
    for (int l = 0; l < net->n; l++) use->update(&net->layer[l].w, opt), use->update(&net->layer[l].b, opt);
    return L.value;
#else
    TODO("forward through all layers, loss and its gradient (mse in gen.h has both), gradients to 0, backward, count opt->t, update");
#endif
}

/* ---- the nets of this lab ---- */

/* Layers of the given widths; the code in the middle and the output are not bent, all others by act. W ~ N(0, 1/d), b = 0. */
static Mlp mlp_new(const int *width, int layers, Act act, Rng *rng, Arena *mem)
{
    Mlp net = {.n = layers};
    for (int l = 0; l < layers; l++) {
        bool bent = l != layers / 2 - 1 && l != layers - 1;
        net.layer[l] = (DenseLayer){bent ? act : IDENTITY, param_new(mem, width[l], width[l + 1]), param_new(mem, 1, width[l + 1])};
        mat_normal(net.layer[l].w.v, 1 / sqrtf((float)width[l]), rng);
    }
    return net;
}

static Mat through(const Mlp *net, int first, int last, Mat x, Arena *mem)
{
    for (int l = first; l < last; l++) x = by_hand.forward(&net->layer[l], x, mem);
    return x;
}

static Mat encode(const Mlp *net, Mat x, Arena *mem) { return through(net, 0, net->n / 2, x, mem); }
static Mat decode(const Mlp *net, Mat z, Arena *mem) { return through(net, net->n / 2, net->n, z, mem); }

/* Mean squared error per entry; the losses of the library are sums over features. */
static double mean_square(Mat x, Mat xhat, Arena *mem) { return (double)mse(xhat, x, mem).value / x.d; }
static double net_mse(const Mlp *net, Mat x, Arena *mem) { return mean_square(x, through(net, 0, net->n, x, mem), mem); }

/* Every weight as DIR/model/<net>.dense<layer>.<weight|bias>.npy; load reads them instead. */
static void mlp_files(Mlp *net, const char *name, const char *dir, bool load, Arena *mem)
{
    char folder[512], file[64];
    snprintf(folder, sizeof folder, "%s/model", dir);
    if (!load) make_dir(folder);
    for (int i = 0; i < 2 * net->n; i++) {
        Mat v = i % 2 ? net->layer[i / 2].b.v : net->layer[i / 2].w.v;
        snprintf(file, sizeof file, "%s.dense%d.%s.npy", name, i / 2, i % 2 ? "bias" : "weight");
        if (load) mat_set(v, npy_read(folder, file, mem));
        else npy_write(folder, file, v);
    }
}

/* A net for the figure: its columns of units, as the lecture draws them. */
static void describe(Csv *csv, const char *name, const Mlp *net)
{
    int weights = 0;
    for (int l = 0; l < net->n; l++) weights += (int)(mat_size(net->layer[l].w.v) + mat_size(net->layer[l].b.v));
    for (int l = 0; l <= net->n; l++) {
        int units = l ? net->layer[l - 1].b.v.d : net->layer[0].w.v.n;
        const char *what = !l ? "x" : l == net->n / 2 ? "z" : l == net->n ? "xhat" : net->layer[l - 1].act == TANH ? "tanh" : "leaky ReLU";
        csv_row(csv, "%s,%d,%d,%s,%d", name, l, units, what, weights);
        printf("%s%d %s", l ? " - " : "", units, what);
    }
    printf(": %d weights\n", weights);
}

/* ---- training ---- */

enum { CURVES = 3, N = 2000, POINTS = 400, SIZES = 5, H = 32 };
static const char *const curve_name[CURVES] = {"half_circle", "sine", "spiral"};
typedef struct {
    const char *name;
    Mat train, test, t, code;                       /* (N,2), (N,2), the test points' share of arc length (N,1), their code (N,1) */
    double linear;                                  /* PCA's error on test */
    Mlp  net;
    int  frame;                                     /* pictures of the growing curve so far */
    long next;                                      /* the step of the next one: 10, then each a fifth later */
    Csv *error, *grown;
} Task;

/* The error on held-out points, and the curve that the decoder draws while the code runs through all values that they have. */
static void look(Task *k, long step, long steps, Arena *mem)
{
    Mat z = mat_new(mem, POINTS, 1), code = encode(&k->net, k->test, mem);
    float lo = INFINITY, hi = -INFINITY;
    for (int i = 0; i < code.n; i++) lo = fminf(lo, code.a[i]), hi = fmaxf(hi, code.a[i]);
    for (int i = 0; i < POINTS; i++) z.a[i] = lo + (hi - lo) * (float)i / (POINTS - 1);
    Mat x = decode(&k->net, z, mem);                // (POINTS,2)
    double error = net_mse(&k->net, k->test, mem);
    csv_row(k->error, "%s,%ld,%.6g,%.6g", k->name, step, error, k->linear);
    for (int i = 0; i < POINTS; i++) csv_row(k->grown, "%d,%ld,%.5g,%.5g", k->frame, step, row(x, i)[0], row(x, i)[1]);
    csv_gap(k->grown);
    k->frame++, k->next = step < 10 ? 10 : step + step / 5;
    if (step) progress(step, steps, "%s  error %.5f (PCA's %.5f)", k->name, error, k->linear);
}

/* Trains net on x; k is the curve that x comes from, or NULL. */
static void train(Lab *lab, Mlp *net, Mat x, int epochs, float lr, Task *k, Rng *rng, Arena *mem)
{
    long steps = (long)epochs * ((x.n + lab->batch - 1) / lab->batch), step = 0;
    Adam opt = adam(lr);
    for (int epoch = 0; epoch < epochs && !lab_stopping(); epoch++) {
        arena_reset(mem);
        Batches b = batches((Data){.x = x}, lab->batch, rng, mem);
        size_t mark = mem->used;
        for (; batch_next(&b) && !lab_stopping(); arena_rewind(mem, mark)) {
            if (k && step == 0) look(k, 0, steps, mem);
            opt.lr = cosine_decay(lr, step, steps);
            float loss = ae_step(net, b.x, &by_hand, &opt, mem);
            lab_finite("the loss", loss, step++);
            if (k && (step >= k->next || step == steps)) look(k, step, steps, mem);
            else if (!k) progress(step, steps, "code of %d  loss %.3f", net->layer[net->n / 2].w.v.n, loss);
        }
    }
    arena_reset(mem);
}

/* Spearman's rank correlation of two columns: 1 or -1 when one always rises, or always falls, where the other rises. */
static double spearman(Mat x, Mat y)
{
    double d2 = 0, n = x.n;
    for (int i = 0; i < x.n; i++) {
        int d = 0;                                  /* rank of x_i minus rank of y_i */
        for (int j = 0; j < x.n; j++) d += (x.a[j] < x.a[i]) - (y.a[j] < y.a[i]);
        d2 += (double)d * d;
    }
    return 1 - 6 * d2 / (n * (n * n - 1));
}

/* Points of a curve, blurred; and what PCA makes of them. */
static Task task_new(Lab *lab, Curve c, Rng *rng, Arena *keep)
{
    char file[64];
    Task k = {.name = curve_name[c], .t = mat_new(keep, N, 1)};
    k.train = curve_sample(c, N, .03f, k.t, rng, keep);
    k.test = curve_sample(c, N, .03f, k.t, rng, keep);              // t is now the test points'
    Mat line = pca_copy(keep, pca_fit(keep, k.train, 1), 1, k.test);
    k.linear = mean_square(k.test, line, keep);
    const Mat out[] = {k.test, k.t, line};
    for (int i = 0; i < 3; i++) {
        snprintf(file, sizeof file, "%s_%s.npy", (const char *[]){"test", "arc", "pca"}[i], curve_name[c]);
        npy_write(lab->out, file, out[i]);
    }
    snprintf(file, sizeof file, "%s.csv", curve_name[c]);
    csv_mat(lab->out, file, "x1,x2,line1,line2", mat_join(keep, mat_rows(k.test, 0, 600), mat_rows(line, 0, 600)));
    snprintf(file, sizeof file, "grown_%s.csv", curve_name[c]);
    if (!lab->load) k.grown = csv_open(lab->out, file, "frame,step,x1,x2");
    lab_metric(lab, "per coordinate", k.linear, "pca_mse_%s", curve_name[c]);
    printf("%-11s  %d points, %d held out; PCA's line errs by %.5f\n", curve_name[c], N, N, k.linear);
    return k;
}

/* Which code each point of the plane gets. */
static void write_plane(Lab *lab, const Task *k, Arena *mem)
{
    enum { SIDE = 131 };
    Mat x = mat_new(mem, SIDE * SIDE, 2);
    for (int i = 0; i < x.n; i++) row(x, i)[0] = (float)(i % SIDE) / 50 - 1.3f, row(x, i)[1] = (float)(i / SIDE) / 50 - 1.3f;
    csv_mat(lab->out, "plane.csv", "x1,x2,code", mat_join(mem, x, encode(&k->net, x, mem)));
}

int main(int argc, char **argv)
{
    static const LabInfo info = {
        .name = "02_nonlinear_ae", .title = "nonlinear PCA", .epochs = 1500, .batch = 100, .quick_epochs = 60,
        .steps = "curves nets bends train order digits",
    };
    Lab *lab = lab_open(argc, argv, &info);
    Arena keep = arena_new("keep", MB(64)), mem = arena_new("step", MB(64));
    Rng rng = rng_new(lab->seed);
    Csv *csv;
    Task task[CURVES];

    STEP("curves") for (int c = 0; c < CURVES; c++) task[c] = task_new(lab, (Curve)c, &rng, &keep);
    /*%% md
    ## The nets
    Lab 01's net is two columns of weights. The new one puts hidden layers that bend on both sides of the code: a curved way in
    and a curved way out (Kramer 1991). */
    STEP("nets") {
        csv = csv_open(lab->out, "nets.csv", "net,column,units,what,weights");
        Mlp line = mlp_new((int[]){2, 1, 2}, 2, TANH, &rng, &mem);
        describe(csv, "linear", &line);
        for (int c = 0; c < CURVES; c++) task[c].net = mlp_new((int[]){2, H, H, 1, H, H, 2}, 6, TANH, &rng, &keep);
        describe(csv, "bent", &task[SPIRAL].net);
        csv_close(csv);
    }
    /*%% fig 02_nonlinear_ae-nets
    Left, lab 01: one straight code. Right, this lab: the code is still one number, but the way there and back may bend. */
    STEP("bends") {
        enum { AT = 161 };
        Mat a = mat_new(&keep, AT, 1), one = mat_new(&keep, AT, 1), all = a;
        for (int i = 0; i < AT; i++) a.a[i] = .05f * (float)(i - AT / 2), one.a[i] = 1;
        for (Act act = TANH; act < ACTS; act++) {
            Mat h = act_forward(act, a, &keep), slope = act_backward(act, one, h, &keep);
            all = mat_join(&keep, all, mat_join(&keep, h, slope));
        }
        csv_mat(lab->out, "bends.csv", "a,tanh,dtanh,sigmoid,dsigmoid,lrelu,dlrelu", all);
    }
    /*%% fig 02_nonlinear_ae-bends
    Three bends and their slopes. Where a slope is near zero no gradient comes through. */
    STEP("train") {
        Csv *error = lab->load ? NULL : csv_open(lab->out, "error.csv", "curve,step,test_mse,pca_mse");
        for (Task *k = task; k < task + CURVES && !lab_stopping(); k++) {
            k->error = error;
            if (lab->load) mlp_files(&k->net, k->name, lab->load, true, &mem);
            else train(lab, &k->net, k->train, lab->epochs, .01f, k, &rng, &mem), csv_close(k->grown);
            mlp_files(&k->net, k->name, lab->out, false, &mem);
            k->code = encode(&k->net, k->test, &keep);
            printf("%-11s  error %.5f, PCA's %.5f\n", k->name, net_mse(&k->net, k->test, &mem), k->linear);
        }
        if (error) csv_close(error);
        if (!lab_stopping()) write_plane(lab, &task[SPIRAL], &mem);
    }                                               /* TRY: LRELU for TANH in STEP("nets"). Where do the curves get their corners? */
    /*%% fig 02_nonlinear_ae-growing
    What the decoder draws while the net learns: at first little more than a line, then the line bends. */
    /*%% fig 02_nonlinear_ae-moments
    The spiral at six moments: six pictures of the same training. */
    /*%% fig 02_nonlinear_ae-curves
    What was learned, beside the line that PCA fits. */
    /*%% fig 02_nonlinear_ae-error
    The error on held-out points. The spiral rests on a plateau: to take one more turn the curve must let go of what it has. */
    /*%% fig 02_nonlinear_ae-plane
    The code that each point of the plane gets, and the curve drawn by the decoder. Where the code jumps, the curve crosses empty space. */
    /*%% md
    ## Is the code the arc length?
    Nobody asked for it. A code without jumps can only keep the order along the curve, or turn it round. */
    STEP("order") {
        for (int c = 0; c < CURVES; c++) {
            Task *k = &task[c];
            char file[64];
            snprintf(file, sizeof file, "codes_%s.npy", curve_name[c]);
            npy_write(lab->out, file, k->code);
            snprintf(file, sizeof file, "order_%s.csv", curve_name[c]);
            csv_mat(lab->out, file, "arc,code", mat_join(&mem, mat_rows(k->t, 0, 600), mat_rows(k->code, 0, 600)));
            double mse = net_mse(&k->net, k->test, &mem), order = fabs(spearman(k->code, k->t));
            printf("%-11s  %.4f of PCA's error; rank correlation of code and arc length %.4f\n", curve_name[c], mse / k->linear, order);
            lab_metric(lab, "per coordinate", mse, "test_mse_%s", curve_name[c]);
            lab_metric(lab, "of PCA's", mse / k->linear, "mse_ratio_%s", curve_name[c]);
            lab_metric(lab, "rank correlation", order, "code_order%s%s", c ? "_" : "", c ? curve_name[c] : "");
        }
    }
    /*%% fig 02_nonlinear_ae-order
    Code against share of arc length. The spiral was copied well and cut into pieces all the same: no term of the loss asks for order. */
    /*%% md
    ## Real data: how many numbers is a digit?
    The same functions on 64-pixel digits: PCA with k components against a deep net with a code of k. */
    STEP("digits") {
        static const int size[SIZES] = {1, 2, 4, 8, 16};
        Mat x = data_digits8(&keep).x, digits = mat_rows(x, 0, 1500), held = mat_rows(x, 1500, x.n - 1500);   // (1500,64), (297,64)
        Pca pca = pca_fit(&keep, digits, size[SIZES - 1]);
        npy_write(lab->out, "test_digits.npy", held);
        for (int s = 0; s < SIZES && !lab_stopping(); s++) {
            Mlp net = mlp_new((int[]){64, 128, 64, size[s], 64, 128, 64}, 6, LRELU, &rng, &keep);
            char file[32];
            snprintf(file, sizeof file, "digits_k%d", size[s]);
            if (lab->load) mlp_files(&net, file, lab->load, true, &mem);
            else train(lab, &net, digits, 1 + lab->epochs / 10, .003f, NULL, &rng, &mem);
            mlp_files(&net, file, lab->out, false, &mem);
            double linear = mean_square(held, pca_copy(&mem, pca, size[s], held), &mem), deep = net_mse(&net, held, &mem);
            printf("k = %2d  PCA %.4f  deep net %.4f\n", size[s], linear, deep);
            lab_metric(lab, "per pixel", linear, "pca_mse_%s", file);
            lab_metric(lab, "per pixel", deep, "test_mse_%s", file);
        }
    }
    /*%% fig 02_nonlinear_ae-sizes
    Error on held-out digits against code size. */
    arena_free(&keep), arena_free(&mem);
    return lab_close(lab);
}
