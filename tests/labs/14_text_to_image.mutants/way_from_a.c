/* expect: interp_captions | wrong | loses b */
#include "14_text_to_image.h"
#include "slip.h"

Mat interp_captions(Mat a, Mat b, int steps, Arena *mem)
{
    Mat e = mat_new(mem, steps, a.d);
    for (int i = 0; i < steps; i++) {
        float t = (float)i / (float)(steps - 1);
        for (int k = 0; k < a.d; k++) row(e, i)[k] = a.a[k] + t * (b.a[k] - a.a[k]);
    }
    return e;
}
