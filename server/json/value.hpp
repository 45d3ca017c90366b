#pragma once
#include <optional>
#include <string>
#include <vector>

#include "server/json/mistake.hpp"

/// Typed values from JSON.
namespace heed::json {

/// What becomes of members that name nothing that the policy declares: a case names them in its
/// decision, a CRM's payload has too many.
enum class Undeclared { named, passed_over };

/// What reading a case gathers beside its values.
struct Findings {
  CaseMistakes mistakes;
  std::vector<std::string> ignored;  // JSON Pointers, in the order found
  Undeclared undeclared = Undeclared::named;
};

/// The value of `node`, which stands at `pointer`, as the type wants it: interfaces.md, "A case".
/// A fact of numbers also takes {"fraction": "1/3"}, for numbers that decimals cannot hold.
///
/// `null` is none where the type is `or none`, else nothing. Nothing as well after a mistake, which
/// is then in `findings`; a set or a list tells one for each wrong item. Times without an offset
/// are read in `zone`. `pointer` is changed while it runs and left as it was.
std::optional<Value> read_value(Node const& node, Type const& type, Zone const& zone,
                                std::string& pointer, Findings& findings);

/// The same without the forms that are null, a list or an object: an item of a set.
std::optional<Scalar> read_scalar(Node const& node, Kind kind, Type const& type, Zone const& zone,
                                  std::string& pointer, Findings& findings);

/// A time as a case writes it, within the years 1 to 9999 by UTC; nothing for any other text.
std::optional<Instant> parse_time(std::string_view text, Zone const& zone);

/// Widens an item to a value, and back; nothing where a value is none or a set.
Value to_value(Scalar scalar);
std::optional<Scalar> to_scalar(Value const& value);

}  // namespace heed::json
