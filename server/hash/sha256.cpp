#include "server/hash/sha256.hpp"

#include <openssl/evp.h>

#include <algorithm>

#include "engine/base/ensure.hpp"

namespace heed::hash {
namespace {

// Fetched once: a fetch a hash costs more than the hash of a record.
EVP_MD const* algorithm() {
  static EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  ensure(fetched != nullptr);
  return fetched;
}

EVP_MD_CTX* as_context(void* context) {
  return static_cast<EVP_MD_CTX*>(context);
}

}  // namespace

void Sha256::Free::operator()(void* context) const {
  EVP_MD_CTX_free(as_context(context));
}

Sha256::Sha256() : context_{EVP_MD_CTX_new()} {
  ensure(context_ != nullptr);
  ensure(EVP_DigestInit_ex2(as_context(context_.get()), algorithm(), nullptr) == 1);
}

Sha256& Sha256::add(std::string_view bytes) {
  ensure(EVP_DigestUpdate(as_context(context_.get()), bytes.data(), bytes.size()) == 1);
  return *this;
}

Digest Sha256::finish() {
  Digest digest;
  unsigned length = 0;
  EVP_MD_CTX* const context = as_context(context_.get());
  ensure(EVP_DigestFinal_ex(context, digest.data(), &length) == 1 && length == digest.size());
  ensure(EVP_DigestInit_ex2(context, nullptr, nullptr) == 1);
  return digest;
}

Digest sha256(std::string_view bytes) {
  thread_local Sha256 hash;
  return hash.add(bytes).finish();
}

Digest to_digest(std::string_view bytes) {
  Digest digest{};
  if (bytes.size() == digest.size()) std::ranges::copy(bytes, digest.begin());
  return digest;
}

std::string_view as_bytes(Digest const& digest) {
  return {reinterpret_cast<char const*>(digest.data()), digest.size()};
}

}  // namespace heed::hash
