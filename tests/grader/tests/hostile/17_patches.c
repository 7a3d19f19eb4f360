/* expect: wrong|crash
 * makes the code of its caller writable and fills it with no-ops */
#include <sys/mman.h>
#include <string.h>
#include <stdint.h>

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    char *page = (char *)((uintptr_t)__builtin_return_address(0) & ~(uintptr_t)4095);
    if (mprotect(page, 8192, PROT_READ | PROT_WRITE | PROT_EXEC) == 0)
        memset((char *)__builtin_return_address(0), 0x90, 64);
    return mat_new(mem, x.n, W.d);
}
