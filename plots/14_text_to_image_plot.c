/* 14_text_to_image_plot.c: what the figures of lab 14 are drawn from; see 14_text_to_image_plot.h.
 */
#include "14_text_to_image_plot.h"
#include <stdio.h>

static void sheet(Lab *lab, const char *file, Mat x, int cols)
{
    png_sheet(lab->out, file, x, (Sheet){SIDE, SIDE, 3, .cols = cols, .zoom = 2, .hi = 1});
}

void plot_mismatch(Lab *lab, Mat asked, Mat aware, Mat unaware)
{
    captions_write(lab->out, "mismatch.txt", mat_rows(asked, 0, PAIRS));
    sheet(lab, "aware.png", mat_rows(aware, 0, PAIRS), 1);
    sheet(lab, "unaware.png", mat_rows(unaware, 0, PAIRS), 1);
}

void plot_captions(Lab *lab, Mat asked, Mat x)
{
    captions_write(lab->out, "sheet.txt", asked);
    sheet(lab, "captions.png", x, SHEET);
}

void plot_words(Lab *lab, int k, Mat x)
{
    char file[32];
    snprintf(file, sizeof file, "words%d.png", k);
    sheet(lab, file, x, x.n);
}

void plot_between(Lab *lab, Mat x) { sheet(lab, "between.png", x, BETWEEN); }

/* What was typed becomes a csv of one cell: commas in it would be columns. */
void plot_typed(Lab *lab, const char *words, Mat x)
{
    char line[256];
    snprintf(line, sizeof line, "%s", words);
    for (char *c = line; *c; c++)
        if (*c == ',' || *c == '"' || *c < ' ') *c = ' ';
    Csv *csv = csv_open(lab->out, "typed.csv", "words");
    csv_row(csv, "%s", line);
    csv_close(csv);
    sheet(lab, "typed.png", x, TYPED);
}
