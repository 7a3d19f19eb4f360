/* expect: path_score | wrong | as a share of the whole length */
#include "11_latent_walk.h"
#include "version.h"

Walk path_score(Mat x, Mat seen)
{
    double length = 0, longest = 0;
    int clear = 0;
    for (int i = 0; i < x.n; i++) clear += row(seen, i)[0] >= 0;
    for (int i = 1; i < x.n; i++) {
        double squares = 0;
        for (int j = 0; j < x.d; j++) {
            double off = (double)(row(x, i)[j] - row(x, i - 1)[j]);
            squares += off * off;
        }
        length += (double)sqrt(squares);
        longest = fmax(longest, sqrt(squares));
    }
    Walk w = {(float)(length), (float)(longest), (float)((double)clear / x.n)};
    return w;
}
