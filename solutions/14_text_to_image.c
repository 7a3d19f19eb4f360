/* 14_text_to_image: a GAN that draws what a sentence says.
 *
 * Learn    how words become numbers that a net can learn from, why D must also see right images
 *          with wrong captions, and what "it shows what was asked" means as a number.
 * Write    five functions, marked TODO, in this order; labs/14_text_to_image.h says what each must
 *          do, `make test-14` tests them.
 * Run      `make 14` builds this file, runs it and draws its figures in out/figures/; the README
 *          has the one-line cc command. --caption "a small red ring on blue" draws that, too; with
 *          --load out/14_text_to_image at once.
 * Writes   out/14_text_to_image/: csv and png for the figures, metrics.csv, the nets' weights in
 *          aware/ and unaware/; samples.npy (10000,32,32,3), captions.txt, attributes.npy and
 *          seen.npy; heldout and without_mismatch likewise; train.npy: what the training set holds
 * Takes    about 170 s on two cores; --quick 5 s
 * Expect   nineteen of twenty pictures show all that their captions say, also where shape and
 *          colour were never seen together
 *
 * Letters  B batch, V words, e (B,E) embedded captions, z (B,Z) noise, A attributes, D
 *          discriminator, G generator; an average of the weights of G and of the text's net draws
 *          the pictures.
 */
#include "14_text_to_image.h"
#include "14_text_to_image_plot.h"
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/*%% md
## From letters to numbers

A caption is cut into words, and each word is looked up. What is not in the vocabulary cannot be
understood, and it is better to say so than to guess.
*/
#ifdef SOLUTION
static bool separates(char c) { return c == ' ' || c == ','; }

/* The number of the word that begins at `at`; v->n if it is not there. */
static int find(const Vocabulary *v, const char *at, int length)
{
    for (int k = 0; k < v->n; k++) {
        int same = 0;
        while (same < length && tolower((unsigned char)at[same]) == v->word[k][same]) same++;
        if (same == length && v->word[k][length] == 0) return k;
    }
    return v->n;
}
#endif

Tokens tokenize_caption(const char *caption, const Vocabulary *v)
{
#ifdef SOLUTION
    Tokens t = {0};
    const char *at = caption;
    while (*at) {
        if (separates(*at)) {
            at++;
            continue;
        }
        int length = 0;
        while (at[length] && !separates(at[length])) length++;
        int number = find(v, at, length);
        if (number == v->n || t.n == CAPTION_LENGTH) {
            t.unknown = at;
            return t;
        }
        t.token[t.n] = number;
        t.n++;
        at += length;
    }
    return t;
#else
    TODO("skip blanks and commas; find each word in v, small letters for capitals; stop at one "
         "that is not there, or when token is full");
#endif
}

/*%% md
## From words to meaning

A bag of words forgets their order and keeps how often each occurs. What a word means is learned:
the net's first layer adds up one row of weights per word, and the next ones bend the sum.
$$ e = f(n), \qquad n_v = \text{how often word } v \text{ stands in the caption.} $$
*/
Mat encode_caption(Net *text, const Tokens *caption, int n, Trace *t, Arena *mem)
{
#ifdef SOLUTION
    Mat bag = mat_zeros(mem, n, net_in(text).c);
    for (int i = 0; i < n; i++)
        for (int k = 0; k < caption[i].n; k++) row(bag, i)[caption[i].token[k]] += 1;
    return net_forward(text, bag, t);
#else
    TODO("zeros; count every token of caption i in row i; through the net with trace t");
#endif
}

