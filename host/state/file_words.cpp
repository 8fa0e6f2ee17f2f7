#include "host/state/file_words.hpp"

namespace pf::host::state {

const FileWords ledger_words = {
    "the shape ledger",
    "ERROR_LEDGER_CORRUPT",
    "restore it from a backup, or set it aside: a new one begins with the next collection",
    "ERROR_LEDGER_FULL",
    "make room; what it holds is whole",
    "ERROR_LEDGER_LOCKED",
    "try again when that is done, or give each its own file",
    "ERROR_LEDGER_READ_ONLY",
    "make the file and its folder writable for this user. Reading works",
    "ERROR_LEDGER_FILE",
    "ERROR_LEDGER_VERSION",
};

const FileWords outbox_words = {
    "the outbox",
    "ERROR_OUTBOX_CORRUPT",
    "set it aside: a new one begins, and what waited in this one is not delivered",
    "ERROR_OUTBOX_FULL",
    "make room; what waits in it is whole",
    "ERROR_OUTBOX_LOCKED",
    "try again when that is done",
    "ERROR_OUTBOX_READ_ONLY",
    "make the file and its folder writable for this user",
    "ERROR_OUTBOX_FILE",
    "ERROR_OUTBOX_VERSION",
};

}  // namespace pf::host::state
