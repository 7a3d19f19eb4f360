/* expect: crash
 * gives memory back twice */
#include <stdlib.h>

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    void *volatile p = malloc(100000);
    free(p);
    free(p);
    return ae_encode_right(x, W, mem);
}
