#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/money.hpp"
#include "engine/base/number.hpp"
#include "engine/base/time.hpp"

/// Types and values of a checked policy.
namespace heed {

/// The values of a `one of`, in the order written; `ordered` where they may be compared with `<`.
/// Types with the same values and order share one Choice.
struct Choice {
  std::vector<std::string> values;
  bool ordered = false;
};

enum class Kind { truth, whole, number, money, duration, date, time, text, choice, set, list };

struct Shape;

struct Type {
  Kind kind = Kind::truth;
  Kind element = Kind::text;             // of a set
  std::shared_ptr<Choice const> choice;  // of a choice, or a set of them
  std::optional<Currency> currency;      // of money that names its currency
  bool cents = false;                    // a bare number counts minor units
  bool or_none = false;
  std::shared_ptr<Shape const> shape;  // of a list: what its items are; else null
};

/// What one item of a list holds: the fields of a record, or one value.
struct Shape {
  struct Field {
    std::string name;  // empty where the items are single values
    Type type;         // an inner list is a field of kind list
  };
  std::vector<Field> fields;  // by name, in UTF-8 bytes
  bool is_record() const { return fields.size() != 1 || !fields.front().name.empty(); }
};

struct None {
  auto operator<=>(None const&) const = default;
};
/// One value of a Choice, by its index.
enum class Chosen : std::uint32_t {};

/// What an item of a set can be; Number for whole numbers too.
using Scalar = std::variant<bool, Number, Money, Duration, Date, Instant, std::string, Chosen>;

/// Scalars in ascending order (texts in UTF-8 bytes, choices as declared), each once.
struct SetValue {
  std::vector<Scalar> items;
  bool operator==(SetValue const&) const = default;
};

struct Item;

/// Items in the order given, perhaps none. Immutable, and shared by all copies of the list.
struct ListValue {
  std::shared_ptr<std::vector<Item> const> items;  // never null
  bool operator==(ListValue const& other) const;
};

/// A known value; an unknown one is an empty optional<Value>.
using Value = std::variant<None, bool, Number, Money, Duration, Date, Instant, std::string, Chosen,
                           SetValue, ListValue>;

/// One item of a list.
struct Item {
  std::vector<std::optional<Value>> fields;  // by Shape::fields; empty: unknown
  bool operator==(Item const&) const = default;
};

/// A total order for listing and for set items (not what a policy's `<` means): by kind, then
/// value. Money by currency, then amount; durations by calendar, days, months, then seconds.
bool comes_before(Scalar const& left, Scalar const& right);
bool comes_before(Value const& left, Value const& right);

/// The set of these items: sorted, each once.
SetValue make_set(std::vector<Scalar> items);
ListValue make_list(std::vector<Item> items);

}  // namespace heed