/*%% md
## Three questions

If $D$ is shown only real images with right captions and fakes, it can win by looking at the image
alone, and then $G$ hears little about the text. So there is a third kind of pair: a real image with
a *wrong* caption. It looks perfect, and $D$ has to read to refuse it.
$$ L_D = -\operatorname{mean} \log\sigma(D(x,e))
   - s\,\operatorname{mean} \log(1-\sigma(D(x,\tilde e)))
   - (1-s)\,\operatorname{mean} \log(1-\sigma(D(G(z,e),e))) $$
*/
MatchingLoss matching_aware_loss(PairD *D, Mat real, Mat fake, Mat right, Mat wrong,
                                 float share, Arena *mem)
{
#ifdef SOLUTION
    PairTrace of_right, of_wrong, of_fake;
    Loss accept = bce_logits_to(pair_ask(D, real, right, &of_right, mem), 1, mem);
    Loss unfit = bce_logits_to(pair_ask(D, real, wrong, &of_wrong, mem), 0, mem);
    Loss refuse = bce_logits_to(pair_ask(D, fake, right, &of_fake, mem), 0, mem);
    mat_scale(unfit.grad, share);
    mat_scale(refuse.grad, 1 - share);

    PairAnswer a = pair_back(D, accept.grad, &of_right, WRT_PARAMS, mem);
    PairAnswer b = pair_back(D, unfit.grad, &of_wrong, WRT_PARAMS, mem);
    PairAnswer c = pair_back(D, refuse.grad, &of_fake, WRT_PARAMS, mem);
    mat_add(a.dmap, b.dmap);                                // the real image was asked about twice,
    mat_add(a.de, c.de);                                    // and the right caption
    MatchingLoss loss = {.dreal = a.dmap, .dfake = c.dmap, .dright = a.de, .dwrong = b.de};
    loss.value = accept.value + share * unfit.value + (1 - share) * refuse.value;
    return loss;
#else
    TODO("three times pair_ask, bce_logits_to and pair_back with WRT_PARAMS; weights on value and "
         "gradient; add up what reaches the same map or embedding twice");
#endif
}

/*%% md
## Between two captions

Embeddings are points, and between two points there are others. No caption says what lies there.
*/
Mat interp_captions(Mat a, Mat b, int steps, Arena *mem)
{
#ifdef SOLUTION
    Mat e = mat_new(mem, steps, a.d);
    for (int i = 0; i < steps; i++) {
        float t = (float)i / (float)(steps - 1);
        for (int k = 0; k < a.d; k++) row(e, i)[k] = (1 - t) * a.a[k] + t * b.a[k];
    }
    return e;
#else
    TODO("row i is (1-t) a + t b, t = i / (steps - 1)");
#endif
}

/*%% md
## Does it show what was asked?

A reader that knows nothing of captions says what it sees. And of a hundred captions, which fits
best?
*/
#ifdef SOLUTION
static int agreeing(const float *seen, const float *asked, int attributes)
{
    int n = 0;
    for (int k = 0; k < attributes; k++) n += seen[k] == asked[k];
    return n;
}
#endif

Match caption_match(Mat seen, Mat asked, int others, Arena *mem)
{
#ifdef SOLUTION
    int n = seen.n, A = seen.d, exact = 0, best = 0;
    Match m = {.right = mat_new(mem, 1, A)};
    for (int k = 0; k < A; k++) {
        int right = 0;
        for (int i = 0; i < n; i++) right += row(seen, i)[k] == row(asked, i)[k];
        m.right.a[k] = (float)right / (float)n;
    }
    for (int i = 0; i < n; i++) {
        const float *own = row(asked, i);
        int fits = agreeing(row(seen, i), own, A);
        bool fits_best = true;
        for (int j = 1; j <= others; j++) {
            const float *other = row(asked, (i + j) % n);
            if (agreeing(other, own, A) == A) continue;     // it says the same
            if (agreeing(row(seen, i), other, A) >= fits) fits_best = false;
        }
        exact += fits == A;
        best += fits_best;
    }
    m.exact = (float)exact / (float)n;
    m.precision = (float)best / (float)n;
    return m;
#else
    TODO("count agreeing attributes: all of them, each, and against each of the next `others` rows "
         "that say something else");
#endif
}

/* ---- captions of this lab ---- */

/* The plain sprites: upright, solid, of every shape, colour, size, place and background. There are
 * 2,880 captions of them, of which 360 have a shape and a colour that no training set of the labs
 * brings together. */
enum { A = SPRITE_ATTRIBUTES };

/* Every word that a caption of theirs can have: those of the attributes, and those between. */
static Vocabulary all_words(void)
{
    Vocabulary v = {0};
    static const char *const between[] = {"a", "on", "background", "at", "the"};
    for (int k = 0; k < LENGTH(between); k++) v.word[v.n++] = between[k];
    for (int k = 0; k < SPRITE_PLAIN; k++) {
        int attribute = sprite_plain_attribute[k];
        for (int i = 0; i < sprite_values(attribute); i++) {
            const char *word = sprite_word(attribute, i);
            bool known = attribute == SPRITE_POSITION && i == 0;    // the middle is not mentioned
            for (int j = 0; j < v.n; j++) known |= !strcmp(v.word[j], word);
            if (!known) v.word[v.n++] = word;                       // blue is two things
        }
    }
    return v;
}

