// The machine and the versions that the figures are of, as Markdown.
#pragma once

#include <string>

namespace bench {

std::string machine();   // processor, kernel, distribution, day
std::string versions();  // of the peers' packages

}  // namespace bench
