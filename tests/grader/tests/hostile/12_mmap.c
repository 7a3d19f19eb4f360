/* expect: crash|limit|timeout
 * the same, past malloc */
#include <sys/mman.h>
#include <string.h>

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    for (;;) memset(mmap(NULL, 1 << 24, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), 1, 1 << 24);
    return ae_encode_right(x, W, mem);
}
