#include "server/api/sealing.hpp"

#include <algorithm>

#include "engine/base/ensure.hpp"
#include "server/json/sealing.hpp"
#include "server/json/write.hpp"
#include "server/seal/seal.hpp"
#include "server/seal/text.hpp"

namespace heed::api {
namespace {

using json::Spans;

/// A secret while it is gathered.
class Gathering {
 public:
  json::Commit commit() {
    return [this](std::string_view pointer, std::string_view value) {
      if (salt_.empty()) salt_ = seal::make_salt();
      values_ += values_.empty() ? "" : ",";
      json::append_text(values_, pointer);
      values_ += ':';
      values_ += value;
      return seal::commit(salt_, pointer, value);
    };
  }
  /// Empty where nothing was sealed.
  std::string secret() const {
    if (salt_.empty()) return {};
    return "{\"salt\":\"" + seal::to_hex(salt_) + "\",\"values\":{" + values_ + "}}";
  }

 private:
  std::string salt_, values_;
};

/// What was sealed, while it is put back. Keeps its memory; what it holds lives until the next.
struct OpenSecret {
  bool read(std::string_view secret) {
    if (!spans.read(secret)) return false;
    auto const of_salt = spans.find(Spans::root, "salt");
    values = spans.find(Spans::root, "values");
    if (of_salt == Spans::nowhere || values == Spans::nowhere) return false;
    auto found = seal::from_hex(spans.text(of_salt));
    if (found) salt = std::move(*found);
    return static_cast<bool>(found);
  }

  Spans spans;
  Spans::Place values = Spans::nowhere;  // by pointer
  std::string salt;
};

OpenSecret* read_secret(std::string_view secret) {
  thread_local OpenSecret open;
  return open.read(secret) ? &open : nullptr;
}

/// Puts the values whose pointers begin with `prefix` back into `text`.
bool put_back(std::string& text, std::string_view prefix, OpenSecret const& secret) {
  thread_local Spans into;
  auto const values = secret.spans.items(secret.values);
  bool const any = std::ranges::any_of(
      values, [&](Spans::Place value) { return secret.spans.name(value).starts_with(prefix); });
  if (!any) return true;
  if (!into.read(text)) return false;
  std::string canonical;
  for (auto const value : values) {
    auto const pointer = secret.spans.name(value);
    if (!pointer.starts_with(prefix)) continue;
    canonical.clear();
    secret.spans.append_canonical(canonical, value);
    auto const place = into.follow(pointer.substr(prefix.size()));
    if (place == Spans::nowhere ||
        json::commitment_in(into, place) != seal::commit(secret.salt, pointer, canonical))
      return false;
    into.replace(place, canonical);
  }
  std::string opened;
  opened.reserve(text.size());
  into.append_canonical(opened, Spans::root);
  text = std::move(opened);
  return true;
}

}  // namespace

void seal_entry(store::Entry& entry, json::Resolving const& resolving, std::string decision,
                MayHold may_hold, SealedNames const& sealed) {
  Gathering gathering;
  auto const commit = gathering.commit();
  entry.case_json = json::sealed_case(resolving, sealed, "/case", commit);
  entry.decision_json = std::move(decision);
  if (may_hold == MayHold::sealed_values)
    json::seal_decision(entry.decision_json, sealed, "/decision", commit);
  entry.secret = gathering.secret();
}

void seal_event(store::Event& event, SealedNames const& sealed) {
  auto const names = sealed.event_fields.find(event.event);
  if (names == sealed.event_fields.end()) return;
  Gathering gathering;
  json::seal_fields(event.fields, names->second, "/fields", gathering.commit());
  event.secret = gathering.secret();
}

bool is_readable(store::Record const& record) {
  return !record.is_dropped &&
         (record.seal == store::Seal::none || record.seal == store::Seal::opened);
}

bool open_record(store::Record& record) {
  if (record.seal != store::Seal::opened) return true;
  auto& entry = record.entry;
  auto const* const secret = read_secret(entry.secret);
  return secret != nullptr && put_back(entry.case_json, "/case", *secret) &&
         put_back(entry.decision_json, "/decision", *secret);
}

void close_record(store::Record& record) {
  if (record.seal != store::Seal::opened) return;
  record.seal = store::Seal::locked;
  record.entry.secret.clear();
}

bool open_decision(std::string& decision_json, std::string_view secret) {
  if (secret.empty()) return true;
  auto const* const read = read_secret(secret);
  return read != nullptr && put_back(decision_json, "/decision", *read);
}

void open_event(store::StoredEvent& stored) {
  if (stored.seal != store::Seal::opened) return;
  if (auto const* const secret = read_secret(stored.event.secret))
    put_back(stored.event.fields, "/fields", *secret);
}

std::optional<std::string> readable_case(std::string_view case_json, store::Secret const* secret,
                                         bool is_dropped) {
  if (is_dropped) return std::nullopt;
  std::string text{case_json};
  if (secret == nullptr || secret->seal == store::Seal::none) return text;
  if (secret->seal != store::Seal::opened) return std::nullopt;
  auto const* const read = read_secret(secret->text);
  if (read == nullptr || !put_back(text, "/case", *read)) return std::nullopt;
  return text;
}

}  // namespace heed::api
