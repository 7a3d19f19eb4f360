/* expect: limit|timeout|crash
 * a gigabyte to where the results go */
#include <unistd.h>
#include <string.h>
static char block[1 << 20];

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    memset(block, 'x', sizeof block);
    for (int i = 0; i < 1024; i++) if (write(3, block, sizeof block) < 0) break;
    return ae_encode_right(x, W, mem);
}