/* What must be changed, added or left out, letter by letter, to make b of a (Levenshtein 1966). */
static int edits(const char *a, int length, const char *b)
{
    enum { LONGEST = 31 };
    int cost[LONGEST + 1], m = (int)strlen(b);
    for (int j = 0; j <= m; j++) cost[j] = j;
    for (int i = 1; i <= length; i++) {
        int diagonal = cost[0];
        cost[0] = i;
        for (int j = 1; j <= m; j++) {
            int changed = diagonal + (tolower((unsigned char)a[i - 1]) != b[j - 1]);
            int least = cost[j] < cost[j - 1] ? cost[j] + 1 : cost[j - 1] + 1;
            diagonal = cost[j];
            cost[j] = changed < least ? changed : least;
        }
    }
    return cost[m];
}

/* Ends the program when the user's caption has a word that is not known. */
static Tokens must_understand(const char *caption, const Vocabulary *v)
{
    Tokens t = tokenize_caption(caption, v);
    if (!t.unknown && t.n > 0) return t;
    if (!t.unknown) die(EXIT_USAGE, "--caption: not a word\n  hint: a small red ring on blue");
    if (t.n == CAPTION_LENGTH) die(EXIT_USAGE, "--caption: more than %d words\n"
                                   "  hint: a small red ring on blue", CAPTION_LENGTH);
    int length = (int)strcspn(t.unknown, " ,"), nearest = 0;
    char known[512] = "";
    for (int k = 0; k < v->n; k++) {
        if (edits(t.unknown, length, v->word[k]) < edits(t.unknown, length, v->word[nearest]))
            nearest = k;
        size_t used = strlen(known);
        snprintf(known + used, sizeof known - used, " %s", v->word[k]);
    }
    die(EXIT_USAGE, "--caption: '%.*s' is not a word that this lab knows; %s is the nearest\n"
        "  hint: it knows%s", length, t.unknown, v->word[nearest], known);
}

static Tokens tokens_of(Sprite s, const Vocabulary *v)
{
    char caption[SPRITE_CAPTION];
    sprite_caption(s, caption);
    Tokens t = tokenize_caption(caption, v);
    check(!t.unknown, "'%s': tokenize_caption does not know '%s'\n  hint: make test-14", caption,
          t.unknown);
    return t;
}

static Tokens *captions_of(Mat value, const Vocabulary *v, Arena *mem)
{
    Tokens *t = arena_alloc(mem, (size_t)value.n * sizeof *t);
    for (int i = 0; i < value.n; i++) t[i] = tokens_of(sprite_of_row(value, i), v);
    return t;
}

/* ---- the nets ---- */

enum { P = SIDE * SIDE, Z = 16, E = 64, MAPS = 16 };

/* G is a stencil (gen.h): from noise and embedding a gate and a tone at every pixel, from the
 * embedding alone two colours; lab 11's picture, with room for places and sizes. */
typedef struct { Sprites set; Tokens *caption; const Vocabulary *v; } Task;
typedef struct {
    const char *name;                       /* of its folder */
    const Task *task;
    float share;                            /* of wrong captions in D's loss */
    float lr_d;                             /* D's rate at the first step */
    Net   text, text_average;
    PairD D;
    Stencil G, average;                   /* the averages draw the pictures */
    Adam  opt_d, opt_g;
    Rng   rng;
    Arena keep, mem;                        /* its own, as two models learn side by side */
    Training training;
    float d_loss, g_loss;
} Model;

static Net text_net(int words, Arena *keep, Rng *rng)
{
    Net text = net_new("text", (Shape){1, 1, words}, keep);
    net_dense(&text, 128, rng); net_lrelu(&text, .2f);
    net_dense(&text, E, rng); net_tanh(&text);
    return text;
}

