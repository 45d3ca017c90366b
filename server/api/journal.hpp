#pragma once
#include <atomic>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <variant>

/// What the operator is told while the server runs: one line an event, on standard error.
///
/// Never facts, bodies, values of queries, or tokens. docs/operator/logs.md names every event.
namespace heed::api {

enum class Level { debug, info, warning, error };
enum class LogFormat { text, json };

/// Before anything is said. Without it, spdlog's default logger gets the messages.
void set_up_journal(LogFormat format, Level level);

/// Whether what has this level is written at all.
bool is_told(Level level);

struct Field {
  std::string_view name;
  std::variant<std::string_view, std::int64_t> value;
};

/// Writes a line. `event` is stable; `message` is for people and may have several lines, which are
/// one in JSON. Fields that are empty texts are left out. Any thread.
void say(Level level, std::string_view event, std::string_view message,
         std::initializer_list<Field> fields = {});

/// Keeps an event that clients can cause from filling the disk. Any thread.
class Sparing {
 public:
  explicit Sparing(std::string_view event, std::uint64_t each_second = 10)
      : event_{event}, each_second_{each_second} {}

  /// Whether this one is to be said. How many were not is said once a second has passed, by the
  /// next call.
  bool take();

 private:
  std::string_view const event_;
  std::uint64_t const each_second_;
  std::atomic<std::int64_t> second_{0};
  std::atomic<std::uint64_t> taken_{0};
};

}  // namespace heed::api
