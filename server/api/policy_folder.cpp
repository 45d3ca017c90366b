#include "server/api/policy_folder.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

#include "engine/base/limits.hpp"

namespace heed::api {
namespace {

namespace fs = std::filesystem;

Failure<Error> unreadable(fs::path const& path, std::string const& why) {
  return {{"policy.unreadable", "cannot read `" + path.string() + "`: " + why,
           "give the folder of a policy, or one of its `.heed` files"}};
}

bool is_hidden(fs::path const& path) {
  return path.filename().string().starts_with('.');
}

/// The tables beside a policy of one file whose names its text has in quotes.
Expected<std::vector<fs::path>, Error> list_tables(fs::path const& policy,
                                                   std::string const& text) {
  std::vector<fs::path> tables;
  std::error_code failed;
  auto const folder = policy.has_parent_path() ? policy.parent_path() : fs::path{"."};
  for (fs::directory_iterator entry{folder, failed}; !failed && entry != fs::directory_iterator{};
       entry.increment(failed)) {
    auto const name = entry->path().filename().string();
    bool const is_named = is_sheet(name) && text.find('"' + name + '"') != text.npos;
    std::error_code ignored;
    if (is_named && entry->is_regular_file(ignored)) tables.push_back(entry->path());
  }
  if (failed) return unreadable(folder, failed.message());
  std::ranges::sort(tables, {}, [](fs::path const& file) { return file.generic_string(); });
  return tables;
}

/// Files of a policy in a folder, by name relative to it.
Expected<std::vector<fs::path>, Error> list_files(fs::path const& folder) {
  std::vector<fs::path> files;
  std::error_code failed;
  auto entry = fs::recursive_directory_iterator(folder, failed);
  if (failed) return unreadable(folder, failed.message());
  for (; entry != fs::recursive_directory_iterator{}; entry.increment(failed)) {
    if (failed) return unreadable(folder, failed.message());
    std::error_code ignored;
    if (is_hidden(entry->path())) {
      if (entry->is_directory(ignored)) entry.disable_recursion_pending();
      continue;
    }
    bool const is_source =
        entry->path().extension() == ".heed" || is_sheet(entry->path().filename().string());
    if (is_source && entry->is_regular_file(ignored)) files.push_back(entry->path());
    if (files.size() > limits::policy_files_max)
      return Failure<Error>{{"policy.too-large",
                             "`" + folder.string() + "` holds more than " +
                                 std::to_string(limits::policy_files_max) + " policy files",
                             "is it the folder of one policy?"}};
  }
  std::ranges::sort(files, {}, [](fs::path const& file) { return file.generic_string(); });
  return files;
}

Expected<std::string, Error> read_file(fs::path const& path) {
  std::error_code failed;
  auto const size = fs::file_size(path, failed);
  if (failed) return unreadable(path, failed.message());
  if (size > limits::file_bytes_max)
    return Failure<Error>{{"policy.too-large",
                           "`" + path.string() + "` has more than " +
                               std::to_string(limits::file_bytes_max >> 20) + " MiB",
                           "split the policy into several files"}};
  std::ifstream file{path, std::ios::binary};
  std::ostringstream text;
  text << file.rdbuf();
  if (!file || (size > 0 && !text)) return unreadable(path, std::strerror(errno));
  return std::move(text).str();
}

}  // namespace

Expected<std::vector<SourceText>, Error> read_policy(std::string const& path) {
  std::error_code failed;
  auto const status = fs::status(path, failed);
  if (failed || !fs::exists(status)) return unreadable(path, "there is no such file or folder");
  std::vector<SourceText> sources;
  if (!fs::is_directory(status)) {
    auto text = read_file(path);
    if (!text) return Failure<Error>{text.error()};
    auto const tables = list_tables(path, text.value());
    if (!tables) return Failure<Error>{tables.error()};
    sources.push_back({fs::path{path}.filename().string(), std::move(text).value()});
    for (auto const& table : tables.value()) {
      auto rows = read_file(table);
      if (!rows) return Failure<Error>{rows.error()};
      sources.push_back({table.filename().string(), std::move(rows).value()});
    }
    return sources;
  }
  auto const files = list_files(path);
  if (!files) return Failure<Error>{files.error()};
  std::size_t bytes = 0;
  for (auto const& file : files.value()) {
    auto text = read_file(file);
    if (!text) return Failure<Error>{text.error()};
    bytes += text.value().size();
    if (bytes > limits::policy_bytes_max)
      return Failure<Error>{{"policy.too-large",
                             "the files in `" + path + "` have more than " +
                                 std::to_string(limits::policy_bytes_max >> 20) + " MiB together",
                             "is it the folder of one policy?"}};
    sources.push_back({file.lexically_relative(path).generic_string(), std::move(text).value()});
  }
  auto const is_table = [](SourceText const& source) { return is_sheet(source.name); };
  if (std::ranges::all_of(sources, is_table))
    return Failure<Error>{{"policy.empty", "there is no `.heed` file in `" + path + "`",
                           "`heed new DIR` makes a small policy to start from"}};
  return sources;
}

std::string fingerprint_of(std::string const& path) {
  std::error_code failed;
  std::vector<fs::path> files{path};
  if (fs::is_directory(path, failed)) {
    auto listed = list_files(path);
    if (!listed) return {};
    files = std::move(listed).value();
  } else {
    auto const text = read_file(path);
    auto const tables = text ? list_tables(path, text.value())
                             : Expected<std::vector<fs::path>, Error>{std::vector<fs::path>{}};
    if (!tables) return {};
    files.insert(files.end(), tables.value().begin(), tables.value().end());
  }
  std::string text;
  for (auto const& file : files) {
    auto const size = fs::file_size(file, failed);
    if (failed) return {};
    auto const changed = fs::last_write_time(file, failed).time_since_epoch().count();
    if (failed) return {};
    text +=
        file.generic_string() + '\n' + std::to_string(size) + ' ' + std::to_string(changed) + '\n';
  }
  return text;
}

}  // namespace heed::api