static Stencil generator(Arena *keep, Rng *rng)
{
    Stencil G;
    G.form = net_new("form", (Shape){1, 1, Z + E}, keep);
    for (int k = 0; k < 2; k++) {
        net_dense(&G.form, 256, rng); net_layernorm(&G.form); net_lrelu(&G.form, .2f);
    }
    net_dense(&G.form, 8 * 8 * MAPS, rng); net_reshape(&G.form, (Shape){8, 8, MAPS});
    net_lrelu(&G.form, .2f);
    net_upsample_smooth(&G.form); net_conv(&G.form, MAPS, 3, 1, 1, rng); net_lrelu(&G.form, .2f);
    net_upsample_smooth(&G.form); net_conv(&G.form, 2, 3, 1, 1, rng);
    Mat bias = G.form.layer[G.form.n - 1].b.v;
    bias.a[0] = -1;                                         // mostly background,
    bias.a[1] = 2;                                          // and what is drawn is bright
    net_sigmoid(&G.form);
    G.colour = net_new("colour", (Shape){1, 1, E}, keep);
    for (int k = 0; k < 2; k++) {
        net_dense(&G.colour, 64, rng); net_layernorm(&G.colour); net_lrelu(&G.colour, .2f);
    }
    net_dense(&G.colour, 6, rng); net_sigmoid(&G.colour);   // of the background, of the sprite
    return G;
}

/* No batch norm; what holds D back is a penalty on its slope, as in lab 11. */
static PairD discriminator(Arena *keep, Rng *rng)
{
    PairD D = {.pixels = 4 * 4};
    D.image = net_new("image", (Shape){SIDE, SIDE, 3}, keep);
    net_conv(&D.image, 16, 4, 2, 1, rng); net_lrelu(&D.image, .2f);
    net_conv(&D.image, 32, 4, 2, 1, rng); net_lrelu(&D.image, .2f);
    net_conv(&D.image, 64, 4, 2, 1, rng); net_lrelu(&D.image, .2f);
    D.pair = net_new("pair", (Shape){4, 4, 64 + E}, keep);
    net_conv(&D.pair, 64, 1, 1, 0, rng); net_lrelu(&D.pair, .2f);
    net_dense(&D.pair, 128, rng); net_lrelu(&D.pair, .2f);
    net_dense(&D.pair, E + 1, rng);
    mat_scale(D.pair.layer[D.pair.n - 1].w.v, .3f);         // undecided at first
    return D;
}

static void follow(Model *m, float keep)
{
    nets_ema_update(nets_of(&m->text_average, &m->average.form, &m->average.colour),
                    nets_of(&m->text, &m->G.form, &m->G.colour), keep);
}

static void model_new(Model *m, const char *name, float share, float lr_d, int words, Rng rng)
{
    *m = (Model){.name = name, .share = share, .lr_d = lr_d, .rng = rng};
    m->keep = arena_new(name, MB(64));
    m->mem = arena_new(name, MB(256));
    m->text = text_net(words, &m->keep, &m->rng);
    m->text_average = text_net(words, &m->keep, &m->rng);
    m->D = discriminator(&m->keep, &m->rng);
    m->G = generator(&m->keep, &m->rng);
    m->average = generator(&m->keep, &m->rng);
    follow(m, 0);                                           // the averages start where the nets do
    m->opt_d = (Adam){.beta1 = .5f, .beta2 = .99f, .eps = 1e-8f};
    m->opt_g = m->opt_d;
}

/* ---- pictures by the averages ---- */

/* Pictures (n,d) in [0,1] of noise z (n,Z) and embeddings, by the averages; a slab at a time. */
static Mat draw(Model *m, Mat z, Mat e, Arena *keep)
{
    Mat x = mat_new(keep, e.n, 3 * P);
    arena_reset(&m->mem);
    for (Slab s = slabs(e.n, 250, &m->mem); slab_next(&s);) {
        StencilTrace pass;
        Mat some = mat_rows(e, s.first, s.n);
        Mat ze = mat_join(&m->mem, mat_rows(z, s.first, s.n), some);
        Mat y = stencil_paint(&m->average, ze, some, EVAL, &pass, &m->mem);
        mat_set(mat_rows(x, s.first, s.n), pictures_from_signs(y, &m->mem));
    }
    return x;
}

/* The same noise n times: what differs between pictures is what was said. */
static Mat same_noise(int n, uint64_t key, Arena *mem)
{
    Rng noise = {.key = key};
    return mat_repeat(mem, mat_noise(mem, 1, Z, &noise), n);
}

