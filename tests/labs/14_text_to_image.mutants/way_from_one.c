/* expect: interp_captions | wrong | the first row is a */
#include "14_text_to_image.h"
#include "slip.h"

Mat interp_captions(Mat a, Mat b, int steps, Arena *mem)
{
    Mat e = mat_new(mem, steps, a.d);
    for (int i = 0; i < steps; i++) {
        float t = (float)(i + 1) / (float)steps;
        for (int k = 0; k < a.d; k++) row(e, i)[k] = (1 - t) * a.a[k] + t * b.a[k];
    }
    return e;
}
