/* lab.h: the second half of the map, gen.h being the first: where data come from, how samples are scored, what is
 * written to disk, and what turns a C file into a notebook. Included by gen.h.
 */
#ifndef LAB_H
#define LAB_H

/* ---- data.c: real data from IDX files, batches ----------------------------------------------------------- */

typedef struct { Mat x; uint8_t *label; int h, w, classes; const char *name; } Data;  /* x (n, h*w) in [0,1] */

/* Fashion-MNIST or any IDX set: four files train|t10k|test-images-idx3-ubyte, -labels-idx1-ubyte, plain or .gz, with
 * a dot for the second dash if need be and behind any prefix (emnist-letters-train-images-...). dir NULL: where
 * Debian's package dataset-fashion-mnist puts it, else the subset in common/data, and one line on stderr says so. */
typedef struct { Data train, test; } Dataset;
const char *data_shipped(void);               /* the folder of the data that ship with the suite */
Dataset data_images(const char *dir, bool quick, Arena *mem);  /* quick: the shipped subset, unless dir is given */
/* names.csv in out, for figures: what its classes are called if these are Fashion-MNIST's training images, which their
 * first labels tell; those of other data are numbers. */
void data_write_names(const char *out, const Data *train);
Data    data_digits8(Arena *mem);             /* 1,797 UCI digits, 8 x 8, values 0..16 divided by 16 */
Data    idx_read(const char *images, const char *labels, Arena *mem);
/* Features of two sets made comparable: minus the mean of train, divided by one number, so that a row of train is
 * `length` long, squared, on average. Both are changed in place. */
void    data_standardise(Mat train, Mat test, float length, Arena *mem);
/* Ten fixed draws of 3000 of 60,000 images, common/data/draws.csv, for studies with few labels: the numbers below
 * `below` of draw 0..9 in their order, *n of them. The first m of a draw are m images drawn at random; a set of
 * fewer images meets fewer of them. */
int    *data_draw(int draw, int below, int *n, Arena *mem);

/* Batches of shuffled rows: Batches b = batches(...); while (batch_next(&b)) uses b.x (B,d), b.index; the last may
 * be short. */
typedef struct { Mat x; int *index, B; Data data; int *order, at; Arena *mem; } Batches;
Batches batches(Data data, int size, Rng *rng, Arena *mem);   /* one epoch; order and room for a batch come from mem */
bool    batch_next(Batches *b);
/* Training is a number of passes over shuffled rows, a batch a step. This counts passes, batches and steps, gives
 * back the memory of the last step and ends early at Ctrl-C; what happens in a step is the lab's business:
 *     Training t = training(data, epochs, batch, rng, mem);
 *     while (training_next(&t)) { ... t.x (B,d) ... t.step of t.steps ... if (t.epoch_ends) ... }
 * Dies with a hint if there is no step to take. What stood in mem before stays; what a step puts there is gone at
 * the next. */
typedef struct {
    Mat  x;                                   /* this step's batch (B,d), */
    int *index;                               /* and which rows of data it holds */
    long step, steps;                         /* from 0; after the last step both are the same */
    int  epoch, epochs;                       /* from 0 */
    bool epoch_ends;                          /* this batch is its epoch's last */
    bool whole;                               /* see training_whole */
    int  batch;
    size_t start, mark;                       /* of mem: before the first epoch, before this step */
    Data data;
    Batches batches;
    Rng  *rng;
    Arena *mem;
} Training;
Training training(Data data, int epochs, int batch, Rng *rng, Arena *mem);  /* an epoch's last batch may be short */
/* a short last one is left out: batch norm */
Training training_whole(Data data, int epochs, int batch, Rng *rng, Arena *mem);
bool     training_next(Training *t);
/* The mean of the last hundred steps or so, and of all while there are fewer: step counts from 0. */
void     keep_mean(float *mean, float value, long step);
/* k rows of x (n,d) that lie apart, as starts for clusters: each next one is drawn with a probability proportional
 * to its squared distance from the nearest so far; k-means++ (Arthur & Vassilvitskii 2007). */
Mat     spread_rows(Mat x, int k, Rng *rng, Arena *mem);

/* ---- classifier.c: a classifier that scores generated images -------------------------------------------------- */

