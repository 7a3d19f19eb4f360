/* expect: path_score | wrong | the others do not count */
#include "11_latent_walk.h"
#include "version.h"

Walk path_score(Mat x, Mat seen)
{
    double length = 0, longest = 0;
    int clear = 0;
    for (int i = 0; i < x.n; i++)
        clear += ({
            bool all = true;
            for (int k = 0; k < seen.d; k++) all = all && row(seen, i)[k] >= 0;
            all;
        });
    for (int i = 1; i < x.n; i++) {
        double squares = 0;
        for (int j = 0; j < x.d; j++) {
            double off = (double)(row(x, i)[j] - row(x, i - 1)[j]);
            squares += off * off;
        }
        length += (double)sqrt(squares);
        longest = fmax(longest, sqrt(squares));
    }
    Walk w = {(float)(length), (float)(length > 0 ? longest / length : 0), (float)((double)clear / x.n)};
    return w;
}
