/* expect: wrong
 * the first number, and no other */
Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    Mat z = ae_encode_right(x, W, mem);
    for (int i = 1; i < z.n * z.d; i++) z.a[i] = 0;
    return z;
}
