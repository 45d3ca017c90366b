#pragma once
#include <utility>
#include <variant>

#include "engine/base/ensure.hpp"

/// A value, or the reason there is none.
namespace heed {

/// A failure wrapped for return: `return Failure{error}`.
template <class E>
struct Failure {
  E error;
};
template <class E>
Failure(E) -> Failure<E>;  // clang 14 does not deduce it by itself

/// Either a value or an error. Stands in for std::expected (C++23). Asking for what is not there is
/// a bug of ours and aborts.
template <class T, class E>
class [[nodiscard]] Expected {
 public:
  Expected(T value) : state_{std::in_place_index<0>, std::move(value)} {}
  Expected(Failure<E> failure) : state_{std::in_place_index<1>, std::move(failure.error)} {}

  explicit operator bool() const { return state_.index() == 0; }
  T& value() & {
    ensure(state_.index() == 0);
    return *std::get_if<0>(&state_);
  }
  T const& value() const& {
    ensure(state_.index() == 0);
    return *std::get_if<0>(&state_);
  }
  T value() && {
    ensure(state_.index() == 0);
    return std::move(*std::get_if<0>(&state_));
  }
  E const& error() const {
    ensure(state_.index() == 1);
    return *std::get_if<1>(&state_);
  }

 private:
  std::variant<T, E> state_;
};

/// What an action answers that yields nothing: `Expected<Done, Error>`.
struct Done {};

/// Lets std::visit take one lambda for each alternative.
template <class... Cases>
struct overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
overloaded(Cases...) -> overloaded<Cases...>;

}  // namespace heed
