/* Basic types of the module ABI: text, JSON values, status numbers, handles, version checks.
 *
 * Rules that hold for everything that crosses the border:
 *  - Only fixed-width integers, pointers and pf_str cross. No enum, bool, bit-field, long, size_t.
 *  - Every struct but pf_str and pf_val begins with struct_size and grows only at its end.
 *  - Nobody frees what the other side allocated. The host copies what it is given before it
 *    returns; a module copies what it wants to keep longer than stated.
 *  - No exception, longjmp or thread cancellation crosses.
 * Tags in the comments: [main] only the thread that loads modules; [call] only the thread that
 * runs the handler the pf_call was given to, while it runs; [any] any thread; [blocks] may wait,
 * and wakes with PF_CANCELLED or PF_DEADLINE_EXCEEDED when the call is cancelled or out of time;
 * from then on every blocking function answers the same at once.
 *
 * The host checks what can be checked: handles, positions, the thread, the age of a pf_val, a null
 * pointer. Elsewhere or later such a call is refused (PF_FAILED_PRECONDITION, absent, nothing
 * happens) and the run is partial, with the module named. Any other wrong pointer, length or table,
 * and a pf_str kept longer than stated, cannot be told from right ones. */
#ifndef PRISMFORET_ABI_TYPES_H
#define PRISMFORET_ABI_TYPES_H

#include <stdint.h>

/* Version of this header. A module and a host of different majors never meet: the major is part
 * of the entry symbol. Within a major the host serves every older minor. 0.x is not frozen:
 * host and modules are built together. */
#define PF_ABI_MAJOR 0
#define PF_ABI_MINOR 9

#ifdef __cplusplus
#define PF_NOEXCEPT noexcept /* part of the type: a throwing callback does not compile */
#define PF_EXTERN_C_BEGIN extern "C" {
#define PF_EXTERN_C_END }
#else
#define PF_NOEXCEPT
#define PF_EXTERN_C_BEGIN
#define PF_EXTERN_C_END
#endif

/* Does the peer's struct reach member m? Ask this before reading a member younger than the oldest
 * minor you support. */
#define PF_REACHES(p, m) \
    ((uint64_t)((const char*)(&(p)->m + 1) - (const char*)(p)) <= (p)->struct_size)
/* Does the peer's struct reach function m, and is it set? */
#define PF_HAS(p, m) (PF_REACHES(p, m) && (p)->m != 0)

PF_EXTERN_C_BEGIN

/* A gRPC status number; PF_OK is success. */
typedef int32_t pf_status;
#define PF_OK 0
#define PF_CANCELLED 1
#define PF_UNKNOWN 2
#define PF_INVALID_ARGUMENT 3
#define PF_DEADLINE_EXCEEDED 4
#define PF_NOT_FOUND 5
#define PF_ALREADY_EXISTS 6
#define PF_PERMISSION_DENIED 7
#define PF_RESOURCE_EXHAUSTED 8
#define PF_FAILED_PRECONDITION 9
#define PF_ABORTED 10
#define PF_OUT_OF_RANGE 11
#define PF_UNIMPLEMENTED 12
#define PF_INTERNAL 13
#define PF_UNAVAILABLE 14
#define PF_DATA_LOSS 15
#define PF_UNAUTHENTICATED 16

/* UTF-8 text: `len` bytes at `ptr`, not NUL-terminated. ptr may be null when len is 0.
 * This struct is frozen. */
typedef struct pf_str {
    const char* ptr;
    uint64_t len;
} pf_str;

/* A JSON value inside a document the host holds. Plain bits: copy it freely, never make one up.
 * {0,0} is "absent", which every reader function accepts. Valid as long as the document: for a page
 * until the next pf_lists.next on the same list, for options until the handler returns; later it
 * reads as absent. This struct is frozen. */
typedef struct pf_val {
    uint64_t doc;
    uint64_t at;
} pf_val;

/* Kinds of JSON values, as pf_reader.kind tells them. */
#define PF_KIND_ABSENT 0
#define PF_KIND_NULL 1
#define PF_KIND_BOOL 2
#define PF_KIND_INT 3   /* fits int64_t */
#define PF_KIND_FLOAT 4 /* any other number */
#define PF_KIND_STRING 5
#define PF_KIND_ARRAY 6
#define PF_KIND_OBJECT 7

/* Handles of the host. A module only passes them back. */
typedef struct pf_host pf_host;           /* the host; lives as long as the process */
typedef struct pf_call pf_call;           /* one running handler; dies when the handler returns */
typedef struct pf_list pf_list;           /* one open listing; dies with its call */
typedef struct pf_table pf_table;         /* one filled look-up table; dies with its call */
typedef struct pf_registrar pf_registrar; /* valid during pf_module.create only */

PF_EXTERN_C_END

#endif