/* Embeddings (n,E) of captions, by the average. */
static Mat embed(Model *m, const Tokens *caption, int n, Arena *mem)
{
    Trace t = trace(mem, EVAL);
    return encode_caption(&m->text_average, caption, n, &t, mem);
}

/* ---- training ---- */

/* Found in sweeps on a seed that is not reported. R1 as in lab 9, every LAZY steps and that much
 * stronger. */
static const float LR_G = 2e-3f, R1 = .02f, SMALL_STEP = .1f;
enum { LAZY = 8 };

/* D and the net that embeds captions learn together. e: the right captions, embedded with trace
 * at_right; wrong: captions that do not fit. */
static float d_step(Model *m, Mat real, Mat fake, Mat e, Trace *at_right, const Tokens *wrong,
                    Arena *mem)
{
    PairD *D = &m->D;
    Nets learn = nets_of(&D->image, &D->pair, &m->text);
    Trace at_real = trace(mem, TRAIN), at_fake = trace(mem, TRAIN), at_wrong = trace(mem, TRAIN);
    Mat other = encode_caption(&m->text, wrong, real.n, &at_wrong, mem);
    Mat map_real = net_forward(&D->image, real, &at_real);
    Mat map_fake = net_forward(&D->image, fake, &at_fake);

    nets_zero_grad(learn);
    MatchingLoss loss = matching_aware_loss(D, map_real, map_fake, e, other, m->share, mem);
    net_backward(&D->image, loss.dreal, &at_real, WRT_PARAMS);
    net_backward(&D->image, loss.dfake, &at_fake, WRT_PARAMS);
    net_backward(&m->text, loss.dright, at_right, WRT_PARAMS);
    net_backward(&m->text, loss.dwrong, &at_wrong, WRT_PARAMS);
    if (m->training.step % LAZY == 0) pair_flatten(D, real, e, SMALL_STEP, LAZY * R1, mem);

    nets_step(learn, &m->opt_d);
    return loss.value;
}

/* G wants its fakes taken for real images of their captions. e: as G was given it. */
static float g_step(Model *m, Mat fake, Mat e, StencilTrace *pass, Arena *mem)
{
    Loss fool = fooling_loss(&m->D, fake, e, mem);
    nets_zero_grad(nets_of(&m->G.form, &m->G.colour));
    stencil_backward(&m->G, fool.grad, pass, WRT_PARAMS, mem);  // D alone teaches the text's net
    nets_step(nets_of(&m->G.form, &m->G.colour), &m->opt_g);
    return fool.value;
}

/* A step of D and the words, one of G, on the same fakes; the averages follow. */
static void one_step(Model *m)
{
    const Task *task = m->task;
    Training *t = &m->training;
    Arena *mem = &m->mem;
    Mat real = t->x;
    pictures_to_signs(real);
    Tokens *right = arena_alloc(mem, (size_t)real.n * sizeof *right);
    Tokens *wrong = arena_alloc(mem, (size_t)real.n * sizeof *wrong);
    for (int i = 0; i < real.n; i++) {
        right[i] = task->caption[t->index[i]];
        Sprite other = sprite_misdescribed(sprite_of_row(task->set.value, t->index[i]), &m->rng);
        wrong[i] = tokens_of(other, task->v);
    }
    float left = cosine_decay(1, t->step, t->steps);
    m->opt_d.lr = left * m->lr_d;
    m->opt_g.lr = left * LR_G;

    Trace told = trace(mem, TRAIN);
    StencilTrace pass;
    Mat z = mat_noise(mem, real.n, Z, &m->rng);
    Mat e = encode_caption(&m->text, right, real.n, &told, mem);
    Mat fake = stencil_paint(&m->G, mat_join(mem, z, e), e, TRAIN, &pass, mem);
    m->d_loss = d_step(m, real, fake, e, &told, wrong, mem);
    m->g_loss = g_step(m, fake, e, &pass, mem);
    follow(m, t->step < 1000 ? .99f : .999f);
    lab_finite("D's or G's loss", (double)(m->d_loss + m->g_loss), t->step);
}

static bool step_of(void *model)
{
    Model *m = model;
    if (!training_next(&m->training)) return false;
    one_step(m);
    return true;
}

