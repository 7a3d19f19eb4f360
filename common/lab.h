/* lab.h: the second half of the map, gen.h being the first: where data come from, how samples are scored, what is
 * written to disk, and what turns a C file into a notebook. Included by gen.h.
 */
#ifndef LAB_H
#define LAB_H

typedef struct Lab Lab;                       /* the running lab: see lab.c, below */

/* ---- dataset.c: a set of images, found on disk and read -------------------------------------------------- */

/* x (n, h*w) in [0,1]; label (n), 0 .. classes-1; name: for messages */
typedef struct { Mat x; uint8_t *label; int h, w, classes; const char *name; } Data;

/* Fashion-MNIST or any IDX set: four files train|t10k|test-images-idx3-ubyte, -labels-idx1-ubyte, plain or .gz. A dot
 * may stand for the second dash, and a prefix before the name (emnist-letters-train-images-...). dir NULL: where
 * Debian's package dataset-fashion-mnist puts it, else the subset in common/data, and one line on stderr says so. */
typedef struct { Data train, test; } Dataset;
const char *data_shipped(void);               /* the folder of the data that ship with the suite */
Dataset data_images(const char *dir, bool quick, Arena *mem);  /* quick: the shipped subset, unless dir is given */
Data    data_digits8(Arena *mem);             /* 1,797 UCI digits, 8 x 8, values 0..16 divided by 16 */
/* DIR/names.csv, class,name, for the figures' legends. Fashion-MNIST's training images are known by their first 16
 * labels, wherever the files lie; their classes are called T-shirt, trousers, ... Classes of other data are called by
 * their numbers. */
void    data_write_names(const char *dir, const Data *train);

/* ---- few_labels.c: for studies with few labels ----------------------------------------------------------- */

/* Ten fixed draws of 3000 of 60,000 images, common/data/draws.csv: the numbers below `below` of draw 0..9 in their
 * order, *n of them. The first m of a draw are m images drawn at random without replacement. A set of fewer than
 * 60,000 images contains fewer of them. */
int    *data_draw(int draw, int below, int *n, Arena *mem);
/* Features of two sets (n,d), (m,d) made comparable, in place: minus the mean of train, divided by one number, so that
 * the mean over train's rows of |row|^2 is `length`. */
void    data_standardise(Mat train, Mat test, float length, Arena *mem);

/* ---- training.c: the steps of a training ----------------------------------------------------------------- */

/* Shuffled rows, a batch at a time: x (B,d), and which rows it holds; the last batch may be short. See internal.h. */
typedef struct { Mat x; int *index, B; Mat rows; int *order, at; Arena *mem; } Batches;
/* Training is a number of passes over shuffled rows, a batch a step. This counts passes, batches and steps, gives
 * back the memory of the last step and ends early at Ctrl-C; what happens in a step is the lab's business:
 *     Training t = training(x, epochs, batch, rng, mem);
 *     while (training_next(&t)) { ... t.x (B,d) ... t.step of t.steps ... if (t.epoch_ends) ... }
 * Dies with a hint if there is no step to take. What stood in mem before stays; what a step puts there is gone at
 * the next. */
typedef struct {
    Mat  x;                                   /* this step's batch (B,d), */
    int *index;                               /* and which of all rows it holds */
    long step, steps;                         /* from 0; after the last step both are the same */
    int  epoch, epochs;                       /* from 0 */
    bool epoch_ends;                          /* this batch is its epoch's last */
    bool whole;                               /* see training_whole */
    int  batch;
    size_t start, mark;                       /* of mem: before the first epoch, before this step */
    Mat  rows;                                /* all of them */
    Batches batches;
    Rng  *rng;
    Arena *mem;
} Training;
Training training(Mat rows, int epochs, int batch, Rng *rng, Arena *mem);  /* an epoch's last batch may be short */
/* a short last one is left out: batch norm */
Training training_whole(Mat rows, int epochs, int batch, Rng *rng, Arena *mem);
bool     training_next(Training *t);
/* A running mean: of all values while there are fewer than 100, step counting from 0; then .99 mean + .01 value. */
void     keep_mean(float *mean, float value, long step);

/* ---- kmeans.c: starts for k-means ------------------------------------------------------------------------ */

/* k rows of x (n,d) that lie apart. Each next one is drawn with a probability proportional to its squared distance
 * from the nearest so far: k-means++ (Arthur & Vassilvitskii 2007). -> (k,d) */
Mat     spread_rows(Mat x, int k, Rng *rng, Arena *mem);

/* ---- mixture.c: Gaussian mixtures in the plane ----------------------------------------------------------- */

