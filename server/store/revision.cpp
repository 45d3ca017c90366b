#include "server/store/revision.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/base/hex.hpp"
#include "server/store/sha256.hpp"

namespace heed::store {
namespace {

void add_with_length(Sha256& hash, std::string_view text) {
  std::string length(8, '\0');
  std::uint64_t rest = text.size();
  for (auto byte = length.rbegin(); byte != length.rend(); ++byte, rest >>= 8) {
    *byte = static_cast<char>(rest & 0xff);
  }
  hash.add(length).add(text);
}

}  // namespace

std::string revision_of(std::span<SourceText const> sources) {
  std::vector<SourceText const*> sorted;
  for (SourceText const& source : sources) sorted.push_back(&source);
  std::ranges::sort(sorted, {},
                    [](SourceText const* source) -> std::string const& { return source->name; });
  Sha256 hash;
  for (SourceText const* source : sorted) {
    add_with_length(hash, source->name);
    add_with_length(hash, source->text);
  }
  return to_hex(hash.finish());
}

}  // namespace heed::store
