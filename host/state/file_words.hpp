// FileWords: what the failures of a file are called, so that each says what it is about and what to
// do there.
#pragma once

namespace pf::host::state {

// Codes, and texts that follow the name and the path of the file. All live as long as the program.
struct FileWords {
    const char* name;     // "the shape ledger"
    const char* corrupt;  // code
    const char* after_damage;
    const char* full;
    const char* when_full;
    const char* locked;
    const char* when_locked;
    const char* read_only;
    const char* when_read_only;
    const char* file;
    const char* version;
};

extern const FileWords ledger_words;
extern const FileWords outbox_words;

}  // namespace pf::host::state
