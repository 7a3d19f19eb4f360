/* expect: crash
 * writes through NULL */
Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    *(volatile int *)(long)(x.n < 0) = 1;
    return ae_encode_right(x, W, mem);
}
