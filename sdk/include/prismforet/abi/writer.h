/* pf.writer/1: describes one resource after the other.
 *
 *   begin(call, output, entity, id)
 *     key("name") str("web-01")
 *     key("data") obj()
 *       key("compute") obj() ... close()
 *     close()
 *   end(call)
 *
 * A record is visible to the receiver only after end() answered PF_OK. Value functions return
 * nothing: the first error sticks and end() reports it, so a handler needs no check in between.
 * At most one record is open per call. All functions are [call]; only end() [blocks].
 *
 * Top-level keys (closed set): name, region, instance_type, instance_size, ip_addresses, link,
 * tags, data. Each at most once. `id` becomes reference.resource_id. Provider, group, type,
 * account, match rules and metadata are the host's.
 *
 * Keys of `data` are those the descriptor lists for the output; another key is an error. A listed
 * key that is not written goes out in its empty form, since an omitted key would keep its old
 * value at CloudForet for ever. Call unknown(key) for what could not be found out.
 *
 * Under `data`, at any depth, members whose key begins with '$' are dropped, and a key with a dot
 * is an error. Everywhere: a key with NUL, depth over 32, a number that is not finite, an
 * unbalanced or misplaced token are errors; whole numbers beyond 2^53 become strings; invalid
 * UTF-8 becomes U+FFFD. instance_type and each of ip_addresses are cut to 255 characters with a
 * note; a longer region is an error, since it identifies. A record over 1 MiB is an error.
 *
 * Absent values count, too: an empty region or instance_type is left out. A record without a name
 * gets its id as the name, with a note: the inventory takes no resource without one. */
#ifndef PRISMFORET_ABI_WRITER_H
#define PRISMFORET_ABI_WRITER_H

#include "prismforet/abi/types.h"

PF_EXTERN_C_BEGIN

typedef struct pf_writer {
    uint32_t struct_size;
    /* Opens a record of the descriptor's output number `output` about `entity`, an item of a page
     * of this call (absent: the record stands for no listed entity). `id` is the resource's
     * identity at Prism: not empty, at most 1024 bytes, the same in every run. An item the host
     * has already had (a page read twice) opens a record that is checked and dropped. */
    void (*begin)(pf_call* call, uint32_t output, pf_val entity, pf_str id) PF_NOEXCEPT;
    /* The key of the next value. Only inside an object. */
    void (*key)(pf_call* call, pf_str key) PF_NOEXCEPT;
    void (*str)(pf_call* call, pf_str text) PF_NOEXCEPT;       /* a text value */
    void (*i64)(pf_call* call, int64_t number) PF_NOEXCEPT;    /* a whole number */
    void (*f64)(pf_call* call, double number) PF_NOEXCEPT;     /* a finite number */
    void (*boolean)(pf_call* call, int32_t truth) PF_NOEXCEPT; /* 0 = false, else true */
    void (*null)(pf_call* call) PF_NOEXCEPT;                   /* JSON null */
    void (*obj)(pf_call* call) PF_NOEXCEPT;                    /* opens an object */
    void (*arr)(pf_call* call) PF_NOEXCEPT;                    /* opens an array */
    void (*close)(pf_call* call) PF_NOEXCEPT;                  /* closes the innermost */
    /* `data_key` is neither written nor empty: the receiver keeps what it has. Between begin()
     * and the close of `data`. */
    void (*unknown)(pf_call* call, pf_str data_key) PF_NOEXCEPT;
    /* [blocks] Commits the record and settles its entity, or discards it and says why:
     * PF_INVALID_ARGUMENT (the sticking error; the host records the reason and settles the entity
     * as skipped), PF_CANCELLED, PF_DEADLINE_EXCEEDED, PF_UNAVAILABLE (the receiver is gone). */
    pf_status (*end)(pf_call* call) PF_NOEXCEPT;
    /* Discards the open record; its entity stays unsettled. Nothing happens when none is open. */
    void (*abort)(pf_call* call) PF_NOEXCEPT;
} pf_writer;

PF_EXTERN_C_END

#endif
