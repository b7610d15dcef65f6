/* The runtime of a guest in C: an allocator that only grows, and the few functions that compilers call by name.
 *
 * The host resets memory after each call, so what a call allocated is gone with it. A host that does not reset sees
 * memory grow up to its bound, and then a trap. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define PAGE_BYTES 65536u
#define ALIGNMENT 16u

extern unsigned char __heap_base;

/* Where the next block begins; 0 before the first one. */
static uintptr_t next;
/* The block that ends at `next`, which alone can grow in place and be given back. */
static uintptr_t last;

/* What lies before each block. */
struct head {
    size_t length;
    size_t unused[(ALIGNMENT / sizeof(size_t)) - 1];
};

static int holds(uintptr_t end) {
    uintptr_t size = (uintptr_t)__builtin_wasm_memory_size(0) * PAGE_BYTES;
    if (end <= size) {
        return 1;
    }
    uintptr_t pages = (end - size + PAGE_BYTES - 1) / PAGE_BYTES;
    return __builtin_wasm_memory_grow(0, pages) != (size_t)-1;
}

void *malloc(size_t length) {
    if (next == 0) {
        next = ((uintptr_t)&__heap_base + ALIGNMENT - 1) & ~(uintptr_t)(ALIGNMENT - 1);
    }
    if (length > (size_t)INT32_MAX) {
        return NULL;
    }
    uintptr_t block = next + sizeof(struct head);
    uintptr_t end = (block + length + ALIGNMENT - 1) & ~(uintptr_t)(ALIGNMENT - 1);
    if (end < block || !holds(end)) {
        return NULL;
    }
    ((struct head *)next)->length = length;
    next = end;
    last = block;
    return (void *)block;
}

void free(void *block) {
    if (block != NULL && (uintptr_t)block == last) {
        next = last - sizeof(struct head);
        last = 0;
    }
}

void *calloc(size_t count, size_t size) {
    if (size != 0 && count > (size_t)INT32_MAX / size) {
        return NULL;
    }
    void *block = malloc(count * size);
    if (block != NULL) {
        memset(block, 0, count * size);
    }
    return block;
}

void *realloc(void *block, size_t length) {
    if (block == NULL) {
        return malloc(length);
    }
    size_t before = ((struct head *)block)[-1].length;
    if (length <= before) {
        return block;
    }
    if ((uintptr_t)block == last && length <= (size_t)INT32_MAX) {
        uintptr_t end = (last + length + ALIGNMENT - 1) & ~(uintptr_t)(ALIGNMENT - 1);
        if (!holds(end)) {
            return NULL;
        }
        ((struct head *)block)[-1].length = length;
        next = end;
        return block;
    }
    void *other = malloc(length);
    if (other != NULL) {
        memcpy(other, block, before);
    }
    return other;
}

_Noreturn void abort(void) {
    __builtin_trap();
}

void *memcpy(void *restrict to, const void *restrict from, size_t length) {
    unsigned char *out = to;
    const unsigned char *in = from;
    while (length-- > 0) {
        *out++ = *in++;
    }
    return to;
}

void *memmove(void *to, const void *from, size_t length) {
    unsigned char *out = to;
    const unsigned char *in = from;
    if (out <= in) {
        while (length-- > 0) {
            *out++ = *in++;
        }
        return to;
    }
    while (length-- > 0) {
        out[length] = in[length];
    }
    return to;
}

void *memset(void *to, int byte, size_t length) {
    unsigned char *out = to;
    while (length-- > 0) {
        *out++ = (unsigned char)byte;
    }
    return to;
}

int memcmp(const void *one, const void *other, size_t length) {
    const unsigned char *left = one, *right = other;
    for (; length > 0; length--, left++, right++) {
        if (*left != *right) {
            return *left < *right ? -1 : 1;
        }
    }
    return 0;
}

size_t strlen(const char *text) {
    size_t length = 0;
    while (text[length] != '\0') {
        length++;
    }
    return length;
}