static void note_losses(void *model, long done, Csv *losses)
{
    const Model *m = model;
    csv_row(losses, "%s,%ld,%.4g,%.4g", m->name, done, (double)m->d_loss, (double)m->g_loss);
}

static void train(Lab *lab, Model model[], int models, const Task *task)
{
    static const Together how = {
        .file = "losses.csv", .header = "model,step,d_loss,g_loss", .every = 20,
        .step = step_of, .note = note_losses,
    };
    for (int k = 0; k < models; k++) {
        Model *m = &model[k];
        arena_reset(&m->mem);
        m->task = task;
        m->training = training_whole(task->set.x, lab->epochs, lab->batch, &m->rng, &m->mem);
    }
    train_together(&how, model, models, sizeof *model, model[0].training.steps, lab->out);
}

static Nets nets_of_model(Model *m)
{
    return nets_of(&m->text_average, &m->average.form, &m->average.colour, &m->D.image, &m->D.pair);
}

static const char *folder_of(Model *m, const char *dir)
{
    return name_of(&m->keep, "%s/%s", dir, m->name);
}

/* ---- steps of the story ---- */

enum { AWARE, UNAWARE, MODELS };

/* n captions of one kind, and what a model draws for them: NAME.npy, and for the first kind what
 * was asked and seen. */
typedef struct { Mat asked, x, seen; Match match; } Answers;

static Answers draw_and_read(Lab *lab, Model *m, const char *name, int n, bool held_out,
                             const Vocabulary *v, Arena *keep, Arena *mem)
{
    enum { OTHERS = 99 };
    arena_reset(mem);
    Rng fresh = {.key = lab->seed + (uint64_t)held_out};        // the same captions for each model
    Answers a = {.asked = mat_new(keep, n, A)};
    for (int i = 0; i < n; i++) sprite_to_row(sprite_plain(held_out, &fresh), a.asked, i);
    Mat e = embed(m, captions_of(a.asked, v, mem), n, mem);
    a.x = draw(m, mat_noise(mem, n, Z, &fresh), e, keep);
    npy_write_images(lab->out, name_of(mem, "%s.npy", name), a.x, SIDE, SIDE, 3);
    a.seen = sprites_read(a.x, SIDE, keep);
    a.match = caption_match(a.seen, a.asked, OTHERS < n ? OTHERS : n - 1, keep);
    return a;
}

static void report(Lab *lab, Answers seen, Answers held_out, Answers unaware)
{
    printf("exact: %.4f, of held-out combinations %.4f, without wrong captions %.4f\n"
           "own caption fits best of %d: %.4f\n", (double)seen.match.exact,
           (double)held_out.match.exact, (double)unaware.match.exact, 100,
           (double)seen.match.precision);
    lab_metric(lab, "share", (double)seen.match.exact, "exact_match");
    lab_metric(lab, "share", (double)held_out.match.exact, "exact_match_heldout");
    lab_metric(lab, "share", (double)unaware.match.exact, "exact_match_without");
    lab_metric(lab, "share, against 99 others", (double)seen.match.precision, "r_precision");
    lab_metric(lab, "difference of shares",
               (double)(seen.match.exact - unaware.match.exact), "mismatch_gain");
    Csv *csv = csv_open(lab->out, "accuracy.csv", "attribute,aware,heldout,unaware");
    for (int k = 0; k < SPRITE_PLAIN; k++) {
        int a = sprite_plain_attribute[k];
        csv_row(csv, "%s,%.4f,%.4f,%.4f", sprite_attribute(a), (double)seen.match.right.a[a],
                (double)held_out.match.right.a[a], (double)unaware.match.right.a[a]);
    }
    csv_close(csv);
}

static void answer(Lab *lab, Model model[MODELS], const Vocabulary *v, Arena *keep, Arena *mem)
{
    int n = lab->quick ? 400 : 10000, fewer = lab->quick ? 200 : 2500;
    Answers seen = draw_and_read(lab, &model[AWARE], "samples", n, false, v, keep, mem);
    Answers held = draw_and_read(lab, &model[AWARE], "heldout", fewer, true, v, keep, mem);
    Answers not = draw_and_read(lab, &model[UNAWARE], "without_mismatch", n, false, v, keep, mem);
    captions_write(lab->out, "captions.txt", seen.asked);
    sprites_write(lab->out, "attributes.npy", seen.asked);
    sprites_write(lab->out, "seen.npy", seen.seen);
    sprites_write(lab->out, "heldout_attributes.npy", held.asked);
    sprites_write(lab->out, "heldout_seen.npy", held.seen);
    sprites_write(lab->out, "without_mismatch_seen.npy", not.seen);
    report(lab, seen, held, not);
    plot_mismatch(lab, seen.asked, seen.x, not.x);
}

