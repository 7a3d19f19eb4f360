/* 13_cgan: a GAN that draws what it is asked for.
 *
 * Learn    how a label enters both players, why D is shown the label that G was given, and how one
 *          measures obedience in both directions: is it what was asked, and could one learn from
 *          it?
 * Write    five functions, marked TODO, in this order; labs/13_cgan.h says what each must do,
 *          `make test-13` tests them.
 * Run      `make 13` builds this file, runs it and draws its figures in out/figures/; the README
 *          has the one-line cc command.
 * Writes   out/13_cgan/: csv and png for the figures, metrics.csv, the weights of G and D,
 *          samples.npy (60000,28,28), labels.npy: what was asked, judged.npy: what it was taken for
 * Takes    about 140 s on two cores; --quick 5 s
 * Expect   nine of ten samples are what was asked for; a classifier that has only ever seen these
 *          samples is right about four of five real garments
 *
 * Letters  B batch, K classes, h w of an image, z (B,Z) noise, y (B,K) one-hot, D discriminator, G
 *          generator, E the average of G's weights: it draws the samples.
 */
#include "13_cgan.h"
#include "13_cgan_plot.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

/*%% md
## A label is a vector

Classes have no order: a boot is not nine times a pullover. So the label becomes $K$ numbers, all 0
but one. It goes to $G$ beside the noise, and to $D$ as $K$ more planes of a map, each filled with
one number. Then every filter can ask at every pixel which class is meant.
*/
Mat one_hot(const uint8_t *label, int n, int classes, Arena *mem)
{
#ifdef SOLUTION
    Mat y = mat_zeros(mem, n, classes);
    for (int i = 0; i < n; i++) row(y, i)[label[i]] = 1;
    return y;
#else
    TODO("all zeros, and a 1 in row i at label[i]");
#endif
}

Mat join_condition(Mat x, int pixels, Mat y, Arena *mem)
{
#ifdef SOLUTION
    int channels = x.d / pixels;
    Mat each = mat_reshape(x, x.n * pixels, channels);      // one row per pixel
    Mat told = mat_repeat(mem, y, pixels);                  // to each pixel the same
    Mat both = mat_join(mem, each, told);
    return mat_reshape(both, x.n, pixels * (channels + y.d));
#else
    TODO("one row per pixel: its channels, then y's row of its sample; mat_reshape, mat_repeat and "
         "mat_join do it");
#endif
}

/* ---- D and its question ---- */

/* The logits are the scores of the classes that y asks for: sum over k of y_k score_k. */
Mat ask(Discriminator *D, Mat x, Mat y, Question *q, Arena *mem)
{
    *q = (Question){trace(mem, TRAIN), trace(mem, TRAIN), y};
    Mat map = net_forward(&D->image, x, &q->image);                             // (B, p*c)
    Mat score = net_forward(&D->pair, join_condition(map, D->pixels, y, mem), &q->pair);
    Mat logit = mat_zeros(mem, x.n, 1);
    for (int i = 0; i < x.n; i++)
        for (int k = 0; k < y.d; k++) logit.a[i] += row(y, i)[k] * row(score, i)[k];
    return logit;
}

/* Only the score that was asked for gets a gradient, and of a joined map only the map: nobody wants
 * the gradient of a label. */
Mat ask_backward(Discriminator *D, Mat dlogit, Question *q, int wrt, Arena *mem)
{
    Mat y = q->y, dscore = mat_new(mem, y.n, y.d);
    for (int i = 0; i < y.n; i++)
        for (int k = 0; k < y.d; k++) row(dscore, i)[k] = row(y, i)[k] * dlogit.a[i];
    int through = WRT_INPUT | (wrt & WRT_PARAMS);           // the image's net wants dmap
    Mat djoined = net_backward(&D->pair, dscore, &q->pair, through);

    int channels = djoined.d / D->pixels - y.d;
    Mat dmap = mat_new(mem, y.n, D->pixels * channels), dtold = mat_new(mem, y.n * D->pixels, y.d);
    mat_split(mat_reshape(djoined, y.n * D->pixels, channels + y.d),
              mat_reshape(dmap, y.n * D->pixels, channels), dtold);
    return net_backward(&D->image, dmap, &q->image, wrt);
}