typedef struct { Net net; int classes; } Classifier;
/* Reads the classifier of these training data from below dir, or trains it (under a minute) and writes it there. */
Classifier  classifier_get(Data train, const char *dir, Arena *keep);
Mat    classifier_features(Classifier *j, Mat x, Arena *mem);           /* (n, h*w) in [0,1] -> (n,128) */
void   classifier_label(Classifier *j, Mat x, uint8_t *label, Arena *mem);  /* label (n) */
double classifier_accuracy(Classifier *j, Data data, Arena *mem);
/* of Gaussians fitted to features (n,d), (m,d); Heusel et al. 2017 */
double frechet_distance(Mat a, Mat b, Arena *mem);

/* A Frechet distance means little by itself. The yardstick has two marks: floor, training against test images; null,
 * images from a Gaussian with the training pixels' mean and covariance. */
enum { YARDSTICK_CLASSES = 64 };
/* real: features of the test set */
typedef struct { Classifier classifier; Mat real; double share[YARDSTICK_CLASSES], accuracy, floor, null; } Yardstick;
typedef struct {
    double frechet, norm;                     /* distance to the test set; norm 0 at the floor, 1 at the null */
    double share[YARDSTICK_CLASSES];          /* of the classes among the samples, as the classifier sees them */
    double class_tv, class_min;               /* 1/2 sum |share - share in the test set|; smallest share */
} Score;
Yardstick yardstick(Dataset real, const char *dir, Arena *keep);  /* classifier_get and some seconds more */
Score     yardstick_score(Yardstick *y, Mat samples, Arena *mem);  /* (n, h*w) in [0,1] */
/* Mean over images (n, h*w) of the variance of the 3 x 3 Laplacian over inner pixels (Pech-Pacheco et al. 2000).
 * Noise is sharp too. */
double    sharpness(Mat x, int h, int w);

/* ---- toy.c: points in the plane whose density is known --------------------------------------------------- */

enum { MODES = 64 };
typedef struct { int n; struct { float weight, mean[2], cov[3]; } mode[MODES]; } Mixture;  /* cov: xx, xy, yy */

Mixture mixture_cloud(float sd1, float sd2, float degrees);   /* one Gaussian; the axis of sd1 at that angle */
Mixture mixture_ring(int modes, float radius, float sd);
Mixture mixture_grid(int side, float spacing, float sd);      /* side x side, centred on 0 */
/* (n,2); which (n) or NULL gets the modes */
Mat     mixture_sample(const Mixture *m, int n, int *which, Rng *rng, Arena *mem);
float   mixture_log_density(const Mixture *m, const float x[2]);  /* nats */

typedef enum { HALF_CIRCLE, SINE, SPIRAL } Curve;
void    curve_point(Curve c, float t, float x[2]);            /* t in [0,1] is the share of arc length */
/* (n,2) with N(0,sd^2) noise; t (n,1) filled */
Mat     curve_sample(Curve c, int n, float sd, Mat t, Rng *rng, Arena *mem);
float   curve_log_density(Curve c, float sd, const float x[2]);  /* nats, by quadrature along the curve */

/* (side^d, d): evenly over [lo, hi]^d, first coordinate fastest */
Mat     grid_points(float lo, float hi, int side, int d, Arena *mem);
/* log density (m,1) at q (m,d) of samples x (n,d) counted in bins^d equal bins on [lo, hi]^d. Every bin counts half
 * a sample more: an empty one would call what falls there impossible. What lies outside counts in the nearest bin. */
Mat     histogram_log_density(Mat x, Mat q, float lo, float hi, int bins, Arena *mem);
double  log_sum_exp(const double *v, int n);  /* log sum exp(v_i) without overflow; -inf if all are */

/* ---- line.c: mixtures of Gaussians on the line ----------------------------------------------------------- */

typedef struct { int n; float weight[8], mean[8], sd[8]; } Line;  /* weights add up to 1 */

double  line_density(const Line *m, double x);
Mat     line_densities(const Line *m, Mat x, Arena *mem);     /* at every x (n,1): (n,1) */
double  line_cumulative(const Line *m, double x);
double  line_quantile(const Line *m, double share);           /* the x with that share of the mass below it */
double  line_sd(const Line *m);               /* of the whole mixture */
Mat     line_sample(const Line *m, int n, Rng *rng, Arena *mem);  /* (n,1) */
/* How far points x (n,1) are from m.
 * W1 carries mass: the mean distance of the sorted points from m's quantiles (i + 1/2)/n.
 * JS counts: the Jensen-Shannon divergence, in nats, of shares of bins on [lo, hi]; what lies outside counts in the
 * nearest bin. */