/* CAPTIONS captions, SHEET pictures of each. */
static void show_captions(Lab *lab, Model *m, const Vocabulary *v, Arena *keep, Arena *mem)
{
    arena_reset(mem);
    Rng some = {.key = 14};
    Mat asked = mat_new(mem, CAPTIONS, A);
    for (int i = 0; i < CAPTIONS; i++) {
        bool held_out = i >= CAPTIONS / 2;
        sprite_to_row(sprite_plain(held_out, &some), asked, i);
    }
    Mat e = embed(m, captions_of(asked, v, mem), CAPTIONS, mem);
    Rng noise = {.key = 3};
    Mat z = mat_noise(mem, CAPTIONS * SHEET, Z, &noise);
    plot_captions(lab, asked, draw(m, z, mat_repeat(mem, e, SHEET), keep));
}

/* One caption, and each of its words changed for all others in turn; always the same noise. */
static void show_words(Lab *lab, Model *m, const Vocabulary *v, Arena *keep, Arena *mem)
{
    static const Sprite start = {{[SPRITE_SHAPE] = 3, [SPRITE_COLOUR] = 1, [SPRITE_SIZE] = 2}};
    for (int k = 0; k < SPRITE_PLAIN; k++) {
        arena_reset(mem);
        int n = sprite_values(sprite_plain_attribute[k]);
        Mat asked = mat_new(mem, n, A);
        for (int i = 0; i < n; i++) {
            Sprite s = start;
            s.value[sprite_plain_attribute[k]] = i;
            sprite_to_row(s, asked, i);
        }
        Mat e = embed(m, captions_of(asked, v, mem), n, mem);
        plot_words(lab, k, draw(m, same_noise(n, 5, mem), e, keep));
    }
}

/* From caption to caption through what no caption says. */
static void show_between(Lab *lab, Model *m, const Vocabulary *v, Arena *keep, Arena *mem)
{
    static const Sprite end[BETWEEN_ROWS][2] = {
        {{{[SPRITE_SHAPE] = 1, [SPRITE_COLOUR] = 0, [SPRITE_SIZE] = 2}},
         {{[SPRITE_SHAPE] = 1, [SPRITE_COLOUR] = 2, [SPRITE_SIZE] = 2}}},
        {{{[SPRITE_SHAPE] = 0, [SPRITE_COLOUR] = 3, [SPRITE_SIZE] = 0}},
         {{[SPRITE_SHAPE] = 0, [SPRITE_COLOUR] = 3, [SPRITE_SIZE] = 2}}},
        {{{[SPRITE_SHAPE] = 3, [SPRITE_COLOUR] = 1, [SPRITE_SIZE] = 2}},
         {{[SPRITE_SHAPE] = 4, [SPRITE_COLOUR] = 1, [SPRITE_SIZE] = 2}}},
        {{{[SPRITE_SHAPE] = 2, [SPRITE_COLOUR] = 6, [SPRITE_SIZE] = 1, [SPRITE_POSITION] = 1}},
         {{[SPRITE_SHAPE] = 2, [SPRITE_COLOUR] = 6, [SPRITE_SIZE] = 1, [SPRITE_POSITION] = 2}}},
    };
    arena_reset(mem);
    Mat ends = mat_new(mem, 2 * BETWEEN_ROWS, A);
    for (int r = 0; r < BETWEEN_ROWS; r++) {
        sprite_to_row(end[r][0], ends, 2 * r);
        sprite_to_row(end[r][1], ends, 2 * r + 1);
    }
    Mat e = embed(m, captions_of(ends, v, mem), ends.n, mem);
    Mat way = mat_new(mem, BETWEEN_ROWS * BETWEEN, E);
    for (int r = 0; r < BETWEEN_ROWS; r++)
        mat_set(mat_rows(way, r * BETWEEN, BETWEEN),
                interp_captions(mat_rows(e, 2 * r, 1), mat_rows(e, 2 * r + 1, 1), BETWEEN, mem));
    plot_between(lab, draw(m, same_noise(way.n, 7, mem), way, keep));
}

