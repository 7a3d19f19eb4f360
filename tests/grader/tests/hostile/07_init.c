/* expect: every crash
 * code in the section .init */
__asm__(".pushsection .init\n movl $60, %eax\n xorl %edi, %edi\n syscall\n .popsection");

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    return ae_encode_right(x, W, mem);
}