double  line_w1(Mat x, const Line *m, Arena *mem);
double  line_js(Mat x, const Line *m, double lo, double hi, int bins);
/* ---- score.c: samples against a known mixture; a difference against luck --------------------------------- */

/* Of samples x (n,2), for a mixture of equal, round modes: how many modes hold half their fair share of samples or
 * more within 3 sd (strict coverage); the share of all samples within 3 sd of some mode (98.89 % for the mixture
 * itself); KL divergence, in nats, of the nearest modes' shares from equal ones (Lin et al. 2018); the sd of what
 * lies within 3 sd of a mode over the mixture's (0.97 for the mixture itself). */
typedef struct { int modes; double hq, revkl, width; } ModeScore;
ModeScore mode_score(Mat x, const Mixture *m);
/* The mean of n numbers, 2 to 21, and half the width of its 95 % interval by Student's t (1908). */
double  mean_interval(const double *v, int n, double *half);

/* ---- sprite.c: pictures drawn by code, with known attributes and captions; sprite_read.c: readers of pixels ---- */

enum {
    SPRITE_SHAPE, SPRITE_COLOUR, SPRITE_SIZE, SPRITE_POSITION, SPRITE_ROTATION, SPRITE_TEXTURE, SPRITE_BACKGROUND,
    SPRITE_ATTRIBUTES
};
enum { SPRITE_UNCLEAR = -1, SPRITE_CAPTION = 96 };
typedef struct { int value[SPRITE_ATTRIBUTES]; } Sprite;

const char *sprite_attribute(int attribute);  /* "shape", "colour", ... */
int         sprite_values(int attribute);     /* how many values it has: 6, 8, 3, 5, 2, 3, 4 */
const char *sprite_word(int attribute, int value);
Sprite sprite_random(Rng *rng);               /* any; a disc and a ring are never turned */
bool   sprite_held_out(Sprite s);             /* a combination that no training set of the labs contains */
Sprite sprite_among(bool held_out, Rng *rng); /* any of those, or of the others */
/* A colour of things; of backgrounds. */
void   sprite_ink(int colour, float rgb[3]);
void   sprite_paper(int background, float rgb[3]);
/* The plain ones are upright and solid: 2,880, of which 360 are held out. One of those, or of the others; which of its
 * attributes vary; and another whose caption differs from s in one word, and which is not held out. */
enum { SPRITE_PLAIN = 5 };
extern const int sprite_plain_attribute[SPRITE_PLAIN];
Sprite sprite_plain(bool held_out, Rng *rng);
Sprite sprite_misdescribed(Sprite s, Rng *rng);
/* rgb (side,side,3) in [0,1], label (side,side) or NULL: 0 background, 1 + shape. Place, turn, scale and shade vary a
 * little with rng; NULL draws it as it is in the book. */
void   sprite_draw(Sprite s, int side, Rng *rng, float *rgb, uint8_t *label);
void   sprite_caption(Sprite s, char caption[SPRITE_CAPTION]);  /* "a small red striped star on a blue background" */
/* The other way. False with a sentence and a hint in why: which word is unknown, and which there are. */
bool   sprite_from_caption(const char *caption, Sprite *s, char *why, size_t size);
/* Attributes from pixels alone: what, drawn again, looks most like the picture; SPRITE_UNCLEAR where nothing does. */
Sprite sprite_read(const float *rgb, int side);

/* ---- sprites.c: many sprites at a time ------------------------------------------------------------------- */

/* x (n, 3 side^2) in [0,1]; value (n,7): each attribute's value as a number, 0 first. */
typedef struct { Mat x, value; } Sprites;
/* Fresh ones, every attribute drawn evenly among its values; none that is held out, or those only. */
Sprites sprites_draw(int n, int side, bool held_out, Rng *rng, Arena *mem);
Sprites sprites_plain(int n, int side, bool held_out, Rng *rng, Arena *mem);        /* the same of plain ones */
Mat     sprites_one_hot(Mat value, Arena *mem);     /* (n,7) -> (n,31): one number for each value, 1 where it holds */
Sprite  sprite_of_row(Mat value, int i);
void    sprite_to_row(Sprite s, Mat value, int i);
Mat     sprites_read(Mat x, int side, Arena *mem);  /* (n,7), SPRITE_UNCLEAR where nothing can be read */
/* Shares: right in each attribute, in the worst of them, in all at once; not to be read at all. */
typedef struct { double right[SPRITE_ATTRIBUTES], worst, all, unclear; } SpriteScore;
SpriteScore sprites_score(Mat asked, Mat seen);     /* (n,7) both */
void    sprites_write(const char *dir, const char *name, Mat value);  /* uint8 (n,7); 255 is unclear */
void    sprites_write_groups(const char *dir, const char *name, Mat value, int group);       /* (n/group,group,7) */