/* What the user asked for, in the user's words. */
static void show_typed(Lab *lab, Model *m, const char *words, Tokens typed, Arena *keep, Arena *mem)
{
    arena_reset(mem);
    Rng noise = {.key = 9};
    Mat z = mat_noise(mem, TYPED, Z, &noise), e = mat_repeat(mem, embed(m, &typed, 1, mem), TYPED);
    plot_typed(lab, words, draw(m, z, e, keep));
}

/* Drawn once, so that what was trained on can be listed: train.npy. */
static Task get_task(Lab *lab, const Vocabulary *v, Rng *rng, Arena *keep)
{
    Task task = {.v = v};
    task.set = sprites_plain(lab->quick ? 1000 : 20000, SIDE, false, rng, keep);
    task.caption = captions_of(task.set.value, v, keep);
    sprites_write(lab->out, "train.npy", task.set.value);
    printf("%d sprites, %d words; the first is ", task.set.x.n, v->n);
    for (int k = 0; k < task.caption[0].n; k++) printf("%s ", v->word[task.caption[0].token[k]]);
    printf("\n");
    return task;
}

int main(int argc, char **argv)
{
    static const LabInfo info = {
        .name = "14_text_to_image", .title = "from text to image",
        .epochs = 12, .batch = 32, .quick_epochs = 4, .captions = true, .own_words = true,
        .steps = "words sprites train answer show typed",
        .result = "exact_match",
    };
    Lab *lab = lab_open(argc, argv, &info);
    Arena keep = arena_new("keep", MB(1024)), mem = arena_new("step", MB(64));
    Rng rng = rng_new(lab->seed);
    Vocabulary v = all_words();
    const char *words = lab->words ? lab->words : "a small red ring on blue";

    Tokens typed;
    STEP("words") {
        typed = must_understand(words, &v);                 // before any work is done
        printf("%d words\n", v.n);
    }
    Task task;
    STEP("sprites") task = get_task(lab, &v, &rng, &keep);
    Model model[MODELS];
    STEP("train") {
        Rng start = rng_split(&rng);                        // both start alike, and each has the
                                                            // rate that served it best
        model_new(&model[AWARE], "aware", .5f, 2e-3f, v.n, start);
        model_new(&model[UNAWARE], "unaware", 0, 1e-3f, v.n, start);
        if (lab->load) {
            for (int m = 0; m < MODELS; m++)
                nets_read(nets_of_model(&model[m]), folder_of(&model[m], lab->load));
        } else {
            train(lab, model, MODELS, &task);
            lab_metric(lab, "nats, at the end", (double)model[AWARE].d_loss, "d_loss");
        }
        for (int m = 0; m < MODELS; m++)
            nets_write(nets_of_model(&model[m]), folder_of(&model[m], lab->out));
    }
    STEP("answer") answer(lab, model, &v, &keep, &mem);
    /*%% fig 14_text_to_image-mismatch
    The same captions, with wrong captions in training and without. */
    /*%% fig 14_text_to_image-accuracy
    Which words are understood? */
    STEP("show") {
        show_captions(lab, &model[AWARE], &v, &keep, &mem);
        show_words(lab, &model[AWARE], &v, &keep, &mem);
        show_between(lab, &model[AWARE], &v, &keep, &mem);
    }
    /*%% fig 14_text_to_image-captions
    Eight captions, eight draws of noise; none picked. The lower four combine a shape and a colour
    that no training picture has. */
    /*%% fig 14_text_to_image-words
    One word changed at a time; the noise stays. */
    /*%% fig 14_text_to_image-between
    Between two captions. */
    STEP("typed") show_typed(lab, &model[AWARE], words, typed, &keep, &mem);
    /*%% fig 14_text_to_image-typed
    `--caption` draws what you type. */

    for (int m = 0; m < MODELS; m++) {
        arena_free(&model[m].keep);
        arena_free(&model[m].mem);
    }
    arena_free(&keep);
    arena_free(&mem);
    return lab_close(lab);
}