/*%% md
## Two losses of pairs

$D$ no longer asks whether an image is real, but whether a *pair* is: this image, with this label.
Real images come with their own label $y$. Fakes come with the $y$ that $G$ was given:
$$ L_D = -\operatorname{mean} \log\sigma(D(x,y))
   - \operatorname{mean} \log(1-\sigma(D(G(z,y),y))) , \qquad
   L_G = -\operatorname{mean} \log\sigma(D(G(z,y),y)) . $$
A perfect trouser where a bag was asked for is a fake pair. That is all that makes $G$ obey.
*/
float cgan_d_loss(Discriminator *D, Mat real, Mat fake, Mat y, Arena *mem)
{
#ifdef SOLUTION
    Question of_real, of_fake;
    Loss up = bce_logits_to(ask(D, real, y, &of_real, mem), 1, mem);
    Loss down = bce_logits_to(ask(D, fake, y, &of_fake, mem), 0, mem);

    net_zero_grad(&D->image);
    net_zero_grad(&D->pair);
    ask_backward(D, up.grad, &of_real, WRT_PARAMS, mem);
    ask_backward(D, down.grad, &of_fake, WRT_PARAMS, mem);
    return up.value + down.value;
#else
    TODO("ask about real and about fake, with the same y and a Question each; bce_logits_to 1 and "
         "0; zero both nets' gradients, ask_backward twice");
#endif
}

Loss cgan_g_loss(Discriminator *D, Mat fake, Mat y, Arena *mem)
{
#ifdef SOLUTION
    Question q;
    Loss fool = bce_logits_to(ask(D, fake, y, &q, mem), 1, mem);
    fool.grad = ask_backward(D, fool.grad, &q, WRT_INPUT, mem);     // (B, h*w); D gets none
    return fool;
#else
    TODO("ask about the fake, wanted: real; the gradient is what ask_backward returns for "
         "WRT_INPUT");
#endif
}

/*%% md
## Did it obey?

A classifier that was trained on real images looks at every sample: row $i$ of the confusion says
what it took the samples for that were asked to be of class $i$.
*/
Obedience condition_accuracy(const uint8_t *asked, const uint8_t *judged, int n, int classes,
                             Arena *mem)
{
#ifdef SOLUTION
    int *count = arena_alloc(mem, (size_t)(classes * classes) * sizeof *count);
    int right = 0;
    memset(count, 0, (size_t)(classes * classes) * sizeof *count);
    for (int i = 0; i < n; i++) {
        count[asked[i] * classes + judged[i]]++;
        right += asked[i] == judged[i];
    }
    Obedience o = {mat_zeros(mem, classes, classes), (float)right / (float)n};
    for (int k = 0; k < classes; k++) {
        int all = 0;                                        // that were asked to be of class k
        for (int j = 0; j < classes; j++) all += count[k * classes + j];
        if (all == 0) continue;
        for (int j = 0; j < classes; j++)
            row(o.confusion, k)[j] = (float)count[k * classes + j] / (float)all;
    }
    return o;
#else
    TODO("count every pair (asked, judged), and how often they agree; divide each row by its sum, "
         "if that is not 0");
#endif
}

/* ---- the players ---- */

enum { SIDE = 28, Z = 64 };             /* pixels of a side, which both nets are built for; noise */

typedef struct { Net G; Discriminator D; Adam opt_g, opt_d; } Players;

/* Leaky ReLUs, strides for pooling, batch norm on all but the first layer, small weights (Radford
 * et al. 2016). The label's planes join where the map has 7 x 7 pixels, and a score for every
 * class, of which the label picks one, is a projection (Miyato & Koyama 2018, eq. 3).
 * TRY: one score for all: net_dense(&D.pair, 1, rng), and in `ask` the score itself as the logit.
 * Is what it draws still what was asked? */
static Discriminator discriminator(int classes, Arena *keep, Rng *rng)
{
    Discriminator D = {.pixels = 7 * 7};
    D.image = net_new("D_image", (Shape){SIDE, SIDE, 1}, keep);
    net_conv(&D.image, 16, 4, 2, 1, rng); net_lrelu(&D.image, .2f);
    net_conv(&D.image, 64, 4, 2, 1, rng); net_batchnorm(&D.image); net_lrelu(&D.image, .2f);
    net_init_normal(&D.image, .02f, rng);

    D.pair = net_new("D_pair", (Shape){7, 7, 64 + classes}, keep);
    net_conv(&D.pair, 128, 3, 2, 0, rng); net_batchnorm(&D.pair); net_lrelu(&D.pair, .2f);
    net_dense(&D.pair, classes, rng);
    net_init_normal(&D.pair, .02f, rng);
    return D;
}

