/* What generated bindings and small guests need of the standard library: there is none on a bare module. */
#ifndef LINCHPIN_STRING_H
#define LINCHPIN_STRING_H

#include <stddef.h>

void *memcpy(void *restrict to, const void *restrict from, size_t length);
void *memmove(void *to, const void *from, size_t length);
void *memset(void *to, int byte, size_t length);
int memcmp(const void *one, const void *other, size_t length);
size_t strlen(const char *text);

#endif
