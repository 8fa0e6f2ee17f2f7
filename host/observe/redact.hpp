// Redaction by value: a text that was registered as a secret never appears in what people see.
//
// The last layer behind the Secret type: it also catches a password that came back inside another
// program's error message. Safe from any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pf::host::observe {

// Texts shorter than this are not registered: hiding them would blacken ordinary words.
inline constexpr std::size_t shortest_secret = 4;

// From now on `text`, also as JSON, URL or HTTP basic authentication would spell it, is replaced.
// Kept for the life of the process; of very many, the oldest are forgotten.
void register_secret(std::string_view text);
// Registers `password` and "username:password" as HTTP basic authentication spells it.
void register_login(std::string_view username, std::string_view password);

// The same for both in one text, "username:password" as it stands in a URL.
void register_user_info(std::string_view both);

// `text` with every registered secret replaced by ***.
std::string redact(std::string_view text);

// Forgets all, for tests.
void forget_secrets() noexcept;

}  // namespace pf::host::observe