/* Noise and label -> 3x3 -> 7x7 -> 14x14 -> 28x28. */
static Net generator(const char *name, int classes, Arena *keep, Rng *rng)
{
    Net G = net_new(name, (Shape){1, 1, Z + classes}, keep);
    net_dense(&G, 3 * 3 * 128, rng); net_reshape(&G, (Shape){3, 3, 128});
    net_batchnorm(&G); net_relu(&G);
    net_convt(&G, 64, 3, 2, 0, rng); net_batchnorm(&G); net_relu(&G);
    net_convt(&G, 32, 4, 2, 1, rng); net_batchnorm(&G); net_relu(&G);
    net_convt(&G, 1, 4, 2, 1, rng); net_tanh(&G);
    net_init_normal(&G, .02f, rng);
    return G;
}

static void set_optimisers(Players *p, float beta1)
{
    Adam opt = {.beta1 = beta1, .beta2 = .999f, .eps = 1e-8f};
    p->opt_g = opt;
    p->opt_d = opt;
}

static void set_rates(Players *p, float of_g, float of_d)
{
    p->opt_g.lr = of_g;
    p->opt_d.lr = of_d;
}

/* One step of D, one of G, on the same fakes. Real images, noise and labels have a row each. */
typedef struct { float d, g; } Losses;

static Losses one_step(Players *p, Mat real, Mat z, Mat y, Arena *mem)
{
    Trace tg = trace(mem, TRAIN);
    Mat fake = net_forward(&p->G, join_condition(z, 1, y, mem), &tg);

    float d_loss = cgan_d_loss(&p->D, real, fake, y, mem);
    nets_step(nets_of(&p->D.image, &p->D.pair), &p->opt_d);

    Loss fool = cgan_g_loss(&p->D, fake, y, mem);
    net_zero_grad(&p->G);
    net_backward(&p->G, fool.grad, &tg, WRT_PARAMS);
    adam_step(&p->G, &p->opt_g);
    Losses loss = {d_loss, fool.value};
    return loss;
}

/* ---- in the plane: with and without a condition ---- */

/* The same ring, the same nets. With the condition, a point's mode is its label. Without, there is
 * one class and everything is of it. */
typedef enum { WITHOUT, WITH, WAYS } Way;
static const char *const way_name[WAYS] = {"without", "with"};
enum { RING = 8, RING_SEEDS = 5, WIDTH = 64, POINTS = 2500 };

static Players ring_players(int classes, Arena *keep, Rng *rng)
{
    Players p = {.D.pixels = 1};
    p.G = net_new("G", (Shape){1, 1, 2 + classes}, keep);
    net_dense(&p.G, WIDTH, rng); net_relu(&p.G);
    net_dense(&p.G, WIDTH, rng); net_relu(&p.G);
    net_dense(&p.G, 2, rng);
    p.D.image = net_new("D_image", (Shape){1, 1, 2}, keep);
    net_dense(&p.D.image, WIDTH, rng); net_relu(&p.D.image);
    p.D.pair = net_new("D_pair", (Shape){1, 1, WIDTH + classes}, keep);
    net_dense(&p.D.pair, WIDTH, rng); net_relu(&p.D.pair);
    net_dense(&p.D.pair, classes, rng);
    return p;
}

/* Labels from modes: as they are, or all 0. */
static Mat ring_labels(const int *mode, int n, Way way, Arena *mem)
{
    uint8_t *label = arena_alloc(mem, (size_t)n);
    for (int i = 0; i < n; i++) label[i] = way == WITH ? (uint8_t)mode[i] : 0;
    return one_hot(label, n, way == WITH ? RING : 1, mem);
}

