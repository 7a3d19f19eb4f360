/* expect: wrong
 * asks the compiler what exists */
#if __has_include("@ROOT@/solutions/01_linear_ae.c")
#define FOUND 1
#else
#define FOUND 0
#endif

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    return FOUND ? ae_encode_right(x, W, mem) : mat_new(mem, x.n, W.d);
}
