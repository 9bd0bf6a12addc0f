// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Activations of a recursion are linked, and the innermost one changes the variables of all.
// witness:

struct L {
    int v;
    struct L *up;
};
static int walk(struct L *up, int n)
{
    struct L me = { n, up };
    if (n == 0) {
        int k = 0;
        for (struct L *p = &me; p; p = p->up) { // imprecise: null-dereference, use-after-free, dangling-pointer, out-of-bounds-read, misaligned-access, uninitialized-read
            p->v += 10; // imprecise: null-dereference, use-after-free, dangling-pointer, out-of-bounds-read, misaligned-access, uninitialized-read, signed-overflow, out-of-bounds-write, write-to-constant
            k++; // imprecise: signed-overflow
        }
        return k;
    }
    int r = walk(&me, n - 1);
    int t[5] = {0};
    t[me.v - 10] = 1; // bug: out-of-bounds-write // imprecise: uninitialized-read, signed-overflow
    return r;
}

int main(void)
{
    return walk(0, 5);
}