enum { MODES = 64 };
typedef struct { int n; struct { float weight, mean[2], cov[3]; } mode[MODES]; } Mixture;  /* cov: xx, xy, yy */

Mixture mixture_cloud(float sd1, float sd2, float degrees);   /* one Gaussian; the axis of sd1 at that angle */
Mixture mixture_ring(int modes, float radius, float sd);
Mixture mixture_grid(int side, float spacing, float sd);      /* side x side, centred on 0 */
/* (n,2); which (n) or NULL gets the modes */
Mat     mixture_sample(const Mixture *m, int n, int *which, Rng *rng, Arena *mem);
float   mixture_log_density(const Mixture *m, const float x[2]);  /* nats */

/* ---- curve.c: curves in the plane, blurred by Gaussian noise --------------------------------------------- */

typedef enum { HALF_CIRCLE, SINE, SPIRAL } Curve;
/* (n,2) with N(0,sd^2) noise; t (n,1) is filled with each point's share of arc length, U[0,1) */
Mat     curve_sample(Curve c, int n, float sd, Mat t, Rng *rng, Arena *mem);
float   curve_log_density(Curve c, float sd, const float x[2]);  /* nats, by quadrature along the curve */

/* ---- density.c: densities on a grid ---------------------------------------------------------------------- */

/* (side^d, d): evenly over [lo, hi]^d, first coordinate fastest */
Mat     grid_points(float lo, float hi, int side, int d, Arena *mem);
/* log density (m,1) at q (m,d) of samples x (n,d) counted in bins^d equal bins on [lo, hi]^d. Every bin counts half
 * a sample more: an empty one would call what falls there impossible. What lies outside counts in the nearest bin. */
Mat     histogram_log_density(Mat x, Mat q, float lo, float hi, int bins, Arena *mem);
double  log_sum_exp(const double *v, int n);  /* log sum exp(v_i) without overflow; -inf if all are */

/* ---- line.c: mixtures of Gaussians on the line ----------------------------------------------------------- */

typedef struct { int n; float weight[8], mean[8], sd[8]; } Line;  /* weights add up to 1 */

Mat     line_densities(const Line *m, Mat x, Arena *mem);     /* at every x (n,1): (n,1) */
double  line_quantile(const Line *m, double share);           /* the x with that share of the mass below it */
double  line_sd(const Line *m);               /* of the whole mixture */
Mat     line_sample(const Line *m, int n, Rng *rng, Arena *mem);  /* (n,1) */
/* How far points x (n,1) are from m.
 * W1, the Wasserstein distance, in the unit of x: the mean distance of the sorted points from m's quantiles
 * (i + 1/2)/n.
 * JS, the Jensen-Shannon divergence, in nats: of shares of bins on [lo, hi]; what lies outside counts in the nearest
 * bin. */
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

/* ---- classifier.c: a classifier that scores generated images --------------------------------------------- */

typedef struct { Net net; int classes; } Classifier;
/* Reads the classifier of these training data from below dir, or trains it (under a minute) and writes it there. */
Classifier  classifier_get(Data train, const char *dir, Arena *keep);
/* The 128 ReLU outputs before the last layer: (n, h*w) in [0,1] -> (n,128). */
Mat    classifier_features(Classifier *j, Mat x, Arena *mem);
void   classifier_label(Classifier *j, Mat x, uint8_t *label, Arena *mem);  /* x (n, h*w) in [0,1]; label (n) */

/* ---- frechet.c: the Frechet distance of two sets of features --------------------------------------------- */

/* |m_a - m_b|^2 + tr(A + B - 2 (A B)^1/2), in squared units of the features, of Gaussians fitted to a (n,d) and b (m,d)
 * (Dowson & Landau 1982; Heusel et al. 2017). Wants n, m > 1. It falls as n and m grow, so compare equal n; with n or m
 * below d the covariance has not its full rank, and the distance is much too large. */
double frechet_distance(Mat a, Mat b, Arena *mem);

/* ---- yardstick.c: scores between real images and a model of means and covariances ------------------------ */

/* A Frechet distance means little by itself. The yardstick has two marks: floor, training against test images; null,
 * images from a Gaussian with the training pixels' mean and covariance against test images. */
