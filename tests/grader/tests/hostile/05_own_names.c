/* expect: all pass
 * a main of its own, and the names of the driver's functions */
#include <stdio.h>

int emit = 3, run = 4, cases = 5, guarded = 6;
void say(void) { puts("mine"); }
void result(void) { say(); }
void given(void) { result(); }
void inspect_buffers(void) { given(); }
int drivers_main(void) { return emit + run + cases + guarded; }

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    return ae_encode_right(x, W, mem);
}
