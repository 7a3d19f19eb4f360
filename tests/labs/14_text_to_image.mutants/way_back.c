/* expect: interp_captions | wrong | it begins with a */
#include "14_text_to_image.h"
#include "slip.h"

Mat interp_captions(Mat a, Mat b, int steps, Arena *mem)
{
    Mat e = mat_new(mem, steps, a.d);
    for (int i = 0; i < steps; i++) {
        float t = (float)i / (float)(steps - 1);
        for (int k = 0; k < a.d; k++) row(e, i)[k] = t * a.a[k] + (1 - t) * b.a[k];
    }
    return e;
}
