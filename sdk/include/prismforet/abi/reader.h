/* pf.reader/1: reads JSON values the host has parsed.
 *
 * Absent is a value like any other: get() on an absent value is absent, and a getter of another
 * type answers 0 and leaves its output untouched. So a missing or odd field is never a crash and
 * never a branch the author forgot. All functions are [call], never block and never fail. */
#ifndef PRISMFORET_ABI_READER_H
#define PRISMFORET_ABI_READER_H

#include "prismforet/abi/types.h"

PF_EXTERN_C_BEGIN

typedef struct pf_reader {
    uint32_t struct_size;
    /* One of PF_KIND_*. */
    int32_t (*kind)(pf_val value) PF_NOEXCEPT;
    /* The member `key` of an object; absent when there is none or `object` is no object. With
     * repeated keys one of them. Quickest when fields are asked for in the order Prism writes
     * them. */
    pf_val (*get)(pf_val object, pf_str key) PF_NOEXCEPT;
    /* The first element of an array or the first member's value of an object; absent when empty
     * or no container. */
    pf_val (*first)(pf_val container) PF_NOEXCEPT;
    /* The element or member after `current`, which came from first() or next() of the same
     * container; absent after the last. */
    pf_val (*next)(pf_val container, pf_val current) PF_NOEXCEPT;
    /* The key of a member that came from first() or next() of `object`. 1 = done; 0 = `object` is
     * no object. The text lives as long as the document. */
    int32_t (*key)(pf_val object, pf_val member, pf_str* out) PF_NOEXCEPT;
    /* The text of a string: always valid UTF-8. 1 = done, 0 = another type. The text lives as long
     * as the document. */
    int32_t (*str)(pf_val value, pf_str* out) PF_NOEXCEPT;
    /* A whole number within int64_t. 1 = done, 0 = another type (also for 1.0). */
    int32_t (*i64)(pf_val value, int64_t* out) PF_NOEXCEPT;
    /* Any number, whole ones included. 1 = done, 0 = another type. Always finite. */
    int32_t (*f64)(pf_val value, double* out) PF_NOEXCEPT;
    /* true = 1, false = 0. Answers 1 = done, 0 = another type. */
    int32_t (*boolean)(pf_val value, int32_t* out) PF_NOEXCEPT;
} pf_reader;

PF_EXTERN_C_END

#endif