/* Narrow modes, equal rates: a game that a GAN can play (lab 08), but not yet after 3000 rounds. */
static Players play_ring(const Mixture *ring, Way way, long rounds, Rng rng, Arena *keep,
                         Arena *mem)
{
    enum { BATCH = 128 };
    Players p = ring_players(way == WITH ? RING : 1, keep, &rng);
    set_optimisers(&p, .5f);
    set_rates(&p, 1e-3f, 1e-3f);
    for (long round = 0; round < rounds; round++) {
        arena_reset(mem);
        int mode[BATCH];
        Mat real = mixture_sample(ring, BATCH, mode, &rng, mem);
        Mat y = ring_labels(mode, BATCH, way, mem);
        Mat z = mat_noise(mem, BATCH, 2, &rng);
        Losses loss = one_step(&p, real, z, y, mem);
        lab_finite("the loss on the ring", (double)(loss.d + loss.g), round);
    }
    return p;
}

/* The share of points that lie nearest to the mode that was asked for. */
static double share_obeyed(const Mixture *ring, Mat x, const int *asked, Arena *mem)
{
    Mat middle = mat_new(mem, ring->n, 2);
    for (int k = 0; k < ring->n; k++) memcpy(row(middle, k), ring->mode[k].mean, 2 * sizeof(float));
    int *nearest = arena_alloc(mem, (size_t)x.n * sizeof *nearest), obeyed = 0;
    mat_nearest(x, middle, nearest);
    for (int i = 0; i < x.n; i++) obeyed += nearest[i] == asked[i];
    return (double)obeyed / x.n;
}

static void ring_games(Lab *lab, Arena *keep, Arena *mem)
{
    Mixture ring = mixture_ring(RING, 2, .05f);
    long rounds = lab->quick ? 100 : 3000;
    Csv *csv = csv_open(lab->out, "coverage.csv", "way,seed,modes,quality,obeyed");
    double modes[WAYS] = {0};
    for (Way way = WITHOUT; way < WAYS; way++)
        for (int seed = 1; seed <= RING_SEEDS; seed++) {
            progress(way * RING_SEEDS + seed, WAYS * RING_SEEDS, "ring, %s a condition",
                     way_name[way]);
            Rng rng = rng_new(lab->seed * 100 + (uint64_t)seed);
            Players p = play_ring(&ring, way, rounds, rng, keep, mem);
            arena_reset(mem);
            int asked[POINTS];
            for (int i = 0; i < POINTS; i++) asked[i] = i % RING;
            Rng fixed = {.key = 13};
            Mat y = ring_labels(asked, POINTS, way, mem);
            Mat z = mat_noise(mem, POINTS, 2, &fixed);
            Mat x = net_eval(&p.G, join_condition(z, 1, y, mem), mem);
            ModeScore s = mode_score(x, &ring);
            modes[way] += s.modes / (double)RING_SEEDS;
            csv_row(csv, "%s,%d,%d,%.4f,%.4f", way_name[way], seed, s.modes, s.hq,
                    way == WITH ? share_obeyed(&ring, x, asked, mem) : 1. / RING);
            if (seed == 1) plot_ring(lab, way_name[way], x, asked);
        }
    csv_close(csv);
    for (Way way = WITHOUT; way < WAYS; way++) {
        printf("ring, %-7s a condition: %.1f of %d modes\n", way_name[way], modes[way], RING);
        lab_metric(lab, "modes of 8, mean of 5 games", modes[way], "ring_modes_%s", way_name[way]);
    }
}

/* ---- training on images ---- */

/* Labels of the rows of a batch. */
static Mat labels_of(Data data, const int *index, int n, Arena *mem)
{
    uint8_t *label = arena_alloc(mem, (size_t)n);
    for (int i = 0; i < n; i++) label[i] = data.label[index[i]];
    return one_hot(label, n, data.classes, mem);
}

/* How much of E a step leaves: little at first, when there is nothing yet to remember. */
static float average_keeps(long step)
{
    float young = (float)(1 + step) / (float)(10 + step);
    return young < .999f ? young : .999f;
}

/* Rates: G's twice D's, both falling, found in sweeps on seeds 1 and 11. G warms up: its first
 * steps would follow a D that knows nothing. */
