#include "server/api/record_text.hpp"
#include "server/api/sealing.hpp"
#include "server/api/shown_record.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/log_file.hpp"
#include "server/cli/terminal.hpp"

namespace heed::cli {
namespace {

Expected<std::string, Error> page_of(store::Reader& reader, store::Record const& record,
                                     std::string const& language) {
  auto const shown = api::show_record(reader, record);
  if (!shown) return Failure<Error>{shown.error()};
  return pages::record_page(shown.value(), api::page_languages(language, shown.value()));
}

/// Plain text; both languages one after the other.
Expected<std::string, Error> words_of(store::Reader& reader, store::Record const& record,
                                      std::string const& language) {
  if (language != "both") return api::record_words(reader, record, find_language(language));
  auto english = api::record_words(reader, record, Language::english);
  if (!english) return english;
  auto const hebrew = api::record_words(reader, record, Language::hebrew);
  if (!hebrew) return hebrew;
  return english.value() + "\n" + hebrew.value();
}

}  // namespace

int run(LogShow const& options) {
  auto const reader = open_private_log(options.store, options.master);
  if (!reader) return cannot;
  int status = done;
  auto record = find_record(*reader, options.id, status);
  if (!record) return status;
  if (options.json || options.format == "json") {
    api::open_record(*record);
    return put(stdout, api::record_json(*record) + "\n") ? done : cannot;
  }
  auto const text = options.format == "html" ? page_of(*reader, *record, options.language)
                                             : words_of(*reader, *record, options.language);
  if (!text) {
    tell(text.error());
    return cannot;
  }
  bool const is_put =
      options.format == "html" ? put(stdout, text.value()) : put_words(text.value());
  return is_put ? done : cannot;
}

}  // namespace heed::cli
