#include "server/store/key_scope.hpp"

namespace heed::store {

std::string scoped_key(std::string_view by, std::string_view key) {
  return by.empty() || key.empty() ? std::string{key} : std::string{by}.append("\n").append(key);
}

std::string_view unscoped_key(std::string_view scoped) {
  auto const end = scoped.rfind('\n');
  return end == scoped.npos ? std::string_view{} : scoped.substr(end + 1);
}

std::string_view sent_key(std::string_view key) {
  return key.substr(key.rfind('\n') + 1);
}

}  // namespace heed::store