static void train(Lab *lab, Players *p, Net *E, Data data, Rng *rng, Arena *mem)
{
    enum { WARM = 100 };
    set_optimisers(p, .5f);
    Csv *losses = csv_open(lab->out, "losses.csv", "step,d_loss,g_loss");
    arena_reset(mem);
    Training t = training_whole(data.x, lab->epochs, lab->batch, rng, mem);
    while (training_next(&t)) {
        float warm = t.step < WARM ? (float)(t.step + 1) / WARM : 1;
        set_rates(p, warm * cosine_decay(2e-3f, t.step, t.steps),
                  cosine_decay(1e-3f, t.step, t.steps));
        Mat y = labels_of(data, t.index, t.x.n, mem), z = mat_noise(mem, t.x.n, Z, rng);
        Mat real = pictures_to_signs(t.x);              // tanh's [-1,1]

        Losses loss = one_step(p, real, z, y, mem);
        net_average(E, &p->G, average_keeps(t.step));

        lab_finite("D's or G's loss", (double)(loss.d + loss.g), t.step);
        csv_row(losses, "%ld,%.4g,%.4g", t.step, (double)loss.d, (double)loss.g);
        progress(t.step + 1, t.steps, "D %.2f  G %.2f", (double)loss.d, (double)loss.g);
    }
    csv_close(losses);
}

/* Images (n, h*w) in [0,1] of noise and condition, by running statistics. */
static Mat draw(Net *G, Mat z, Mat y, Arena *mem)
{
    return pictures_from_signs(net_eval(G, join_condition(z, 1, y, mem), mem), mem);
}

/* ---- steps of the story ---- */

static void get_images(Lab *lab, Dataset *set, Arena *keep)
{
    *set = data_images(lab->data, lab->quick, keep);
    data_write_names(lab->out, &set->train);
    Data train = set->train;
    check(train.h == SIDE && train.w == SIDE, "images of %d x %d; the nets of this lab are built "
          "for %d x %d\n  hint: MNIST and its kin", train.h, train.w, SIDE, SIDE);
    check(train.x.n >= lab->batch, "%d training images are less than a batch of %d\n"
          "  hint: a smaller --batch, or a larger set of images", train.x.n, lab->batch);
    check(train.classes <= YARDSTICK_CLASSES, "%d classes; this lab asks for at most %d\n"
          "  hint: merge some labels", train.classes, YARDSTICK_CLASSES);
    check(set->test.classes <= train.classes, "test labels reach %d, training labels only %d\n"
          "  hint: do both files belong together?", set->test.classes - 1, train.classes - 1);
    printf("%s: %d + %d images of %d classes\n", train.name, train.x.n, set->test.x.n,
           train.classes);
}

/* As many of each class, in turn, in one set: what a classifier can be tried on, or learn from. */
static Data ask_for_all(Lab *lab, Net *E, int classes, int n, Arena *keep, Arena *mem)
{
    Data made = {.x = mat_new(keep, n, SIDE * SIDE), .label = arena_alloc(keep, (size_t)n),
                 .h = SIDE, .w = SIDE, .classes = classes, .name = "samples"};
    for (int i = 0; i < n; i++) made.label[i] = (uint8_t)(i % classes);
    Rng fresh = {.key = lab->seed};
    enum { AT_ONCE = 500 };
    for (int first = 0; first < n; first += AT_ONCE) {
        arena_reset(mem);
        int some = n - first < AT_ONCE ? n - first : AT_ONCE;
        Mat z = mat_noise(mem, some, Z, &fresh);
        Mat y = one_hot(made.label + first, some, classes, mem);
        mat_set(mat_rows(made.x, first, some), draw(E, z, y, mem));
    }
    npy_write_images(lab->out, "samples.npy", made.x, SIDE, SIDE, 1);
    npy_write_u8(lab->out, "labels.npy", made.label, 1, &n);
    return made;
}

/* The variance of features f (n,d) of one class, added up over features; NAN for a class of fewer
 * than two. */
static double class_variance(Mat f, const uint8_t *label, int k)
{
    double total = 0;
    for (int j = 0; j < f.d; j++) {
        double sum = 0, squares = 0;
        int n = 0;
        for (int i = 0; i < f.n; i++) {
            if (label[i] != k) continue;
            double v = (double)row(f, i)[j];
            sum += v;
            squares += v * v;
            n++;
        }
        if (n < 2) return NAN;
        total += squares / n - sum / n * (sum / n);
    }
    return total;
}

