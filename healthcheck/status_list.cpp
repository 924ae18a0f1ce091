#include "healthcheck/status_list.hpp"

#include <cstdint>

#include "common/number.hpp"
#include "common/words.hpp"

namespace healthcheck {
namespace {

// One walk for both questions. A status in no list at all answers the first.
enum class Walk : std::uint8_t { Invalid, Without, With };

Walk walk(std::string_view list, unsigned status) {
  Walk walk = Walk::Without;
  do {
    bool is_last = list.find(',') == std::string_view::npos;
    std::string_view last = common::take_until(list, ',');
    std::string_view text = last;
    std::string_view first = common::take_until(last, '-');
    if (first.size() == text.size()) last = first;
    auto from = common::parse_number(first, 999), to = common::parse_number(last, 999);
    if (!from || !to || *from < 100 || *to < *from) return Walk::Invalid;
    if (status >= *from && status <= *to) walk = Walk::With;
    if (is_last) return walk;
  } while (true);
}

}  // namespace

bool is_status_list(std::string_view list) { return walk(list, 0) != Walk::Invalid; }

bool contains_status(std::string_view list, unsigned status) { return walk(list, status) == Walk::With; }

}  // namespace healthcheck