enum { YARDSTICK_CLASSES = 64 };
typedef struct {
    Classifier classifier;
    Mat    real;                              /* features of the test set (n,128) */
    double share[YARDSTICK_CLASSES];          /* of each class in the test set, adding up to 1 */
    double accuracy;                          /* of the classifier: the share of the test set labelled right, 0 to 1 */
    double floor, null;                       /* Frechet distances, in squared features */
} Yardstick;
typedef struct {
    double frechet, norm;                     /* distance to the test set; norm 0 at the floor, 1 at the null */
    double share[YARDSTICK_CLASSES];          /* of the classes among the samples, as the classifier labels them */
    double class_tv;                          /* total variation distance of the two shares, 0 to 1: 1/2 sum |p - q| */
    double class_min;                         /* the smallest class's share */
} Score;
Yardstick yardstick(Dataset real, const char *dir, Arena *keep);  /* classifier_get and some seconds more */
Score     yardstick_score(Yardstick *y, Mat samples, Arena *mem);  /* (n, h*w) in [0,1] */
/* Prints a score, and files it as metrics: frechet, frechet_norm, frechet_floor, frechet_null, class_tv, class_min,
 * judge_accuracy. */
void      yardstick_report(Lab *lab, const Yardstick *y, const Score *s);

/* ---- images.c: images as rows of a matrix ---------------------------------------------------------------- */

/* Numbers in [0,1] to [-1,1], the range of tanh, in place; and back, copied and clamped to [0,1]. */
Mat      pictures_to_signs(Mat x);
Mat      pictures_from_signs(Mat x, Arena *mem);
void     picture_mirror(Mat x, int i, int h, int w, int c);   /* row i of x (n, h*w*c), in place: left and right */
/* Images x (n, h*w*c) in the middle of side x side pixels, the rest `value`: (n, side*side*c).
 * And back: the middle h x w pixels. Where a margin is odd, its smaller half is above and to the left. */
Mat      images_pad(Mat x, Shape s, int side, float value, Arena *mem);
Mat      images_crop(Mat x, int side, Shape s, Arena *mem);
double   pictures_distance(Mat y, Mat truth);                 /* the mean of |y - truth|; both (n,d) in [0,1] */
/* How colourful y (n, h*w*3) in [0,1] is: the largest of a pixel's red, green and blue less the smallest, averaged over
 * the pixels that are inside a drawing of truth; 0 if none is. Inside: not white (above .95 in all three). */
double   pictures_chroma(Mat y, Mat truth);
bool     picture_inside(const float truth[3]);
/* Mean over images (n, h*w) of the variance of the 3 x 3 Laplacian over inner pixels (Pech-Pacheco et al. 2000), in
 * squared grey values. Noise is sharp too. */
double   sharpness(Mat x, int h, int w);

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
/* held_out: any of the combinations that no training set of the labs contains; else any of the others. */
Sprite sprite_among(bool held_out, Rng *rng);
void   sprite_ink(int colour, float rgb[3]);  /* of a shape, in [0,1]; colour 0 .. 7 */
void   sprite_paper(int background, float rgb[3]);            /* in [0,1]; background 0 .. 3 */
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
void    captions_write(const char *dir, const char *name, Mat value);     /* text: the caption of each row (n,7) */

/* ---- scene.c: two to four sprites on a ground with a texture of its own ---------------------------------- */

/* Of each pixel: 0 the ground, 1 + 3 shape + texture of the sprite that is on top there. Colours are nobody's class. */
enum { SCENE_CLASSES = 19 };
typedef struct { Mat x; uint8_t *label; } Scenes;     /* (n, 3 side^2) in [0,1]; (n,side,side) */
Scenes scenes_draw(int n, int side, Rng *rng, Arena *mem);
/* A label map as a picture: a colour for each class, far from all others. And back: the class whose colour is nearest.
 * label (n,pixels), map (n, 3 pixels) in [0,1]. */
Mat    scenes_map(const uint8_t *label, int n, int pixels, Arena *mem);
void   scenes_labels(Mat map, uint8_t *label);

/* ---- openmoji.c: real drawings as pairs of outline and colour (CC BY-SA 4.0, openmoji.org) ---------------- */

enum { OPENMOJI_SIDE = 32 };
/* outline: the first drawing that has the same one. */
typedef struct { char code[40], group[20], name[96]; int outline; } Drawing;
typedef struct { int n; Drawing *drawing; uint8_t *outline, *colour; } Openmoji;     /* (n,32,32), (n,32,32,3) */

Openmoji openmoji_read(const char *dir, Arena *mem);          /* dir: data_shipped(); 30 MB of mem */
void openmoji_pair(const Openmoji *o, int i, float *outline, float *colour);         /* both in [0,1], 1 is white */
/* The drawings of a group (NULL: of all) in test, a tenth of the outlines, or in training, the others. index has room
 * for all o->n. Returns how many. */