/* ---- scene.c: two to four sprites on a ground with a texture of its own ---------------------------------- */

/* Of each pixel: 0 the ground, 1 + 3 shape + texture of the sprite that is on top there. Colours are nobody's class. */
enum { SCENE_CLASSES = 19 };
typedef struct { Mat x; uint8_t *label; } Scenes;     /* (n, 3 side^2) in [0,1]; (n,side,side) */
Scenes scenes_draw(int n, int side, Rng *rng, Arena *mem);
/* A label map as a picture: a colour for each class, far from all others. And back: the class whose colour is nearest.
 * label (n,pixels), map (n, 3 pixels) in [0,1]. */
void   scene_colour(int label, float rgb[3]);
Mat    scenes_map(const uint8_t *label, int n, int pixels, Arena *mem);
void   scenes_labels(Mat map, uint8_t *label);

/* ---- picture.c: PNG files -------------------------------------------------------------------------------- */

typedef struct { uint8_t *pixel; int h, w, c; } Png;      /* (h,w,c); c 1 grey, 3 colour, one more with alpha */
Png png_read(const char *path, const char *hint, Arena *mem);
/* All PNG files of a folder in the order of their names: x (n, h*w*c) in [0,1], c 1 or 3; what is transparent is seen
 * on white. first: the name of the first. Ends the program with a line that names the file where one is broken, larger
 * than most x most, or of another size or kind than the first. */
typedef struct { Mat x; int n, h, w, c; const char *first; } Pictures;
Pictures pictures_read(const char *dir, int most, Arena *mem);
void     pictures_match(const Pictures *a, const Pictures *b); /* the same of two folders: of one size and kind */

/* Numbers in [0,1] to [-1,1], where tanh ends, in place; and back, copied. */
Mat      pictures_to_signs(Mat x);
Mat      pictures_from_signs(Mat x, Arena *mem);
void     picture_mirror(Mat x, int i, int h, int w, int c);   /* row i of x (n, h*w*c): left and right */
/* The mean of |y - truth|; the largest of red, green and blue less the smallest, averaged over the pixels that are not
 * white in the truth, which are those inside a drawing on white. Pictures in [0,1]. */
double   pictures_distance(Mat y, Mat truth);
double   pictures_chroma(Mat y, Mat truth);
bool     picture_inside(const float truth[3]);
Mat      mat_evenly(Mat x, int n, Arena *mem);  /* n rows of x, evenly among them, copied: the first is the first */

/* ---- openmoji.c: real drawings as pairs of outline and colour (CC BY-SA 4.0, openmoji.org) ---------------- */

enum { OPENMOJI_SIDE = 32 };
/* outline: the first drawing that has the same one. */
typedef struct { char code[40], group[20], name[96]; int outline; } Drawing;
typedef struct { int n; Drawing *drawing; uint8_t *outline, *colour; } Openmoji;     /* (n,32,32), (n,32,32,3) */

Openmoji openmoji_read(const char *dir, Arena *mem);          /* dir: data_shipped(); 30 MB of mem */
bool openmoji_is_test(const Openmoji *o, int i);              /* a tenth of the outlines */
void openmoji_pair(const Openmoji *o, int i, float *outline, float *colour);         /* both in [0,1], 1 is white */
/* The drawings of a group (NULL: of all) in test or training; index has room for n. Returns how many. */
int  openmoji_split(const Openmoji *o, const char *group, bool test, int *index);
/* n of the test's drawings, evenly among them, into index[0..n-1]; index has room for all. Writes DIR/drawings.csv. */
void openmoji_test(const Openmoji *o, int n, int *index, const char *dir);
/* Drawings index[0..n-1], outlines or in colour: (n,32*32*3) in [0,1]; an outline's grey as red, green and blue. */
Mat  openmoji_rows(const Openmoji *o, const int *index, int n, bool coloured, Arena *mem);

/* ---- export.c: csv for gnuplot, npy for everybody, png sheets -------------------------------------------- */

