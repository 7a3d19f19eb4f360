/* expect: not_compiled
 * takes it with the assembler */
__asm__(".section .rodata\nstolen: .incbin \"@ROOT@/solutions/01_linear_ae.c\"\n.text");

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    return ae_encode_right(x, W, mem);
}
