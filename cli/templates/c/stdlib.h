/* What generated bindings and small guests need of the standard library: there is none on a bare module. */
#ifndef LINCHPIN_STDLIB_H
#define LINCHPIN_STDLIB_H

#include <stddef.h>

void *malloc(size_t size);
void *calloc(size_t count, size_t size);
void *realloc(void *block, size_t size);
void free(void *block);
_Noreturn void abort(void);

#endif
