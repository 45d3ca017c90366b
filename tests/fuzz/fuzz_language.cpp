#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/base/ensure.hpp"
#include "engine/language/compare.hpp"
#include "engine/language/format.hpp"
#include "engine/language/parse.hpp"

// Whatever bytes a file holds: parsing ends, its places lie inside the file, and what parsed
// without a mistake is formatted into text of the same meaning, which formatting leaves alone.
namespace heed::language {
namespace {

void examine(std::string_view text) {
  auto const parsed = parse(FileId{}, text);
  for (auto const& diagnostic : parsed.diagnostics) {
    auto const span = diagnostic.where.span;
    ensure(span.begin <= span.end && span.end <= text.size());
    ensure(!diagnostic.message.empty());
  }
  if (!parsed.diagnostics.empty()) return;
  auto const shaped = format(parsed.document, text);
  auto const again = parse(FileId{}, shaped);
  ensure(again.diagnostics.empty());
  ensure(again.document.comments.size() == parsed.document.comments.size());
  ensure(same_meaning(parsed.document, again.document));
  ensure(format(again.document, shaped) == shaped);
}

}  // namespace
}  // namespace heed::language

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  heed::language::examine({reinterpret_cast<char const*>(data), size});
  return 0;
}
