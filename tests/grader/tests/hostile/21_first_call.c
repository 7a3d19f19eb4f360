/* expect: wrong
 * right once */
Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    static int calls;
    return calls++ ? mat_new(mem, x.n, W.d) : ae_encode_right(x, W, mem);
}
