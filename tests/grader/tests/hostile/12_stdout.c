/* expect: any
 * a gigabyte to stdout */
#include <stdio.h>
#include <string.h>
static char block[1 << 20];

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    memset(block, 'x', sizeof block);
    for (int i = 0; i < 1024; i++) fwrite(block, 1, sizeof block, stdout);
    return ae_encode_right(x, W, mem);
}
