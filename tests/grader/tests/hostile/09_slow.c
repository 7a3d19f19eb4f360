/* expect: all pass
 * right, and takes ten times as long as it might */
Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    for (volatile int i = 0; i < 100000; i++) {}
    return ae_encode_right(x, W, mem);
}