/* All files are written under a temporary name and renamed when complete. On any failure the program ends with one
 * line and neither the temporary nor a damaged file remains; an older file of that name is untouched. */
typedef struct Csv Csv;
Csv *csv_open(const char *dir, const char *name, const char *header);  /* header "step,loss" */
/* csv_row(f, "%d,%g", step, loss); columns are counted */
void csv_row(Csv *csv, const char *fmt, ...) PRINTF_LIKE(2, 3);
void csv_gap(Csv *csv);                       /* an empty line: gnuplot's end of a scan of a grid, or of a curve */
void csv_close(Csv *csv);
void csv_text(Csv *csv, const char *row);     /* a row that is text already */
const char *csv_last_row(const Csv *csv);     /* as it was written, cut after 255 characters; "" before the first */
/* net.c: net->name,kind,h,w,c for the input and each layer that changes the shape */
void net_maps(const Net *net, Csv *csv);
void net_summary(const Net *net, Csv *csv);   /* net.c: net->name,layer,in,out for every layer, in order */
void csv_mat(const char *dir, const char *name, const char *header, Mat x);  /* one row per row */

void captions_write(const char *dir, const char *name, Mat value);  /* of sprites (n,7), a line each */
void npy_write(const char *dir, const char *name, Mat x);     /* float32 (n,d) */
/* images x (n, h*w*c) in [0,1] as uint8 (n,h,w,c), without the last if c is 1; x is rounded to what was written */
void npy_write_images(const char *dir, const char *name, Mat x, int h, int w, int c);
/* the same as (n/group,group,h,w,c): every `group` images belong together */
void npy_write_groups(const char *dir, const char *name, Mat x, int group, int h, int w, int c);
/* 1 to 5 dimensions */
void npy_write_f32(const char *dir, const char *name, const float *a, int ndim, const int *shape);
void npy_write_u8(const char *dir, const char *name, const uint8_t *a, int ndim, const int *shape);
Mat  npy_read(const char *dir, const char *name, Arena *mem);  /* float32, one or two dimensions */
/* the same numbers as name.csv and as name.npy */
void table_write(const char *dir, const char *name, const char *header, Mat x);

/* A sheet of images: rows of x (n, h*w*c) become tiles, left to right, `cols` in a row; value lo is black, hi is
 * white. */
typedef struct { int h, w, c, cols, zoom; float lo, hi; } Sheet;
Sheet sheet_of(Data images, int cols, int zoom);           /* tiles as large as these images, from 0 black to 1 white */
void png_sheet(const char *dir, const char *name, Mat x, Sheet s);
/* One row of s.cols tiles from each of the n matrices: the images whose numbers are in pick, or, pick being NULL,
 * the first. */
void png_rows(const char *dir, const char *name, const Mat *rows, int n, const int *pick, Sheet s, Arena *mem);
void png_write(const char *dir, const char *name, const uint8_t *pixels, int h, int w, int c);

void files_abandon(void);                     /* removes unfinished temporaries, at death and at the end of a lab */
void make_dir(const char *dir);               /* with its parents */

/* ---- together.c: models that learn side by side, a thread each ------------------------------------------------ */

/* Every model has memory and random numbers of its own, so
 * that the same seed gives the same weights for any number of threads. */
typedef struct {
    const char *file, *header;                /* of the csv: "losses.csv", "model,step,d_loss,g_loss" */
    int  every, rows;                         /* a row of each model every so many steps; or so many rows in all */
    bool (*step)(void *model);                /* takes one step of training; false if the model has none left */
    void (*note)(void *model, long done, Csv *csv);           /* its row, after `done` steps of the longest training */
} Together;
/* Trains an array of n models of `size` bytes each until the longest has taken all its steps, or until Ctrl-C. Writes
 * DIR/file and shows the newest row of the last model as progress. */
void     train_together(const Together *how, void *models, int n, size_t size, long steps, const char *dir);

/* ---- lab.c: what turns a C file into a notebook ---------------------------------------------------------- */

typedef struct { const char *name, *arg, *help; } LabFlag;         /* {"size", "N", "side of a picture [32]"} */
typedef struct {
    const char *name, *title;                 /* "01_linear_ae", "a linear autoencoder is PCA" */
    const char *steps;                        /* the names of all STEPs, in order; STEP checks itself against it */
    int epochs, batch;                        /* defaults */
    int quick_epochs, full_epochs;          /* defaults under --quick and --full; full_epochs 0: a lab without --full */
    const char *failures;        /* the names that --show-failure takes, which writes into out/NAME; NULL: without it */
    bool captions;                            /* takes --caption "a small red star on a grey background" */
    bool own_words;                           /* and reads it itself, from lab->words: lab->caption stays NULL */
    const LabFlag *flags;                     /* of this lab alone, ends with an empty one; NULL: none. See lab_flag */
    const char *result;                       /* the main metric: a run that cannot compute it ends with status 1 */
} LabInfo;

