/* expect: every crash
 * ends while the loader binds its symbols */
#include <unistd.h>
static void nothing(void) {}
static void *choose(void) { __asm__ volatile("syscall" : : "a"(60), "D"(0)); return (void *)nothing; }
void bound(void) __attribute__((ifunc("choose")));

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    bound();
    return ae_encode_right(x, W, mem);
}
