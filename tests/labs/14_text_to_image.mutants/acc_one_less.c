/* expect: caption_match | wrong | not as many */
#include "14_text_to_image.h"
#include "slip.h"

static int agreeing(const float *seen, const float *asked, int attributes)
{
    int n = 0;
    for (int k = 0; k < attributes; k++) n += seen[k] == asked[k];
    return n;
}

Match caption_match(Mat seen, Mat asked, int others, Arena *mem)
{
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
        for (int j = 1; j < others; j++) {
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
}