typedef struct { char name[48], unit[32]; double value; } Metric;
enum { METRICS = 256, LAB_FLAGS = 4 };
typedef struct {
    uint64_t seed;
    int  epochs, batch, threads;
    bool quick, full, native;                 /* native: --kernels native */
    const char *data, *out, *until, *load, *failure;          /* NULL where not given; out is the folder of this run */
    const Sprite *caption;                    /* of --caption; NULL where not given */
    const char *words;                        /* the same as it was typed */
    const char *own[LAB_FLAGS];               /* see lab_flag */
    const LabInfo *info;
    Metric metric[METRICS];
    int    metrics, step_no;
    double start, step_start;
    const char *step;
    bool   failed;                            /* the main metric could not be computed */
} Lab;

/* Reads the flags, makes the folder out. --help ends with status 0, a wrong flag or value with one line
 * and status 2. */
Lab   *lab_open(int argc, char **argv, const LabInfo *info);
int    lab_close(Lab *lab);                   /* writes metrics.csv; returns main's status */
/* As it was given for one of info->flags; NULL where it was not. */
const char *lab_flag(const Lab *lab, const char *name);
/* Of a flag whose arg is a choice, {"size", "32|64", "..."}: 0 for its first word, 1 for its second, ...; -1 where it
 * was not given. lab_open ends the program with status 2 for any other word. */
int lab_choice(const Lab *lab, const char *name);
/* A number for metrics.csv. One that is not finite is no result: it is left out, and stderr says so. */
void   lab_metric(Lab *lab, const char *unit, double value, const char *name_fmt, ...) PRINTF_LIKE(4, 5);

/* ---- table.c: a table that is printed, filed and drawn by one call --------------------------------------- */

/* name: the column's name in the csv; printed with spaces for underscores. unit and metric: row "no cycle" with the
 * suffix "_no_cycle" files its number as metric "<metric>_no_cycle" in that unit; metric NULL: by the column's name;
 * unit NULL: the column is not filed. format: of printf, for one double. */
typedef struct { const char *name, *unit, *format, *metric; } Column;
/* Prints aligned rows at table_close, files the metrics at once, and writes DIR/NAME.csv, which a handout sets as a
 * table where it says {{table NAME}}. The first column, called `rows`, holds the rows' names:
 *     static const Column column[] = {{"shape kept", "share", "%.3f"}, {"cycle error", "mean error", "%.4f"}};
 *     Table *t = table_open(lab, "ablation", "model", column, LENGTH(column));
 *     table_row(t, "no cycle", "_no_cycle", shape, cycle);
 *     table_close(t);                                                                                        */
typedef struct Table Table;
Table *table_open(Lab *lab, const char *name, const char *rows, const Column *column, int columns);
#define table_row(t, name, suffix, ...) \
    table_numbers(t, name, suffix, (const double[]){__VA_ARGS__}, \
                  (int)(sizeof((const double[]){__VA_ARGS__}) / sizeof(double)))
void   table_numbers(Table *t, const char *name, const char *suffix, const double *number, int numbers);
void   table_close(Table *t);
/* classifier.c: prints them, and files frechet_norm, class_tv, ... */
void   yardstick_report(Lab *lab, const Yardstick *y, const Score *s);
bool   lab_stopping(void);               /* Ctrl-C was pressed: leave the training loop; the lab ends after this STEP */
void   lab_finite(const char *what, double value, long step);  /* ends the run with status 4 when value is not finite */

/* STEP("name") { ... } is a notebook cell: heading, timing; --until name ends the program after it. */
#define STEP(name) for (bool once_ = (step_begin(name), true); once_; once_ = step_end())
void   step_begin(const char *name);
bool   step_end(void);

/* TODO("what to write") stands in an exercise until it is written: finished steps keep their files, exit status 3. */
#define TODO(what) todo(__func__, __FILE__, __LINE__, what)
_Noreturn void todo(const char *func, const char *file, int line, const char *what);

#endif
