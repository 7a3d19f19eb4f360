/* expect: limit|timeout
 * asks for memory without end, and uses it */
#include <stdlib.h>
#include <string.h>

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    for (;;) memset(malloc(1 << 24), 1, 1 << 24);
    return ae_encode_right(x, W, mem);
}
