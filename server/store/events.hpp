#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/store/database.hpp"
#include "server/store/event.hpp"
#include "server/store/keys.hpp"

/// The table `events`: what happened to each customer, in the order in which it was recorded.
namespace heed::store {

enum class Whose { subject, others };

/// Which events to find: of one name, of a customer or of all the others, with after < at <= until.
struct EventQuery {
  std::string event;
  Whose whose = Whose::subject;
  std::string subject;  // of whom; of the others where it is empty: of everyone
  std::int64_t after_us = 0;
  std::int64_t until_us = 0;
  std::size_t limit = 0;  // at least 1
  /// What the text of the fields must contain, such as `"product":"p-1"`, unless it lacks what
  /// `or_lacking` says, such as `"product":`. Empty: anything.
  std::string containing = {}, or_lacking = {};
  // Where something is sealed in the fields they are not looked at.
};

/// The latest first. `is_all` is false where there are more than the limit.
struct FoundEvents {
  std::vector<StoredEvent> events;
  bool is_all = true;
};

Expected<FoundEvents, Error> find_events(Database& database, seal::Key const* master,
                                         EventQuery const& query);

/// Events of a customer recorded before the event `before` (0: all), the last one first.
Expected<std::vector<StoredEvent>, Error> list_events(Database& database, seal::Key const* master,
                                                      std::string_view subject, std::int64_t before,
                                                      std::size_t limit);

/// Writes an event, within the transaction under way, and answers its sequence. `sealed` is what
/// stands for its secret.
///
/// Fails with log.conflict where another event has its id.
Expected<std::int64_t, Error> insert_event(Database& database, Event const& event,
                                           std::string_view sealed, std::int64_t recorded_at_us);

/// The event that a key stands for; nothing where the key is new or older than `oldest_us`.
///
/// Fails with log.key-reused where the key came with another request.
Expected<std::optional<StoredEvent>, Error> find_keyed_event(Database& database,
                                                             std::string_view key,
                                                             KeyedRequest const& request,
                                                             std::int64_t oldest_us);
/// Lets a key stand for an event.
Expected<Done, Error> put_event_key(Database& database, std::string_view key,
                                    KeyedRequest const& request, std::int64_t sequence,
                                    std::int64_t recorded_at_us);
/// Forgets keys recorded before `oldest_us`, some at a time.
Expected<Done, Error> expire_event_keys(Database& database, std::int64_t oldest_us);

}  // namespace heed::store
