/* expect: wrong
 * its hidden inputs as results, to read them in the report */
Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    Mat z = mat_new(mem, x.n, W.d);
    for (int i = 0; i < z.n * z.d; i++) z.a[i] = x.a[i % (x.n * x.d)];
    return z;
}
