// The machine and the versions that the figures apply to, as Markdown.
#pragma once

#include <string>

namespace bench {

std::string machine();   // processor, kernel, distribution, day
std::string versions();  // of the peers' packages

}  // namespace bench