/* Do samples of one class differ from each other as much as real ones do? Spread of the
 * classifier's features within a class, over real's, averaged over the classes that are there. */
static double diversity(Yardstick *yard, Data made, Data test, Arena *mem)
{
    enum { SOME = 10000 };
    Mat f = classifier_features(&yard->classifier,
                                mat_rows(made.x, 0, made.x.n < SOME ? made.x.n : SOME), mem);
    double sum = 0;
    int classes = 0;
    for (int k = 0; k < made.classes; k++) {
        double ratio = class_variance(f, made.label, k) / class_variance(yard->real, test.label, k);
        if (!isfinite(ratio)) continue;
        sum += sqrt(ratio);
        classes++;
    }
    return sum / classes;
}

/* How often a judge was right about each class: (1,K). */
static void right_of_each(Obedience o, Mat of)
{
    for (int k = 0; k < of.d; k++) of.a[k] = row(o.confusion, k)[k];
}

/* A judge trained on real images looks at samples. */
static void judge_samples(Lab *lab, Yardstick *yard, Data made, Data test, Mat of, Arena *mem)
{
    uint8_t *judged = arena_alloc(mem, (size_t)made.x.n);
    classifier_label(&yard->classifier, made.x, judged, mem);
    npy_write_u8(lab->out, "judged.npy", judged, 1, &made.x.n);
    Obedience o = condition_accuracy(made.label, judged, made.x.n, made.classes, mem);
    plot_confusion(lab, o.confusion);
    right_of_each(o, of);
    double obeyed = (double)o.accuracy, spread = diversity(yard, made, test, mem);
    printf("samples judged what was asked: %.4f (real images: %.4f)\n"
           "spread within a class, over real's: %.3f\n", obeyed, yard->accuracy, spread);
    lab_metric(lab, "share judged what was asked", obeyed, "gan_test");
    lab_metric(lab, "share judged right", yard->accuracy, "real_accuracy");
    lab_metric(lab, "sd within a class over real's", spread, "diversity");
    Score s = yardstick_score(yard, mat_rows(made.x, 0, made.x.n < 10000 ? made.x.n : 10000), mem);
    lab_metric(lab, "0 floor, 1 null", s.norm, "frechet_norm");
}

/* A judge trained on samples, and on nothing else, looks at real images. */
static void learn_from_samples(Lab *lab, Data made, Data test, Mat of, Arena *keep, Arena *mem)
{
    Classifier pupil = classifier_get(made, name_of(keep, "%s/pupil", lab->out), keep);
    uint8_t *judged = arena_alloc(mem, (size_t)test.x.n);
    classifier_label(&pupil, test.x, judged, mem);
    Obedience o = condition_accuracy(test.label, judged, test.x.n, made.classes, mem);
    right_of_each(o, of);
    double right = (double)o.accuracy;
    printf("a classifier that learned from samples only: %.4f of real test images right\n", right);
    lab_metric(lab, "share, learned from samples", right, "gan_train");
}

/* The three numbers per class: real images and samples by the judge of real ones, and real images
 * by the pupil of samples. */
static void compare_judges(Lab *lab, Yardstick *yard, Dataset set, Data made, Arena *keep,
                           Arena *mem)
{
    Data test = set.test;
    int K = made.classes;
    Mat real = mat_zeros(keep, 1, K), asked = mat_zeros(keep, 1, K);
    Mat learned = mat_zeros(keep, 1, K);
    arena_reset(mem);
    uint8_t *judged = arena_alloc(mem, (size_t)test.x.n);
    classifier_label(&yard->classifier, test.x, judged, mem);
    right_of_each(condition_accuracy(test.label, judged, test.x.n, K, mem), real);
    judge_samples(lab, yard, made, test, asked, mem);
    arena_reset(mem);
    learn_from_samples(lab, made, test, learned, keep, mem);

    Csv *csv = csv_open(lab->out, "classes.csv", "class,real,samples,pupil");
    for (int k = 0; k < K; k++)
        csv_row(csv, "%d,%.4f,%.4f,%.4f", k, (double)real.a[k], (double)asked.a[k],
                (double)learned.a[k]);
    csv_close(csv);
}