int  openmoji_split(const Openmoji *o, const char *group, bool test, int *index);
/* n of the test's drawings, evenly among them, into index[0..n-1]; index has room for all o->n. Writes
 * DIR/drawings.csv. */
void openmoji_test(const Openmoji *o, int n, int *index, const char *dir);
/* Drawings index[0..n-1], outlines or in colour: (n,32*32*3) in [0,1]; an outline's grey as red, green and blue. */
Mat  openmoji_rows(const Openmoji *o, const int *index, int n, bool coloured, Arena *mem);

/* ---- files.c: files that are whole or not there, and folders --------------------------------------------- */

/* Every file below is written under a temporary name and renamed when complete. On any failure the program ends with
 * one line, and neither the temporary nor a damaged file remains; an older file of that name is untouched. */
void make_dir(const char *dir);               /* with its parents */

/* ---- csv.c: tables of text, for gnuplot ------------------------------------------------------------------ */

typedef struct Csv Csv;
Csv *csv_open(const char *dir, const char *name, const char *header);  /* header "step,loss" */
/* csv_row(f, "%d,%g", step, loss). Dies if fmt has another number of columns than the header. A comma in the text of a
 * %s is not noticed. */
void csv_row(Csv *csv, const char *fmt, ...) PRINTF_LIKE(2, 3);
void csv_gap(Csv *csv);                       /* an empty line: gnuplot's end of a scan of a grid, or of a curve */
void csv_close(Csv *csv);
void csv_mat(const char *dir, const char *name, const char *header, Mat x);  /* one row per row, every bit kept */

/* ---- npy.c: arrays for numpy and everybody else ---------------------------------------------------------- */

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

/* ---- sheet.c: many images on one sheet ------------------------------------------------------------------- */

/* Rows of x (n, h*w*c) become tiles, left to right, `cols` in a row, each pixel zoom x zoom. Value lo is black, hi is
 * white, and what lies beyond is cut off. */
typedef struct { int h, w, c, cols, zoom; float lo, hi; } Sheet;
Sheet sheet_of(Data images, int cols, int zoom);           /* tiles as large as these images, from 0 black to 1 white */
void png_sheet(const char *dir, const char *name, Mat x, Sheet s);
/* One row of s.cols tiles from each of the n matrices: the images whose numbers are in pick, or, pick being NULL,
 * the first. */
void png_rows(const char *dir, const char *name, const Mat *rows, int n, const int *pick, Sheet s, Arena *mem);

/* ---- png.c: a folder of PNG files ------------------------------------------------------------------------ */

/* All PNG files of a folder in the order of their names: x (n, h*w*c) in [0,1], c 1 or 3; transparent pixels are
 * blended with white. first: the name of the first. Ends the program with a line that names the file where one is
 * broken, larger than most x most, or of another size or kind than the first. */
typedef struct { Mat x; int n, h, w, c; const char *first; } Pictures;
Pictures pictures_read(const char *dir, int most, Arena *mem);
void     pictures_match(const Pictures *a, const Pictures *b);  /* dies unless two folders are of one size and kind */

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
struct Lab {
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
};

/* Reads the flags, makes the folder out. --help ends with status 0, a wrong flag or value with one line
 * and status 2. */
Lab   *lab_open(int argc, char **argv, const LabInfo *info);
int    lab_close(Lab *lab);                   /* writes metrics.csv; returns main's status */
/* As it was given for one of info->flags; NULL where it was not. */
const char *lab_flag(const Lab *lab, const char *name);
/* Of a flag whose arg is a choice, {"size", "32|64", "..."}: 0 for its first word, 1 for its second, ...; -1 where the
 * flag was not given. lab_open ends the program with status 2 for any other word. */
int lab_choice(const Lab *lab, const char *name);
/* A number for metrics.csv. One that is not finite is no result: it is left out, and stderr says so. */
void   lab_metric(Lab *lab, const char *unit, double value, const char *name_fmt, ...) PRINTF_LIKE(4, 5);
bool   lab_stopping(void);               /* Ctrl-C was pressed: leave the training loop; the lab ends after this STEP */
void   lab_finite(const char *what, double value, long step);  /* ends the run with status 4 when value is not finite */

/* STEP("name") { ... } is a notebook cell: heading, timing; --until name ends the program after it. */
#define STEP(name) for (bool once_ = (step_begin(name), true); once_; once_ = step_end())
void   step_begin(const char *name);
bool   step_end(void);

/* TODO("what to write") stands in an exercise until it is written: finished steps keep their files, exit status 3. */
#define TODO(what) todo(__func__, __FILE__, __LINE__, what)
_Noreturn void todo(const char *func, const char *file, int line, const char *what);

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

#endif
