#include "tests/bench/parts/policy.hpp"

#include <algorithm>
#include <array>

namespace heed::bench {
namespace {

constexpr int choices = 8, values = 24, numbers = 8, flags = 4;

std::string text(int number) {
  return std::to_string(number);
}

std::string value_name(int value) {
  return "v" + text(value);
}

/// The value of a choice in a case: 0 is what the case of this number has most often.
int value_of(int number, int choice) {
  return (number * 7 + choice * 5) % values;
}

/// Of 10 rules eight fire, and of more as many: the others ask for another value of a choice.
std::string rule_text(int number, int rules) {
  bool const fires = number % std::max(1, rules / 8) == 0;
  auto const choice = number % choices, other = (number + 3) % choices;
  auto const wanted =
      fires ? value_of(7, choice) : (value_of(7, choice) + 1 + number % (values - 1)) % values;
  std::string out =
      "rule r" + text(number) + "\n  when case.choice" + text(choice) + " is " + value_name(wanted);
  out += "\n   and case.number" + text(number % numbers) + " >= " + text(number % 40);
  if (number % 3 == 0)
    out += "\n   and (case.choice" + text(other) + " is one of " + value_name(value_of(7, other)) +
           ", v0 or case.flag" + text(number % flags) + ")";
  out += "\n  then do act" + text(number % 12) + " amount " + text(number % 30 * 5);
  if (number % 4 == 0)
    out += "\n       need" + text(number % 3) + " is violated, severity " + text(1 + number % 5);
  if (number % 7 == 0) out += "\n       escalate to lead within 4 hours";
  return out + "\n";
}

}  // namespace

std::string policy_text(int rules) {
  std::string out =
      "policy bench \"Measured\"\nrole agent\nrole lead above agent\nfact case.message is text\n";
  for (int at = 0; at < choices; ++at) {
    out += "fact case.choice" + text(at) + " is one of ";
    for (int value = 0; value < values; ++value) out += (value > 0 ? ", " : "") + value_name(value);
    out += "\n";
  }
  for (int at = 0; at < numbers; ++at) out += "fact case.number" + text(at) + " is number\n";
  for (int at = 0; at < flags; ++at) out += "fact case.flag" + text(at) + " is yes or no\n";
  for (int at = 0; at < 3; ++at) out += "need functional need" + text(at) + "\n";
  for (int at = 0; at < 12; ++at)
    out += "action act" + text(at) + "\n  takes amount is whole number\n";
  for (int number = 0; number < rules; ++number) out += rule_text(number, rules);
  return out;
}

std::string case_text(int number) {
  std::string out = R"({"at":"2026-11-22T10:15:00+02:00","subject":"c-)" + text(number) +
                    R"(","facts":{"case":{)";
  for (int at = 0; at < choices; ++at)
    out += "\"choice" + text(at) + "\":\"" + value_name(value_of(number, at)) + "\",";
  for (int at = 0; at < numbers; ++at) out += "\"number" + text(at) + "\":" + text(40 + at) + ".5,";
  for (int at = 0; at < flags; ++at)
    out += "\"flag" + text(at) + "\":" + (at % 2 == 0 ? "true," : "false,");
  return out + R"("message":")" + std::string(300, 'm') + "\"}}}";
}

std::string phrases_text(int phrases) {
  std::string out = "policy bench \"Measured\"\nneed functional n\nfact case.message is text\n";
  for (int at = 0; at < phrases / 10; ++at) {
    out += "phrases p" + text(at) + "\n  en ";
    for (int word = 0; word < 10; ++word)
      out += std::string{word > 0 ? ", " : ""} + "\"you should have looked at word " +
             text(at * 10 + word) + "\"";
    out += "\nrule r" + text(at) + "\n  when case.message mentions p" + text(at) +
           "\n  then n is violated\n";
  }
  return out;
}

std::string history_text() {
  std::string out =
      "policy bench \"Measured\"\nneed functional n\nevent contact\n  channel is one of phone, "
      "web\n";
  for (int days = 1; days <= 10; ++days)
    out += "rule r" + text(days) + "\n  when count of contact in last " + text(days) +
           " days where (channel is phone) >= 5\n  then n is violated\n";
  return out;
}

}  // namespace heed::bench
