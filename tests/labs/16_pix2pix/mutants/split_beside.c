/* expect: skip_join | wrong | one row per pixel */
#include "16_pix2pix.h"
#include "version.h"

void skip_split(Mat d, int pixels, Mat dskip, Mat dup) { mat_split(d, dskip, dup); }
