#include "server/api/process_figures.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

namespace heed::api {
namespace {

/// The fields of /proc/self/stat from the third on: the second may hold anything in its brackets.
std::vector<std::string> stat_fields() {
  std::ifstream file{"/proc/self/stat"};
  std::string text{std::istreambuf_iterator<char>{file}, {}};
  auto const end = text.rfind(')');
  if (end == std::string::npos) return {};
  std::istringstream rest{text.substr(end + 1)};
  return {std::istream_iterator<std::string>{rest}, {}};
}

double number(std::string const& text) {
  std::istringstream in{text};
  double value = 0;
  in >> value;
  return in ? value : 0;
}

/// When the machine started: "btime 1789…" in /proc/stat.
double boot_seconds() {
  std::ifstream file{"/proc/stat"};
  for (std::string word; file >> word;) {
    double seconds = 0;
    if (word == "btime" && file >> seconds) return seconds;
  }
  return 0;
}

}  // namespace

ProcessFigures process_figures() {
  ProcessFigures figures;
  auto const fields = stat_fields();  // proc(5), where the third field is fields[0]
  if (fields.size() > 21) {
    auto const ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
    figures.cpu_seconds = (number(fields[11]) + number(fields[12])) / ticks;
    figures.threads = static_cast<std::uint64_t>(number(fields[17]));
    figures.started_at = boot_seconds() + number(fields[19]) / ticks;
    figures.virtual_bytes = static_cast<std::uint64_t>(number(fields[20]));
    figures.resident_bytes = static_cast<std::uint64_t>(number(fields[21])) *
                             static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
  }
  std::error_code failed;
  for (std::filesystem::directory_iterator entry{"/proc/self/fd", failed}, end;
       !failed && entry != end; entry.increment(failed))
    ++figures.open_files;
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) == 0) figures.open_files_max = files.rlim_cur;
  return figures;
}

}  // namespace heed::api