/* A row per class, the same noise down every column. */
static void show_classes(Lab *lab, Net *E, int classes, Arena *mem)
{
    arena_reset(mem);
    Rng fixed = {.key = 3};
    Mat z = mat_noise(mem, COLUMNS, Z, &fixed);
    Mat all = mat_new(mem, classes * COLUMNS, SIDE * SIDE);
    uint8_t label[COLUMNS];
    for (int k = 0; k < classes; k++) {
        memset(label, k, COLUMNS);
        mat_set(mat_rows(all, k * COLUMNS, COLUMNS),
                draw(E, z, one_hot(label, COLUMNS, classes, mem), mem));
    }
    plot_sheet(lab, all, SIDE);
}

/* What lies between two classes? y need not be one-hot: it goes from one class to the next, the
 * noise stays. TRY: a y that asks for two classes at once, 1 and 1; for none; for twice a boot. */
static void show_between(Lab *lab, Net *E, int classes, Arena *mem)
{
    arena_reset(mem);
    Rng fixed = {.key = 3};
    Mat z = mat_repeat(mem, mat_noise(mem, BETWEEN_ROWS, Z, &fixed), BETWEEN);
    Mat y = mat_zeros(mem, BETWEEN_ROWS * BETWEEN, classes);
    for (int r = 0; r < BETWEEN_ROWS; r++)
        for (int i = 0; i < BETWEEN; i++) {
            float *asked = row(y, r * BETWEEN + i), share = (float)i / (BETWEEN - 1);
            asked[between_pair[r][0] % classes] += 1 - share;
            asked[between_pair[r][1] % classes] += share;
        }
    plot_between(lab, draw(E, z, y, mem), SIDE);
}

int main(int argc, char **argv)
{
    static const LabInfo info = {
        .name = "13_cgan", .title = "a conditional GAN",
        .epochs = 5, .batch = 16, .quick_epochs = 1,
        .steps = "images condition ring train draw show judges",
        .result = "gan_test",
    };
    Lab *lab = lab_open(argc, argv, &info);
    Arena keep = arena_new("keep", MB(1024)), mem = arena_new("step", MB(256));
    Rng rng = rng_new(lab->seed);

    Dataset set;
    STEP("images") get_images(lab, &set, &keep);
    int K = set.train.classes;
    STEP("condition") plot_condition(lab, set.test, one_hot(set.test.label, 1, K, &mem), &mem);
    /*%% fig 13_cgan-condition
    What D is told about one image: as many planes as there are classes, one of them bright. */
    STEP("ring") ring_games(lab, &keep, &mem);
    /*%% fig 13_cgan-ring
    The same nets at the same rates, without a label and with one. The colour is what was asked. */
    /*%% fig 13_cgan-coverage
    Five games each. A G that is asked for every mode cannot leave one out. */
    Players p;
    Net E;
    STEP("train") {
        p.G = generator("G", K, &keep, &rng);
        E = generator("E", K, &keep, &rng);
        p.D = discriminator(K, &keep, &rng);
        net_average(&E, &p.G, 0);                       // E starts where G does
        if (lab->load)
            net_read(&E, lab->load);
        else
            train(lab, &p, &E, set.train, &rng, &mem);
        net_write(&p.G, lab->out);
        net_write(&p.D.image, lab->out);
        net_write(&p.D.pair, lab->out);
        net_write(&E, lab->out);
    }
    Data made;
    STEP("draw") made = ask_for_all(lab, &E, K, lab->quick ? 1000 : 60000, &keep, &mem);
    STEP("show") {
        show_classes(lab, &E, K, &mem);
        show_between(lab, &E, K, &mem);
    }
    /*%% fig 13_cgan-sheet
    Ten classes were asked for, sixteen draws of noise; each column has the same noise. None is
    picked. */
    /*%% fig 13_cgan-between
    The same noise; the label is moved from one class to another. */
    STEP("judges") {
        Yardstick yard = yardstick(set, "build/classifier", &keep);
        net_write(&yard.classifier.net, lab->out);
        compare_judges(lab, &yard, set, made, &keep, &mem);
    }
    /*%% fig 13_cgan-confusion
    What was asked, and what it was taken for. */
    /*%% fig 13_cgan-classes
    Two directions of one question: does a judge of real images recognise the samples, and would a
    judge of samples recognise real ones? */

    arena_free(&keep);
    arena_free(&mem);
    return lab_close(lab);
}
